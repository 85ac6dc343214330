package import LetterpressSchema

/// Profiles one after the other, as many as there are, in bounded memory.
///
/// A source is used by one thread at a time.
package protocol ProfileSource: AnyObject {
  /// Reads on from a place that a row of the same input gave as its `next`; called before the first
  /// read.
  func resume(at position: SourcePosition) throws(ProfileSourceError)

  /// Puts the next rows into a chunk, at least one; false at the end of the input, or where the
  /// reading was interrupted.
  func read(into chunk: inout ProfileChunk) throws(ProfileSourceError) -> Bool

  /// Ends a wait for the input from another thread; may be called again and again.
  var interrupt: @Sendable () -> Void { get }

  /// How much of the input has been read, from 0 to 1; nil where its size is not known.
  var progress: Double? { get }
}

extension ProfileSource {
  /// A file does not let wait, and a pipe asks by itself.
  package var interrupt: @Sendable () -> Void { {} }
}

/// Bounds of what a source holds at a time.
package struct SourceLimits: Sendable {
  /// Bytes of a row; never more than the schema lets a profile have.
  package var row = Int.max
  /// As many bytes are asked of the system at a time; with few of them, tests cut rows anywhere.
  package var readSize = 128 << 10
  /// As many rows stand in a chunk: enough that handing it over costs nothing beside rendering it.
  static let chunkRows = 256

  package init() {}
}

/// Where profiles come from, and how to read them.
package struct ProfileInput: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    /// An object a line.
    case ndjson
    /// One array of objects, or one object.
    case json
    case csv
    case sqlite

    /// The format that a file's name speaks of.
    package init?(path: String) {
      let name = path.split(separator: "/").last ?? ""
      guard let dot = name.lastIndex(of: ".") else { return nil }
      switch name[name.index(after: dot)...].lowercased() {
      case "ndjson", "jsonl", "ldjson": self = .ndjson
      case "json": self = .json
      case "csv", "tsv": self = .csv
      case "sqlite", "sqlite3", "db", "db3": self = .sqlite
      default: return nil
      }
    }
  }

  /// What is read of a database.
  package enum Rows: Sendable, Hashable {
    case table(String)
    /// One SELECT statement.
    case query(String)
  }

  /// The file; nil for standard input.
  package var path: String?
  package var format: Format
  /// Between the fields of a CSV text; by default a comma, or a tab where the name ends with
  /// `.tsv`.
  package var delimiter: UInt8?
  /// Columns that the schema does not know are left out rather than refused.
  package var ignoresUnknownColumns = false
  package var rows = Rows.table("profiles")
  /// A column of integers, each of them once, by which a view or a query is read in order.
  package var keyColumn: String?
  package var limits = SourceLimits()

  package init(path: String?, format: Format) {
    self.path = path
    self.format = format
  }

  /// How messages and reports name it.
  package var name: String { path ?? "standard input" }

  /// Opens the input and looks at its beginning.
  ///
  /// `isInterrupted` is asked while a pipe has nothing to read.
  package func open(
    schema: ProfileSchema,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(ProfileSourceError) -> any ProfileSource {
    var input = self
    input.limits.row = min(limits.row, schema.decoder.limits.size)
    return try input.source(schema, isInterrupted)
  }

  private func source(
    _ schema: ProfileSchema,
    _ isInterrupted: @escaping @Sendable () -> Bool
  ) throws(ProfileSourceError) -> any ProfileSource {
    if format == .sqlite { return try SQLiteSource(self, schema: schema) }
    let file = try InputFile(path: path, readSize: limits.readSize, isInterrupted: isInterrupted)
    switch format {
    case .csv: return try CSVSource(self, file, schema: schema)
    case .json: return try JSONArraySource(file, limits)
    default: return try NDJSONSource(file, limits)
    }
  }
}
