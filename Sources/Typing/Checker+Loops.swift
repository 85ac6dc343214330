import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// `for` and `tablerow`.
extension Checker {
  func loop(_ loop: Loop, in region: Region) -> TypedNode {
    .loop(
      typedLoop(loop, isTableRow: false) {
        self.nodes(loop.body.nodes, in: region)
      } otherwise: {
        loop.otherwise.map { self.nodes($0.nodes, in: region) } ?? []
      }
    )
  }

  private func typedLoop(
    _ loop: Loop,
    isTableRow: Bool,
    body: () -> [TypedNode],
    otherwise: () -> [TypedNode]
  ) -> TypedLoop {
    let collection = operand(loop.collection)
    let item = itemType(of: collection, in: loop)
    let limit = loop.limit.map { count($0, named: "limit") }
    var offset: Operand?
    var resumes = false
    switch loop.offset {
    case .value(let value)?: offset = count(value, named: "offset")
    case .resume?: resumes = true
    case nil: break
    }
    let columns = loop.columns.map { count($0, named: "cols") }
    let ids = self.ids(of: loop)
    let (minimum, maximum) = turns(of: collection, limit: limit, offset: offset, resumes: resumes)
    let running = Scope.RunningLoop(
      id: ids.loop,
      isTableRow: isTableRow,
      bound: maximum,
      minimum: minimum
    )
    if let outer = scope.loopVariables.last(where: { $0.name == loop.variable.name }) {
      report(.shadowedLoopVariable(loop.variable, outer: outer.range))
    } else if hidesRoot(loop.variable.name) {
      report(.shadowedName(loop.variable, byLoop: true))
    }
    let value = FlowState.Variable(
      knowledge: Knowledge(item),
      finiteValues: item.finiteValues,
      personalSources: collection.expression.personalSources,
      isMaybeUnassigned: false,
      assignments: [loop.variable.range],
      schemaPath: collection.schemaPath
    )
    let entry = state
    scope.loopVariables.append((loop.variable.name, ids.variable, loop.variable.range))
    scope.loops.append(running)
    let (result, start) = allTurns(from: entry) { start in
      self.turn(from: start, variable: ids.variable, value, collection, body)
    }
    scope.loops.removeLast()
    scope.loopVariables.removeLast()
    if let assigned = scope.variables[loop.variable.name], entry.variables[assigned] != nil {
      scope.hiddenNames[loop.variable.name] = loop.variable.range
    }

    var ends = result.exits
    let isNeverEmpty = minimum >= 1 && start.isReachable
    state = (isNeverEmpty ? nil : emptied(entry, collection)) ?? entry.unreachable()
    let otherwise = otherwise()
    ends.append(state)
    state = joined(ends)
    state.forget(ids.loop, in: places)
    return TypedLoop(
      id: ids.loop,
      variable: ids.variable,
      collection: collection.expression,
      limit: limit?.expression,
      offset: offset?.expression,
      resumes: resumes,
      resumeGroup: resumeGroup(loop, collection, resumes: resumes),
      isReversed: loop.isReversed,
      bound: maximum,
      body: result.nodes,
      otherwise: otherwise,
      range: loop.range,
      columns: columns?.expression
    )
  }

  private struct Turn {
    var nodes: [TypedNode]
    /// What holds when the next turn starts.
    var next: FlowState
    /// What holds where the loop ends.
    var exits: [FlowState]
  }

  private func turn(
    from start: FlowState,
    variable: VariableID,
    _ value: FlowState.Variable,
    _ collection: Operand,
    _ body: () -> [TypedNode]
  ) -> Turn {
    let (outerBreaks, outerContinues) = (breakStates, continueStates)
    (breakStates, continueStates) = ([], [])
    defer { (breakStates, continueStates) = (outerBreaks, outerContinues) }
    // In its body an array is not empty.
    state = start
    if let place = collection.subject, case .value = place,
      let filled = narrowed(state, place, .hasSize(.greater, 0), is: true)
    {
      state = filled
    }
    state.assign(variable, value, in: places)
    let nodes = body()
    func ended(_ state: FlowState) -> FlowState {
      var state = state
      state.forget(variable, in: places)
      state.variables[variable] = nil
      return state
    }
    let next = ended(joined([state] + continueStates))
    return Turn(nodes: nodes, next: next, exits: [next] + breakStates.map(ended))
  }

