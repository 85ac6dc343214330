/// UTF-8 bytes that grow up to a limit.
package struct BoundedText: Sendable {
  package private(set) var bytes: [UInt8] = []
  package let limit: Int
  /// What grows here, for the error: "a value".
  private let noun: String

  package init(limit: Int, capacity: Int = 0, noun: String = "a value") {
    self.limit = limit
    self.noun = noun
    bytes.reserveCapacity(min(limit, capacity))
  }

  /// The text; all that was added is taken for UTF-8.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func append(_ byte: UInt8) throws(LiquidError) {
    guard bytes.count < limit else { throw .tooLarge(limit, noun) }
    bytes.append(byte)
  }

  package mutating func append(_ text: String) throws(LiquidError) {
    guard text.utf8.count <= limit - bytes.count else { throw .tooLarge(limit, noun) }
    bytes.append(contentsOf: text.utf8)
  }

  package mutating func append(_ piece: ArraySlice<UInt8>) throws(LiquidError) {
    guard piece.count <= limit - bytes.count else { throw .tooLarge(limit, noun) }
    bytes.append(contentsOf: piece)
  }

  /// Adds a text in quotes, as JSON writes strings.
  mutating func appendQuoted(_ string: String) throws(LiquidError) {
    try append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): try append("\\\"")
      case UInt8(ascii: "\\"): try append("\\\\")
      case UInt8(ascii: "\n"): try append("\\n")
      case UInt8(ascii: "\r"): try append("\\r")
      case UInt8(ascii: "\t"): try append("\\t")
      case 0..<0x20: try append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      default: try append(byte)
      }
    }
    try append(UInt8(ascii: "\""))
  }
}
