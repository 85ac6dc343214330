import LetterpressDiagnostics
import LetterpressSchema

/// Writes and recognises pieces of JSON.
package enum JSONText {
  /// Appends a string with its quotes; the bytes are taken as they are, valid UTF-8 or not.
  package static func append(_ content: ArraySlice<UInt8>, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    var start = content.startIndex
    for index in content.indices {
      let byte = content[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      json.append(contentsOf: content[start..<index])
      appendEscape(of: byte, to: &json)
      start = index + 1
    }
    json.append(contentsOf: content[start...])
    json.append(UInt8(ascii: "\""))
  }

  /// Appends a string with its quotes.
  package static func append(_ text: String, to json: inout [UInt8]) {
    append(Array(text.utf8)[...], to: &json)
  }

  private static func appendEscape(of byte: UInt8, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): json.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): json.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): json.append(UInt8(ascii: "t"))
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      json.append(contentsOf: "u00".utf8)
      json.append(digits[Int(byte >> 4)])
      json.append(digits[Int(byte & 15)])
    default: json.append(byte)
    }
  }

  /// Whether bytes are a number of RFC 8259.
  static func isNumber(_ bytes: [UInt8]) -> Bool {
    var index = 0
    func digits() -> Bool {
      let start = index
      while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
        index += 1
      }
      return index > start
    }
    func take(_ choices: String) -> Bool {
      guard index < bytes.count, choices.utf8.contains(bytes[index]) else { return false }
      index += 1
      return true
    }
    _ = take("-")
    if !take("0"), !digits() { return false }
    if take("."), !digits() { return false }
    if take("eE") {
      _ = take("+-")
      if !digits() { return false }
    }
    return index == bytes.count
  }

  /// Why bytes are no JSON value; nil where they are one, which can then stand in other JSON.
  static func fault(_ bytes: [UInt8]) -> String? {
    do {
      var reader = JSONReader(bytes, in: 0..<bytes.count, file: .init(index: 0))
      _ = try reader.readDocument()
      return bytes.first == 0xEF ? "the text starts with a byte order mark" : nil
    } catch {
      return error.message
    }
  }
}
