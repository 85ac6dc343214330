import LetterpressDiagnostics

/// What each tag consists of.
extension Parser {
  mutating func read(_ tag: TagSource) {
    switch tag.name.name {
    case "if", "unless":
      let condition = condition(tag.markup, of: tag)
      let isNegated = tag.name.name == "unless"
      push(tag, .conditional, header: .condition(condition, isNegated: isNegated))
    case "case":
      let subject = parse(tag.markup, else: .invalid(tag.markup)) { parser throws(SyntaxFailure) in
        let subject = try parser.expression(expecting: "a value after 'case'")
        try parser.expectEnd()
        return subject
      }
      push(tag, .caseSwitch(subject), header: .ignored)
    case "for": push(tag, .loop(loop(tag, arguments: ["limit", "offset"])), header: .body)
    case "tablerow":
      push(tag, .tableRow(loop(tag, arguments: ["cols", "limit", "offset"])), header: .body)
    case "capture": push(tag, .capture(captureTarget(tag)), header: .body)
    case "ifchanged": push(tag, .ifChanged, header: .body)
    case "comment": push(tag, .comment(.comment), header: .body)
    case "doc": pushLiteral(tag, .comment(.doc))
    case "raw": pushLiteral(tag, .verbatim)
    case "else", "elsif", "when": readBranch(tag)
    case "assign": readAssign(tag)
    case "echo":
      append(
        output(tag.markup, tag.range, else: .missingValue("a value", at: tag.range)),
        isBlank: false
      )
    case "increment", "decrement": readCounter(tag)
    case "break", "continue":
      if !tag.markup.isEmpty { reportTolerable(.tagArguments(tag.name, at: tag.markup)) }
      let kind: Interrupt.Kind = tag.name.name == "break" ? .leave : .next
      append(.interrupt(Interrupt(kind: kind, range: tag.range)), isBlank: false)
    case "cycle": readCycle(tag)
    case "render", "include": readPartial(tag)
    case "liquid": readLiquidTag(tag)
    case "abort": readAbort(tag)
    case let name where name.hasPrefix("end"): readEnd(tag)
    default: readUnknown(tag)
    }
  }

  private mutating func push(_ tag: TagSource, _ head: OpenBlock.Head, header: OpenBlock.Header) {
    push(OpenBlock(tag: tag.unmatched, head: head, header: header))
  }

  private mutating func pushLiteral(_ tag: TagSource, _ head: OpenBlock.Head) {
    if liquidDepth > 0 {
      return report(.notInLiquidTag(tag.name))
    }
    if !tag.markup.isEmpty { report(.tagArguments(tag.name, at: tag.markup)) }
    push(tag, head, header: .body)
  }

  private mutating func readUnknown(_ tag: TagSource) {
    let name = tag.name.name
    if ["elseif", "elif", "else_if", "elsif"].contains(name.lowercased()),
      case .conditional = open[open.count - 1].head
    {
      report(.elseIf(tag.name, word: tag.name.range))
      return readElsif(tag, condition: tag.markup)
    }
    let near = nameMeant(by: tag)
    report(.unknownTag(tag.name, suggestion: near))
    // If it is a block, nothing in it can be judged.
    if remaining["end" + name, default: 0] > 0 {
      push(tag, .unknown, header: .body)
    } else if let near, hasEndWithoutBlock(near) {
      let meant = TagSource(
        name: Identifier(near, tag.name.range),
        markup: tag.markup,
        range: tag.range
      )
      push(meant, .unknown, header: .body)
    }
  }

  /// The tag that a misspelt one was to be.
  func nameMeant(by tag: TagSource) -> String? {
    // Comparing names takes its time; there is an end to it.
    result.diagnostics.count < LiquidLimits.findings ? Tags.suggestion(for: tag.name.name) : nil
  }

  private func hasEndWithoutBlock(_ name: String) -> Bool {
    remaining["end" + name, default: 0] > remaining[name, default: 0] + openCounts[name, default: 0]
  }

