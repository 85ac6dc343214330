import LetterpressProfiles

/// What a worker made of some rows, in their order; reused for the next ones.
struct BatchPiece: Sendable {
  enum Outcome: Sendable {
    case delivered
    case rejected
    case skipped
    case leftOut
  }

  /// A row and what became of it.
  struct Event: Sendable {
    var outcome: Outcome
    var number: Int
    /// The row's line in the input, where it has lines.
    var line: Int?
    /// The row's message in `bytes`, or its line in `reports`.
    var range: Range<Int>
    /// The bytes of the message alone, without what frames it.
    var size: Int
    /// The hash of the row's key; 0 where duplicates are not looked for or the row has none.
    var keyHash: UInt64
    var next: SourcePosition
  }

  /// The messages, framed as the output wants them, without gaps.
  var bytes: [UInt8] = []
  /// Lines for the report.
  var reports: [UInt8] = []
  /// The same for the console, by the place of their event.
  var shown: [Int: String] = [:]
  var events: [Event] = []
  /// The keys of the rows where the output wants them, or duplicates are looked for; as many as
  /// `events`.
  var keys: [String?] = []
  var quality = DataQuality()

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    reports.removeAll(keepingCapacity: true)
    shown.removeAll()
    events.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    quality = DataQuality()
  }
}
