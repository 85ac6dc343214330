extension FilterCatalog {
  static let defaultFilters: [Filter] = [
    Filter(
      "default",
      "Gives another value in place of nil, false and what is empty.",
      input: .any,
      .optional("value", .any),
      named: [.optional("allow_false", .boolean)],
      result: .inputOrArgument
    ) { input, arguments, _ throws(LiquidError) in
      let allowsFalse = arguments["allow_false"]?.isTruthy ?? false
      let isMissing = allowsFalse ? input.isNil : !input.isTruthy
      guard isMissing || input.isEmpty else { return input }
      return arguments.has(0) ? arguments[0] : .string("")
    }
  ]
}