  // MARK: Expressions

  /// Reads the inside of a tag; where that fails, reports why and gives `fallback`.
  private mutating func parse<Result>(
    _ markup: SourceRange,
    else fallback: @autoclosure () -> Result,
    _ body: (inout ExpressionParser) throws(SyntaxFailure) -> Result
  ) -> Result {
    do throws(SyntaxFailure) {
      var parser = try ExpressionParser(markup, in: bytes(markup), limits: limits)
      return try body(&parser)
    } catch {
      report(error.diagnostic)
      return fallback()
    }
  }

  mutating func condition(_ markup: SourceRange, of tag: TagSource) -> Condition {
    guard !isWhiteSpace(markup) else {
      report(.missingValue("a condition after '\(tag.name.name)'", at: tag.range))
      return .truth(.invalid(markup))
    }
    return parse(markup, else: .truth(.invalid(markup))) { parser throws(SyntaxFailure) in
      try parser.condition()
    }
  }

  /// An output, which may be empty to Shopify's.
  mutating func output(
    _ markup: SourceRange,
    _ range: SourceRange,
    else empty: @autoclosure () -> Diagnostic
  ) -> Node {
    .output(Output(expression: filtered(markup, else: empty()), range: range))
  }

  private mutating func filtered(
    _ markup: SourceRange,
    else empty: @autoclosure () -> Diagnostic
  ) -> FilteredExpression {
    guard !isWhiteSpace(markup) else {
      reportTolerable(empty())
      let nothing: Expression =
        dialect == .shopify ? .literal(.nil, markup) : .invalid(markup)
      return FilteredExpression(base: nothing, filters: [], range: markup)
    }
    return parse(
      markup,
      else: FilteredExpression(base: .invalid(markup), filters: [], range: markup)
    ) { parser throws(SyntaxFailure) in
      try parser.filteredExpression()
    }
  }

  // MARK: Single tags

  private mutating func readAssign(_ tag: TagSource) {
    let bytes = bytes(tag.range)
    let nameEnd =
      bytes[tag.markup.bounds].firstIndex { $0.isSpace || $0 == UInt8(ascii: "=") }
      ?? tag.markup.end
    guard let target = target(tag, tag.markup.start..<nameEnd) else { return }
    var index = nameEnd
    while index < tag.markup.end, bytes[index].isSpace { index += 1 }
    guard index < tag.markup.end, bytes[index] == UInt8(ascii: "=") else {
      let found = SourceRange(file: tag.range.file, start: index, end: tag.markup.end)
      let text = found.isEmpty ? "the end of the tag" : quoted(sources.text(found))
      report(.expectedEquals(after: target, found: text, at: found))
      return appendAssign(target, .invalid(found), tag)
    }
    let value = bytes.trimmed(index + 1..<tag.markup.end)
    let range = SourceRange(
      file: tag.range.file,
      start: value.lowerBound,
      end: value.upperBound
    )
    let expression = filtered(range, else: .missingValue("a value after '='", at: tag.range))
    append(
      .assign(Assign(target: target, value: expression, range: tag.range)),
      isBlank: true
    )
  }

  private mutating func appendAssign(_ target: Identifier, _ value: Expression, _ tag: TagSource) {
    let expression = FilteredExpression(base: value, filters: [], range: value.sourceRange)
    append(.assign(Assign(target: target, value: expression, range: tag.range)), isBlank: true)
  }

  private mutating func captureTarget(_ tag: TagSource) -> Identifier {
    var name = tag.markup.bounds
    let bytes = bytes(tag.range)
    // Shopify's strict mode takes `{% capture 'name' %}` too.
    if name.count >= 2, let quote = bytes[name].first, [0x22, 0x27].contains(quote),
      bytes[name].last == quote
    {
      reportTolerable(.invalidName(tag.markup, sources.text(tag.markup)))
      name = name.lowerBound + 1..<name.upperBound - 1
    }
    return target(tag, name) ?? Identifier("", tag.markup)
  }

