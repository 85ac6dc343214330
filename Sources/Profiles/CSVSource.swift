import LetterpressDiagnostics
import LetterpressSchema

/// Profiles as the records of a CSV text (RFC 4180), whose header names the fields of the schema.
///
/// What the RFC leaves open: spaces are part of a field (but not of a column's name); a record ends
/// with CRLF, LF or CR; empty lines are skipped; a quote inside of a field without quotes is a
/// mistake of that row, as is a missing or surplus field. An empty field without quotes is a
/// missing value, `""` is the empty string. A boolean is `true`, `false`, 1 or 0, in any case;
/// arrays and objects are JSON text. Excel's first line `sep=;` sets the delimiter.
final class CSVSource: ProfileSource {
  private let name: String
  private var input: TextInput
  private let layout: ColumnLayout
  private let pointers: [String]
  private let delimiter: UInt8
  private var scanner: CSVRecordScanner
  private var position: SourcePosition
  private var fields = CSVFields()
  private var scratch = ColumnLayout.Scratch()
  private var cell: [UInt8] = []
  private var failures: [RowFailure] = []
  private var isSkipping = false
  private let limits: SourceLimits

  init(
    _ source: ProfileInput,
    _ file: InputFile,
    schema: ProfileSchema
  ) throws(ProfileSourceError) {
    name = source.name
    limits = source.limits
    var input = TextInput(file)
    var buffer: [UInt8] = []
    let mark = try input.readHead(&buffer)
    input.drop(mark, of: &buffer)
    let isTabbed = source.path?.lowercased().hasSuffix(".tsv") ?? false
    var delimiter = source.delimiter ?? (isTabbed ? UInt8(ascii: "\t") : UInt8(ascii: ","))
    position = SourcePosition(offset: mark, line: 1, column: 1, row: 0)
    var header = CSVHeader()
    try header.read(&input, &buffer, &position, &delimiter, limits)
    layout = try ColumnLayout(
      names: header.names,
      of: source,
      line: header.line,
      schema: schema
    )
    pointers = layout.columns.map(\.pointer)
    self.delimiter = delimiter
    scanner = CSVRecordScanner(delimiter: delimiter)
    input.keep(buffer, from: 0)
    self.input = input
  }

  func resume(at position: SourcePosition) throws(ProfileSourceError) {
    try input.seek(to: position.offset)
    self.position = position
  }

  var progress: Double? { input.progress }

  func read(into chunk: inout ProfileChunk) throws(ProfileSourceError) -> Bool {
    chunk.removeAll()
    chunk.origin = .csv(pointers: pointers, delimiter: delimiter)
    input.begin(&chunk.text)
    var start = 0
    var scanned = 0
    while true {
      // The JSON of a row repeats the names of its columns, and may be longer than its text.
      while chunk.rows.count < SourceLimits.chunkRows, chunk.bytes.count < limits.row,
        let end = scanner.end(in: chunk.text, from: scanned)
      {
        take(start..<end, into: &chunk)
        start = end
        scanned = end
      }
      if !chunk.rows.isEmpty {
        input.keep(chunk.text, from: start)
        // What was scanned of the next record is scanned again.
        scanner = CSVRecordScanner(delimiter: delimiter)
        return true
      }
      scanned = chunk.text.count
      if scanned - start > limits.row {
        isSkipping = true
        position.offset += scanned - start
        start = scanned
      }
      input.drop(start, of: &chunk.text)
      scanned -= start
      start = 0
      guard try input.fill(&chunk.text) else { return takeLast(scanned, into: &chunk) }
    }
  }

  private func takeLast(_ end: Int, into chunk: inout ProfileChunk) -> Bool {
    guard !input.file.wasInterrupted, end > 0 || isSkipping else { return false }
    scanner.finish()
    take(0..<end, into: &chunk)
    input.keep(chunk.text, from: end)
    return !chunk.rows.isEmpty
  }

  private func take(_ range: Range<Int>, into chunk: inout ProfileChunk) {
    let line = position.line
    position.offset += range.count
    position.line += scanner.takeLines()
    failures.removeAll(keepingCapacity: true)
    let jsonStart = chunk.bytes.count
    if isSkipping || range.count > limits.row {
      failures = [.rowTooLarge(limits, line: line)]
    } else {
      fields.split(chunk.text, range, delimiter: delimiter)
      if fields.isBlank { return }
      makeJSON(range, line: line, &chunk)
    }
    isSkipping = false
    position.row += 1
    if !failures.isEmpty {
      chunk.failures[chunk.rows.count] = failures
      chunk.bytes.removeLast(chunk.bytes.count - jsonStart)
    }
    chunk.rows.append(
      ProfileRow(
        number: position.row,
        line: line,
        column: 1,
        json: jsonStart..<chunk.bytes.count,
        text: range,
        next: position
      )
    )
  }

  private func makeJSON(_ range: Range<Int>, line: Int, _ chunk: inout ProfileChunk) {
    if let fault = fields.fault {
      failures = [.csv(fault, in: chunk.text, range, line: line)]
      return
    }
    guard fields.all.count == layout.columns.count else {
      failures = [.fieldCount(fields.all.count, expected: layout.columns.count, line: line)]
      return
    }
    layout.write(into: &chunk.bytes, &scratch) { column, json in
      let field = fields.all[column]
      CSVFields.content(of: field, in: chunk.text, into: &cell)
      do throws(CellFault) {
        return try CSVCell.append(cell, isQuoted: field.isQuoted, layout.columns[column], to: &json)
      } catch {
        var failure = RowFailure(
          pointer: layout.columns[column].pointer,
          code: error.code,
          message: error.message
        )
        let place = TextPlace(of: field.start, in: chunk.text, range, line: line)
        failure.line = place.line
        failure.column = place.column
        failures.append(failure)
        return false
      }
    }
  }
}

/// A place inside of a record, as people count it.
struct TextPlace {
  var line: Int
  var column: Int

  init(of offset: Int, in bytes: [UInt8], _ record: Range<Int>, line: Int) {
    self.line = line
    column = 1
    for index in record.lowerBound..<min(offset, record.upperBound) {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") && next != UInt8(ascii: "\n") {
        self.line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
  }
}

extension RowFailure {
  fileprivate static func csv(
    _ fault: CSVFields.Fault,
    in bytes: [UInt8],
    _ record: Range<Int>,
    line: Int
  ) -> Self {
    let (offset, code, message) =
      switch fault {
      case .quoteInside(let offset):
        (offset, "csv-quote", "a quote stands inside of a field that does not start with one")
      case .textAfterQuote(let offset):
        (offset, "csv-quote", "there is text after the closing quote of a field")
      case .unterminated(let offset):
        (offset, "csv-unterminated", "the quote that starts here is never closed")
      }
    let place = TextPlace(of: offset, in: bytes, record, line: line)
    return RowFailure(code: code, message: message, line: place.line, column: place.column)
  }

  fileprivate static func fieldCount(_ count: Int, expected: Int, line: Int) -> Self {
    RowFailure(
      code: "csv-field-count",
      message: "expected \(expected) field\(expected == 1 ? "" : "s"), found \(count)",
      line: line,
      column: 1
    )
  }
}
