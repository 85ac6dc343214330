/// Text as it may stand in a header field, before it is folded.
///
/// Whatever comes in, what comes out is well-formed UTF-8 on one line: white space of any length is
/// one space and none stands at the ends; C0 and C1 control characters, DEL and the line and
/// paragraph separators are gone; what is no UTF-8 has become U+FFFD. So nothing that a header is
/// made of can end it.
package enum HeaderText {
  /// Appends text, normalised.
  package static func append(_ text: Span<UInt8>, to line: inout [UInt8]) {
    let start = line.count
    var isSpaceDue = false
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D:
        isSpaceDue = true
        index += 1
        continue
      case ..<0x20, 0x7F:
        index += 1
        continue
      default: break
      }
      let length = scalarLength(text, at: index)
      if isControl(text, at: index, length) {
        isSpaceDue = isSpaceDue || length == 3
        index += length
        continue
      }
      if isSpaceDue, line.count > start { line.append(UInt8(ascii: " ")) }
      isSpaceDue = false
      if length == 0 {
        line.append(contentsOf: [0xEF, 0xBF, 0xBD])
        index += 1
      } else {
        for offset in 0..<length { line.append(text[index + offset]) }
        index += length
      }
    }
  }

  /// U+0080 to U+009F, which take two bytes, and U+2028 and U+2029, which take three.
  private static func isControl(_ text: Span<UInt8>, at index: Int, _ length: Int) -> Bool {
    switch length {
    case 2: text[index] == 0xC2 && text[index + 1] < 0xA0
    case 3:
      text[index] == 0xE2 && text[index + 1] == 0x80
        && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9)
    default: false
    }
  }

  /// How many bytes the scalar takes that starts here; 0 where none does (The Unicode Standard, table 3-7).
  private static func scalarLength(_ text: Span<UInt8>, at index: Int) -> Int {
    let first = text[index]
    if first < 0x80 { return 1 }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard index + length <= text.count, second.contains(text[index + 1]) else { return 0 }
    for offset in 2..<max(length, 2) where text[index + offset] & 0xC0 != 0x80 { return 0 }
    return length
  }
}

extension UInt8 {
  /// RFC 5322, section 3.2.3: what an atom is made of; letters, digits and ``!#$%&'*+-/=?^_`{|}~``.
  var isAtomText: Bool {
    // A bit for each ASCII character.
    let set: UInt64 = self & 0x40 == 0 ? 0xA3FF_ACFA_0000_0000 : 0x7FFF_FFFF_C7FF_FFFE
    return self < 0x80 && set &>> UInt64(self & 0x3F) & 1 != 0
  }

  var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
