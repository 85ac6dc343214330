extension FilterCatalog {
  static let sortingFilters: [Filter] = [
    Filter(
      "sort",
      "Sorts by value, capital letters before small ones, nil last.",
      input: .array,
      .optional("property", .property),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      try sorted(input, by: arguments[0], &context) { a, b throws(LiquidError) in
        try sortingOrder(a, b)
      }
    },
    Filter(
      "sort_natural",
      "Sorts as text whatever the case of letters, nil last.",
      input: .array,
      .optional("property", .property),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      let limit = context.valueLimit
      return try sorted(input, by: arguments[0], &context) { a, b throws(LiquidError) in
        Order(
          bytesOf: try a.text(limit: limit).asciiLowercased,
          try b.text(limit: limit).asciiLowercased
        )
      }
    },
  ]

  /// Sorts what an array filter goes through; elements that are the same stay in their order.
  private static func sorted(
    _ input: Value,
    by name: Value,
    _ context: inout FilterContext,
    _ order: (Value, Value) throws(LiquidError) -> Order
  ) throws(LiquidError) -> Value {
    var keyed: [(key: Value, element: Value)] = []
    for element in try elements(of: input, &context) {
      var key: Value? = element
      if !name.isNil { key = try property(name, of: element) }
      guard let key else { return .nil }
      keyed.append((key, element))
    }
    // The standard library's `sort` passes on any error, but not its type.
    var failure: LiquidError?
    keyed.sort { a, b in
      guard failure == nil, !a.key.isNil, !b.key.isNil else { return !a.key.isNil && b.key.isNil }
      do throws(LiquidError) {
        return try order(a.key, b.key) == .ascending
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    return .array(keyed.map(\.element))
  }

  /// The order of two values that are not nil; all that equal each other are sorted.
  private static func sortingOrder(_ a: Value, _ b: Value) throws(LiquidError) -> Order {
    if let order = try? Value.order(a, b) { return order }
    guard Value.equals(a, b) else { throw .argument("values of these types cannot be sorted") }
    return .same
  }
}

extension String {
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
