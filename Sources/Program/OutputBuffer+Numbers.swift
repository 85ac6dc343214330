/// Numbers, written from their digits without a `String` in between.
extension OutputBuffer {
  /// Appends an integer.
  mutating func append(decimal value: Int) throws(RenderFault) {
    if let value = UInt64(exactly: value), value < OutputBuffer.shortInteger {
      return try unsafe write(room: 16) { unsafe writeDecimal(value, to: $0) - $0 }
    }
    let digits = DecimalDigits(value.magnitude)
    try unsafe write(room: 32) { target in
      unsafe target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
      let start = value < 0 ? 1 : 0
      unsafe digits.write(20 &- digits.start, from: digits.start, to: target + start)
      return start &+ 20 &- digits.start
    }
  }

  /// Appends an amount in the smallest unit: `-$1,234.50`.
  mutating func append(amount value: Int, _ format: AmountFormat) throws(RenderFault) {
    if let value = UInt64(exactly: value), value < OutputBuffer.shortInteger {
      return try unsafe write(room: 96) { unsafe format.write(value, to: $0) - $0 }
    }
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

/// Writes an integer below 100,000,000; returns its end.
///
/// Eight bytes are written in any case. How many they are is found by comparisons, not from the digits: what
/// comes next waits for the place where it goes, but not for these.
@inline(__always)
func writeDecimal(_ value: UInt64, to target: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
  var count =
    (1 &+ (value >= 10 ? 1 : 0)) &+ ((value >= 100 ? 1 : 0) &+ (value >= 1_000 ? 1 : 0))
  if value >= 10_000 {
    count =
      (5 &+ (value >= 100_000 ? 1 : 0))
      &+ ((value >= 1_000_000 ? 1 : 0) &+ (value >= 10_000_000 ? 1 : 0))
  }
  unsafe target.storeBytes(of: EightDigits(value).text(from: 8 &- count), as: UInt64.self)
  return unsafe target + count
}

extension AmountFormat {
  /// Writes an amount below `compactEnd`; returns its end.
  ///
  /// At most 24 bytes are written.
  @inline(__always)
  func writeCompact(
    _ value: UInt64,
    to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    // 123.45 stands in one word; what is not there goes out of it at the front. Divisions are multiplications
    // by reciprocals, exact in their ranges.
    let zeros = (value < 100_00 ? 1 : 0) &+ (value < 10_00 ? 1 : 0)
    let whole = (value &* 167_773) &>> 24
    let hundreds = (whole &* 41) &>> 12
    // Side by side: 23 and 45.
    let pairs = (whole &- 100 &* hundreds) | (value &- 100 &* whole) &<< 24
    let tens = ((pairs &* 103) &>> 10) & 0x0F00_000F
    let word = compactText | hundreds | tens &<< 8 | (pairs &- 10 &* tens) &<< 16
    var to = unsafe target
    unsafe prefix.write(to: &to)
    unsafe to.storeBytes(
      of: (word &>> UInt64(truncatingIfNeeded: zeros &* 8)).littleEndian,
      as: UInt64.self
    )
    unsafe to += 6 &- zeros
    unsafe suffix.write(to: &to)
    return unsafe to
  }

  /// Writes an amount below 100,000,000 of the smallest unit; returns its end.
  ///
  /// At most 64 bytes are written.
  func write(_ value: UInt64, to target: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let digits = EightDigits(value)
    let whole = 8 &- fractionDigits
    // A cent is 0.01.
    let zeros = min(digits.leadingZeros, whole &- 1)
    var to = unsafe target
    unsafe prefix.write(to: &to)
    var left = whole &- zeros
    if left >= 3 &+ minimumGrouping {
      let first = (left &- 1) % 3 &+ 1
      unsafe to.storeBytes(of: digits.text(from: zeros), as: UInt64.self)
      unsafe to += first
      left &-= first
      while left > 0 {
        unsafe group.write(to: &to)
        unsafe to.storeBytes(of: digits.text(from: whole &- left), as: UInt64.self)
        unsafe to += 3
        left &-= 3
      }
    } else {
      unsafe to.storeBytes(of: digits.text(from: zeros), as: UInt64.self)
      unsafe to += left
    }
    if fractionDigits > 0 {
      unsafe decimal.write(to: &to)
      unsafe to.storeBytes(of: digits.text(from: whole), as: UInt64.self)
      unsafe to += fractionDigits
    }
    unsafe suffix.write(to: &to)
    return unsafe to
  }
}

/// The eight decimal digits of a number below 100,000,000, found side by side in one word.
private struct EightDigits {
  /// A byte for each digit, the first one lowest.
  private let digits: UInt64

  /// Splits into halves, quarters and digits; each division is a multiplication by its reciprocal,
  /// exact in its range (Paul Khuong, "How to print integers really fast", 2017).
  @inline(__always)
  init(_ value: UInt64) {
    let (high, low) = (value / 10_000, value % 10_000)
    let halves = high | low &<< 32
    let hundreds = ((halves &* 10_486) &>> 20) & 0x7F_0000_007F
    let quarters = hundreds | (halves &- 100 &* hundreds) &<< 16
    let tens = ((quarters &* 103) &>> 10) & 0x000F_000F_000F_000F
    digits = tens | (quarters &- 10 &* tens) &<< 8
  }

  /// How many of the digits before the last are zero, from the first on.
  @inline(__always)
  var leadingZeros: Int { (digits | 1 &<< 56).trailingZeroBitCount &>> 3 }

  /// The digits from a place on in ASCII, in the order of memory.
  @inline(__always)
  func text(from place: Int) -> UInt64 {
    ((digits | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: place &* 8)).littleEndian
  }
}

/// What stands around and between the digits of an amount; plain data.
struct AmountFormat: Sendable {
  let prefix: SmallText
  let suffix: SmallText
  let group: SmallText
  let decimal: SmallText
  let fractionDigits: Int
  /// How many digits stand before the first separator at least: Spanish writes 1234 but 12.345.
  let minimumGrouping: Int
  /// Smaller amounts have up to three digits and two more behind a point of one byte.
  let compactEnd: UInt64
  /// `000.00`, first character lowest.
  fileprivate let compactText: UInt64

  init(
    prefix: SmallText,
    suffix: SmallText,
    group: SmallText,
    decimal: SmallText,
    fractionDigits: Int,
    minimumGrouping: Int
  ) {
    self.prefix = prefix
    self.suffix = suffix
    self.group = group
    self.decimal = decimal
    self.fractionDigits = fractionDigits
    self.minimumGrouping = minimumGrouping
    compactEnd = fractionDigits == 2 && decimal.count == 1 ? 1_000_00 : 0
    compactText = 0x3030_0030_3030 | decimal.firstByte &<< 24
  }
}

/// Up to eight bytes of text; plain data.
struct SmallText: Sendable {
  /// In the order of memory.
  private var bytes: UInt64 = 0
  private(set) var count = 0
  fileprivate var firstByte: UInt64 { bytes.littleEndian & 0xFF }

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
