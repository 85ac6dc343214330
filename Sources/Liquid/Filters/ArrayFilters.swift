extension FilterCatalog {
  static let arrayFilters: [Filter] = [
    Filter(
      "join",
      "Puts the elements after each other, with a text between them.",
      input: .array,
      .optional("separator", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      let separator = arguments.has(0) ? try context.text(arguments[0]) : " "
      var result = context.makeText()
      for (index, element) in try elements(of: input, &context).enumerated() {
        if index > 0 { try result.append(separator) }
        try result.append(try context.text(element))
      }
      return .string(result.text)
    },
    Filter("reverse", "Turns the order around.", input: .array, result: .sameArray) {
      input,
      _,
      context throws(LiquidError) in
      .array(try elements(of: input, &context).reversed())
    },
    Filter(
      "concat",
      "Adds the elements of another array at the end.",
      input: .array,
      .init("array", .array),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      guard case .array(let more) = arguments[0] else {
        throw .argument("'concat' takes an array")
      }
      let elements = try elements(of: input, &context)
      try context.budget.spend(onArrayOf: elements.count + more.count)
      return .array(elements + more)
    },
    Filter(
      "map",
      "Gives what each element has of a name.",
      input: .array,
      .init("property", .property),
      result: .arrayOfProperty
    ) { input, arguments, context throws(LiquidError) in
      var result: [Value] = []
      for element in try elements(of: input, &context) {
        result.append(try property(arguments[0], of: element) ?? .nil)
      }
      return .array(result)
    },
    Filter(
      "compact",
      "Leaves out what is nil, or whose property is nil.",
      input: .array,
      .optional("property", .property),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      var result: [Value] = []
      for element in try elements(of: input, &context) {
        var value: Value? = element
        if !arguments[0].isNil {
          value = try property(arguments[0], of: element)
          guard value != nil else { return .nil }
        }
        if let value, !value.isNil { result.append(element) }
      }
      return .array(result)
    },
    Filter(
      "uniq",
      "Leaves out elements that were there before, or whose property was.",
      input: .array,
      .optional("property", .property),
      result: .sameArray
    ) { input, arguments, context throws(LiquidError) in
      var seen: Set<Value> = []
      var result: [Value] = []
      for element in try elements(of: input, &context) {
        var value: Value? = element
        if !arguments[0].isNil { value = try property(arguments[0], of: element) }
        guard let value else { return .nil }
        if seen.insert(value).inserted { result.append(element) }
      }
      return .array(result)
    },
    Filter(
      "sum",
      "Adds up the elements, or a property of theirs.",
      input: .array,
      .optional("property", .property),
      result: .number
    ) { input, arguments, context throws(LiquidError) in
      var values = try elements(of: input, &context)
      if !arguments[0].isNil {
        for index in values.indices {
          values[index] = try property(arguments[0], of: values[index]) ?? .integer(0)
        }
        values = try elements(of: .array(values), &context)
      }
      return values.reduce(Numeric.integer(0)) { sum($0, Numeric($1)) }.value
    },
  ]

  static let elementFilters: [Filter] = [
    Filter("first", "Gives the first element.", input: .array, result: .element) {
      input,
      _,
      _ throws(LiquidError) in input.first
    },
    Filter("last", "Gives the last element.", input: .array, result: .element) {
      input,
      _,
      _ throws(LiquidError) in input.last
    },
    Filter(
      "size",
      "Counts the elements, or the Unicode scalars of a string.",
      input: .any,
      result: .integer
    ) {
      input,
      _,
      _ throws(LiquidError) in .integer(input.size ?? 0)
    },
  ]

  /// What an array filter goes through: arrays within arrays are flattened, and what is no array is
  /// an array of itself.
  static func elements(
    of input: Value,
    _ context: inout FilterContext
  ) throws(LiquidError) -> [Value] {
    try context.budget.spend(onAllOf: input)
    switch input {
    case .nil: return []
    case .range(let range):
      guard range.count > 0 else { return [] }
      try context.budget.spend(onArrayOf: range.count)
      return (range.lower...range.upper).map { .integer($0) }
    case .array(let items):
      guard items.contains(where: \.isArray) else { return items }
      var result: [Value] = []
      for item in items {
        if item.isArray {
          let inner = try elements(of: item, &context)
          try context.budget.spend(inner.count)
          result += inner
        } else {
          result.append(item)
        }
      }
      return result
    default: return [input]
    }
  }

  /// What Ruby's `element[property]` gives: of an object what has that name, of a string the text
  /// itself if it is in there, of an integer a bit.
  ///
  /// Nil where the element has no properties at all; then Shopify's filters give up without an
  /// error.
  static func property(
    _ property: Value,
    of element: Value
  ) throws(LiquidError) -> Value? {
    switch (element, property) {
    case (.object(let object), .string(let name)): return object[name] ?? .nil
    case (.object, _): return .nil
    case (.string, .string): return try element.contains(property) ? property : .nil
    case (.string(let text), .integer(let index)):
      let bytes = Array(text.utf8)
      let count = text.unicodeScalars.count
      let position = index < 0 ? index + count : index
      guard (0..<count).contains(position) else { return .nil }
      let start = bytes.offset(ofScalar: position)
      let end = bytes.offset(ofScalar: 1, from: start)
      return .string(String(decoding: bytes[start..<end], as: UTF8.self))
    case (.string, .nil): return nil
    case (.integer(let number), .integer(let bit)):
      return .integer(bit < 0 ? 0 : number >> Swift.min(bit, 63) & 1)
    case (.string, _), (.integer, _), (.array, _):
      throw .argument("an element has no properties")
    case (.nil, _), (.boolean, _), (.number, _), (.range, _), (.date, _): return nil
    }
  }
}

extension Value {
  package var isNil: Bool { if case .nil = self { true } else { false } }
  var isArray: Bool { if case .array = self { true } else { false } }
}
