/// What a math filter takes a value for.
enum Numeric {
  case integer(Int)
  /// A fraction, exact as long as it fits.
  case decimal(ExactDecimal)
  /// Beyond what is exact.
  case approximate(Double)

  /// Ruby's `Utils.to_number`: strings by their digits, and 0 for what is no number.
  init(_ value: Value) {
    switch value {
    case .integer(let value): self = .integer(value)
    case .number(let value): self.init(value)
    case .string(let text): self.init(text: text)
    default: self = .integer(0)
    }
  }

  private init(_ value: Double) {
    if let decimal = ExactDecimal(value) {
      self = .decimal(decimal)
    } else {
      self = .approximate(value)
    }
  }

  private init(text: String) {
    let bytes = text.startAsNumber
    let trimmed = bytes[bytes.trimmed(0..<bytes.count)]
    guard Numeric.isDecimal(trimmed) else {
      self = .integer(Numeric.leadingInteger(of: trimmed))
      return
    }
    if let decimal = ExactDecimal(text: trimmed) {
      self = .decimal(decimal)
    } else {
      self = .approximate(Double(String(decoding: trimmed, as: UTF8.self)) ?? 0)
    }
  }

  /// Whether it is digits, a point and digits.
  private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else { return false }
    let (before, after) = (digits[..<point], digits[(point + 1)...])
    return !before.isEmpty && !after.isEmpty && before.allSatisfy(\.isDigit)
      && after.allSatisfy(\.isDigit)
  }

  /// Ruby's `to_i`: the integer at the start, 0 where there is none; the largest where it is
  /// larger.
  static func leadingInteger(of text: ArraySlice<UInt8>) -> Int {
    var digits = text.drop(while: \.isSpace)
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    var result = 0
    var lastWasDigit = false
    for byte in digits {
      // `1_000` is a thousand.
      if byte == UInt8(ascii: "_"), lastWasDigit {
        lastWasDigit = false
        continue
      }
      guard byte.isDigit else { break }
      lastWasDigit = true
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      let (sum, sumOverflow) = product.addingReportingOverflow(Int(byte - 0x30))
      guard !overflow, !sumOverflow else { return isNegative ? .min : .max }
      result = sum
    }
    return isNegative ? -result : result
  }

  var double: Double {
    switch self {
    case .integer(let value): Double(value)
    case .decimal(let value): value.double
    case .approximate(let value): value
    }
  }

  var exact: ExactDecimal? {
    switch self {
    case .integer(let value): ExactDecimal(value)
    case .decimal(let value): value
    case .approximate: nil
    }
  }

  var isZero: Bool {
    switch self {
    case .integer(let value): value == 0
    case .decimal(let value): value.coefficient == 0
    case .approximate(let value): value == 0
    }
  }

  var value: Value {
    switch self {
    case .integer(let value): .integer(value)
    case .decimal(let value): .number(value.double)
    case .approximate(let value): .number(value)
    }
  }

  /// Calculates with integers while both are and the result fits; else exactly; else with
  /// `Double`s.
  static func combine(
    _ a: Numeric,
    _ b: Numeric,
    integers: (Int, Int) -> (partialValue: Int, overflow: Bool),
    exactly: (ExactDecimal, ExactDecimal) -> ExactDecimal?,
    roughly: (Double, Double) -> Double
  ) -> Numeric {
    if case .integer(let first) = a, case .integer(let second) = b {
      let (result, overflow) = integers(first, second)
      if !overflow { return .integer(result) }
    }
    if let first = a.exact, let second = b.exact, let result = exactly(first, second) {
      return .decimal(result)
    }
    return .approximate(roughly(a.double, b.double))
  }
}

extension Value {
  /// Ruby's `Integer()`: an integer, or a string that is one and nothing else.
  package func strictInteger() throws(LiquidError) -> Int {
    switch self {
    case .integer(let value): return value
    case .string(let text):
      let bytes = text.startAsNumber
      let trimmed = bytes[bytes.trimmed(0..<bytes.count)]
      guard bytes.count == text.utf8.count,
        let value = Int(String(decoding: trimmed, as: UTF8.self))
      else { throw .invalidInteger }
      return value
    default: throw .invalidInteger
    }
  }

  /// Ruby's `to_i`: also of nil, fractions and strings that start with digits.
  package func looseInteger() throws(LiquidError) -> Int {
    switch self {
    case .nil: return 0
    case .integer(let value): return value
    case .number(let value):
      guard let integer = Int(exactly: value.rounded(.towardZero)) else { throw .invalidInteger }
      return integer
    case .string(let text): return Numeric.leadingInteger(of: text.startAsNumber[...])
    default: throw .invalidInteger
    }
  }
}

extension String {
  /// As much of the text as can matter to a number: nobody writes numbers of a thousand digits.
  fileprivate var startAsNumber: [UInt8] { Array(utf8.prefix(1_024)) }
}
