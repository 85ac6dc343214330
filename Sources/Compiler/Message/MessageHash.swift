/// A hash of a message's bytes (FNV-1a with two offsets): it names, it keeps no secret.
struct MessageHash {
  private var a: UInt64 = 0xCBF2_9CE4_8422_2325
  private var b: UInt64 = 0x6C62_272E_07BB_0142

  init(_ bytes: Span<UInt8>) { add(bytes) }

  mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices {
      a = (a ^ UInt64(bytes[index])) &* 0x100_0000_01B3
      b = (b ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 &+ a
    }
  }

  /// Appends all of it: 32 digits.
  func write(to text: inout [UInt8]) {
    Self.append(a, to: &text)
    Self.append(b, to: &text)
  }

  /// Makes a boundary of it: in quoted-printable text `=` never stands before `_`.
  func writeBoundary(to text: inout [UInt8]) {
    text.removeAll(keepingCapacity: true)
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
