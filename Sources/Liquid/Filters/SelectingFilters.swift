extension FilterCatalog {
  static let selectingFilters: [Filter] = [
    Filter(
      "where",
      "Keeps the elements whose property is truthy, or has a value.",
      input: .array,
      .init("property", .property),
      .optional("value", .any),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      try filtered(input, arguments, keeps: true, &context)
    },
    Filter(
      "reject",
      "Leaves out the elements whose property is truthy, or has a value.",
      input: .array,
      .init("property", .property),
      .optional("value", .any),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      try filtered(input, arguments, keeps: false, &context)
    },
    Filter(
      "find",
      "Gives the first element whose property is truthy, or has a value.",
      input: .array,
      .init("property", .property),
      .optional("value", .any),
      result: .element
    ) { input, arguments, context throws(LiquidError) in
      try firstMatch(input, arguments, &context)?.element ?? .nil
    },
    Filter(
      "find_index",
      "Gives the place of the first element whose property is truthy, or has a value.",
      input: .array,
      .init("property", .property),
      .optional("value", .any),
      result: .integer
    ) { input, arguments, context throws(LiquidError) in
      guard let match = try firstMatch(input, arguments, &context), match.index >= 0 else {
        return .nil
      }
      return .integer(match.index)
    },
    Filter(
      "has",
      "Tells whether an element's property is truthy, or has a value.",
      input: .array,
      .init("property", .property),
      .optional("value", .any),
      result: .boolean
    ) { input, arguments, context throws(LiquidError) in
      guard let match = try firstMatch(input, arguments, &context) else { return .boolean(false) }
      return match.index < 0 ? .nil : .boolean(true)
    },
  ]

  private static func filtered(
    _ input: Value,
    _ arguments: FilterArguments,
    keeps: Bool,
    _ context: inout FilterContext
  ) throws(LiquidError) -> Value {
    var result: [Value] = []
    for element in try elements(of: input, &context) {
      guard let matches = try matches(element, arguments) else { return .nil }
      if matches == keeps { result.append(element) }
    }
    return .array(result)
  }

  /// The first element that matches, with its place; the place is -1 and the element nil where one
  /// without properties came before.
  private static func firstMatch(
    _ input: Value,
    _ arguments: FilterArguments,
    _ context: inout FilterContext
  ) throws(LiquidError) -> (index: Int, element: Value)? {
    for (index, element) in try elements(of: input, &context).enumerated() {
      guard let matches = try matches(element, arguments) else { return (-1, .nil) }
      if matches { return (index, element) }
    }
    return nil
  }

  /// Whether an element matches; nil where it has no properties at all.
  private static func matches(
    _ element: Value,
    _ arguments: FilterArguments
  ) throws(LiquidError) -> Bool? {
    guard let value = try property(arguments[0], of: element) else { return nil }
    return arguments[1].isNil ? value.isTruthy : Value.equals(value, arguments[1])
  }
}
