/// A hash of a message's bytes (FNV-1a with two offsets, by words of eight bytes where there are two): it names,
/// it keeps no secret.
struct MessageHash {
  private var a: UInt64 = 0xCBF2_9CE4_8422_2325
  private var b: UInt64 = 0x6C62_272E_07BB_0142

  init(_ bytes: Span<UInt8>) { add(bytes) }

  mutating func add(_ bytes: Span<UInt8>) {
    var index = 0
    while index &+ 16 <= bytes.count {
      a = (a ^ Self.word(bytes, index)) &* 0x100_0000_01B3
      b = (b ^ Self.word(bytes, index &+ 8)) &* 0x0000_0100_0000_01B3 &+ a
      // The product of a high bit is high too.
      a ^= a &>> 32
      b ^= b &>> 29
      index &+= 16
    }
    for index in index..<bytes.count {
      a = (a ^ UInt64(bytes[index])) &* 0x100_0000_01B3
      b = (b ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 &+ a
    }
  }

  /// Eight bytes, the first in the lowest place; one load to the compiler.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    let part = bytes.extracting(index..<index &+ 8)
    let low =
      UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
    let high =
      UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    return low | high
  }

  /// The digits of all of it.
  static let length = 32

  /// Appends all of it: 32 digits.
  func write(to text: inout [UInt8]) {
    Self.append(a, to: &text)
    Self.append(b, to: &text)
  }

  /// Appends a boundary made of it: in quoted-printable text `=` never stands before `_`.
  func writeBoundary(to text: inout [UInt8]) {
    text.append(UInt8(ascii: "="))
    text.append(UInt8(ascii: "_"))
    Self.append(a, to: &text)
  }

  static func isIDText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func append(_ number: UInt64, to text: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift) & 15)
      text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
