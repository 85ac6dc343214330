import LetterpressDiagnostics

/// One render: walks the tree and adds to the output.
struct Rendering {
  var library: TemplateLibrary
  var context: FilterContext
  var scope: Scope
  /// The `break` or `continue` that is under way.
  var interrupt: Interrupt.Kind?
  /// How many partials are open.
  var partialDepth = 0
  /// How many blocks and partials are open.
  private var nesting = 0
  /// The bytes of all variables.
  private var variableBytes = 0
  /// The file that was read last, for texts mostly come from the same.
  private var current: (file: SourceFile.ID, bytes: [UInt8])?

  init(library: TemplateLibrary, context: FilterContext, data: Object) {
    self.library = library
    self.context = context
    scope = Scope(data: data)
  }

  /// Renders nodes up to a `break` or `continue`.
  mutating func render(_ nodes: [Node], into output: inout BoundedText) throws(RenderFailure) {
    for node in nodes {
      try render(node, into: &output)
      if interrupt != nil { return }
    }
  }

  /// Renders what stands in a block or a partial.
  mutating func renderNested(
    _ nodes: [Node],
    at range: SourceRange,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= context.budget.limits.nesting else {
      let limit = context.budget.limits.nesting
      throw RenderFailure(.limit("blocks are nested more than \(limit) deep"), at: range)
    }
    try render(nodes, into: &output)
  }

  private mutating func render(_ node: Node, into output: inout BoundedText) throws(RenderFailure) {
    switch node {
    case .text(let range): try render(range, into: &output)
    case .output(let node):
      try spend(at: node.range)
      try append(try evaluate(node.expression), at: node.range, to: &output)
    case .assign(let node):
      try spend(at: node.range)
      try assign(node.target.name, try evaluate(node.value), at: node.range)
    case .capture(let node):
      try spend(at: node.body.openRange)
      var text = BoundedText(limit: context.valueLimit)
      try renderNested(node.body.nodes, at: node.body.openRange, into: &text)
      try spend(text.bytes.count >> 6, at: node.body.openRange)
      try assign(node.target.name, .string(text.text), at: node.body.openRange)
    case .conditional(let node): try render(node, into: &output)
    case .caseSwitch(let node): try render(node, into: &output)
    case .loop(let node): try render(node, into: &output)
    case .tableRow(let node): try renderTableRow(node, into: &output)
    case .cycle(let node): try render(node, into: &output)
    case .counter(let node): try render(node, into: &output)
    case .interrupt(let node):
      try spend(at: node.range)
      interrupt = node.kind
    case .partial(let node): try render(node, into: &output)
    case .ifChanged(let block):
      var text = BoundedText(limit: context.valueLimit)
      try renderNested(block.nodes, at: block.openRange, into: &text)
      try spend(text.bytes.count >> 6, at: block.openRange)
      guard scope.lastChange != text.bytes else { return }
      scope.lastChange = text.bytes
      try located(block.openRange) { () throws(LiquidError) in try output.append(text.bytes[...]) }
    case .abort(let node):
      let reason = try node.reason.map { reason throws(RenderFailure) in try evaluate(reason) }
      let text = try located(node.range) { () throws(LiquidError) in
        try reason?.text(limit: 1_024)
      }
      throw RenderFailure(
        LiquidError(.abort, text ?? "the template gave no reason"),
        at: node.range
      )
    case .group(let nodes, _): try render(nodes, into: &output)
    case .comment, .opaque: break
    }
  }

  private mutating func render(
    _ text: SourceRange,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    if current?.file != text.file { current = (text.file, library.sources[text.file].bytes) }
    guard let bytes = current?.bytes else { return }
    do throws(LiquidError) {
      try context.budget.spend(1 + text.bounds.count >> 6)
      try output.append(bytes[text.bounds])
    } catch {
      throw RenderFailure(error, at: text)
    }
  }

  private mutating func render(
    _ node: Conditional,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    for branch in node.branches {
      try spend(at: branch.body.openRange)
      if try evaluate(branch.condition) != branch.isNegated {
        return try renderNested(branch.body.nodes, at: branch.body.openRange, into: &output)
      }
    }
    guard let otherwise = node.otherwise else { return }
    try renderNested(otherwise.nodes, at: otherwise.openRange, into: &output)
  }

  private mutating func render(_ node: Case, into output: inout BoundedText) throws(RenderFailure) {
    var hasMatched = false
    for when in node.whens {
      for value in when.values {
        try spend(at: when.body.openRange)
        guard try areEqual(node.subject, value) else { continue }
        hasMatched = true
        try renderNested(when.body.nodes, at: when.body.openRange, into: &output)
      }
    }
    guard !hasMatched, let otherwise = node.otherwise else { return }
    try renderNested(otherwise.nodes, at: otherwise.openRange, into: &output)
  }

  private mutating func render(_ node: Cycle, into output: inout BoundedText) throws(RenderFailure)
  {
    try spend(at: node.range)
    let key: CycleKey
    if let group = node.group {
      let value = try evaluate(group)
      try spend(onAllOf: value, at: node.range)
      key = .group(value)
    } else {
      var literals: [Literal] = []
      for case .literal(let literal, _) in node.values { literals.append(literal) }
      key =
        literals.count == node.values.count
        ? .literals(literals) : .place(start: node.range.start, file: node.range.file.index)
    }
    let turn = scope.cycles[key] ?? 0
    scope.cycles[key] = turn + 1 < node.values.count ? turn + 1 : 0
    // Cycles of one group may have different numbers of values.
    guard node.values.indices.contains(turn) else { return }
    try append(try evaluate(node.values[turn]), at: node.range, to: &output)
  }

  private mutating func render(
    _ node: Counter,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    try spend(at: node.range)
    let before = scope.count(node.target.name, by: node.step)
    // `decrement` prints the count after it, `increment` the one before.
    let shown = node.step < 0 ? before.addingReportingOverflow(node.step).partialValue : before
    try located(node.range) { () throws(LiquidError) in try output.append(String(shown)) }
  }

  // MARK: Variables and limits

  private mutating func assign(
    _ name: String,
    _ value: Value,
    at range: SourceRange
  ) throws(RenderFailure) {
    let limit = context.budget.limits.variables
    variableBytes += value.weight
    if let old = scope.assign(name, value) { variableBytes -= old.weight }
    guard variableBytes <= limit else {
      throw RenderFailure(.limit("variables of more than \(limit) bytes"), at: range)
    }
  }

  /// Adds a value to the output and uses the steps of copying it.
  private mutating func append(
    _ value: Value,
    at range: SourceRange,
    to output: inout BoundedText
  ) throws(RenderFailure) {
    let start = output.bytes.count
    try located(range) { () throws(LiquidError) in try value.appendOutput(to: &output) }
    try spend((output.bytes.count - start) >> 6, at: range)
  }

  /// Uses a step for a node, or more of them.
  mutating func spend(_ count: Int = 1, at range: SourceRange) throws(RenderFailure) {
    do throws(LiquidError) {
      try context.budget.spend(count)
    } catch {
      throw RenderFailure(error, at: range)
    }
  }

  /// Uses the steps of looking through a value with all that it holds.
  mutating func spend(onAllOf value: Value, at range: SourceRange) throws(RenderFailure) {
    do throws(LiquidError) {
      try context.budget.spend(onAllOf: value)
    } catch {
      throw RenderFailure(error, at: range)
    }
  }
}

extension Value {
  /// The bytes that a variable of this value counts for.
  fileprivate var weight: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .array(let items): items.count * 8
    default: 8
    }
  }
}
