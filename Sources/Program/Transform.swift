/// What MJML does to an attribute's value before it prints it.
///
/// Layout applies it to values that it knows; for the others it stands in the program.
package enum Transform: Hashable, Sendable {
  /// `a b` → `a-outlook b-outlook`: the suffix, without its hyphen, before each space and at the end, as
  /// MJML has it also where two spaces stand together.
  case suffixWords(String)
  /// `#abc` → `#aabbcc`, as MJML does for attributes of type color.
  case expandColor
  /// Without white space at its ends.
  case trim

  /// The changed text.
  package func apply(to text: String) -> String {
    String(decoding: apply(to: Array(text.utf8)), as: UTF8.self)
  }

  /// The changed bytes; linear.
  package func apply(to bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .suffixWords(let suffix):
      if bytes.isEmpty { return [] }
      let words = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      return Array(words.map { $0 + "-\(suffix)".utf8 }.joined(separator: " ".utf8))
    case .expandColor:
      guard bytes.count == 4, bytes[0] == UInt8(ascii: "#"),
        bytes[1...].allSatisfy(\.isWordByte)
      else { return bytes }
      return [bytes[0], bytes[1], bytes[1], bytes[2], bytes[2], bytes[3], bytes[3]]
    case .trim:
      guard let first = bytes.firstIndex(where: { !$0.isSpaceByte }),
        let last = bytes.lastIndex(where: { !$0.isSpaceByte })
      else { return [] }
      return Array(bytes[first...last])
    }
  }
}

extension UInt8 {
  /// `\w` of a JavaScript regular expression.
  fileprivate var isWordByte: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  fileprivate var isSpaceByte: Bool {
    self == UInt8(ascii: " ") || (9...13).contains(self)
  }
}
