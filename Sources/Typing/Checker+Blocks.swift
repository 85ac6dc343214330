import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// Uses of blocks: arguments, slots, expansion.
extension Checker {
  func use(of block: BlockDeclaration, at element: Element) -> [TypedNode] {
    usedBlocks.insert(block.name)
    let arguments = self.arguments(of: element, for: block)
    let text = element.attribute(LetterpressNames.text).map { attribute($0, of: element, [:]) }
    // What fills the slots belongs to the caller: its names, and what holds here.
    let content = children(of: element)
    checkFills(content, of: block, at: element)
    guard !isProbing, let body = expand(block, arguments, fills: content, at: element) else {
      return []
    }
    let bindings = arguments.map { ($0.variable, $0.value.expression) }
    // What the caller does between its fills is done before the block runs.
    let statements = content.filter(\.isStatement)
    var scope = TypedScope(
      name: block.name,
      bindings: bindings,
      body: body,
      use: element.startTag,
      inclusion: element.inclusion
    )
    scope.text = text
    return statements + [.scope(scope)]
  }

  struct Argument {
    var parameter: BlockDeclaration.Parameter
    var variable: VariableID
    var value: Operand
  }

  // MARK: Arguments

  private func arguments(of element: Element, for block: BlockDeclaration) -> [Argument] {
    let names = block.parameters.map(\.name)
    let unknown = element.attributes.filter {
      block.parameter($0.name) == nil && $0.name != LetterpressNames.text
    }
    for attribute in unknown {
      report(
        .unknownArgument(
          attribute.name,
          at: attribute.nameRange,
          of: block.name,
          known: names,
          suggestion: names.first { $0.lowercased() == attribute.name.lowercased() }
            ?? suggestion(for: attribute.name, among: names)
        )
      )
    }
    let isMisspelt = !unknown.isEmpty
    let missing = block.parameters.filter {
      !$0.isOptional && element.attribute($0.name) == nil
    }
    // A misspelt name and the one that is missing for it are one mistake.
    if !missing.isEmpty, !isMisspelt {
      report(.missingArguments(missing, of: block.name, at: element.startTag))
    }
    return block.parameters.map { parameter in
      Argument(
        parameter: parameter,
        variable: makeVariable(),
        value: element.attribute(parameter.name).map { argument($0, for: parameter) }
          ?? defaultArgument(parameter, at: element.startTag)
      )
    }
  }

  func defaultArgument(
    _ parameter: BlockDeclaration.Parameter,
    at range: SourceRange
  ) -> Operand {
    guard let value = parameter.defaultValue else {
      return parameter.isOptional ? literal(.nil, at: range) : unknown(at: range)
    }
    return literalArgument(value, for: parameter, at: range)
  }

  /// A literal with the type that its parameter gives it.
  private func literalArgument(
    _ value: Literal,
    for parameter: BlockDeclaration.Parameter,
    at range: SourceRange
  ) -> Operand {
    var operand = literal(value, at: range)
    switch parameter.type.unwrapped {
    case .html: operand.type = .html(isClean: true)
    case .string(let facts) where facts.format != nil:
      if case .string(var own) = operand.type {
        own.format = facts.format
        operand.type = .string(own)
      }
    case .enumeration: operand.type = value.constant.map { .enumeration([$0]) } ?? .null
    default: break
    }
    return operand
  }

  private func argument(
    _ attribute: Attribute,
    for parameter: BlockDeclaration.Parameter
  ) -> Operand {
    let nodes =
      attribute.hasValue && !attribute.value.isEmpty
      ? structure.texts[attribute.value] ?? [.text(attribute.value)] : []
    // One single placeholder passes the value with its type.
    if nodes.count == 1, case .output(let output) = nodes[0] {
      let value = self.value(output.expression)
      return check(value, for: parameter)
    }
    let isPlain = nodes.allSatisfy { node in
      if case .text = node { return true }
      return false
    }
    guard isPlain else { return mixedArgument(nodes, attribute, for: parameter) }
    let text = text(attribute.value).decodingEntities
    switch ArgumentLiteral.read(text, as: parameter.type) {
    case .value(let value): return literalArgument(value, for: parameter, at: attribute.value)
    case .unfit(let reason):
      let near = parameter.type.near(text)
      report(
        .unfitLiteral(
          text,
          for: parameter.name,
          wanted: reason.isEmpty ? wanted(parameter) : reason,
          suggestion: near,
          at: attribute.value.isEmpty ? attribute.range : attribute.value
        )
      )
      return unknown(at: attribute.value)
    }
  }

  private func wanted(_ parameter: BlockDeclaration.Parameter) -> String {
    parameter.type.noun(in: types)
  }

