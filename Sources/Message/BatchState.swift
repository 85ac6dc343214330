import LetterpressDiagnostics
import LetterpressProfiles

/// The files in the folder of a run.
struct BatchFolder: Sendable {
  let path: String

  var outputPart: String { path + "/out.part" }
  var rejectsPart: String { path + "/rejects.part" }
  var keysPart: String { path + "/keys" }
  var marks: String { path + "/crashes" }

  /// What is left of a finished run is its checkpoint.
  func removeScratch() throws(BatchError) {
    for path in [marks, keysPart, rejectsPart] { try BatchFile.remove(path) }
  }
}

/// A run's hold on its folder, and where it is to go on.
final class BatchState {
  let folder: BatchFolder
  let pins: BatchPins
  /// Where to go on.
  let checkpoint: BatchCheckpoint
  let isResumed: Bool
  // Held as long as the run lives; the system gives it back also after a kill.
  private let lock: BatchFile

  /// Takes the folder and finds out where to go on.
  ///
  /// Nothing of an earlier run is touched before its checkpoint has been read and fits.
  init(_ options: BatchOptions, output path: String, rejects: String?) throws(BatchError) {
    let folder = BatchFolder(path: options.state ?? path + ".state")
    self.folder = folder
    try Self.checkPlace(path, options.output, state: folder.path)
    try BatchFile.makeFolder(folder.path)
    lock = try BatchFile(folder.path + "/lock")
    guard try lock.lock() else {
      throw BatchError(.locked, "another run holds '\(folder.path)'")
    }
    let identity = try Self.identity(options)
    if let found = try Self.earlier(folder.path, options) {
      try Self.compare(found.identity, identity)
      try Self.compare(found.pins, options)
      guard options.input.path != nil || found.isComplete else {
        throw BatchError(
          .mismatch,
          "standard input cannot be read from its middle",
          hint: "resume from a file"
        )
      }
      checkpoint = found
      pins = found.pins
      isResumed = true
      return
    }
    if !options.overwrites { try Self.refuseExisting(options.output, path, rejects) }
    pins = Self.pins(options, identity)
    checkpoint = BatchCheckpoint(identity: identity, pins: pins)
    isResumed = false
    // Before the first row, so that a resumed run has the same `now`.
    try checkpoint.write(in: folder.path)
  }

  deinit { lock.unlock() }

  // MARK: - What was there before

  private static func earlier(
    _ folder: String,
    _ options: BatchOptions
  ) throws(BatchError) -> BatchCheckpoint? {
    if options.resumes { return try BatchCheckpoint.read(in: folder) }
    if options.overwrites { return nil }
    let path = folder + "/" + BatchCheckpoint.name
    guard BatchFile.kind(of: path) != .none else { return nil }
    let found: BatchCheckpoint?
    do throws(BatchError) { found = try BatchCheckpoint.read(in: folder) } catch { found = nil }
    if found?.isComplete == true { return nil }
    throw BatchError(
      .cannotCreate,
      "an unfinished run stands in '\(folder)'",
      hint: "--resume goes on with it, --overwrite starts again"
    )
  }

  private static func compare(
    _ old: [BatchCheckpoint.Identity],
    _ new: [BatchCheckpoint.Identity]
  ) throws(BatchError) {
    for identity in new where !old.contains(identity) {
      throw BatchError(
        .mismatch,
        "the \(identity.name) changed since the run began",
        hint: "--overwrite starts again"
      )
    }
    for identity in old where !new.contains(identity) {
      throw BatchError(
        .mismatch,
        "the \(identity.name) changed since the run began",
        hint: "--overwrite starts again"
      )
    }
  }

  private static func compare(_ pins: BatchPins, _ options: BatchOptions) throws(BatchError) {
    let isSame =
      (options.now ?? pins.now) == pins.now
      && (options.jobID.map(BatchPath.word) ?? pins.jobID) == pins.jobID
    guard !isSame else { return }
    throw BatchError(
      .mismatch,
      "the time or the name of the job changed since the run began",
      hint: "--overwrite starts again"
    )
  }

  // MARK: - Places

