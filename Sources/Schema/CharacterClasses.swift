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

  /// The bytes of a word before its first `stop`, others without a class behind them, and how many they are.
  @inline(__always)
  static func cutAtStop(_ word: UInt64) -> (word: UInt64, count: Int) {
    let (ones, high) = (each(0x01), each(0x80))
    let (quotes, slashes) = (word ^ each(0x22), word ^ each(0x5C))
    // What a subtraction borrows from the byte above is wrong above the first stop only.
    let stops =
      ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes
        | (word &- each(0x20)) & ~word | word) & high
    // All bits below the first stop's byte; all bits where there is no stop.
    let kept = (stops ^ (stops &- 1)) &>> 8 | (stops == 0 ? .max : 0)
    return (word & kept | each(UInt8(ascii: "a")) & ~kept, stops.trailingZeroBitCount &>> 3)
  }

  /// A word of eight bytes that are the same.
  @inline(__always)
  private static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// Where the letters, digits, `-` and `.` from a place on end; there are zero bytes behind the text.
  static func hostEnd(in text: borrowing MutableSpan<UInt8>, from start: Int) -> Int {
    var index = start
    while true {
      let others = othersThanHost(ByteWord.number(text, at: index))
      if others != 0 { return index &+ others.trailingZeroBitCount &>> 3 }
      index &+= ByteWord.size
    }
  }

  /// The high bit of each byte that is none of a host name's.
  @inline(__always)
  private static func othersThanHost(_ word: UInt64) -> UInt64 {
    // In a sum of two numbers below 0x80 the high bit tells that a byte is at least the bound.
    let ascii = word & each(0x7F)
    let small = ascii | each(0x20)
    let letters = (small &+ each(0x1F)) & ~(small &+ each(0x05))
    let digits = (ascii &+ each(0x50)) & ~(ascii &+ each(0x46))
    let marks = (ascii &+ each(0x53)) & ~(ascii &+ each(0x51))
    return (~(letters | digits | marks) | word) & each(0x80)
  }

  static func classify(_ byte: UInt8) -> UInt8 {
    if byte >= 0x80 { return stop | nonASCII | reserved | noURL }
    if byte < 0x20 {
      let isBlank = byte == 0x09 || byte == 0x0A
      return stop | control | reserved | noURL | (isBlank ? 0 : markup)
    }
    switch byte {
    case UInt8(ascii: "\""): return stop | markup | reserved | noURL
    case UInt8(ascii: "\\"): return stop | reserved | noURL
    case UInt8(ascii: "<"), UInt8(ascii: ">"): return markup | reserved | noURL
    case UInt8(ascii: "&"), UInt8(ascii: "'"): return markup | reserved
    case UInt8(ascii: "%"), UInt8(ascii: "#"): return reserved | doubtfulInURL
    case 0x7F: return control | markup | reserved | noURL
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: return 0
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): return 0
    case UInt8(ascii: "!"), UInt8(ascii: "$"), 0x28...0x2F, 0x3A, 0x3B, 0x3D, 0x3F, 0x40:
      return reserved
    default: return reserved | noURL
    }
  }
}
