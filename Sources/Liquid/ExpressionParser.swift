import LetterpressDiagnostics

/// Reads expressions, filters and conditions from the inside of one tag.
///
///     expression = (name | "[" expression "]") lookup* | string | number
///                | "(" expression ".." expression ")"
///     lookup     = "." name | "[" expression "]"
///     filtered   = expression ("|" name (":" argument ("," argument)*)?)*
///     argument   = (name ":")? expression
///     condition  = comparison (("and" | "or") condition)?
///     comparison = expression (operator expression)?
///
/// That is Shopify's `Parser` in strict mode.
struct ExpressionParser {
  var tokens: TokenReader
  private let limits: LiquidLimits
  /// How many operands the tag has so far.
  private var operandCount = 0
  /// How many brackets are open.
  private var depth = 0

  init(_ range: SourceRange, in bytes: [UInt8], limits: LiquidLimits) throws(SyntaxFailure) {
    self.limits = limits
    tokens = try TokenReader(range, in: bytes)
  }

  var isAtEnd: Bool { tokens.current.kind == .end }

  // MARK: Operands

  /// Reads an operand; `expectation` says what was wanted where there is none.
  mutating func expression(
    expecting expectation: @autoclosure () -> String = "a value"
  ) throws(SyntaxFailure) -> Expression {
    operandCount += 1
    guard operandCount <= limits.operands else {
      throw SyntaxFailure(.tooManyOperands(limits.operands, at: currentRange))
    }
    let range = tokens.current.range
    switch tokens.current.kind {
    case .identifier: return try nameOrLiteral()
    case .openSquare:
      let name = try bracketed()
      return .path(try lookups(of: .computed(name), from: range.lowerBound))
    case .string:
      try tokens.advance()
      let content = range.lowerBound + 1..<range.upperBound - 1
      return .literal(.string(tokens.text(content)), tokens.sourceRange(range))
    case .number:
      try tokens.advance()
      return .literal(number(range), tokens.sourceRange(range))
    case .openRound: return try rangeExpression()
    default: throw SyntaxFailure(.expected(expectation(), butFound: found, at: currentRange))
    }
  }

  private mutating func nameOrLiteral() throws(SyntaxFailure) -> Expression {
    let range = tokens.current.range
    let name = tokens.text(range)
    try tokens.advance()
    // `true.x` is a path, as it is to Shopify's parser.
    if tokens.current.kind != .dot, tokens.current.kind != .openSquare,
      let literal = Literal(name: name)
    {
      return .literal(literal, tokens.sourceRange(range))
    }
    let root = Path.Root.name(Identifier(name, tokens.sourceRange(range)))
    return .path(try lookups(of: root, from: range.lowerBound))
  }

  private mutating func lookups(
    of root: Path.Root,
    from start: Int
  ) throws(SyntaxFailure) -> Path {
    var segments: [Path.Segment] = []
    while true {
      if tokens.current.kind == .dot {
        try tokens.advance()
        segments.append(.name(try name(expecting: "a name after the '.'", allowsOperator: true)))
      } else if tokens.current.kind == .openSquare {
        operandCount += 1
        let open = tokens.current.range.lowerBound
        let index = try bracketed()
        segments.append(.index(index, tokens.sourceRange(open..<tokens.previousEnd)))
      } else {
        let range = tokens.sourceRange(start..<tokens.previousEnd)
        return Path(root: root, segments: segments, range: range)
      }
      guard segments.count <= limits.operands else {
        throw SyntaxFailure(
          .tooManyOperands(limits.operands, at: tokens.sourceRange(start..<tokens.previousEnd))
        )
      }
    }
  }

  /// `[expression]`, from the bracket that is current.
  private mutating func bracketed() throws(SyntaxFailure) -> Expression {
    let open = currentRange
    depth += 1
    guard depth <= limits.bracketDepth else {
      throw SyntaxFailure(.nestedTooDeep(limits.bracketDepth, at: open))
    }
    defer { depth -= 1 }
    try tokens.advance()
    let inner = try expression(expecting: "an index or a quoted name")
    guard try tokens.advance(over: .closeSquare) else {
      throw SyntaxFailure(.unclosedBracket(open, "]", found: found, at: currentRange))
    }
    return inner
  }

  /// `(1..5)`, from the bracket that is current.
  private mutating func rangeExpression() throws(SyntaxFailure) -> Expression {
    let open = currentRange
    depth += 1
    guard depth <= limits.bracketDepth else {
      throw SyntaxFailure(.nestedTooDeep(limits.bracketDepth, at: open))
    }
    defer { depth -= 1 }
    try tokens.advance()
    let first = try expression()
    guard try tokens.advance(over: .dotDot) else {
      throw SyntaxFailure(.parentheses(open))
    }
    let last = try expression(expecting: "the end of the range")
    guard try tokens.advance(over: .closeRound) else {
      throw SyntaxFailure(.unclosedBracket(open, ")", found: found, at: currentRange))
    }
    return .range(first, last, tokens.sourceRange(open.start..<tokens.previousEnd))
  }