  /// The name of the variable that a tag sets; reports what is no name.
  private mutating func target(_ tag: TagSource, _ range: Range<Int>) -> Identifier? {
    let bytes = bytes(tag.range)
    let place = SourceRange(
      file: tag.range.file,
      start: range.lowerBound,
      end: range.upperBound
    )
    let name = String(decoding: bytes[range], as: UTF8.self)
    guard let first = bytes[range].first else {
      report(.missingValue("a name after '\(tag.name.name)'", at: tag.range))
      return nil
    }
    guard bytes[range].allSatisfy(\.isNamePart) else {
      report(.invalidName(place, name))
      return nil
    }
    if !first.isLetter, first != UInt8(ascii: "_") { reportTolerable(.invalidName(place, name)) }
    return Identifier(name, place)
  }

  private mutating func readCounter(_ tag: TagSource) {
    guard let target = target(tag, tag.markup.bounds) else { return }
    let step = tag.name.name == "increment" ? 1 : -1
    append(.counter(Counter(target: target, step: step, range: tag.range)), isBlank: false)
  }

  private mutating func readAbort(_ tag: TagSource) {
    var reason: Expression?
    if !tag.markup.isEmpty {
      reason = parse(tag.markup, else: .invalid(tag.markup)) { parser throws(SyntaxFailure) in
        let reason = try parser.expression(expecting: "a reason")
        try parser.expectEnd()
        return reason
      }
    }
    append(.abort(Abort(reason: reason, range: tag.range)), isBlank: false)
  }

  private mutating func readCycle(_ tag: TagSource) {
    let invalid = Cycle(group: nil, values: [.invalid(tag.markup)], range: tag.range)
    let cycle = parse(tag.markup, else: invalid) { parser throws(SyntaxFailure) in
      var cycle = Cycle(group: nil, values: [], range: tag.range)
      let first = try parser.expression(expecting: "a value after 'cycle'")
      if try parser.tokens.advance(over: .colon) {
        cycle.group = first
        cycle.values.append(try parser.expression())
      } else {
        cycle.values.append(first)
      }
      while try parser.tokens.advance(over: .comma), !parser.isAtEnd {
        cycle.values.append(try parser.expression())
      }
      try parser.expectEnd()
      return cycle
    }
    append(.cycle(cycle), isBlank: false)
  }

  /// `{% render 'name' with x as y, a: 1 %}`.
  private mutating func readPartial(_ tag: TagSource) {
    let isIsolated = tag.name.name == "render"
    let invalid = Partial(
      name: .invalid(tag.markup),
      isIsolated: isIsolated,
      source: .none,
      arguments: [],
      range: tag.range
    )
    let partial = parse(tag.markup, else: invalid) { parser throws(SyntaxFailure) in
      var partial = invalid
      if isIsolated, parser.tokens.current.kind != .string {
        throw SyntaxFailure(
          .expected(
            "the name of a partial in quotes",
            butFound: parser.found,
            at: parser.currentRange
          )
        )
      }
      partial.name = try parser.expression(expecting: "the name of a partial")
      let isEach = try parser.tokens.advance(overWord: "for")
      let isWith = isEach ? false : try parser.tokens.advance(overWord: "with")
      if isEach || isWith {
        let value = try parser.expression()
        var alias: Identifier?
        if try parser.tokens.advance(overWord: "as") {
          alias = try parser.name(expecting: "a name after 'as'")
        }
        partial.source = isEach ? .each(value, alias: alias) : .value(value, alias: alias)
      }
      _ = try parser.tokens.advance(over: .comma)
      while parser.tokens.current.kind == .identifier {
        let (name, value) = try parser.namedArgument()
        partial.arguments.append(Partial.Argument(name: name, value: value))
        _ = try parser.tokens.advance(over: .comma)
      }
      try parser.expectEnd()
      return partial
    }
    append(.partial(partial), isBlank: false)
  }

