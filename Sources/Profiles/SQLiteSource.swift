import GRDB
import LetterpressSchema

/// Profiles as the rows of a SQLite table, a view or a query.
///
/// The rows of one run are those of one moment: they are read in one transaction, whoever writes
/// meanwhile. A table is read in the order of its integer key, so that a resumed run goes on behind
/// the key it had; a view or a query only where the input names such a column, and is stepped over
/// otherwise. The file cannot be changed from here, nor can what is stored in it call functions
/// with effects.
final class SQLiteSource: ProfileSource {
  private let name: String
  private let queue: DatabaseQueue
  private let layout: ColumnLayout
  private let selection: SQLiteSelection
  private var statement: Statement?
  private var cursor: RowCursor?
  private var position = SourcePosition.start
  /// What ended the reading while a chunk still had rows.
  private var ending: ProfileSourceError?
  private var scratch = ColumnLayout.Scratch()
  private var text: [UInt8] = []
  private let limits: SourceLimits

  init(_ input: ProfileInput, schema: ProfileSchema) throws(ProfileSourceError) {
    name = input.name
    limits = input.limits
    guard let path = input.path else {
      throw ProfileSourceError(
        .unfit,
        "wrong-format",
        in: input.name,
        "a database cannot be read from a pipe",
        hint: "save it as a file"
      )
    }
    // Says better than SQLite why a file cannot be opened.
    _ = try InputFile(path: path, readSize: 0, isInterrupted: { false })
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      selection = try queue.unsafeRead { db in
        // Begun before the first look, so that the columns are those of the rows.
        try db.execute(sql: "BEGIN")
        return try SQLiteSelection(input, in: db)
      }
    } catch {
      throw Self.failure(error, of: input.name, isOpening: true)
    }
    layout = try ColumnLayout(names: selection.columns, of: input, line: nil, schema: schema)
    try start(after: nil)
  }

  deinit {
    // A cursor may only end where it was made.
    queue.unsafeRead { _ in
      cursor = nil
      statement = nil
    }
  }

  var interrupt: @Sendable () -> Void { { [queue] in queue.interrupt() } }

  var progress: Double? {
    guard let range = selection.keys, range.lowerBound < range.upperBound, position.row > 0 else {
      return nil
    }
    return min(
      1,
      (Double(position.offset) - range.lowerBound) / (range.upperBound - range.lowerBound)
    )
  }

  func resume(at position: SourcePosition) throws(ProfileSourceError) {
    self.position = position
    guard position.row > 0 else { return }
    if selection.isKeyed {
      try start(after: Int64(position.offset))
      return
    }
    var skipped = 0
    do {
      try queue.unsafeRead { _ in
        while skipped < position.row, try cursor?.next() != nil { skipped += 1 }
      }
    } catch {
      throw Self.failure(error, of: name, isOpening: false)
    }
  }

  func read(into chunk: inout ProfileChunk) throws(ProfileSourceError) -> Bool {
    chunk.removeAll()
    chunk.origin = .database(isKeyed: selection.isKeyed)
    if let ending { throw ending }
    do {
      try queue.unsafeRead { _ in
        while chunk.rows.count < SourceLimits.chunkRows, chunk.bytes.count < limits.row,
          try cursor?.next() != nil
        {
          guard let statement else { return }
          try take(SQLiteColumns(statement), into: &chunk)
        }
      }
    } catch {
      if (error as? DatabaseError)?.resultCode.primaryResultCode == .SQLITE_INTERRUPT {
        return !chunk.rows.isEmpty
      }
      ending = Self.failure(error, of: name, isOpening: false, after: position)
      guard chunk.rows.isEmpty, let ending else { return true }
      throw ending
    }
    return !chunk.rows.isEmpty
  }

  private func start(after key: Int64?) throws(ProfileSourceError) {
    do {
      try queue.unsafeRead { db in
        cursor = nil
        let made = try db.makeStatement(sql: selection.sql(isResumed: key != nil))
        statement = made
        cursor = try Row.fetchCursor(made, arguments: key.map { [$0] } ?? [])
      }
    } catch {
      throw Self.failure(error, of: name, isOpening: true)
    }
  }

  private func take(_ row: SQLiteColumns, into chunk: inout ProfileChunk) throws(ProfileSourceError)
  {
    position.row += 1
    try takeKey(row)
    let start = chunk.bytes.count
    var failures: [RowFailure] = []
    layout.write(into: &chunk.bytes, &scratch) { column, json in
      do throws(CellFault) {
        let place = column + (selection.hasKeyColumn ? 1 : 0)
        return try append(row, place, layout.columns[column], to: &json)
      } catch {
        failures.append(
          RowFailure(
            pointer: layout.columns[column].pointer,
            code: error.code,
            message: error.message
          )
        )
        return false
      }
    }
    if !failures.isEmpty {
      chunk.failures[chunk.rows.count] = failures
      chunk.bytes.removeLast(chunk.bytes.count - start)
    }
    chunk.rows.append(
      ProfileRow(
        number: position.row,
        line: 0,
        column: 0,
        json: start..<chunk.bytes.count,
        text: 0..<0,
        next: position
      )
    )
  }

  private func takeKey(_ row: SQLiteColumns) throws(ProfileSourceError) {
    guard let column = selection.keyColumn else {
      position.offset = position.row
      return
    }
    guard row.kind(column) == .integer else {
      throw ProfileSourceError(
        .unfit,
        "bad-key",
        in: name,
        "row \(position.row) has no integer in its key column"
      )
    }
    let key = Int(row.integer(column))
    // A damaged file could lead around in a circle.
    guard position.row == 1 || key > position.offset else {
      throw ProfileSourceError(
        selection.hasKeyColumn ? .damaged : .unfit,
        "bad-key",
        in: name,
        "key \(key) follows key \(position.offset); keys must be in order, each once"
      )
    }
    position.offset = key
  }

  private func append(
    _ row: SQLiteColumns,
    _ place: Int,
    _ column: ColumnLayout.Column,
    to json: inout [UInt8]
  ) throws(CellFault) -> Bool {
    if column.kind == .ignored { return false }
    switch row.kind(place) {
    case .null:
      if column.isNullable { json.append(contentsOf: "null".utf8) }
      return column.isNullable
    case .integer:
      let integer = row.integer(place)
      let isBoolean = column.kind == .boolean && (0...1).contains(integer)
      json.append(contentsOf: (isBoolean ? "\(integer == 1)" : "\(integer)").utf8)
    case .real:
      let real = row.real(place)
      guard real.isFinite else {
        throw CellFault(code: "number-out-of-range", message: "the number is infinite")
      }
      json.append(contentsOf: "\(real)".utf8)
    case .text:
      guard row.readText(place, upTo: limits.row, into: &text) else {
        let failure = RowFailure.rowTooLarge(limits, line: nil)
        throw CellFault(code: failure.code, message: failure.message)
      }
      try CSVCell.appendText(text, column, to: &json)
    case .blob:
      throw CellFault(code: "wrong-type", message: "the column holds a BLOB; expected text")
    }
    return true
  }

  // MARK: - Surroundings

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "profiles"
    configuration.busyMode = .timeout(5)
    // One transaction spans all reads of a run.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  private static func failure(
    _ error: any Error,
    of name: String,
    isOpening: Bool,
    after position: SourcePosition? = nil
  ) -> ProfileSourceError {
    if let error = error as? ProfileSourceError { return error }
    guard let error = error as? DatabaseError else {
      return ProfileSourceError(.unreadable, "cannot-read", in: name, "\(error)")
    }
    let message = error.message ?? "\(error.resultCode)"
    let place = position.map { $0.row > 0 ? " behind row \($0.row), key \($0.offset)" : "" } ?? ""
    switch error.resultCode.primaryResultCode {
    case .SQLITE_NOTADB:
      return ProfileSourceError(.unfit, "wrong-format", in: name, "the file is no SQLite database")
    case .SQLITE_CORRUPT:
      return ProfileSourceError(
        isOpening ? .unfit : .damaged,
        "sqlite-corrupt",
        in: name,
        "the database is damaged\(place): \(message)"
      )
    case .SQLITE_ERROR, .SQLITE_AUTH, .SQLITE_RANGE:
      return ProfileSourceError(.unfit, "bad-query", in: name, "\(message)\(place)")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return ProfileSourceError(
        .unreadable,
        "database-locked",
        in: name,
        "another process keeps the database locked"
      )
    default:
      return ProfileSourceError(.unreadable, "cannot-read", in: name, "\(message)\(place)")
    }
  }
}
