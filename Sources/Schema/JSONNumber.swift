/// A number of a JSON text, exact where it is an integer of 64 bits.
package enum JSONNumber: Hashable, Sendable {
  /// Also of `2.0` and `1e3`: JSON Schema asks for the value, not for the spelling.
  case integer(Int)
  /// Not whole, or whole but over 64 bits (`isWhole`); the nearest `Double`.
  case real(Double, isWhole: Bool)

  package var double: Double {
    switch self {
    case .integer(let integer): Double(integer)
    case .real(let real, _): real
    }
  }

  /// Whether it is a mathematical integer.
  package var isWhole: Bool {
    switch self {
    case .integer: true
    case .real(_, let isWhole): isWhole
    }
  }

  /// Compares exactly: a `Double` cannot hold every integer of 64 bits.
  package static func < (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a < b
    case (.integer(let a), .real(let b, _)): isLess(a, b)
    case (.real(let a, _), .integer(let b)): isLess(a, b)
    case (.real(let a, _), .real(let b, _)): a < b
    }
  }

  package static func <= (a: Self, b: Self) -> Bool { !(b < a) }

  private static func isLess(_ a: Int, _ b: Double) -> Bool {
    if b >= 0x1p63 { return true }
    if b < -0x1p63 { return false }
    let floor = b.rounded(.down)
    let whole = Int(floor)
    return floor == b ? a < whole : a <= whole
  }

  private static func isLess(_ a: Double, _ b: Int) -> Bool {
    if a >= 0x1p63 { return false }
    if a < -0x1p63 { return true }
    let floor = a.rounded(.down)
    return Int(floor) < b
  }

  /// The value of a number's text, which follows RFC 8259; nil where it is too large for a
  /// `Double`.
  package init?(text: some Collection<UInt8>) {
    var magnitude = Decimal()
    for byte in text { magnitude.take(byte) }
    if let integer = magnitude.integer {
      self = .integer(integer)
      return
    }
    // The library rounds correctly, which a sum of digits would not.
    guard let real = Double(String(decoding: text, as: UTF8.self)), real.isFinite else {
      return nil
    }
    self = .real(real, isWhole: magnitude.isWhole)
  }
}

/// The digits of a number as they are read: value = digits × 10^(exponent − fraction digits).
private struct Decimal {
  private var isNegative = false
  /// The digits up to the last one that is not 0; kept while it fits.
  private var significand: UInt64 = 0
  private var overflows = false
  /// How many zeros follow `significand` that have not been multiplied in.
  private var trailingZeros = 0
  private var isInFraction = false
  private var fractionDigits = 0
  private var isInExponent = false
  private var isExponentNegative = false
  private var exponent = 0
  private var hasDigit = false

  mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "-"):
      if isInExponent { isExponentNegative = true } else { isNegative = true }
    case UInt8(ascii: "."): isInFraction = true
    case UInt8(ascii: "e"), UInt8(ascii: "E"): isInExponent = true
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digit = UInt64(byte - UInt8(ascii: "0"))
      // An exponent over 10^9 decides all by itself; a text of 1 MiB cannot make up for it.
      if isInExponent {
        exponent = min(exponent * 10 + Int(digit), 1_000_000_000)
      } else {
        takeSignificant(digit)
      }
    default: break
    }
  }

  private mutating func takeSignificant(_ digit: UInt64) {
    if isInFraction { fractionDigits += 1 }
    if digit == 0 {
      if hasDigit { trailingZeros += 1 }
      return
    }
    hasDigit = true
    for _ in 0..<min(trailingZeros, 20) { multiply() }
    trailingZeros = 0
    multiply()
    let (sum, carry) = significand.addingReportingOverflow(digit)
    significand = sum
    overflows = overflows || carry
  }

  private mutating func multiply() {
    let (product, carry) = significand.multipliedReportingOverflow(by: 10)
    significand = product
    overflows = overflows || carry
  }

  /// The power of ten that the significand, without trailing zeros, is multiplied by.
  private var scale: Int {
    (isExponentNegative ? -exponent : exponent) - fractionDigits + trailingZeros
  }

  var isWhole: Bool { !hasDigit || scale >= 0 }

  var integer: Int? {
    guard hasDigit else { return 0 }
    guard !overflows, scale >= 0, scale < 20 else { return nil }
    var value = significand
    for _ in 0..<scale {
      let (product, carry) = value.multipliedReportingOverflow(by: 10)
      if carry { return nil }
      value = product
    }
    if isNegative { return value <= UInt64(1) << 63 ? Int(truncatingIfNeeded: 0 &- value) : nil }
    return Int(exactly: value)
  }
}