  private static func checkPlace(
    _ path: String,
    _ output: BatchOutput,
    state: String
  ) throws(BatchError) {
    for parent in Set([BatchPath.folder(of: path), BatchPath.folder(of: state)]) {
      switch BatchFile.kind(of: parent) {
      case .none: throw BatchError(.cannotCreate, "there is no folder '\(parent)'")
      case .file: throw BatchError(.cannotCreate, "'\(parent)' is no folder")
      case .folder:
        if !BatchFile.isWritable(parent) {
          throw BatchError(.cannotCreate, "the folder '\(parent)' cannot be written to")
        }
      }
    }
    guard !output.isFolder,
      BatchFile.device(of: BatchPath.folder(of: path))
        != BatchFile.device(of: BatchPath.folder(of: state))
    else { return }
    throw BatchError(
      .cannotCreate,
      "'\(state)' is on another file system than '\(path)'",
      hint: "a finished output is moved to its name, which works on one file system only"
    )
  }

  private static func refuseExisting(
    _ output: BatchOutput,
    _ path: String,
    _ rejects: String?
  ) throws(BatchError) {
    switch (output, BatchFile.kind(of: path)) {
    case (_, .none): break
    case (.maildir, .folder):
      let isMaildir = BatchFile.kind(of: path + "/new") == .folder
      if !isMaildir, !BatchFile.isEmptyFolder(path) {
        throw BatchError(.cannotCreate, "'\(path)' is no Maildir")
      }
    case (.eml, .folder): if !BatchFile.isEmptyFolder(path) { throw BatchError.exists(path) }
    default: throw BatchError.exists(path)
    }
    if let rejects, BatchFile.kind(of: rejects) != .none { throw BatchError.exists(rejects) }
  }

  // MARK: - Identity

  private static func identity(
    _ options: BatchOptions
  ) throws(BatchError) -> [BatchCheckpoint.Identity] {
    let input = options.input
    let fingerprint: String
    do throws(ProfileSourceError) {
      fingerprint = try InputIdentity(of: input).fingerprint
    } catch {
      throw BatchError(error)
    }
    let reading: [String] = [
      input.format.rawValue, input.delimiter.map { "\($0)" } ?? "-",
      "\(input.ignoresUnknownColumns)",
      "\(input.rows)", input.keyColumn ?? "-",
    ]
    let selection: [String] = [
      options.limit.map { "\($0)" } ?? "-", options.sample.map { $0.identity } ?? "-",
      options.sampleCount.map { "\($0)" } ?? "-",
      options.key?.path ?? "-", "\(options.allowsDuplicates)",
    ]
    let all =
      [
        ("input", fingerprint), ("reading", reading.joined(separator: " ")),
        ("output", options.output.kind), ("selection", selection.joined(separator: " ")),
        ("seed", "\(options.seed)"),
      ] + options.identity.map { ($0.name, $0.value) }
    return all.map { .init(name: BatchCheckpoint.word($0.0), value: line($0.1)) }
  }

  /// A value on one line; a long one as its hash.
  private static func line(_ value: String) -> String {
    let isPlain = value.utf8.count <= 200 && value.utf8.allSatisfy { $0 >= 0x20 }
    if !isPlain { return SHA256.hex(of: Array(value.utf8)) }
    return value.isEmpty ? "-" : value
  }

  static func pins(
    _ options: BatchOptions,
    _ identity: [BatchCheckpoint.Identity]
  ) -> BatchPins {
    let now = options.now ?? BatchFile.secondsSince1970
    var hash = SHA256()
    for part in identity where part.name != "input" { hash.update("\(part.name) \(part.value)\n") }
    if let content = try? InputIdentity(of: options.input).content { hash.update(content) }
    hash.update("\(now)")
    let jobID = options.jobID.map(BatchPath.word) ?? String(hash.finalizedHex().prefix(16))
    return BatchPins(jobID: jobID, now: now, seed: options.seed)
  }
}

extension BatchError {
  init(_ error: ProfileSourceError) {
    let kind: Kind =
      switch error.kind {
      case .missing: .inputMissing
      case .unreadable: .inputOutput
      case .unfit, .damaged: .unfit
      }
    var message = error
    message.hint = nil
    self.init(kind, message.description, hint: error.hint)
  }
}
