import LetterpressProfiles

/// Messages as rows of a database.
///
/// A transaction lasts from one checkpoint to the next. What a run that died had committed after
/// its last checkpoint is deleted by its row numbers.
final class DatabaseSink: BatchSink {
  private let database: MessageDatabase
  private let part: String
  private let final: String
  private let replacing: Bool

  init(_ part: String, final: String, row: Int, replacing: Bool) throws(BatchError) {
    self.part = part
    self.final = final
    self.replacing = replacing
    if row == 0 {
      for suffix in ["", "-journal"] { try BatchFile.remove(part + suffix) }
    } else if BatchFile.kind(of: part) == .none {
      throw BatchError(
        .mismatch,
        "'\(part)' is missing, but rows were written",
        hint: "--overwrite starts again"
      )
    }
    database = try Self.run(part) { () throws(MessageDatabase.Failure) in
      let database = try MessageDatabase(path: part)
      try database.removeRows(after: row)
      return database
    }
  }

  func deliver(_ piece: BatchPiece, _ events: Range<Int>) throws(BatchError) {
    try Self.run(part) { () throws(MessageDatabase.Failure) in
      for index in events {
        let event = piece.events[index]
        try database.insert(
          row: event.number,
          key: piece.keys[index],
          message: piece.bytes[event.range]
        )
      }
    }
  }

  func flush() throws(BatchError) -> Int {
    try Self.run(part) { () throws(MessageDatabase.Failure) in try database.commit() }
    return 0
  }

  func publish() throws(BatchError) {
    try Self.run(part) { () throws(MessageDatabase.Failure) in try database.close() }
    try PartFile.publish(part, as: final, replacing: replacing)
  }

  private static func run<Value>(
    _ path: String,
    _ body: () throws(MessageDatabase.Failure) -> Value
  ) throws(BatchError) -> Value {
    do throws(MessageDatabase.Failure) {
      return try body()
    } catch {
      throw BatchError(.inputOutput, "'\(path)' cannot be written: \(error.message)")
    }
  }
}
