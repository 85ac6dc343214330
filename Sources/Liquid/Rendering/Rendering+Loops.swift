import LetterpressDiagnostics

/// `for` and `tablerow`.
extension Rendering {
  mutating func render(_ node: Loop, into output: inout BoundedText) throws(RenderFailure) {
    let name = node.variable.name + "-" + node.collection.canonicalText
    let items = LoopItems(try evaluate(node.collection))
    let turns = try turns(of: node, over: items, name: name)
    try spend(at: node.body.openRange)
    guard !turns.isEmpty else {
      guard let otherwise = node.otherwise else { return }
      return try renderNested(otherwise.nodes, at: otherwise.openRange, into: &output)
    }
    scope.pushLayer()
    scope.bind("forloop", to: .loop(scope.loops.count))
    scope.loops.append(LoopState(name: name, length: turns.count))
    defer {
      scope.loops.removeLast()
      scope.popLayer()
    }
    for turn in 0..<turns.count {
      try spend(at: node.body.openRange)
      let position = node.isReversed ? turns.upperBound - 1 - turn : turns.lowerBound + turn
      scope.loops[scope.loops.count - 1].index = turn
      scope.bind(node.variable.name, to: .value(items[position]))
      try renderNested(node.body.nodes, at: node.body.openRange, into: &output)
      if endTurn() { break }
    }
  }

  /// Ends a turn of a loop; true if it was the last because of a `break`.
  private mutating func endTurn() -> Bool {
    defer { interrupt = nil }
    return interrupt == .leave
  }

  /// The elements that `offset` and `limit` leave.
  private mutating func turns(
    of node: Loop,
    over items: LoopItems,
    name: String
  ) throws(RenderFailure) -> Range<Int> {
    var from = 0
    switch node.offset {
    case nil: break
    case .resume: from = scope.offsets[name] ?? 0
    case .value(let expression): from = try optionalInteger(expression) ?? 0
    }
    let limit = try node.limit.map { limit throws(RenderFailure) in try optionalInteger(limit) }
    let turns = items.turns(from: from, limit: limit ?? nil)
    scope.offsets[name] = from.addingReportingOverflow(turns.count).partialValue
    return turns
  }

  private mutating func optionalInteger(_ expression: Expression) throws(RenderFailure) -> Int? {
    let value = try evaluate(expression)
    guard !value.isNil else { return nil }
    return try located(expression.sourceRange) { () throws(LiquidError) in
      try value.strictInteger()
    }
  }

  private mutating func looseInteger(_ expression: Expression) throws(RenderFailure) -> Int {
    let value = try evaluate(expression)
    return try located(expression.sourceRange) { () throws(LiquidError) in try value.looseInteger()
    }
  }

  mutating func renderTableRow(
    _ node: Loop,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    let collection = try evaluate(node.collection)
    guard collection.isTruthy else { return }
    let items = LoopItems(collection)
    var from = 0
    if case .value(let offset)? = node.offset { from = try looseInteger(offset) }
    let limit = try node.limit.map { limit throws(RenderFailure) in try looseInteger(limit) }
    let turns = items.turns(from: from, limit: limit)
    let columns = try node.columns.map { columns throws(RenderFailure) in try looseInteger(columns)
    }
    var state = TableRowState(length: turns.count, columns: columns ?? turns.count)
    let range = node.body.openRange
    try append("<tr class=\"row1\">\n", at: range, to: &output)
    scope.pushLayer()
    defer { scope.popLayer() }
    for position in turns {
      try spend(at: range)
      scope.bind("tablerowloop", to: .tableRow(state))
      scope.bind(node.variable.name, to: .value(items[position]))
      try append("<td class=\"col\(state.column)\">", at: range, to: &output)
      try renderNested(node.body.nodes, at: range, into: &output)
      try append("</td>", at: range, to: &output)
      if endTurn() { break }
      if state.isLastColumn, !state.isLast {
        try append("</tr>\n<tr class=\"row\(state.row + 1)\">", at: range, to: &output)
      }
      state.advance()
    }
    try append("</tr>\n", at: range, to: &output)
  }

  private func append(
    _ text: String,
    at range: SourceRange,
    to output: inout BoundedText
  ) throws(RenderFailure) {
    try located(range) { () throws(LiquidError) in try output.append(text) }
  }
}

/// What a loop goes over, without making an array of it.
struct LoopItems {
  private let value: Value
  let count: Int

  init(_ value: Value) {
    self.value = value
    switch value {
    case .array(let items): count = items.count
    case .object(let object): count = object.count
    case .range(let range): count = range.count
    // A string is one element.
    case .string(let text): count = text.isEmpty ? 0 : 1
    default: count = 0
    }
  }

  /// The places that are left after `from` and up to `limit`; a string has no places to leave out.
  func turns(from: Int, limit: Int?) -> Range<Int> {
    if case .string = value { return 0..<count }
    var upper = count
    if let limit {
      let (end, overflow) = from.addingReportingOverflow(limit)
      upper = min(count, overflow ? (limit < 0 ? .min : .max) : end)
    }
    let lower = max(0, from)
    return lower < upper ? lower..<upper : 0..<0
  }

  /// The element at a place; of an object its name and value.
  subscript(position: Int) -> Value {
    switch value {
    case .array(let items): items[position]
    case .object(let object):
      .array([.string(object.entries[position].key), object.entries[position].value])
    case .range(let range): .integer(range.lower + position)
    default: value
    }
  }
}

extension Expression {
  /// The expression without the white space of its source; `forloop.name` shows it.
  var canonicalText: String {
    switch self {
    case .literal(let literal, _): literal.canonicalText
    case .range(let first, let last, _): "(\(first.canonicalText)..\(last.canonicalText))"
    case .path(let path):
      path.segments.reduce(path.root.canonicalText) { text, segment in
        switch segment {
        case .name(let name): text + "." + name.name
        case .index(let index, _): text + "[" + index.canonicalText + "]"
        }
      }
    }
  }
}

extension Path.Root {
  fileprivate var canonicalText: String {
    switch self {
    case .name(let name): name.name
    case .computed(let expression): "[" + expression.canonicalText + "]"
    }
  }
}

extension Literal {
  fileprivate var canonicalText: String {
    switch self {
    case .nil: "nil"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): NumberText.text(of: value)
    case .string(let text): "'" + text + "'"
    case .blank: "blank"
    case .empty: "empty"
    }
  }
}
