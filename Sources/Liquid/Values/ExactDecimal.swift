/// A decimal number, exact to 38 digits.
///
/// Liquid calculates with fractions in Ruby's `BigDecimal`: 10.1 + 2.2 is 12.3, not
/// 12.299999999999999. What does not fit here falls back to `Double`.
struct ExactDecimal {
  var coefficient: Int128
  /// The power of ten of the coefficient's last digit.
  var exponent: Int

  /// The number that a `Double` is printed as.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    let (digits, exponent) = NumberText.shortestDigits(of: value.magnitude)
    guard let coefficient = Int128(digits) else { return nil }
    self.coefficient = value < 0 ? -coefficient : coefficient
    self.exponent = exponent
  }

  init(_ value: Int) {
    coefficient = Int128(value)
    exponent = 0
  }

  /// `-12.50`: digits, a point, digits.
  init?(text: some Collection<UInt8>) {
    var coefficient: Int128 = 0
    var exponent = 0
    var isFraction = false
    var isNegative = false
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where index == 0: isNegative = true
      case UInt8(ascii: ".") where !isFraction: isFraction = true
      case _ where byte.isDigit:
        let (product, overflow) = coefficient.multipliedReportingOverflow(by: 10)
        let (sum, sumOverflow) = product.addingReportingOverflow(Int128(byte - 0x30))
        guard !overflow, !sumOverflow else { return nil }
        coefficient = sum
        if isFraction { exponent -= 1 }
      default: return nil
      }
    }
    self.init(coefficient: isNegative ? -coefficient : coefficient, exponent: exponent)
  }

  init(coefficient: Int128, exponent: Int) {
    self.coefficient = coefficient
    self.exponent = exponent
  }

  /// The nearest `Double`; a number too large for it is infinite.
  var double: Double { Double("\(coefficient)e\(exponent)") ?? .infinity }

  // MARK: Arithmetic; nil where the result is not exact to 38 digits

  static func sum(_ a: Self, _ b: Self) -> Self? {
    guard let (first, second, exponent) = aligned(a, b) else { return nil }
    let (sum, overflow) = first.addingReportingOverflow(second)
    return overflow ? nil : Self(coefficient: sum, exponent: exponent)
  }

  static func product(_ a: Self, _ b: Self) -> Self? {
    let (product, overflow) = a.coefficient.multipliedReportingOverflow(by: b.coefficient)
    return overflow ? nil : Self(coefficient: product, exponent: a.exponent + b.exponent)
  }

  /// The quotient, to at least 20 digits; `b` is not 0.
  static func quotient(_ a: Self, _ b: Self) -> Self? {
    var a = a
    while true {
      let (product, overflow) = a.coefficient.multipliedReportingOverflow(by: 10)
      guard !overflow, product != 0 else { break }
      a = Self(coefficient: product, exponent: a.exponent - 1)
    }
    let (quotient, remainder) = a.coefficient.quotientAndRemainder(dividingBy: b.coefficient)
    guard remainder != 0 else {
      return Self(coefficient: quotient, exponent: a.exponent - b.exponent)
    }
    guard quotient.magnitude >= 100_000_000_000_000_000_000 else { return nil }
    return Self(coefficient: quotient, exponent: a.exponent - b.exponent)
  }

  /// The remainder with the sign of `b`, which is not 0.
  static func remainder(_ a: Self, _ b: Self) -> Self? {
    guard let (first, second, exponent) = aligned(a, b) else { return nil }
    let remainder = first % second
    let isOther = remainder != 0 && (remainder < 0) != (second < 0)
    return Self(coefficient: isOther ? remainder + second : remainder, exponent: exponent)
  }

  static func isLess(_ a: Self, _ b: Self) -> Bool {
    guard let (first, second, _) = aligned(a, b) else { return a.double < b.double }
    return first < second
  }

  private static func aligned(_ a: Self, _ b: Self) -> (Int128, Int128, exponent: Int)? {
    let exponent = min(a.exponent, b.exponent)
    guard let first = scaled(a.coefficient, by: a.exponent - exponent),
      let second = scaled(b.coefficient, by: b.exponent - exponent)
    else { return nil }
    return (first, second, exponent)
  }

  private static func scaled(_ value: Int128, by power: Int) -> Int128? {
    guard value != 0 else { return 0 }
    guard power <= 38 else { return nil }
    var result = value
    for _ in 0..<power {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }

  // MARK: Rounding

  enum Rounding { case down, up, halfAwayFromZero }

  /// The number with at most `digits` digits after the point (before it, where negative).
  func rounded(to digits: Int, _ rounding: Rounding) -> Self {
    // Beyond the range of a `Double` there is nothing to round.
    let digits = min(max(digits, -400), 400)
    let dropped = -digits - exponent
    guard dropped > 0 else { return self }
    guard let divisor = Self.scaled(1, by: dropped) else {
      let isUp = rounding == .up && coefficient > 0
      let isDown = rounding == .down && coefficient < 0
      return Self(coefficient: isUp ? 1 : isDown ? -1 : 0, exponent: -digits)
    }
    var (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: divisor)
    let isNegative = coefficient < 0
    switch rounding {
    case .down: if remainder != 0, isNegative { quotient -= 1 }
    case .up: if remainder != 0, !isNegative { quotient += 1 }
    case .halfAwayFromZero:
      if remainder.magnitude >= divisor.magnitude - remainder.magnitude {
        quotient += isNegative ? -1 : 1
      }
    }
    return Self(coefficient: quotient, exponent: -digits)
  }

  /// The number as an integer, if it is one of 64 bits.
  var integer: Int? {
    if exponent >= 0 {
      return Self.scaled(coefficient, by: exponent).flatMap { Int(exactly: $0) }
    }
    let cut = rounded(to: 0, .down)
    return cut.exponent == 0 ? Int(exactly: cut.coefficient) : nil
  }
}
