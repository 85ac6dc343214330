/// What a file is written in, told by its first bytes.
package enum TextEncoding {
  /// Why a file that starts like this cannot be text in UTF-8; nil where nothing speaks against it.
  package static func problem(of head: some Collection<UInt8>) -> String? {
    let head = Array(head.prefix(4))
    if head.starts(with: [0x1F, 0x8B]) { return "the file is compressed (gzip); expected UTF-8" }
    if head.starts(with: [0xFF, 0xFE, 0, 0]) || head.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "the file is UTF-32; expected UTF-8"
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      return "the file is UTF-16; expected UTF-8"
    }
    // JSON starts with ASCII, so a zero byte among the first two is half of a wider unit.
    guard head.count >= 2, (head[0] == 0) != (head[1] == 0) else { return nil }
    return "the file is UTF-16 without a byte order mark; expected UTF-8"
  }
}

/// The shape of characters in UTF-8.
enum UTF8Sequence {
  /// The length of the character that starts with a byte ≥ 0x80; nil where it is no valid UTF-8
  /// (overlong forms, surrogates and values over U+10FFFF are none).
  static func length(in bytes: [UInt8], at index: Int, end: Int) -> Int? {
    let lead = bytes[index]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, index + length <= end else { return nil }
    let second = bytes[index + 1]
    guard second >= secondMinimum(lead), second <= secondMaximum(lead) else { return nil }
    for next in bytes[(index + 2)..<(index + length)] where next & 0xC0 != 0x80 { return nil }
    return length
  }

  /// RFC 3629, section 4: the first continuation byte excludes overlong forms and surrogates.
  static func secondMinimum(_ lead: UInt8) -> UInt8 {
    lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
  }
  static func secondMaximum(_ lead: UInt8) -> UInt8 {
    lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
  }

  /// The bytes of a code point that is no surrogate.
  static func encode(_ point: UInt32) -> [UInt8] {
    switch point {
    case 0..<0x80: [UInt8(truncatingIfNeeded: point)]
    case 0x80..<0x800: [0xC0 | UInt8(truncatingIfNeeded: point >> 6), tail(point, 0)]
    case 0x800..<0x10000:
      [0xE0 | UInt8(truncatingIfNeeded: point >> 12), tail(point, 6), tail(point, 0)]
    default:
      [
        0xF0 | UInt8(truncatingIfNeeded: point >> 18), tail(point, 12), tail(point, 6),
        tail(point, 0),
      ]
    }
  }

  private static func tail(_ point: UInt32, _ shift: UInt32) -> UInt8 {
    0x80 | UInt8(truncatingIfNeeded: point >> shift & 0x3F)
  }
}

/// The value of a hexadecimal digit; nil of any other byte.
func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
