import LetterpressLiquid
import LetterpressSchema

/// What is known of places, how tests narrow it, and what is left where paths meet.
extension Checker {
  /// What is known of a place in a state; nil where there is no such place.
  func knowledge(of place: Place, in state: FlowState) -> Knowledge? {
    guard let fact = state.facts[place] else { return unrefinedKnowledge(of: place, in: state) }
    guard fact.type.admitsNil, places[place].parent != nil,
      let plain = unrefinedKnowledge(of: place, in: state), !plain.type.admitsNil
    else { return fact }
    // Its nil came from a parent that is known to be there by now.
    return fact.type == .null ? plain : Knowledge(fact.type.unwrapped, excluded: fact.excluded)
  }

  /// The same without what tests have told of the place itself.
  private func unrefinedKnowledge(of place: Place, in state: FlowState) -> Knowledge? {
    let entry = places[place]
    guard let step = entry.step, let parent = entry.parent else {
      return rootKnowledge(of: entry.root, in: state)
    }
    guard let holder = knowledge(of: parent, in: state) else { return nil }
    guard let type = type(of: step, in: holder.type.unwrapped) else { return nil }
    return Knowledge(holder.type.admitsNil ? type.withNil : type)
  }

  private func rootKnowledge(of root: Place.Root, in state: FlowState) -> Knowledge? {
    switch root {
    case .profile: Knowledge(input.profile ?? .any)
    case .now: Knowledge(.string(.init(format: .dateTime)))
    case .variable(let variable): state.variables[variable]?.knowledge
    case .loop(let loop, let property):
      scope.loops.first { $0.id == loop }.map { Knowledge(property.type(in: $0)) }
        ?? Knowledge(.unknown)
    }
  }

  private func type(of step: Place.Step, in type: ValueType) -> ValueType? {
    switch step {
    case .name(let name):
      switch types.member(name, of: type) {
      case .field(let field): return field.type
      case .entry(let type), .opaque(let type), .first(let type), .last(let type), .size(let type):
        return type
      case .inVariants, .missing: return nil
      }
    case .index(let index):
      guard case .array(let array) = type else { return type.isOpaque ? type : nil }
      return array.elementType(at: index)
    case .variable:
      switch type {
      case .array(let array): return array.element.withNil
      case .map(let element): return element.withNil
      default: return type.isOpaque ? type : nil
      }
    }
  }

  // MARK: Narrowing

  /// The state once a test of a subject has had this answer; nil where it cannot have it.
  func narrowed(
    _ state: FlowState,
    _ subject: Subject,
    _ test: ValueTest,
    is answer: Bool
  ) -> FlowState? {
    guard case .size(let place) = subject else {
      return narrowed(state, subject.place, test, is: answer)
    }
    // A test of a size tells of the array that has it.
    switch test {
    case .isOrdered(let relation, let bound):
      let count = Int(
        exactly: relation == .less || relation == .greaterOrEqual
          ? bound.rounded(.up) : bound.rounded(.down)
      )
      return count.flatMap { narrowed(state, place, .hasSize(relation, $0), is: answer) } ?? state
    case .equals(let constant):
      guard let number = constant.number, let count = Int(exactly: number) else { return state }
      return narrowed(state, place, .hasSize(.equal, count), is: answer)
    case .isTruthy: return narrowed(state, place, .isNil, is: !answer)
    case .isNil: return narrowed(state, place, .isNil, is: answer)
    case .isBlank, .isEmpty, .hasSize, .contains: return state
    }
  }

  private func narrowed(
    _ state: FlowState,
    _ place: Place,
    _ test: ValueTest,
    is answer: Bool
  ) -> FlowState? {
    guard let known = knowledge(of: place, in: state) else { return state }
    guard let refined = known.refined(by: test, is: answer) else { return nil }
    var result = state
    if refined != known { result.learn(place, refined) }
    if !refined.type.admitsNil || refined.type == .null {
      guard let parents = narrowedParents(of: place, to: refined, in: result) else { return nil }
      result = parents
    }
    return narrowedOrigin(of: place, test, is: answer, in: result)
  }

