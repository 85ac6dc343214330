extension FilterCatalog {
  static let arithmeticFilters: [Filter] = [
    Filter("plus", "Adds a number.", input: .number, .init("number", .number), result: .arithmetic)
    {
      input,
      arguments,
      _ throws(LiquidError) in
      sum(Numeric(input), Numeric(arguments[0])).value
    },
    Filter(
      "minus",
      "Takes a number away.",
      input: .number,
      .init("number", .number),
      result: .arithmetic
    ) { input, arguments, _ throws(LiquidError) in
      Numeric.combine(
        Numeric(input),
        Numeric(arguments[0]),
        integers: { $0.subtractingReportingOverflow($1) },
        exactly: { .sum($0, ExactDecimal(coefficient: -$1.coefficient, exponent: $1.exponent)) },
        roughly: -
      ).value
    },
    Filter(
      "times",
      "Multiplies by a number.",
      input: .number,
      .init("number", .number),
      result: .arithmetic
    ) { input, arguments, _ throws(LiquidError) in
      Numeric.combine(
        Numeric(input),
        Numeric(arguments[0]),
        integers: { $0.multipliedReportingOverflow(by: $1) },
        exactly: ExactDecimal.product,
        roughly: *
      ).value
    },
    Filter(
      "divided_by",
      "Divides by a number; integers give an integer, rounded down.",
      input: .number,
      .init("divisor", .number),
      result: .arithmetic
    ) { input, arguments, _ throws(LiquidError) in
      let divisor = Numeric(arguments[0])
      guard !divisor.isZero else { throw .zeroDivision }
      return Numeric.combine(
        Numeric(input),
        divisor,
        integers: flooredQuotient,
        exactly: ExactDecimal.quotient,
        roughly: /
      ).value
    },
    Filter(
      "modulo",
      "Gives the remainder of a division.",
      input: .number,
      .init("divisor", .number),
      result: .arithmetic
    ) { input, arguments, _ throws(LiquidError) in
      let divisor = Numeric(arguments[0])
      guard !divisor.isZero else { throw .zeroDivision }
      return Numeric.combine(
        Numeric(input),
        divisor,
        integers: flooredRemainder,
        exactly: ExactDecimal.remainder,
        roughly: { $0 - $1 * ($0 / $1).rounded(.down) }
      ).value
    },
    Filter(
      "at_least",
      "Gives the number, or the bound where it is less.",
      input: .number,
      .init("bound", .number),
      result: .arithmetic
    ) { input, arguments, _ throws(LiquidError) in
      let (number, bound) = (Numeric(input), Numeric(arguments[0]))
      return (isLess(number, bound) ? bound : number).value
    },
    Filter(
      "at_most",
      "Gives the number, or the bound where it is more.",
      input: .number,
      .init("bound", .number),
      result: .arithmetic
    ) { input, arguments, _ throws(LiquidError) in
      let (number, bound) = (Numeric(input), Numeric(arguments[0]))
      return (isLess(bound, number) ? bound : number).value
    },
    Filter("abs", "Takes the sign away.", input: .number, result: .arithmetic) {
      input,
      _,
      _ throws(LiquidError) in
      let number = Numeric(input)
      guard isLess(number, .integer(0)) else { return number.value }
      return Numeric.combine(
        .integer(0),
        number,
        integers: { $0.subtractingReportingOverflow($1) },
        exactly: { ExactDecimal(coefficient: -$1.coefficient, exponent: $1.exponent) },
        roughly: -
      ).value
    },
  ]

  static func sum(_ a: Numeric, _ b: Numeric) -> Numeric {
    Numeric.combine(
      a,
      b,
      integers: { $0.addingReportingOverflow($1) },
      exactly: ExactDecimal.sum,
      roughly: +
    )
  }

  private static func isLess(_ a: Numeric, _ b: Numeric) -> Bool {
    if let first = a.exact, let second = b.exact { return ExactDecimal.isLess(first, second) }
    return a.double < b.double
  }

  /// The quotient, rounded down as Ruby does.
  private static func flooredQuotient(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) {
    let (quotient, overflow) = a.dividedReportingOverflow(by: b)
    guard !overflow, quotient * b != a, (a < 0) != (b < 0) else { return (quotient, overflow) }
    return (quotient - 1, false)
  }

  /// The remainder with the sign of the divisor.
  private static func flooredRemainder(_ a: Int, _ b: Int) -> (partialValue: Int, overflow: Bool) {
    // `Int.min % -1` overflows though it is 0.
    guard b != -1 else { return (0, false) }
    let remainder = a % b
    return (remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder, false)
  }
}
