/// Why a cell holds no value of its column; tells nothing of the value itself.
struct CellFault: Error {
  var code: String
  var message: String
}

/// Turns the text of a CSV field into JSON, as the schema wants it.
enum CSVCell {
  /// Appends the value; false where there is none.
  static func append(
    _ text: [UInt8],
    isQuoted: Bool,
    _ column: ColumnLayout.Column,
    to json: inout [UInt8]
  ) throws(CellFault) -> Bool {
    if column.kind == .ignored { return false }
    if text.isEmpty, !isQuoted {
      if column.isNullable { json.append(contentsOf: "null".utf8) }
      return column.isNullable
    }
    switch column.kind {
    case .integer, .number:
      guard JSONText.isNumber(text) else {
        throw wrongType(
          column.kind == .integer ? "an integer, such as 12" : "a number, such as 1.5"
        )
      }
      json.append(contentsOf: text)
    case .boolean: json.append(contentsOf: try boolean(text))
    case .json, .string, .any, .ignored: try appendText(text, column, to: &json)
    }
    return true
  }

  /// Appends a text as a string, or as it is where it should be JSON itself.
  static func appendText(
    _ text: [UInt8],
    _ column: ColumnLayout.Column,
    to json: inout [UInt8]
  ) throws(CellFault) {
    if column.kind == .json {
      if let message = JSONText.fault(text) {
        throw CellFault(code: "json-syntax", message: "the field should be JSON text: \(message)")
      }
      json.append(contentsOf: text)
    } else {
      try check(text)
      JSONText.append(text[...], to: &json)
    }
  }

  private static func boolean(_ text: [UInt8]) throws(CellFault) -> String.UTF8View {
    switch String(decoding: text.prefix(6), as: UTF8.self).lowercased() {
    case "true", "1": "true".utf8
    case "false", "0": "false".utf8
    default: throw wrongType("a boolean: true or false")
    }
  }

  private static func check(_ text: [UInt8]) throws(CellFault) {
    if text.contains(0) {
      throw CellFault(code: "nul-character", message: "the field has a NUL character")
    }
    if let offset = UTF8Validity.firstInvalidOffset(in: text) {
      let byte = String(text[offset], radix: 16, uppercase: true)
      throw CellFault(
        code: "json-encoding",
        message:
          "byte 0x\(byte) at byte \(offset) of the field is no UTF-8; the file may be Latin-1"
          + " or Windows-1252: save it as UTF-8"
      )
    }
  }

  private static func wrongType(_ expected: String) -> CellFault {
    CellFault(code: "wrong-type", message: "expected \(expected)")
  }
}

enum UTF8Validity {
  /// The first byte that is part of no valid character; nil where all are.
  static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      // Four bytes are enough for one character.
      let piece = bytes[index..<min(index + 4, bytes.count)]
      guard
        let length = (2...4).first(where: {
          String(validating: piece.prefix($0), as: UTF8.self) != nil
        })
      else { return index }
      index += length
    }
    return nil
  }
}
