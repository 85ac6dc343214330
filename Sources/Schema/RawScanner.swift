/// Finds the ends of values in JSON text without decoding them; for text that is read properly
/// afterwards.
///
/// The text ends with a zero byte, which is no part of JSON.
struct RawScanner {
  var position: Int
  /// Whether the last string had an escape.
  var sawEscape = false

  mutating func skipSpace(_ text: borrowing MutableSpan<UInt8>) {
    while [0x20, 0x0A, 0x0D, 0x09].contains(text[position]) { position += 1 }
  }

  /// Goes beyond a string; false where there is none.
  mutating func skipString(_ text: borrowing MutableSpan<UInt8>) -> Bool {
    guard text[position] == UInt8(ascii: "\"") else { return false }
    sawEscape = false
    position += 1
    while true {
      switch text[position] {
      case UInt8(ascii: "\""):
        position += 1
        return true
      case UInt8(ascii: "\\"):
        sawEscape = true
        guard text[position + 1] != 0 else { return false }
        position += 2
      case 0: return false
      default: position += 1
      }
    }
  }

  /// Goes beyond a value; false at the end of the text.
  mutating func skipValue(_ text: borrowing MutableSpan<UInt8>) -> Bool {
    var depth = 0
    while true {
      switch text[position] {
      case 0: return false
      case UInt8(ascii: "\""): guard skipString(text) else { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return true }
        depth -= 1
        position += 1
      case UInt8(ascii: ","):
        if depth == 0 { return true }
        position += 1
      default: position += 1
      }
      if depth == 0, [UInt8(ascii: ","), UInt8(ascii: "}")].contains(text[position]) {
        return true
      }
    }
  }
}
