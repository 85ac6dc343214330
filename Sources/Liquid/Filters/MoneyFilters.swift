extension FilterCatalog {
  static let moneyFilters: [Filter] = [
    Filter(
      "money",
      "Writes an amount that is given in the smallest unit: 1999 is $19.99.",
      input: .integer,
      .optional("currency", .currency),
      named: [.optional("currency", .currency), .optional("locale", .locale)],
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      if case .nil = input { return .nil }
      let currency =
        arguments.has(0) ? arguments[0] : arguments["currency"] ?? .string(context.currency)
      let code = try context.text(currency).uppercased()
      guard code.utf8.count == 3, code.utf8.allSatisfy(\.isLetter) else {
        throw .argument("a currency is a code of three letters")
      }
      guard let units = Numeric(input).exact?.rounded(to: 0, .halfAwayFromZero).integer else {
        throw .argument("the amount is too large")
      }
      let locale = try localeArgument(arguments, context)
      return .string(context.locales.money(units, currency: code, locale: locale))
    },
    Filter(
      "number",
      "Writes a number as a language does: 1,234.5.",
      input: .number,
      .optional("digits", .integer),
      named: [.optional("locale", .locale)],
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      if case .nil = input { return .nil }
      var digits: Int?
      if arguments.has(0) {
        let wanted = try arguments[0].strictInteger()
        guard (0...20).contains(wanted) else { throw .argument("digits are 0 to 20") }
        digits = wanted
      }
      let number = Numeric(input)
      guard let exact = number.exact ?? ExactDecimal(number.double), exact.exponent.magnitude <= 40
      else {
        throw .argument("the number is too large")
      }
      let rounded = exact.rounded(to: digits ?? 3, .halfAwayFromZero)
      let locale = try localeArgument(arguments, context)
      return .string(context.locales.number(rounded, digits: digits, locale: locale))
    },
  ]

  private static func localeArgument(
    _ arguments: FilterArguments,
    _ context: FilterContext
  ) throws(LiquidError) -> String {
    guard let locale = arguments["locale"] else { return context.locale }
    return try context.text(locale)
  }
}
