import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// A partial that has been read: `blocks/NAME.liquid`.
struct ParsedPartial {
  var file: SourceFile.ID
  var nodes: [Node]
  /// What `{% doc %}` declares; nil without one: then any argument goes.
  var parameters: [BlockDeclaration.Parameter]?
}

/// `render` and `include`.
extension Checker {
  func partial(_ tag: Partial, in region: Region) -> [TypedNode] {
    if tag.name.isInvalid { return [] }
    guard let name = operand(tag.name).singleValue, case .string(let name) = name else {
      report(.computedPartial(at: tag.name.sourceRange))
      return []
    }
    guard let partial = parsedPartial(name, at: tag.name.sourceRange) else { return [] }
    guard !expansion.contains(".\(name)") else {
      let cycle = expansion.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 }
      report(.partialCycle(cycle + [name], at: tag.range))
      return []
    }
    guard expansion.count < input.limits.depth else {
      report(.expansionTooDeep(name, limit: input.limits.depth, at: tag.range))
      return []
    }
    guard expansionSize < input.limits.nodes else {
      report(.expansionTooLarge(name, limit: input.limits.nodes, at: tag.range))
      return []
    }
    expansionSize += partial.nodes.count
    return tag.isIsolated ? render(tag, name, partial) : include(tag, name, partial)
  }

  private func parsedPartial(_ name: String, at range: SourceRange) -> ParsedPartial? {
    if let partial = partialCache[name] { return partial }
    guard let file = input.partials[name] else {
      report(.missingPartial(name, known: input.partials.keys.sorted(), at: range))
      return nil
    }
    let whole = SourceRange(file: file, start: 0, end: sources[file].bytes.count)
    let (nodes, diagnostics) = Structure.readText(
      whole,
      in: sources,
      limits: input.liquidLimits
    )
    var reader = DocReader(types: types, sources: sources)
    let partial = ParsedPartial(file: file, nodes: nodes, parameters: reader.read(nodes))
    for diagnostic in diagnostics + reader.diagnostics { reportAlways(diagnostic) }
    partialCache[name] = partial
    if partial.parameters != nil { checkByItself(partial, name) }
    return partial
  }

  /// Against the types that it declares, once.
  private func checkByItself(_ partial: ParsedPartial, _ name: String) {
    always {
      isolated(.partial) {
        expansion.append(".\(name)")
        for parameter in partial.parameters ?? [] { declare(parameter) }
        _ = nodes(partial.nodes, in: .text)
        reportUnusedParameters(partial.parameters ?? [], of: name)
        reportUnusedAssignments()
      }
    }
  }

  // MARK: include

  private func include(_ tag: Partial, _ name: String, _ partial: ParsedPartial) -> [TypedNode] {
    var result: [TypedNode] = []
    for argument in tag.arguments {
      set(argument.name, to: operand(argument.value), at: argument.name.range, &result)
    }
    if case .value(let value, let alias) = tag.source {
      let target = alias ?? Identifier(name, tag.name.sourceRange)
      set(target, to: operand(value), at: target.range, &result)
    }
    expansion.append(".\(name)")
    defer { expansion.removeLast() }
    guard let parameters = partial.parameters else {
      return result + nodes(partial.nodes, in: .text)
    }
    checkVisible(parameters, for: name, at: tag)
    return result + muted { nodes(partial.nodes, in: .text) }
  }

  /// What an included file declares has to be among the names around it.
  private func checkVisible(
    _ parameters: [BlockDeclaration.Parameter],
    for name: String,
    at tag: Partial
  ) {
    var missing: [BlockDeclaration.Parameter] = []
    for parameter in parameters {
      let isLoopVariable = scope.loopVariables.contains { $0.name == parameter.name }
      let variable = scope.variables[parameter.name]
      if isLoopVariable || variable.flatMap({ state.variables[$0] }) != nil {
        let given = tag.arguments.last { $0.name.name == parameter.name }
        let place = given?.value.sourceRange ?? tag.name.sourceRange
        let path = Path(
          root: .name(Identifier(parameter.name, place)),
          segments: [],
          range: place
        )
        _ = check(operand(.path(path)), for: parameter)
      } else if !parameter.isOptional {
        missing.append(parameter)
      }
    }
    if !missing.isEmpty {
      report(.missingArguments(missing, of: name, at: tag.name.sourceRange))
    }
  }

  private func set(
    _ name: Identifier,
    to value: Operand,
    at range: SourceRange,
    _ result: inout [TypedNode]
  ) {
    let variable = variable(named: name.name)
    state.assign(
      variable,
      value.asVariable(assignedAt: range),
      from: value.origin,
      in: places
    )
    result.append(.statement(.assign(variable, value.expression)))
  }

  // MARK: render

  private func render(_ tag: Partial, _ name: String, _ partial: ParsedPartial) -> [TypedNode] {
    var values = tag.arguments.map { ($0.name, operand($0.value)) }
    var loop: TypedLoop?
    switch tag.source {
    case .none: break
    case .value(let value, let alias):
      values.append((alias ?? Identifier(name, tag.name.sourceRange), operand(value)))
    case .each(let value, let alias):
      let collection = operand(value)
      let target = alias ?? Identifier(name, tag.name.sourceRange)
      let (head, item) = eachLoop(over: collection, tag)
      loop = head
      values.append((target, item))
    }
    let arguments = checked(values, of: partial, name, at: tag)
    if isProbing { return [] }
    var bindings: [(VariableID, TypedExpression)] = []
    let body = isolated(.partial) {
      expansion.append(".\(name)")
      if let loop {
        scope.loops.append(
          Scope.RunningLoop(id: loop.id, isTableRow: false, bound: loop.bound, minimum: 0)
        )
      }
      for (name, value) in arguments {
        let variable = variable(named: name)
        scope.parameters.insert(name)
        state.variables[variable] = value.asVariable(assignedAt: value.range, isParameter: true)
        bindings.append((variable, value.expression))
        boundArguments[variable] = value.expression
        if partial.parameters?.contains(where: { $0.name == name && $0.isPersonal }) == true {
          personalParameters.insert(variable)
        }
      }
      let elaborate = { self.nodes(partial.nodes, in: .text) }
      // With declared parameters it was checked by itself.
      return partial.parameters == nil ? elaborate() : muted(elaborate)
    }
    let use = TypedNode.scope(
      TypedScope(name: name, bindings: bindings, body: body, use: tag.range)
    )
    guard var loop else { return [use] }
    loop.body = [use]
    return [.loop(loop)]
  }

  private func eachLoop(over collection: Operand, _ tag: Partial) -> (TypedLoop, Operand) {
    var item = ValueType.unknown
    var bound: Int?
    switch collection.type.unwrapped {
    case .array(let array):
      item = array.element
      bound = array.maxItems
    case .any: item = .any
    case .unknown, .null: break
    default: report(.notIterable(collection, in: types))
    }
    let ids = scope.loopsByPlace[tag.range] ?? (loop: makeLoop(), variable: makeVariable())
    scope.loopsByPlace[tag.range] = ids
    let loop = TypedLoop(
      id: ids.loop,
      variable: ids.variable,
      collection: collection.expression,
      limit: nil,
      offset: nil,
      resumes: false,
      resumeGroup: nil,
      isReversed: false,
      bound: bound,
      body: [],
      otherwise: [],
      range: tag.range
    )
    let value = Operand(
      expression: TypedExpression(
        .variable(ids.variable),
        type: item,
        range: collection.range,
        personalSources: collection.expression.personalSources
      ),
      schemaRoot: collection.schemaPath,
      source: collection.source
    )
    return (loop, value)
  }

  /// The arguments held against what `{% doc %}` declares, with nil for what is left out.
  private func checked(
    _ values: [(Identifier, Operand)],
    of partial: ParsedPartial,
    _ name: String,
    at tag: Partial
  ) -> [(String, Operand)] {
    guard let parameters = partial.parameters else { return values.map { ($0.0.name, $0.1) } }
    let names = parameters.map(\.name)
    var isMisspelt = false
    for (argument, _) in values where !names.contains(argument.name) {
      isMisspelt = true
      report(
        .unknownArgument(
          argument.name,
          at: argument.range,
          of: name,
          known: names,
          suggestion: suggestion(for: argument.name, among: names)
        )
      )
    }
    let missing = parameters.filter { parameter in
      !parameter.isOptional && !values.contains { $0.0.name == parameter.name }
    }
    if !missing.isEmpty, !isMisspelt {
      report(.missingArguments(missing, of: name, at: tag.name.sourceRange))
    }
    return parameters.map { parameter in
      let given = values.last { $0.0.name == parameter.name }
      let value =
        given.map { check($0.1, for: parameter) } ?? defaultArgument(parameter, at: tag.range)
      return (parameter.name, value)
    }
  }
}

extension Operand {
  /// As the value of a variable.
  func asVariable(
    assignedAt range: SourceRange,
    isParameter: Bool = false
  ) -> FlowState.Variable {
    FlowState.Variable(
      knowledge: Knowledge(type, excluded: excluded),
      finiteValues: finiteValues,
      personalSources: expression.personalSources,
      isMaybeUnassigned: false,
      assignments: [range],
      schemaPath: schemaPath,
      isParameter: isParameter
    )
  }
}