  /// A child that is not nil has a parent that is not; a tag tells the variant of its union.
  private func narrowedParents(
    of place: Place,
    to child: Knowledge,
    in state: FlowState
  ) -> FlowState? {
    let entry = places[place]
    guard let parent = entry.parent, let holder = knowledge(of: parent, in: state) else {
      return state
    }
    if child.type == .null { return state }
    var result = state
    if holder.type.admitsNil {
      guard let present = narrowed(result, parent, .isNil, is: false) else { return nil }
      result = present
    }
    guard case .name(let name)? = entry.step, case .enumeration(let values) = child.type,
      let holder = knowledge(of: parent, in: result),
      case .union(let tag, let variants) = holder.type.unwrapped, tag == name
    else { return result }
    let left = types.variants(variants, tag: tag, among: values)
    guard !left.isEmpty else { return nil }
    if left.count < variants.count {
      result.learn(parent, Knowledge(.union(tag: tag, left)))
    }
    return result
  }

  /// What a test of a variable tells of the value it was assigned from.
  private func narrowedOrigin(
    of place: Place,
    _ test: ValueTest,
    is answer: Bool,
    in state: FlowState
  ) -> FlowState? {
    guard !state.origins.isEmpty else { return state }
    let entry = places[place]
    guard entry.parent == nil, case .variable(let variable) = entry.root else { return state }
    switch state.origins[variable] {
    case .copy(let source)?: return narrowed(state, .value(source), test, is: answer)
    case .size(let source)?: return narrowed(state, .size(source), test, is: answer)
    case nil: return state
    }
  }

  // MARK: Joins

  /// What holds after any of the paths.
  func joined(_ states: [FlowState]) -> FlowState {
    guard var result = states.first else { return state.unreachable() }
    for other in states.dropFirst() { result = joined(result, other) }
    return result
  }

  func joined(_ a: FlowState, _ b: FlowState) -> FlowState {
    if !b.isReachable { return a }
    if !a.isReachable { return b }
    var result = FlowState()
    result.variables = a.variables
    if a.variables != b.variables {
      for (id, variable) in a.variables {
        let other = b.variables[id]
        if other == variable { continue }
        result.variables[id] = other.map { variable.joined(with: $0) } ?? variable.orUnassigned
      }
      for (id, variable) in b.variables where a.variables[id] == nil {
        result.variables[id] = variable.orUnassigned
      }
    }
    result.comparisons =
      a.comparisons == b.comparisons
      ? a.comparisons : a.comparisons.filter { b.comparisons[$0.key] == $0.value }
    result.origins =
      a.origins == b.origins ? a.origins : a.origins.filter { b.origins[$0.key] == $0.value }
    joinFacts(of: a, and: b, in: &result)
    return result
  }

  private func joinFacts(of a: FlowState, and b: FlowState, in result: inout FlowState) {
    if a.facts == b.facts {
      result.facts = a.facts
      return
    }
    var different: [Place] = []
    for (place, fact) in a.facts {
      if fact == b.facts[place] {
        result.facts[place] = fact
      } else {
        different.append(place)
      }
    }
    for place in b.facts.keys where a.facts[place] == nil { different.append(place) }
    // Parents first: what is known of a child is measured against its parent.
    if different.count > 1 { different.sort { places[$0].depth < places[$1].depth } }
    for place in different {
      guard let inA = knowledge(of: place, in: a), let inB = knowledge(of: place, in: b) else {
        continue
      }
      var both = inA.joined(with: inB)
      let plain = unrefinedKnowledge(of: place, in: result)
      if let plain { both.type = both.type.ordered(like: plain.type) }
      if both != plain { result.facts[place] = both }
    }
  }
}

extension LoopProperty {
  func type(in loop: Scope.RunningLoop) -> ValueType {
    let most = loop.bound
    switch self {
    case .index, .rindex, .col, .row: return .integer(.init(minimum: 1, maximum: most))
    case .index0, .rindex0, .col0:
      return .integer(.init(minimum: 0, maximum: most.map { max($0 - 1, 0) }))
    case .length: return .integer(.init(minimum: max(loop.minimum, 1), maximum: most))
    case .first, .last, .colFirst, .colLast: return .boolean
    case .name: return .string(.init(minLength: 1))
    }
  }
}
