import LetterpressProfiles

/// Takes what the workers made, in the order of the input, and moves it and the checkpoint to the
/// disk.
struct BatchCommitter {
  private let sink: any BatchSink
  private let rejects: PartFile?
  private var keys: SeenKeys?
  /// Where the checkpoint stands; nil where the output cannot be resumed.
  private let folder: BatchFolder?
  private let report: BatchReport
  private let options: BatchOptions

  private(set) var checkpoint: BatchCheckpoint
  private(set) var firstRejects: [String] = []
  /// Why nothing more is taken.
  private(set) var ending: Ending?
  private var rowsSinceCheckpoint = 0
  private var lastCheckpoint = ContinuousClock.now
  private var line: [UInt8] = []

  enum Ending {
    /// As many rows as were asked for.
    case limit
    case tooManyRejects
  }

  init(
    _ options: BatchOptions,
    _ sink: any BatchSink,
    rejects: PartFile?,
    keys: SeenKeys?,
    folder: BatchFolder?,
    checkpoint: BatchCheckpoint
  ) {
    self.options = options
    self.sink = sink
    self.rejects = rejects
    self.keys = keys
    self.folder = folder
    self.checkpoint = checkpoint
    report = BatchReport(file: options.input.name)
    if isLimitReached { ending = .limit }
  }

  private var isLimitReached: Bool {
    guard let limit = options.limit else { return false }
    return checkpoint.counts.rows - checkpoint.counts.leftOut >= limit
  }

  /// Takes the next piece; events after the end of the run are dropped.
  mutating func take(_ piece: BatchPiece) throws(BatchError) {
    // Messages that follow each other go to the sink together.
    var firstDelivered: Int?
    for index in piece.events.indices {
      guard ending == nil else { break }
      let event = piece.events[index]
      if event.outcome == .delivered, try isNew(event) {
        firstDelivered = firstDelivered ?? index
        checkpoint.counts.delivered += 1
        checkpoint.counts.bytes += event.size
      } else {
        if let first = firstDelivered { try sink.deliver(piece, first..<index) }
        firstDelivered = nil
        try takeOther(index, of: piece)
      }
      checkpoint.position = event.next
      rowsSinceCheckpoint += 1
      if isLimitReached { ending = .limit }
      if ending != nil, let first = firstDelivered {
        try sink.deliver(piece, first..<index + 1)
        firstDelivered = nil
      }
    }
    if let first = firstDelivered { try sink.deliver(piece, first..<piece.events.count) }
    checkpoint.quality.add(piece.quality)
    guard folder != nil, ending == nil else { return }
    if rowsSinceCheckpoint >= options.checkpointRows
      || ContinuousClock.now - lastCheckpoint >= .seconds(1)
    {
      try writeCheckpoint()
    }
  }

  private mutating func isNew(_ event: BatchPiece.Event) throws(BatchError) -> Bool {
    guard event.keyHash != 0, keys != nil else { return true }
    if try keys?.insert(event.keyHash) ?? true { return true }
    checkpoint.quality.count("duplicate-row", at: options.key.map(Self.pointer) ?? "")
    return options.allowsDuplicates
  }

  private mutating func takeOther(_ index: Int, of piece: BatchPiece) throws(BatchError) {
    let event = piece.events[index]
    switch event.outcome {
    case .leftOut: checkpoint.counts.leftOut += 1
    case .skipped:
      checkpoint.counts.skipped += 1
      try reportRow(piece.reports[event.range], piece.shown[index])
    case .rejected:
      checkpoint.counts.rejected += 1
      try reportRow(piece.reports[event.range], piece.shown[index])
    case .delivered:
      // A second message to the same recipient.
      checkpoint.counts.rejected += 1
      let reason = RowFailure(
        pointer: options.key.map(Self.pointer) ?? "",
        code: "duplicate-row",
        message: "a row with the same '\(options.key?.path ?? "")' came before",
        column: event.line == nil ? nil : 1
      )
      line.removeAll(keepingCapacity: true)
      report.append(
        [reason],
        row: event.number,
        line: event.line,
        key: piece.keys[index],
        to: &line
      )
      let words = report.words(
        [reason],
        row: event.number,
        line: event.line,
        key: piece.keys[index]
      )
      try reportRow(line[...], words)
    }
    if let limit = options.maxRejects, checkpoint.counts.rejected > limit {
      ending = .tooManyRejects
    }
  }

  /// The input cannot be read any further: a line of the report says where, as a row would.
  mutating func report(_ failure: ProfileSourceError) throws(BatchError) {
    let reason = RowFailure(code: failure.code, message: failure.message, line: failure.line)
    let row = checkpoint.position.row + 1
    line.removeAll(keepingCapacity: true)
    report.append([reason], row: row, line: failure.line, key: nil, to: &line)
    checkpoint.counts.rejected += 1
    try reportRow(line[...], failure.description)
  }

  private mutating func reportRow(
    _ report: ArraySlice<UInt8>,
    _ words: String?
  ) throws(BatchError) {
    try rejects?.append(report)
    if let words, firstRejects.count < BatchSummary.shownRejects { firstRejects.append(words) }
  }

  private static func pointer(of key: RowKey) -> String {
    key.path.split(separator: ".").map { "/" + $0 }.joined()
  }

  // MARK: - The disk

  /// In this order, so that a checkpoint never speaks of what is not on the disk.
  mutating func writeCheckpoint() throws(BatchError) {
    guard let folder else {
      _ = try sink.flush()
      _ = try rejects?.flush()
      return
    }
    checkpoint.outputLength = try sink.flush()
    checkpoint.rejectsLength = try rejects?.flush() ?? 0
    checkpoint.keysLength = try keys?.flush() ?? 0
    try checkpoint.write(in: folder.path)
    rowsSinceCheckpoint = 0
    lastCheckpoint = ContinuousClock.now
  }

  /// All rows were taken: gives the outputs their names, the report first, because the output says
  /// that all is done.
  mutating func finish() throws(BatchError) {
    checkpoint.isComplete = true
    try writeCheckpoint()
    if checkpoint.rejectsLength > 0 || folder == nil && checkpoint.counts.rejected > 0 {
      try rejects?.publish()
    } else {
      try rejects?.discard()
    }
    try sink.publish()
    try folder?.removeScratch()
  }
}