  /// Elaborates a loop's body from a state that holds at the start of any turn: the body may change what
  /// its next turn sees.
  ///
  /// The first pass starts from what holds before the loop. Mostly nothing has changed at its end, and it
  /// stands. Else passes without findings look for the fixed point, and one more tells what is wrong there.
  private func allTurns(
    from entry: FlowState,
    _ turn: (FlowState) -> Turn
  ) -> (turn: Turn, start: FlowState) {
    if repeatedVisits > Self.repetitionLimit {
      let start = blurred(entry)
      return (turn(start), start)
    }
    let mark = self.mark()
    let before = visits
    let first = turn(entry)
    guard var start = widened(entry, by: first.next, round: 0) else { return (first, entry) }
    rewind(to: mark)
    repeatedVisits += visits - before
    for round in 1..<Self.rounds where repeatedVisits <= Self.repetitionLimit {
      let before = visits
      let end = probing(from: start) { turn(start).next }
      repeatedVisits += visits - before
      guard let next = widened(start, by: end, round: round) else { return (turn(start), start) }
      start = next
    }
    start = blurred(start)
    return (turn(start), start)
  }

  /// What holds at the start of the first and of the next turn; nil where the next turn changes nothing.
  private func widened(_ start: FlowState, by end: FlowState, round: Int) -> FlowState? {
    var both = joined(start, end)
    let changed = both.variables.filter { id, variable in
      start.variables[id].map { !$0.isSame(as: variable) } ?? true
    }
    if changed.isEmpty, both.facts == start.facts, both.comparisons == start.comparisons,
      both.origins == start.origins
    {
      return nil
    }
    guard round > 0 else { return both }
    // What goes on changing has no bounds (a counter) and no known values (a running total).
    for (id, variable) in changed {
      both.variables[id]?.finiteValues = nil
      both.variables[id]?.knowledge = Knowledge(variable.knowledge.type.unbounded)
    }
    return both
  }

  /// Nothing is known of any variable: right for every turn, and found without a pass.
  private func blurred(_ state: FlowState) -> FlowState {
    var state = state
    for id in state.variables.keys {
      state.variables[id]?.knowledge = Knowledge(.any)
      state.variables[id]?.finiteValues = nil
    }
    state.facts = state.facts.filter { place, _ in
      if case .variable = places[place].root { return false }
      return true
    }
    state.comparisons = [:]
    state.origins = [:]
    return state
  }

  /// Widening ends all that real templates do after three passes.
  private static let rounds = 6
  /// Past so many nodes walked again loops are taken as they come: nested loops multiply the passes.
  private static let repetitionLimit = 20_000

  private func ids(of loop: Loop) -> (loop: LoopID, variable: VariableID) {
    if let ids = scope.loopsByPlace[loop.range] { return ids }
    let ids = (loop: makeLoop(), variable: makeVariable())
    scope.loopsByPlace[loop.range] = ids
    return ids
  }

  private func emptied(_ entry: FlowState, _ collection: Operand) -> FlowState? {
    guard case .value? = collection.subject, let place = collection.subject,
      collection.type.kinds == [.array]
    else { return entry }
    guard let present = narrowed(entry, place, .hasSize(.equal, 0), is: true) else {
      return collection.type.admitsNil ? narrowed(entry, place, .isNil, is: true) : nil
    }
    guard collection.type.admitsNil, let absent = narrowed(entry, place, .isNil, is: true) else {
      return present
    }
    return joined(present, absent)
  }

  // MARK: What it runs over

  private func itemType(of collection: Operand, in loop: Loop) -> ValueType {
    switch collection.type.unwrapped {
    case .array(let array): return array.element
    case .any: return .any
    case .unknown, .null: return .unknown
    case .map:
      report(.loopOverMap(collection))
      return .unknown
    default:
      report(.notIterable(collection, in: types))
      return .unknown
    }
  }

  /// A number of items: `limit`, `offset`, `cols`.
  private func count(_ expression: Expression, named name: String) -> Operand {
    let value = operand(expression)
    switch value.type {
    case .unknown, .any, .integer: break
    case .enumeration(let members) where members.allSatisfy({ $0.number != nil }): break
    case .string where value.finiteValues?.allSatisfy(\.isNumeric) ?? false: break
    case let type where type.admitsNil:
      report(.optionalCount(value, name, cause: value.nilCause))
    default: report(.unfitCount(value, name, in: types))
    }
    return value
  }

