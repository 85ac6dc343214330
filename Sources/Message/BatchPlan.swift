import LetterpressProfiles

/// The files of a run.
struct BatchPlan {
  let options: BatchOptions
  /// Nil where the output cannot be resumed.
  let state: BatchState?
  let pins: BatchPins
  /// Where the report will stand.
  let rejects: String?
  let marks: CrashMarks?

  init(_ options: BatchOptions) throws(BatchError) {
    self.options = options
    let output = options.output.path.map(Self.withoutSlash)
    rejects = options.rejects ?? output.map { $0 + ".rejects.ndjson" }
    guard let output else {
      state = nil
      marks = nil
      pins = BatchState.pins(options, [])
      if let rejects, !options.overwrites, BatchFile.kind(of: rejects) != .none {
        throw BatchError.exists(rejects)
      }
      return
    }
    let state = try BatchState(options, output: output, rejects: rejects)
    self.state = state
    pins = state.pins
    marks =
      options.handlesSignals && !state.checkpoint.isComplete
      ? try CrashMarks(state.folder.marks, isNew: !state.isResumed) : nil
  }

  /// The output without a slash at its end.
  private static func withoutSlash(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }

  /// All rows were taken by an earlier run: gives the outputs their names, if that is still to do.
  func finishedBefore() throws(BatchError) -> BatchSummary? {
    guard let state, state.isResumed, state.checkpoint.isComplete else { return nil }
    if let rejects, state.checkpoint.rejectsLength > 0 {
      try PartFile.publish(state.folder.rejectsPart, as: rejects, replacing: options.overwrites)
    }
    if let path = options.output.path, !options.output.isFolder {
      try PartFile.publish(
        state.folder.outputPart,
        as: Self.withoutSlash(path),
        replacing: options.overwrites
      )
    }
    try state.folder.removeScratch()
    return BatchSummary(
      ending: .alreadyComplete,
      counts: state.checkpoint.counts,
      quality: state.checkpoint.quality,
      firstRejects: [],
      rejectsPath: rejects,
      statistics: BatchStatistics()
    )
  }

  func makeCommitter() throws(BatchError) -> sending BatchCommitter {
    let sink = try makeSink()
    var report: PartFile?
    if let rejects {
      report = try PartFile(
        state?.folder.rejectsPart ?? rejects + ".part",
        final: rejects,
        length: state?.checkpoint.rejectsLength ?? 0,
        replacing: options.overwrites
      )
    }
    let keys =
      options.key == nil
      ? nil : try SeenKeys(state?.folder.keysPart, length: state?.checkpoint.keysLength ?? 0)
    return BatchCommitter(
      options,
      sink,
      rejects: report,
      keys: keys,
      folder: state?.folder,
      checkpoint: state?.checkpoint ?? BatchCheckpoint(pins: pins)
    )
  }

  private func makeSink() throws(BatchError) -> sending any BatchSink {
    let length = state?.checkpoint.outputLength ?? 0
    let replacing = options.overwrites
    switch options.output {
    case .null: return NullSink()
    case .standardOutput: return StandardOutputSink()
    case .maildir(let path): return try FolderSink(path, .maildir, pins, count: length)
    case .eml(let path): return try FolderSink(path, .eml, pins, count: length)
    case .ndjson(let path), .mbox(let path):
      let part = try PartFile(
        state?.folder.outputPart ?? path + ".part",
        final: path,
        length: length,
        replacing: replacing
      )
      return FileSink(part)
    case .sqlite(let path):
      return try DatabaseSink(
        state?.folder.outputPart ?? path + ".part",
        final: path,
        row: state?.checkpoint.position.row ?? 0,
        replacing: replacing
      )
    }
  }
}