  /// Text with placeholders passes a string.
  private func mixedArgument(
    _ nodes: [Node],
    _ attribute: Attribute,
    for parameter: BlockDeclaration.Parameter
  ) -> Operand {
    let takesText = parameter.type.isOpaque || parameter.type.kinds == [.text]
    var typed =
      takesText ? self.nodes(nodes, in: .text) : muted { self.nodes(nodes, in: .text) }
    let texts = possibleTexts(typed)
    decodeEntities(in: &typed)
    let finiteValues = texts.map { $0.map { Literal.string($0.decodingEntities) } }
    var type = ValueType.string(.init())
    switch parameter.type.unwrapped {
    case .string(let facts) where facts.format == .uri:
      checkURL(typed)
      type = .string(.init(format: .uri))
    case .string(let facts): type = .string(.init(format: facts.format))
    case .unknown, .any: break
    case .enumeration(let members):
      guard let values = finiteValues else {
        report(.mixedText(for: parameter.name, wanted: wanted(parameter), at: attribute.value))
        return unknown(at: attribute.value)
      }
      if let stranger = values.first(where: { value in
        !members.contains { $0.text == value.printed }
      }) {
        report(
          .unfitLiteral(
            stranger.printed,
            for: parameter.name,
            wanted: wanted(parameter),
            suggestion: parameter.type.near(stranger.printed),
            at: attribute.value
          )
        )
        return unknown(at: attribute.value)
      }
      type = .enumeration(values.compactMap(\.constant))
    default:
      report(.mixedText(for: parameter.name, wanted: wanted(parameter), at: attribute.value))
      return unknown(at: attribute.value)
    }
    let expression = TypedExpression(
      .text(typed),
      type: type,
      range: attribute.value,
      personalSources: personalSources(of: typed),
      finiteValues: finiteValues
    )
    return Operand(expression: expression, source: source(attribute.value))
  }

  /// Reports an argument that does not fit its parameter.
  func check(_ value: Operand, for parameter: BlockDeclaration.Parameter) -> Operand {
    var value = value
    if value.isOpaque || parameter.type.isOpaque { return value }
    if value.type.admitsNil, !parameter.type.admitsNil {
      report(.optionalArgument(value, for: parameter.name, cause: value.nilCause))
      value.type = value.type == .null ? .unknown : value.type.unwrapped
      return value
    }
    if let finite = value.finiteValues, value.isLiteral || value.type.kinds == [.text] {
      let fits = finite.allSatisfy { literal in
        if literal == .nil { return parameter.type.admitsNil }
        if case .value = ArgumentLiteral.read(literal.printed, as: parameter.type) {
          return value.type.kinds == parameter.type.kinds
        }
        return false
      }
      if fits { return value }
    }
    if case .string(let text)? = value.singleValue, value.isLiteral,
      let near = parameter.type.near(text)
    {
      report(
        .unfitLiteral(
          text,
          for: parameter.name,
          wanted: wanted(parameter),
          suggestion: near,
          isQuoted: true,
          at: value.range
        )
      )
      value.type = .unknown
      return value
    }
    guard value.type.unwrapped.fits(parameter.type.unwrapped, in: types) else {
      report(
        .unfitArgument(
          value,
          for: parameter.name,
          wanted: wanted(parameter),
          missing: value.type.lackingFields(of: parameter.type, in: types),
          in: types
        )
      )
      value.type = .unknown
      return value
    }
    // A number where a string is declared is passed as its text.
    if parameter.type.kinds == [.text], value.type.kinds == [.number] {
      value.expression = TypedExpression(
        .text([.output(value.expression)]),
        type: .string(.init(minLength: 1)),
        range: value.range,
        personalSources: value.expression.personalSources,
        finiteValues: value.finiteValues.map { $0.map { .string($0.printed) } }
      )
    }
    return value
  }

  // MARK: Expansion

  /// The block's body with these arguments; nil where expansion has to end.
  private func expand(
    _ block: BlockDeclaration,
    _ arguments: [Argument],
    fills content: [TypedNode],
    at element: Element
  ) -> [TypedNode]? {
    // A cycle was reported with the blocks.
    guard !expansion.contains(block.name) else { return nil }
    guard expansion.count < input.limits.depth else {
      report(.expansionTooDeep(block.name, limit: input.limits.depth, at: element.startTag))
      return nil
    }
    guard expansionSize < input.limits.nodes else {
      report(.expansionTooLarge(block.name, limit: input.limits.nodes, at: element.startTag))
      return nil
    }
    if expansion.isEmpty { expansionPlace = element.startTag }
    return isolated(.block) {
      structure = block.structure
      fills = content
      expansion.append(block.name)
      for argument in arguments { bind(argument) }
      // Its findings were told when it was checked by itself.
      return muted { children(of: block.root) }
    }
  }

  private func bind(_ argument: Argument) {
    let name = argument.parameter.name
    scope.variables[name] = argument.variable
    scope.parameters.insert(name)
    let value = argument.value
    boundArguments[argument.variable] = value.expression
    if argument.parameter.isPersonal { personalParameters.insert(argument.variable) }
    state.variables[argument.variable] = FlowState.Variable(
      knowledge: Knowledge(value.type, excluded: value.excluded),
      finiteValues: value.finiteValues,
      personalSources: value.expression.personalSources,
      isMaybeUnassigned: false,
      assignments: [argument.parameter.range],
      schemaPath: value.schemaPath,
      isParameter: true
    )
  }

  /// In a scope of its own, which sees nothing of the one around it.
  func isolated<Result>(_ kind: Scope.Kind, _ body: () -> Result) -> Result {
    let kept = (scope, state, structure, fills, expansion, breakStates, continueStates)
    scope = Scope(kind)
    state = FlowState()
    fills = nil
    (breakStates, continueStates) = ([], [])
    defer { (scope, state, structure, fills, expansion, breakStates, continueStates) = kept }
    return body()
  }
}

/// What blocks may grow to.
package struct ExpansionLimits: Sendable {
  /// Blocks and partials in each other.
  package var depth = 32
  /// Elements that the expansion of one layout makes.
  package var nodes = 50_000
  /// Lists of nodes in each other, over files: a file has at most 100 elements and 100 tags in each other.
  ///
  /// It keeps the stack from overflowing, whatever the other limits are set to.
  static let levels = 600
  /// Names that one file assigns: paths that meet compare all of them.
  package var variables = 400

  package init() {}
}
