/// Numbers, written from their digits without a `String` in between.
extension OutputBuffer {
  /// Appends an integer.
  @inline(__always)
  mutating func append(decimal value: Int) throws(RenderFault) {
    if value >= 0, value < 10 { return try append(UInt8(truncatingIfNeeded: 48 + value)) }
    let digits = DecimalDigits(value.magnitude)
    try unsafe write(room: 21) { target in
      var place = 0
      if value < 0 {
        unsafe target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        place = 1
      }
      for index in digits.start..<20 {
        unsafe target.storeBytes(of: digits[index], toByteOffset: place, as: UInt8.self)
        place &+= 1
      }
      return place
    }
  }

  /// Appends the number of an amount in the smallest unit, without its symbol: `1,234.50`.
  mutating func append(
    amount magnitude: UInt,
    fractionDigits: Int,
    minimumGrouping: Int,
    group: SmallText,
    decimal: SmallText
  ) throws(RenderFault) {
    var digits = DecimalDigits(magnitude)
    // A cent is 0.01.
    digits.start = min(digits.start, 19 &- fractionDigits)
    let whole = 20 &- fractionDigits
    let isGrouped = whole &- digits.start >= 3 &+ minimumGrouping
    // Twenty digits, six separators and the point of up to eight bytes each.
    try unsafe write(room: 96) { target in
      var place = 0
      for index in digits.start..<20 {
        if index == whole {
          unsafe target.storeBytes(of: decimal.bytes, toByteOffset: place, as: UInt64.self)
          place &+= decimal.count
        } else if isGrouped, index > digits.start, index < whole, (whole &- index) % 3 == 0 {
          unsafe target.storeBytes(of: group.bytes, toByteOffset: place, as: UInt64.self)
          place &+= group.count
        }
        unsafe target.storeBytes(of: digits[index], toByteOffset: place, as: UInt8.self)
        place &+= 1
      }
      return place
    }
  }
}

/// Up to eight bytes of text, plain data.
struct SmallText: Sendable {
  /// In the order of memory.
  private(set) var bytes: UInt64 = 0
  private(set) var count = 0

  /// Nil for a longer text.
  init?(_ text: some Collection<UInt8>) {
    guard text.count <= 8 else { return nil }
    for byte in text {
      bytes |= UInt64(byte) &<< UInt64(count &* 8)
      count += 1
    }
    bytes = bytes.littleEndian
  }
}

/// The decimal digits of a number in ASCII, at the end of twenty.
private struct DecimalDigits {
  private var digits = InlineArray<20, UInt8>(repeating: 0x30)
  /// The place of the first digit.
  var start = 20

  init(_ magnitude: UInt) {
    var rest = magnitude
    repeat {
      start &-= 1
      digits[start] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
    } while rest > 0
  }

  subscript(index: Int) -> UInt8 { digits[index] }
}