  // MARK: Heads of blocks

  /// The values of a `when`.
  ///
  /// Shopify's strict mode passes over what follows the first that it cannot read.
  mutating func whenValues(_ tag: TagSource) -> [Expression] {
    guard !tag.markup.isEmpty else {
      report(.missingValue("a value after 'when'", at: tag.range))
      return [.invalid(tag.markup)]
    }
    var values: [Expression] = []
    do throws(SyntaxFailure) {
      var parser = try ExpressionParser(tag.markup, in: bytes(tag.range), limits: limits)
      repeat {
        values.append(try parser.expression(expecting: "a value of 'when'"))
      } while try parser.advanceOverSeparatorOfValues()
      if !parser.isAtEnd { reportTolerable(.unexpectedRest(of: parser.tokens)) }
    } catch {
      report(error.diagnostic)
      values.append(.invalid(tag.markup))
    }
    return values
  }

  /// The head of `for` and `tablerow`; its blocks come with the end.
  private mutating func loop(_ tag: TagSource, arguments: [String]) -> Loop {
    let nothing = Block(nodes: [], openRange: tag.range, closeRange: tag.range)
    let invalid = Loop(
      variable: Identifier("", tag.markup),
      collection: .invalid(tag.markup),
      limit: nil,
      offset: nil,
      columns: nil,
      isReversed: false,
      body: nothing,
      otherwise: nil,
      range: tag.range
    )
    guard !tag.markup.isEmpty else {
      report(.missingValue("'item in array' after '\(tag.name.name)'", at: tag.range))
      return invalid
    }
    return parse(tag.markup, else: invalid) { parser throws(SyntaxFailure) in
      var loop = invalid
      loop.variable = try parser.name(expecting: "the name of the item")
      guard try parser.tokens.advance(overWord: "in") else {
        throw SyntaxFailure(
          .expectedIn(after: loop.variable, found: parser.found, at: parser.currentRange)
        )
      }
      loop.collection = try parser.expression(expecting: "an array")
      if tag.name.name == "for" {
        loop.isReversed = try parser.tokens.advance(overWord: "reversed")
      }
      while !parser.isAtEnd {
        _ = try parser.tokens.advance(over: .comma)
        if parser.tokens.current.kind != .identifier { break }
        try Self.readArgument(of: &loop, &parser, tag, known: arguments)
      }
      try parser.expectEnd()
      return loop
    }
  }

  private static func readArgument(
    of loop: inout Loop,
    _ parser: inout ExpressionParser,
    _ tag: TagSource,
    known: [String]
  ) throws(SyntaxFailure) {
    if tag.name.name == "for", parser.tokens.isAt("reversed") {
      throw SyntaxFailure(
        .reversedAfterArguments(parser.currentRange, collection: loop.collection.sourceRange)
      )
    }
    let name = try parser.name(expecting: "an argument")
    guard known.contains(name.name) else {
      throw SyntaxFailure(.unknownAttribute(name, of: tag.name.name, known: known))
    }
    guard try parser.tokens.advance(over: .colon) else {
      throw SyntaxFailure(
        .expected("':' after '\(name.name)'", butFound: parser.found, at: parser.currentRange)
      )
    }
    if name.name == "offset", parser.tokens.isAt("continue") {
      loop.offset = .resume(parser.currentRange)
      return try parser.tokens.advance()
    }
    let value = try parser.expression(expecting: "the value of '\(name.name)'")
    switch name.name {
    case "limit": loop.limit = value
    case "offset": loop.offset = .value(value)
    default: loop.columns = value
    }
  }
}

extension ExpressionParser {
  /// Passes over the `,` or the `or` between two values of a `when`.
  fileprivate mutating func advanceOverSeparatorOfValues() throws(SyntaxFailure) -> Bool {
    if try tokens.advance(over: .comma) { return true }
    return try tokens.advance(overWord: "or")
  }
}
