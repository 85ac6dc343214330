/// What each byte of a string says about its `Traits`, as bits to be gathered while a string is
/// read.
struct CharacterClasses: Sendable {
  /// One of `&<>"'`, or a control character that markup cannot hold.
  static let markup: UInt8 = 1
  static let reserved: UInt8 = 2
  static let noURL: UInt8 = 4
  /// `%` and `#`: fit for a URL in the right place only.
  static let doubtfulInURL: UInt8 = 8
  static let control: UInt8 = 16
  static let nonASCII: UInt8 = 32
  /// None of the characters of a host name.
  static let noHost: UInt8 = 64
  /// Ends a run of bytes that stand for themselves: quote, backslash, control characters,
  /// non-ASCII.
  static let stop: UInt8 = 128

  // Not an `InlineArray`: the compiler copies that to the stack for each look.
  let table: [UInt8]

  init() { table = (0...255).map { Self.classify($0) } }

  @inline(__always) subscript(byte: UInt8) -> UInt8 { table.span.extracting(0..<256)[Int(byte)] }

  /// The classes of the eight bytes of a word together.
  @inline(__always)
  func gather(_ word: UInt64) -> UInt8 {
    // The length is known here, so that no index needs a check.
    let table = table.span.extracting(0..<256)
    let low =
      table[Int(word & 0xFF)] | table[Int(word >> 8 & 0xFF)] | table[Int(word >> 16 & 0xFF)]
      | table[Int(word >> 24 & 0xFF)]
    let high =
      table[Int(word >> 32 & 0xFF)] | table[Int(word >> 40 & 0xFF)] | table[Int(word >> 48 & 0xFF)]
      | table[Int(word >> 56)]
    return low | high
  }

  static func classify(_ byte: UInt8) -> UInt8 {
    if byte >= 0x80 { return stop | nonASCII | reserved | noURL | noHost }
    if byte < 0x20 {
      let isBlank = byte == 0x09 || byte == 0x0A
      return stop | control | reserved | noURL | noHost | (isBlank ? 0 : markup)
    }
    switch byte {
    case UInt8(ascii: "\""): return stop | markup | reserved | noURL | noHost
    case UInt8(ascii: "\\"): return stop | reserved | noURL | noHost
    case UInt8(ascii: "<"), UInt8(ascii: ">"): return markup | reserved | noURL | noHost
    case UInt8(ascii: "&"), UInt8(ascii: "'"): return markup | reserved | noHost
    case UInt8(ascii: "%"), UInt8(ascii: "#"): return reserved | doubtfulInURL | noHost
    case 0x7F: return control | markup | reserved | noURL | noHost
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): return 0
    case UInt8(ascii: "_"), UInt8(ascii: "~"): return noHost
    case UInt8(ascii: "!"), UInt8(ascii: "$"), 0x28...0x2F, 0x3A, 0x3B, 0x3D, 0x3F, 0x40:
      return reserved | noHost
    default: return reserved | noURL | noHost
    }
  }
}
