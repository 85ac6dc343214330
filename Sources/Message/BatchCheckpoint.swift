import LetterpressDiagnostics
package import LetterpressProfiles

/// How far a batch has come: all that the next run needs to go on where this one stopped.
///
/// A text of a name and a value a line, so that a person can read it; the last line is the checksum
/// of the others.
package struct BatchCheckpoint: Equatable, Sendable {
  static let version = 1
  static let name = "checkpoint"
  private static let sizeLimit = 1 << 20

  /// What must be as it was, by name: the input, the template, the options and so on.
  package var identity: [Identity] = []
  /// What stays as it was at the start, for the same bytes in each run.
  package var pins: BatchPins
  /// All rows are delivered or rejected; only the names are still to be given.
  package var isComplete = false
  package var position = SourcePosition.start
  /// Bytes of the output, or messages where it is no single file.
  package var outputLength = 0
  package var rejectsLength = 0
  package var keysLength = 0
  package var counts = BatchCounts()
  package var quality = DataQuality()

  /// One thing that must be as it was.
  package struct Identity: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(identity: [Identity] = [], pins: BatchPins) {
    self.identity = identity
    self.pins = pins
  }

  // MARK: - Writing

  /// All of it, as it stands in the file.
  package var text: [UInt8] {
    var lines = ["letterpress-checkpoint \(Self.version)"]
    lines += identity.map { "identity \(Self.word($0.name)) \($0.value.isEmpty ? "-" : $0.value)" }
    lines += [
      "job \(pins.jobID)", "now \(pins.now)", "seed \(Int64(bitPattern: pins.seed))",
      "state \(isComplete ? "complete" : "running")",
      "position \(position.offset) \(position.line) \(position.column) \(position.row)",
      "lengths \(outputLength) \(rejectsLength) \(keysLength)",
      "counts \(counts.delivered) \(counts.rejected) \(counts.skipped) \(counts.leftOut)"
        + " \(counts.bytes)",
    ]
    lines += quality.sorted.map { finding, count in
      "finding \(count) \(finding.code) \(finding.field.isEmpty ? "-" : finding.field)"
    }
    let body = Array((lines.joined(separator: "\n") + "\n").utf8)
    return body + Array("checksum \(SHA256.hex(of: body))\n".utf8)
  }

  /// A name or a value on one line.
  static func word(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value <= 0x20 ? "_" : $0 }))
  }

  /// Replaces the checkpoint in a folder, all at once.
  package func write(in folder: String) throws(BatchError) {
    let path = folder + "/" + Self.name
    let file = try BatchFile(path + ".tmp")
    try file.truncate(to: 0)
    try file.write(text[...])
    try file.sync()
    try file.close()
    try BatchFile.rename(path + ".tmp", to: path, replacing: true)
    try BatchFile.sync(folder)
  }

  // MARK: - Reading

  /// The checkpoint in a folder; nil where there is none.
  package static func read(in folder: String) throws(BatchError) -> BatchCheckpoint? {
    let path = folder + "/" + name
    guard let bytes = try BatchFile.read(path, limit: sizeLimit) else { return nil }
    var reader = CheckpointReader(path: path, bytes: bytes)
    return try reader.read()
  }
}

/// Reads a checkpoint and believes nothing that is not in order.
private struct CheckpointReader {
  let path: String
  let bytes: [UInt8]
  private var line = 0

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  mutating func read() throws(BatchError) -> BatchCheckpoint {
    let lines = try checkedLines()
    var checkpoint = BatchCheckpoint(pins: BatchPins(jobID: "", now: 0, seed: 0))
    var seen: Set<Substring> = []
    for text in lines {
      line += 1
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      try take(words, into: &checkpoint)
      seen.insert(words[0])
    }
    for name in ["job", "now", "seed", "state", "position", "lengths", "counts"]
    where !seen.contains(Substring(name)) {
      throw fault("the line '\(name)' is missing")
    }
    return checkpoint
  }

  private mutating func checkedLines() throws(BatchError) -> ArraySlice<Substring> {
    line = 1
    guard let text = String(validating: bytes, as: UTF8.self), text.utf8.last == 0x0A else {
      throw fault(
        bytes.isEmpty ? "the checkpoint is empty" : "the checkpoint is torn or no checkpoint"
      )
    }
    let lines = text.split(separator: "\n")
    let first = lines.first?.split(separator: " ") ?? []
    guard first.count == 2, first[0] == "letterpress-checkpoint" else {
      throw fault("the file is no checkpoint")
    }
    guard first[1] == "\(BatchCheckpoint.version)" else {
      throw fault(
        "the checkpoint has version \(first[1]); this program reads \(BatchCheckpoint.version)"
      )
    }
    line = lines.count
    let last = lines.last?.split(separator: " ") ?? []
    guard lines.count > 1, last.count == 2, last[0] == "checksum" else {
      throw fault("the checkpoint is torn: its last line is no checksum")
    }
    let body = bytes.prefix(bytes.count - (lines.last?.utf8.count ?? 0) - 1)
    guard SHA256.hex(of: Array(body)) == last[1] else { throw fault("the checkpoint is damaged") }
    line = 1
    return lines[1..<lines.count - 1]
  }

  private func take(
    _ words: [Substring],
    into checkpoint: inout BatchCheckpoint
  ) throws(BatchError) {
    switch words[0] {
    case "identity" where words.count >= 3:
      checkpoint.identity.append(
        .init(name: String(words[1]), value: words[2...].joined(separator: " "))
      )
    case "job" where words.count == 2: checkpoint.pins.jobID = String(words[1])
    case "now": checkpoint.pins.now = try numbers(words, 1, signed: true)[0]
    case "seed":
      checkpoint.pins.seed = UInt64(bitPattern: Int64(try numbers(words, 1, signed: true)[0]))
    case "state" where words.count == 2 && ["running", "complete"].contains(words[1]):
      checkpoint.isComplete = words[1] == "complete"
    case "position":
      let values = try numbers(words, 4, signed: true)
      guard values[1] >= 1, values[2] >= 1, values[3] >= 0 else {
        throw fault("a number is negative")
      }
      checkpoint.position = SourcePosition(
        offset: values[0],
        line: values[1],
        column: values[2],
        row: values[3]
      )
    case "lengths":
      let values = try numbers(words, 3)
      checkpoint.outputLength = values[0]
      checkpoint.rejectsLength = values[1]
      checkpoint.keysLength = values[2]
    case "counts":
      let values = try numbers(words, 5)
      checkpoint.counts = BatchCounts(
        delivered: values[0],
        rejected: values[1],
        skipped: values[2],
        leftOut: values[3],
        bytes: values[4]
      )
    case "finding" where words.count >= 4:
      let field = words[3...].joined(separator: " ")
      checkpoint.quality.count(
        String(words[2]),
        at: field == "-" ? "" : field,
        times: try numbers(Array(words[..<2]), 1)[0]
      )
    default: throw fault("the line '\(words[0])' is unknown or incomplete")
    }
  }

  private func numbers(
    _ words: [Substring],
    _ count: Int,
    signed: Bool = false
  ) throws(BatchError) -> [Int] {
    let values = words.dropFirst().compactMap { Int($0) }
    guard values.count == count, words.count == count + 1 else {
      throw fault("expected \(count) number\(count == 1 ? "" : "s") after '\(words[0])'")
    }
    guard signed || values.allSatisfy({ $0 >= 0 }) else { throw fault("a number is negative") }
    return values
  }

  private func fault(_ message: String) -> BatchError {
    BatchError(.mismatch, "\(path):\(max(line, 1)): \(message)", hint: "--overwrite starts again")
  }
}
