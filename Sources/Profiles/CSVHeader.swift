/// The first record of a CSV text, with what Excel may put before it.
struct CSVHeader {
  private(set) var names: [String] = []
  /// The line on which it stands.
  private(set) var line = 1

  /// Reads the header from the start of the buffer and removes it there.
  mutating func read(
    _ input: inout TextInput,
    _ buffer: inout [UInt8],
    _ position: inout SourcePosition,
    _ delimiter: inout UInt8,
    _ limits: SourceLimits
  ) throws(ProfileSourceError) {
    var fields = CSVFields()
    while true {
      let record = try nextRecord(&input, &buffer, &position, delimiter, limits)
      fields.split(record, 0..<record.count, delimiter: delimiter)
      if line == 1, let separator = Self.separator(record) {
        delimiter = separator
        continue
      }
      if !fields.isBlank || record.isEmpty { break }
    }
    guard !fields.isBlank else {
      throw ProfileSourceError(
        .unfit,
        "missing-header",
        in: input.file.name,
        line: line,
        "the file is empty; expected a header with the names of the columns"
      )
    }
    if fields.fault != nil {
      throw ProfileSourceError(
        .unfit,
        "bad-header",
        in: input.file.name,
        line: line,
        "the quotes of the header are not in order"
      )
    }
    for field in fields.all { names.append(try name(of: field, &input, &fields)) }
  }

  private mutating func name(
    of field: CSVFields.Field,
    _ input: inout TextInput,
    _ fields: inout CSVFields
  ) throws(ProfileSourceError) -> String {
    var content: [UInt8] = []
    CSVFields.content(of: field, in: record, into: &content)
    guard let name = String(validating: content, as: UTF8.self) else {
      throw ProfileSourceError(
        .unfit,
        "not-utf-8",
        in: input.file.name,
        line: line,
        "the header is not UTF-8"
      )
    }
    // Spaces around a name are never meant.
    var trimmed = Substring(name)
    while trimmed.first == " " { trimmed.removeFirst() }
    while trimmed.last == " " { trimmed.removeLast() }
    return String(trimmed)
  }

  private var record: [UInt8] = []

  private mutating func nextRecord(
    _ input: inout TextInput,
    _ buffer: inout [UInt8],
    _ position: inout SourcePosition,
    _ delimiter: UInt8,
    _ limits: SourceLimits
  ) throws(ProfileSourceError) -> [UInt8] {
    var scanner = CSVRecordScanner(delimiter: delimiter)
    var scanned = 0
    var end: Int?
    while end == nil {
      end = scanner.end(in: buffer, from: scanned)
      scanned = buffer.count
      if end ?? buffer.count > limits.row {
        throw ProfileSourceError(
          .unfit,
          "bad-header",
          in: input.file.name,
          line: position.line,
          "the header has more than \(limits.row) bytes"
        )
      }
      guard end == nil else { break }
      if try !input.fill(&buffer) { end = buffer.count }
    }
    let length = end ?? 0
    record = Array(buffer[..<length])
    line = position.line
    position.offset += length
    position.line += scanner.takeLines()
    input.drop(length, of: &buffer)
    return record
  }

  /// The delimiter that Excel's line `sep=;` names.
  private static func separator(_ record: [UInt8]) -> UInt8? {
    let text = record.filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
    guard text.count == 5, text.starts(with: "sep=".utf8) else { return nil }
    return text[4]
  }
}
