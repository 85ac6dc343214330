package import LetterpressSchema

/// A place in a profile source from which reading can go on.
package struct SourcePosition: Hashable, Sendable {
  /// Of a text, the offset in bytes; of a database, the key of the last row that was read, or how
  /// many rows were read where they have no integer key.
  package var offset: Int
  /// The line of a text that stands there; the first is 1.
  package var line: Int
  /// The column of a text in Unicode scalars; the first is 1.
  package var column: Int
  /// How many rows come before.
  package var row: Int

  package init(offset: Int, line: Int, column: Int, row: Int) {
    self.offset = offset
    self.line = line
    self.column = column
    self.row = row
  }

  package static let start = SourcePosition(offset: 0, line: 1, column: 1, row: 0)
}

/// Why a row cannot be rendered.
package struct RowFailure: Hashable, Sendable {
  /// The JSON Pointer of the value, from the profile; "" is the row itself.
  package var pointer: String
  /// Kebab case, such as `wrong-type` or `csv-quote`.
  package var code: String
  /// One line, lower case, no final stop; holds no value of the profile.
  package var message: String
  /// The place in the input, where it has lines; both from 1, columns in Unicode scalars.
  package var line: Int?
  package var column: Int?

  package init(
    pointer: String = "",
    code: String,
    message: String,
    line: Int? = nil,
    column: Int? = nil
  ) {
    self.pointer = pointer
    self.code = code
    self.message = message
    self.line = line
    self.column = column
  }
}

/// One profile of a source.
package struct ProfileRow: Sendable {
  /// Its place among the rows of the source, from 1; blank lines are no rows.
  package var number: Int
  /// The line on which it starts; 0 where the source has no lines.
  package var line: Int
  /// The column in which it starts.
  package var column: Int
  /// Its JSON in the chunk's `bytes`; empty where the row failed before there was any.
  package var json: Range<Int>
  /// Its text in the chunk's `text`, where that is not the JSON itself.
  package var text: Range<Int>
  /// Where reading goes on after it.
  package var next: SourcePosition
}

/// Some rows in a row, with the memory that they stand in; reused for the next ones.
package struct ProfileChunk: Sendable {
  /// Where the rows' JSON comes from, so that a violation can be traced back to a place.
  package enum Origin: Sendable {
    /// The JSON is the text of the input.
    case json
    /// The JSON was made of the records of a CSV text; the pointers of its columns.
    case csv(pointers: [String], delimiter: UInt8)
    /// The JSON was made of the columns of a database; whether the rows have an integer key.
    case database(isKeyed: Bool)
  }

  /// The JSON of all rows.
  package var bytes: [UInt8] = []
  /// The records of a CSV text.
  package var text: [UInt8] = []
  package var rows: [ProfileRow] = []
  /// Why rows could not become JSON, by their place in `rows`.
  package var failures: [Int: [RowFailure]] = [:]
  package var origin = Origin.json

  package init() {}

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    failures.removeAll(keepingCapacity: true)
  }

  /// The key of a row that its source has for it: of a database table, the row's integer key.
  package func sourceKey(of row: ProfileRow) -> String? {
    guard case .database(true) = origin else { return nil }
    return String(row.next.offset)
  }

  /// Why a row does not conform, with the place in the input.
  ///
  /// The message is the violation's, which may quote the value.
  package func failure(of row: ProfileRow, _ violation: ProfileViolation) -> RowFailure {
    let place = place(
      of: row,
      offset: violation.range.lowerBound,
      pointer: violation.pointer
    )
    return RowFailure(
      pointer: violation.pointer,
      code: violation.code,
      message: violation.message,
      line: place.line,
      column: place.column
    )
  }

  /// Where in the input a value stands whose JSON starts at an offset of `bytes`.
  func place(
    of row: ProfileRow,
    offset: Int,
    pointer: String
  ) -> (line: Int?, column: Int?) {
    switch origin {
    case .database: return (nil, nil)
    case .json:
      let end = min(max(offset, row.json.lowerBound), row.json.upperBound)
      return place(in: bytes, from: row.json.lowerBound, to: end, of: row)
    case .csv(let pointers, let delimiter):
      // A field that is missing belongs to the row; one below a JSON cell to that cell.
      let column = pointers.firstIndex { pointer == $0 || pointer.hasPrefix($0 + "/") }
      guard let column else { return (row.line, 1) }
      var fields = CSVFields()
      fields.split(text, row.text, delimiter: delimiter)
      guard column < fields.all.count else { return (row.line, 1) }
      let start = fields.all[column].start
      return place(in: text, from: row.text.lowerBound, to: start, of: row)
    }
  }

  private func place(
    in bytes: [UInt8],
    from start: Int,
    to end: Int,
    of row: ProfileRow
  ) -> (line: Int?, column: Int?) {
    var (line, column) = (row.line, row.column)
    for index in start..<end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && !isLineFeed(bytes, index + 1) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }

  private func isLineFeed(_ bytes: [UInt8], _ index: Int) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: "\n")
  }
}
