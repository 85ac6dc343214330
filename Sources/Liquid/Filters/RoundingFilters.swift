extension FilterCatalog {
  static let roundingFilters: [Filter] = [
    Filter("ceil", "Rounds up to an integer.", input: .number, result: .integer) {
      input,
      _,
      _ throws(LiquidError) in
      try rounded(Numeric(input), to: 0, .up)
    },
    Filter("floor", "Rounds down to an integer.", input: .number, result: .integer) {
      input,
      _,
      _ throws(LiquidError) in
      try rounded(Numeric(input), to: 0, .down)
    },
    Filter(
      "round",
      "Rounds to an integer, or to a number of digits after the point.",
      input: .number,
      .optional("digits", .integer),
      result: .number
    ) { input, arguments, _ throws(LiquidError) in
      let digits = Numeric(arguments[0]).exact?.rounded(to: 0, .down).integer ?? 0
      return try rounded(Numeric(input), to: digits, .halfAwayFromZero)
    },
  ]

  /// A number with digits after the point keeps its fraction, as in Ruby; any other becomes an
  /// integer.
  private static func rounded(
    _ number: Numeric,
    to digits: Int,
    _ rounding: ExactDecimal.Rounding
  ) throws(LiquidError) -> Value {
    switch number {
    case .integer(let value) where digits >= 0: return .integer(value)
    case .integer, .decimal:
      guard let exact = number.exact?.rounded(to: digits, rounding) else { return number.value }
      guard digits <= 0 else { return .number(exact.double) }
      return exact.integer.map { .integer($0) } ?? .number(exact.double)
    case .approximate(let value):
      guard value.isFinite else { throw .argument("an infinite number cannot be rounded") }
      return .number(value)
    }
  }
}
