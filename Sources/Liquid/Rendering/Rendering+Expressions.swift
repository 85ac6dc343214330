import LetterpressDiagnostics

/// Values of expressions and conditions.
extension Rendering {
  mutating func evaluate(_ expression: FilteredExpression) throws(RenderFailure) -> Value {
    var value = try evaluate(expression.base)
    for call in expression.filters { value = try apply(call, to: value) }
    return value
  }

  private mutating func apply(
    _ call: FilterCall,
    to input: Value
  ) throws(RenderFailure) -> Value {
    guard let filter = library.catalog[call.name.name] else { return input }
    var arguments = FilterArguments()
    for argument in call.arguments { arguments.positional.append(try evaluate(argument)) }
    for argument in call.namedArguments {
      arguments.named.append((argument.name.name, try evaluate(argument.value)))
    }
    do throws(LiquidError) {
      return try filter(input, arguments, &context)
    } catch {
      throw RenderFailure(error, at: call.range)
    }
  }

  mutating func evaluate(_ expression: Expression) throws(RenderFailure) -> Value {
    switch expression {
    case .literal(let literal, _): return literal.value
    case .path(let path): return try evaluate(path)
    case .range(let first, let last, let range):
      let lower = try evaluate(first)
      let upper = try evaluate(last)
      return try located(range) { () throws(LiquidError) in
        .range(IntegerRange(try lower.looseInteger(), try upper.looseInteger()))
      }
    }
  }

  private mutating func evaluate(_ path: Path) throws(RenderFailure) -> Value {
    var binding: Scope.Binding?
    switch path.root {
    case .name(let name): binding = scope[name.name]
    case .computed(let expression):
      if case .string(let name) = try evaluate(expression) { binding = scope[name] }
    }
    for segment in path.segments {
      guard let container = binding else { return .nil }
      switch segment {
      case .name(let name):
        // The size of a text is counted, as often as it is asked for.
        if case .value(.string(let text)) = container, name.name == "size" {
          try spend(text.utf8.count >> 6, at: name.range)
        }
        binding = scope.member(name.name, of: container)
      case .index(let expression, _):
        binding = scope.element(at: try evaluate(expression), of: container)
      }
    }
    return binding.map { scope.value(of: $0) } ?? .nil
  }

  // MARK: Conditions

  mutating func evaluate(_ condition: Condition) throws(RenderFailure) -> Bool {
    var condition = condition
    // Chains hang down on the right; the left of each link is a single comparison.
    while true {
      switch condition {
      case .and(let left, let right):
        guard try evaluate(left) else { return false }
        condition = right
      case .or(let left, let right):
        if try evaluate(left) { return true }
        condition = right
      case .truth(let operand):
        return operand.specialLiteral != nil ? true : try evaluate(operand).isTruthy
      case .comparison(let left, let operation, let range, let right):
        return try compare(left, operation, right, at: range)
      }
    }
  }

  private mutating func compare(
    _ left: Expression,
    _ operation: Condition.Operator,
    _ right: Expression,
    at range: SourceRange
  ) throws(RenderFailure) -> Bool {
    switch operation {
    case .equal: return try areEqual(left, right)
    case .notEqual: return try !areEqual(left, right)
    case .contains:
      guard left.specialLiteral == nil else { return false }
      let container = try evaluate(left)
      let part = try evaluate(right)
      try spend(onAllOf: container, at: range)
      try spend(onAllOf: part, at: range)
      return try located(range) { () throws(LiquidError) in try container.contains(part) }
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard left.specialLiteral == nil, right.specialLiteral == nil else { return false }
      let first = try evaluate(left)
      let second = try evaluate(right)
      try spend(onAllOf: first, at: range)
      return try located(range) { () throws(LiquidError) in
        try Value.order(first, second)?.satisfies(operation) ?? false
      }
    }
  }

  /// `==`, where `blank` and `empty` ask a question of the other side.
  mutating func areEqual(
    _ left: Expression,
    _ right: Expression
  ) throws(RenderFailure) -> Bool {
    switch (left.specialLiteral, right.specialLiteral) {
    case (nil, nil):
      let first = try evaluate(left)
      let second = try evaluate(right)
      try spend(onAllOf: first, at: left.sourceRange)
      return Value.equals(first, second)
    case (let special?, nil): return try matches(special, right)
    case (nil, let special?): return try matches(special, left)
    case (_?, _?): return false
    }
  }

  /// Whether a value is `blank`, or `empty`.
  private mutating func matches(
    _ special: Literal,
    _ operand: Expression
  ) throws(RenderFailure) -> Bool {
    let value = try evaluate(operand)
    guard special == .blank else { return value.isEmpty }
    if case .string = value { try spend(onAllOf: value, at: operand.sourceRange) }
    return value.isBlank
  }
}

extension Expression {
  /// `blank` or `empty`, if it is one of them.
  fileprivate var specialLiteral: Literal? {
    switch self {
    case .literal(.blank, _): .blank
    case .literal(.empty, _): .empty
    default: nil
    }
  }
}

extension Literal {
  /// The value; outside of comparisons `blank` and `empty` are the empty string.
  package var value: Value {
    switch self {
    case .nil: .nil
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let text): .string(text)
    case .blank, .empty: .string("")
    }
  }
}
