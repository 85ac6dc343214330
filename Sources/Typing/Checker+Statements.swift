import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Tags that print nothing, or text of their own.
extension Checker {
  func assign(_ assign: Assign, to result: inout [TypedNode]) {
    let value = self.value(assign.value)
    let isLiteral = assign.value.filters.isEmpty && value.isLiteral
    let variable = declare(assign.target, at: assign.range)
    var type = value.type
    if isLiteral { type = type.generalised }
    state.assign(
      variable,
      FlowState.Variable(
        knowledge: Knowledge(type, excluded: value.excluded),
        finiteValues: value.finiteValues,
        personalSources: value.expression.personalSources,
        isMaybeUnassigned: false,
        assignments: [assign.range],
        schemaPath: value.schemaPath,
        isNumericText: value.isNumericText
      ),
      from: value.origin,
      in: places
    )
    result.append(.statement(.assign(variable, value.expression)))
  }

  /// Makes a name that a tag assigns.
  private func declare(_ target: Identifier, at range: SourceRange) -> VariableID {
    let isOwn: Bool =
      switch scope.kind {
      case .layout:
        input.roots == .profile && target.name == "profile" || target.name == "now"
          || input.constants[target.name] != nil || isProperty(target.name)
      default: target.name == "now"
      }
    if isOwn, scope.variables[target.name] == nil {
      report(.shadowedName(target))
      // That nobody reads it follows from that.
      scope.readNames.insert(target.name)
    }
    if scope.assignments[target.name] == nil { scope.assignments[target.name] = range }
    scope.hiddenNames[target.name] = nil
    if scope.variables[target.name] == nil, scope.variables.count == input.limits.variables {
      report(.tooManyVariables(target, limit: input.limits.variables))
    }
    return variable(named: target.name)
  }

  /// Whether a loop's variable of that name hides where everything else is read from.
  func hidesRoot(_ name: String) -> Bool {
    guard case .layout = scope.kind, scope.variables[name] == nil else { return false }
    return name == "now" || input.roots == .profile && name == "profile"
  }

  /// Whether the name is one of the schema's properties at the top level.
  private func isProperty(_ name: String) -> Bool {
    guard input.roots == .properties, let profile = input.profile else { return false }
    return types.memberNames(of: profile).contains(name)
  }

  func capture(_ capture: Capture, in region: Region, to result: inout [TypedNode]) {
    var inside = region
    inside.isCapture = true
    let body = nodes(capture.body.nodes, in: inside)
    let variable = declare(
      capture.target,
      at: capture.body.openRange
    )
    let isMarkup = holdsMarkup(body)
    let known = isMarkup ? nil : staticText(body).flatMap { $0.isShort ? $0 : nil }
    state.assign(
      variable,
      FlowState.Variable(
        knowledge: Knowledge(isMarkup ? .html(isClean: true) : .string(.init())),
        finiteValues: known.map { [.string($0)] },
        personalSources: personalSources(of: body),
        isMaybeUnassigned: false,
        assignments: [capture.body.openRange]
      ),
      in: places
    )
    result.append(.statement(.capture(variable, body, isMarkup: isMarkup)))
  }

  func interrupt(_ interrupt: Interrupt) -> [TypedNode] {
    guard !scope.loops.isEmpty else {
      report(.interruptOutside(interrupt))
      return []
    }
    let leaves = interrupt.kind == .leave
    if leaves { breakStates.append(state) } else { continueStates.append(state) }
    state.isReachable = false
    return [.statement(.interrupt(leaves: leaves))]
  }

  func counter(_ counter: Counter) -> TypedNode {
    let id = scope.counters[counter.target.name] ?? CounterID(index: frame.counters)
    if scope.counters[counter.target.name] == nil {
      scope.counters[counter.target.name] = id
      frame.counters += 1
    }
    return .statement(.counter(id, step: counter.step))
  }

  func cycle(_ cycle: Cycle) -> TypedNode {
    let values = cycle.values.map { printable(operand($0)) }
    let key =
      cycle.group.map { "group " + operand($0).written }
      ?? cycle.values.map { text($0.sourceRange) }.joined(separator: ",")
    let id = scope.cycles[key] ?? CycleID(index: frame.cycles)
    if scope.cycles[key] == nil {
      scope.cycles[key] = id
      frame.cycles += 1
    }
    return .statement(.cycle(id, values))
  }

  func ifChanged(_ block: Block, in region: Region) -> TypedNode {
    let body = nodes(block.nodes, in: region)
    let number = scope.changesByPlace[block.openRange] ?? frame.changes
    if scope.changesByPlace[block.openRange] == nil {
      scope.changesByPlace[block.openRange] = number
      frame.changes += 1
    }
    return .statement(.ifChanged(number, body))
  }
}

extension Operand {
  /// What a variable that is assigned this value stands for.
  var origin: FlowState.Origin? {
    switch subject {
    case .value(let place)?: .copy(place)
    case .size(let place)?: .size(place)
    case nil: nil
    }
  }
}
