import GRDB
import LetterpressDiagnostics

/// Which rows of a database are read, and in which order.
struct SQLiteSelection {
  /// The columns that may be fields.
  let columns: [String]
  /// The statement without order; its first column is the key where `hasKeyColumn`.
  private let selecting: String
  /// What the rows are ordered by, as SQL.
  private let key: String?
  /// Whether the key is a column of its own before the others.
  let hasKeyColumn: Bool
  /// Where the key stands among the statement's columns.
  let keyColumn: Int?
  /// The least and the greatest key of a table.
  let keys: ClosedRange<Double>?

  var isKeyed: Bool { key != nil }

  func sql(isResumed: Bool) -> String {
    guard let key else { return selecting }
    return selecting + (isResumed ? " WHERE \(key) > ?" : "") + " ORDER BY \(key)"
  }

  init(_ input: ProfileInput, in db: Database) throws {
    let named = input.keyColumn
    let columns: [String]
    switch input.rows {
    case .query(let query):
      let statement = try db.makeStatement(sql: query)
      guard statement.isReadonly, statement.columnCount > 0 else {
        throw ProfileSourceError(.unfit, "bad-query", in: input.name, "expected a SELECT statement")
      }
      columns = statement.columnNames
      let inner = Self.withoutEnd(query)
      selecting = named == nil ? inner : "SELECT * FROM (\(inner))"
      (key, hasKeyColumn, keys) = (named.map(Self.quote), false, nil)
    case .table(let table):
      let kind = try Self.kind(of: table, input, in: db)
      columns = try db.makeStatement(sql: "SELECT * FROM \(Self.quote(table))").columnNames
      let lowered = Set(columns.map { $0.lowercased() })
      let rowID = ["rowid", "_rowid_", "oid"].first { !lowered.contains($0) }
      if named == nil, kind == .ordinary, let rowID {
        selecting = "SELECT \(rowID), * FROM \(Self.quote(table))"
        (key, hasKeyColumn) = (rowID, true)
        let ends = try Row.fetchOne(
          db,
          sql: "SELECT min(\(rowID)), max(\(rowID)) FROM \(Self.quote(table))"
        )
        let (first, last) = (ends?[0] as Int64?, ends?[1] as Int64?)
        keys = first.flatMap { first in last.map { Double(first)...Double(max(first, $0)) } }
      } else {
        selecting = "SELECT * FROM \(Self.quote(table))"
        (key, hasKeyColumn, keys) = (named.map(Self.quote), false, nil)
      }
    }
    self.columns = columns
    keyColumn =
      if hasKeyColumn { 0 } else { try named.map { try Self.index(of: $0, columns, input) } }
  }

  private static func index(
    of name: String,
    _ columns: [String],
    _ input: ProfileInput
  ) throws -> Int {
    if let index = columns.firstIndex(of: name) { return index }
    throw ProfileSourceError(
      .unfit,
      "unknown-column",
      in: input.name,
      "there is no key column '\(name)'"
    )
  }

  private enum TableKind {
    /// With row IDs, in whose order it is stored.
    case ordinary
    case other
  }

  private static func kind(
    of table: String,
    _ input: ProfileInput,
    in db: Database
  ) throws -> TableKind {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT name, type, wr FROM pragma_table_list
        WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
        """
    )
    guard let row = rows.first(where: { ($0[0] as String).lowercased() == table.lowercased() })
    else {
      let names = rows.map { $0[0] as String }
      let listed = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
      let advice = suggestion(for: table, among: names).map { "did you mean '\($0)'?" }
      throw ProfileSourceError(
        .unfit,
        "no-such-table",
        in: input.name,
        "there is no table '\(table)'; "
          + (names.isEmpty ? "the database has no tables" : "there are \(listed)"),
        hint: advice ?? (names.isEmpty ? nil : "--table NAME")
      )
    }
    return row[1] as String == "table" && row[2] as Int == 0 ? .ordinary : .other
  }

  private static func quote(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// A query may end with a semicolon, which cannot stand in another one.
  private static func withoutEnd(_ query: String) -> String {
    var query = Substring(query)
    while let last = query.unicodeScalars.last, last == ";" || last.properties.isWhitespace {
      query.unicodeScalars.removeLast()
    }
    return String(query)
  }
}
