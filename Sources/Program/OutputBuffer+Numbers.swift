/// Numbers, written from their digits without a `String` in between.
extension OutputBuffer {
  /// Appends an integer.
  @inline(__always)
  mutating func append(decimal value: Int) throws(RenderFault) {
    if value >= 0, value < 10 { return try append(UInt8(truncatingIfNeeded: 48 &+ value)) }
    let digits = DecimalDigits(value.magnitude)
    try unsafe write(room: 32) { target in
      unsafe target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
      let start = value < 0 ? 1 : 0
      unsafe digits.write(20 &- digits.start, from: digits.start, to: target + start)
      return start &+ 20 &- digits.start
    }
  }

  /// Appends an amount in the smallest unit: `-$1,234.50`.
  @inline(__always)
  mutating func append(amount value: Int, _ format: AmountFormat) throws(RenderFault) {
    let digits = DecimalDigits(value.magnitude)
    let whole = 20 &- format.fractionDigits
    // A cent is 0.01.
    let start = min(digits.start, whole &- 1)
    // A sign, twenty digits, and nine pieces of up to eight bytes.
    try unsafe write(room: 96) { target in
      var to = unsafe target
      if value < 0 {
        unsafe to.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        unsafe to += 1
      }
      unsafe format.prefix.write(to: &to)
      var from = start
      if whole &- start >= 3 &+ format.minimumGrouping {
        // The first group has what is left over of threes.
        let first = (whole &- start &- 1) % 3 &+ 1
        unsafe digits.write(first, from: from, to: to)
        unsafe to += first
        from &+= first
        while from < whole {
          unsafe format.group.write(to: &to)
          unsafe digits.write(3, from: from, to: to)
          unsafe to += 3
          from &+= 3
        }
      } else {
        unsafe digits.write(whole &- from, from: from, to: to)
        unsafe to += whole &- from
        from = whole
      }
      if format.fractionDigits > 0 {
        unsafe format.decimal.write(to: &to)
        unsafe digits.write(format.fractionDigits, from: whole, to: to)
        unsafe to += format.fractionDigits
      }
      unsafe format.suffix.write(to: &to)
      return unsafe to - target
    }
  }
}

/// What stands around and between the digits of an amount; plain data.
struct AmountFormat: Sendable {
  var prefix: SmallText
  var suffix: SmallText
  var group: SmallText
  var decimal: SmallText
  var fractionDigits: Int
  /// How many digits stand before the first separator at least: Spanish writes 1234 but 12.345.
  var minimumGrouping: Int
}

/// Up to eight bytes of text; plain data.
struct SmallText: Sendable {
  /// In the order of memory.
  private var bytes: UInt64 = 0
  private var count = 0

  /// Nil for a longer text.
  init?(_ text: some Collection<UInt8>) {
    guard text.count <= 8 else { return nil }
    for byte in text {
      bytes |= UInt64(byte) &<< UInt64(count &* 8)
      count += 1
    }
    bytes = bytes.littleEndian
  }

  @inline(__always)
  fileprivate func write(to target: inout UnsafeMutableRawPointer) {
    unsafe target.storeBytes(of: bytes, as: UInt64.self)
    unsafe target += count
  }
}

/// The decimal digits of a number in ASCII, at the end of twenty.
private struct DecimalDigits {
  private var digits = InlineArray<32, UInt8>(repeating: 0x30)
  /// The place of the first digit.
  private(set) var start = 20

  @inline(__always)
  init(_ magnitude: UInt) {
    var rest = magnitude
    repeat {
      start &-= 1
      digits[start] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
    } while rest > 0
  }

  /// Writes some of the digits; memory behind them is overwritten.
  @inline(__always)
  func write(_ count: Int, from start: Int, to target: UnsafeMutableRawPointer) {
    for index in 0..<count {
      unsafe target.storeBytes(of: digits[start &+ index], toByteOffset: index, as: UInt8.self)
    }
  }
}