  private func number(_ range: Range<Int>) -> Literal {
    let text = tokens.text(range)
    if let integer = Int(text) { return .integer(integer) }
    return .number(Double(text) ?? 0)
  }

  // MARK: Filters

  /// An operand with its filters, up to the end of the tag.
  mutating func filteredExpression() throws(SyntaxFailure) -> FilteredExpression {
    let base = try expression()
    var filters: [FilterCall] = []
    while tokens.current.kind == .pipe {
      guard filters.count < limits.filters else {
        throw SyntaxFailure(.tooManyFilters(limits.filters, at: currentRange))
      }
      let pipe = currentRange
      try tokens.advance()
      if tokens.current.kind == .end {
        throw SyntaxFailure(
          .expected("a filter after the '|'", butFound: "the end of the tag", at: pipe)
        )
      }
      filters.append(try filter())
    }
    try expectEnd()
    let range = base.sourceRange.start..<tokens.previousEnd
    return FilteredExpression(base: base, filters: filters, range: tokens.sourceRange(range))
  }

  private mutating func filter() throws(SyntaxFailure) -> FilterCall {
    let name = try name(expecting: "a filter after the '|'")
    var arguments: [Expression] = []
    var namedArguments: [FilterCall.NamedArgument] = []
    if try tokens.advance(over: .colon) {
      repeat {
        if tokens.current.kind == .identifier, try tokens.following().kind == .colon {
          let (name, value) = try namedArgument()
          namedArguments.append(FilterCall.NamedArgument(name: name, value: value))
        } else {
          arguments.append(try expression(expecting: "an argument of '\(name.name)'"))
        }
      } while try tokens.advance(over: .comma)
    } else if isOperand(tokens.current.kind) {
      throw SyntaxFailure(.missingColon(after: name, before: currentRange))
    }
    return FilterCall(
      name: name,
      arguments: arguments,
      namedArguments: namedArguments,
      range: tokens.sourceRange(name.range.start..<tokens.previousEnd)
    )
  }

  /// `name: expression`.
  mutating func namedArgument() throws(SyntaxFailure) -> (Identifier, Expression) {
    let name = try name(expecting: "the name of an argument")
    guard try tokens.advance(over: .colon) else {
      throw SyntaxFailure(
        .expected("':' after '\(name.name)'", butFound: found, at: currentRange)
      )
    }
    return (name, try expression(expecting: "the value of '\(name.name)'"))
  }

  // MARK: Conditions

  /// A condition, up to the end of the tag.
  mutating func condition() throws(SyntaxFailure) -> Condition {
    // Read from the left and put together from the right, for `and` and `or` group that way.
    var comparisons = [try comparison()]
    var isAnd: [Bool] = []
    while true {
      if try tokens.advance(overWord: "and") {
        isAnd.append(true)
      } else if try tokens.advance(overWord: "or") {
        isAnd.append(false)
      } else {
        break
      }
      comparisons.append(try comparison())
    }
    try expectEnd()
    var result = comparisons.removeLast()
    while let left = comparisons.popLast(), let joinsBoth = isAnd.popLast() {
      result = joinsBoth ? .and(left, result) : .or(left, result)
    }
    return result
  }

  private mutating func comparison() throws(SyntaxFailure) -> Condition {
    let left = try expression(expecting: "a condition")
    guard case .comparison(let operation) = tokens.current.kind else { return .truth(left) }
    let operatorRange = currentRange
    try tokens.advance()
    let right = try expression(expecting: "a value after '\(operation.rawValue)'")
    return .comparison(left, operation, operatorRange: operatorRange, right)
  }

  // MARK: Pieces

  /// A name; a property may be called `contains`, a variable may not.
  mutating func name(
    expecting expectation: @autoclosure () -> String,
    allowsOperator: Bool = false
  ) throws(SyntaxFailure) -> Identifier {
    let range = tokens.current.range
    guard
      tokens.current.kind == .identifier
        || allowsOperator && tokens.current.kind == .comparison(.contains)
    else { throw SyntaxFailure(.expected(expectation(), butFound: found, at: currentRange)) }
    try tokens.advance()
    return Identifier(tokens.text(range), tokens.sourceRange(range))
  }

  func expectEnd() throws(SyntaxFailure) {
    guard !isAtEnd else { return }
    throw SyntaxFailure(.unexpectedRest(of: tokens))
  }

  var currentRange: SourceRange { tokens.sourceRange(tokens.current.range) }

  /// What stands here, for a message.
  var found: String {
    isAtEnd ? "the end of the tag" : quoted(tokens.text(tokens.current.range))
  }

  private func isOperand(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .identifier, .number, .string, .openRound, .openSquare: true
    default: false
    }
  }
}

extension Literal {
  /// The literal that a word stands for.
  init?(name: String) {
    switch name {
    case "nil", "null": self = .nil
    case "true": self = .boolean(true)
    case "false": self = .boolean(false)
    case "blank": self = .blank
    case "empty": self = .empty
    default: return nil
    }
  }
}
