import LetterpressDiagnostics

/// `render` and `include`.
extension Rendering {
  mutating func render(_ node: Partial, into output: inout BoundedText) throws(RenderFailure) {
    try spend(at: node.range)
    // What `render` opens is to stand by itself, so Shopify's forbids `include` there.
    guard node.isIsolated || scope.data != nil else {
      throw RenderFailure(
        LiquidError(.partial, "'include' cannot stand in a partial of 'render'"),
        at: node.range
      )
    }
    guard case .string(let name) = try evaluate(node.name) else {
      throw RenderFailure(
        LiquidError(.partial, "the name of a partial is a string"),
        at: node.range
      )
    }
    let limit = context.budget.limits.partialDepth
    guard partialDepth < limit else {
      throw RenderFailure(.limit("partials are nested more than \(limit) deep"), at: node.range)
    }
    let template = try load(name, at: node.range)
    partialDepth += 1
    defer { partialDepth -= 1 }
    do throws(RenderFailure) {
      if node.isIsolated {
        try renderIsolated(node, template, name, into: &output)
      } else {
        try renderIncluded(node, template, name, into: &output)
      }
    } catch {
      var error = error
      // A hundred frames of the same recursion help nobody.
      if error.diagnostic.stack.count < 8 {
        error.diagnostic.stack.append(Diagnostic.Frame("in partial \(quoted(name))", node.range))
      }
      throw error
    }
  }

  private mutating func load(
    _ name: String,
    at range: SourceRange
  ) throws(RenderFailure) -> Template {
    guard let entry = library.partial(named: name) else {
      throw RenderFailure(LiquidError(.partial, "there is no partial \(quoted(name))"), at: range)
    }
    if var diagnostic = entry.diagnostics.first(where: { $0.severity == .error }) {
      diagnostic.stack.append(Diagnostic.Frame("in partial \(quoted(name))", range))
      throw RenderFailure(broken: diagnostic)
    }
    return entry.template
  }

  /// `render`: a scope that holds the arguments and nothing else.
  private mutating func renderIsolated(
    _ node: Partial,
    _ template: Template,
    _ name: String,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    switch node.source {
    case .none: try renderIsolated(node, template, nil, loop: nil, into: &output)
    case .value(let expression, let alias):
      let value = try evaluate(expression)
      let variable = alias?.name ?? Self.variableName(of: name)
      try renderIsolated(
        node,
        template,
        value.isNil ? nil : (variable, value),
        loop: nil,
        into: &output
      )
    case .each(let expression, let alias):
      let variable = alias?.name ?? Self.variableName(of: name)
      let value = try evaluate(expression)
      guard value.isIterable else {
        return try renderIsolated(
          node,
          template,
          value.isNil ? nil : (variable, value),
          loop: nil,
          into: &output
        )
      }
      let items = LoopItems(value)
      var loop = LoopState(name: name, length: items.count, isOfPartial: true)
      for position in 0..<items.count {
        try spend(at: node.range)
        loop.index = position
        try renderIsolated(node, template, (variable, items[position]), loop: loop, into: &output)
      }
    }
  }

  private mutating func renderIsolated(
    _ node: Partial,
    _ template: Template,
    _ variable: (name: String, value: Value)?,
    loop: LoopState?,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    var inner = scope.isolated
    if let loop {
      inner.bind("forloop", to: .loop(0))
      inner.loops = [loop]
    }
    for argument in node.arguments {
      inner.bind(argument.name.name, to: .value(try evaluate(argument.value)))
    }
    if let variable { inner.bind(variable.name, to: .value(variable.value)) }
    let outer = scope
    scope = inner
    defer {
      scope = outer
      // A `break` in a partial of its own ends that partial only.
      interrupt = nil
    }
    try renderNested(template.nodes, at: node.range, into: &output)
  }

  /// `include`: the scope of the caller, with the arguments in front.
  private mutating func renderIncluded(
    _ node: Partial,
    _ template: Template,
    _ name: String,
    into output: inout BoundedText
  ) throws(RenderFailure) {
    var value: Value?
    var variable = Self.variableName(of: name)
    switch node.source {
    case .none: if case .value(let known)? = scope[name] { value = known }
    case .value(let expression, let alias), .each(let expression, let alias):
      value = try evaluate(expression)
      if let alias { variable = alias.name }
    }
    scope.pushLayer()
    defer { scope.popLayer() }
    for argument in node.arguments {
      scope.bind(argument.name.name, to: .value(try evaluate(argument.value)))
    }
    guard case .array(let items)? = value else {
      scope.bind(variable, to: .value(value ?? .nil))
      return try renderNested(template.nodes, at: node.range, into: &output)
    }
    for item in items {
      try spend(at: node.range)
      scope.bind(variable, to: .value(item))
      try renderNested(template.nodes, at: node.range, into: &output)
      if interrupt != nil { return }
    }
  }

  /// The variable that a partial finds its value in: the last part of its name.
  private static func variableName(of partial: String) -> String {
    partial.split(separator: "/").last.map { String($0) } ?? partial
  }
}

extension Value {
  /// Whether `render … for` goes through it.
  fileprivate var isIterable: Bool {
    switch self {
    case .array, .object, .range: true
    default: false
    }
  }
}