  /// How often it turns at least and at most.
  private func turns(
    of collection: Operand,
    limit: Operand?,
    offset: Operand?,
    resumes: Bool
  ) -> (minimum: Int, maximum: Int?) {
    guard case .array(let array) = collection.type.unwrapped else { return (0, limit?.maximum) }
    var minimum = collection.type.admitsNil ? 0 : array.minItems
    var maximum = array.maxItems
    if let offset {
      minimum = max(0, minimum - min(offset.maximum ?? .max, minimum))
      maximum = maximum.map { max(0, $0 - max(0, offset.minimum ?? 0)) }
    }
    if resumes { minimum = 0 }
    if let limit {
      minimum = min(minimum, max(0, limit.minimum ?? 0))
      if let most = limit.maximum { maximum = max(0, min(maximum ?? most, most)) }
    }
    return (minimum, maximum)
  }

  private func resumeGroup(_ loop: Loop, _ collection: Operand, resumes: Bool) -> Int? {
    guard structure.resumesLoops || resumes else { return nil }
    // As in Shopify's Liquid the name is the variable's and the collection's, as they are written.
    let key = loop.variable.name + "-" + text(loop.collection.sourceRange)
    if let group = scope.resumeGroups[key] { return group }
    scope.resumeGroups[key] = frame.resumeGroups
    defer { frame.resumeGroups += 1 }
    return frame.resumeGroups
  }

  // MARK: tablerow

  /// `tablerow` is a loop with the tags of rows and cells around its body.
  func tableRow(_ loop: Loop, in region: Region) -> [TypedNode] {
    var row = typedLoop(loop, isTableRow: true) {
      self.nodes(loop.body.nodes, in: region)
    } otherwise: {
      []
    }
    func property(_ property: LoopProperty, _ type: ValueType) -> TypedExpression {
      TypedExpression(.forloop(row.id, property), type: type, range: loop.range)
    }
    let number = ValueType.integer(.init(minimum: 1))
    let next = TypedExpression(
      .filter(
        FilterUse(
          name: "plus",
          input: property(.row, number),
          arguments: [
            TypedExpression(.literal(.integer(1)), type: number, range: loop.range)
          ],
          namedArguments: []
        )
      ),
      type: number,
      range: loop.range
    )
    let newRow: [TypedNode] = [
      .literal("</tr>\n<tr class=\"row"), .output(next), .literal("\">"),
    ]
    let isEndOfRow = TypedCondition.and(
      .truth(property(.colLast, .boolean)),
      .not(.truth(property(.last, .boolean)))
    )
    let cell: [TypedNode] = [
      .literal("<td class=\"col"), .output(property(.col, number)), .literal("\">"),
    ]
    row.body =
      cell + row.body + [
        .literal("</td>"),
        .branch(
          TypedBranch(
            alternatives: [.init(condition: isEndOfRow, body: newRow)],
            otherwise: [],
            range: loop.range
          )
        ),
      ]
    return [.literal("<tr class=\"row1\">\n"), .loop(row), .literal("</tr>\n")]
  }
}

extension Operand {
  /// The least integer it can be.
  fileprivate var minimum: Int? { integers?.minimum }
  /// The greatest integer it can be.
  fileprivate var maximum: Int? { integers?.maximum }

  private var integers: ValueType.IntegerBounds? {
    if let finiteValues {
      let values = finiteValues.compactMap { value -> Int? in
        switch value {
        case .integer(let number): number
        case .string(let text): Int(text.trimmed)
        default: nil
        }
      }
      if values.count == finiteValues.count {
        return .init(minimum: values.min(), maximum: values.max())
      }
    }
    if case .integer(let bounds) = type { return bounds }
    return nil
  }
}

extension FlowState.Variable {
  func isSame(as other: Self) -> Bool {
    knowledge == other.knowledge && finiteValues == other.finiteValues
      && isMaybeUnassigned == other.isMaybeUnassigned && personalSources == other.personalSources
  }
}

extension ValueType {
  /// Without bounds and lengths.
  fileprivate var unbounded: ValueType {
    switch self {
    case .integer: .integer(IntegerBounds())
    case .number: .number(NumberBounds())
    case .string(let facts): .string(StringFacts(format: facts.format))
    case .array(let array): .array(ArrayType(element: array.element.unbounded))
    case .optional(let wrapped): .optional(wrapped.unbounded)
    default: self
    }
  }
}
