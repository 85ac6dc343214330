import LetterpressDiagnostics
import LetterpressTyping

/// Code for parts that are laid out by variants.
extension ProgramBuilder {
  mutating func emitSpecialised(_ part: Specialisation, variants: [[PlacedNode]]) {
    guard variants.count > 1 else {
      if let only = variants.first { emit(only) }
      return
    }
    let changed = Changes(of: part.skeleton)
    emitStep { frame, _ throws(RenderFault) in
      changed.save(&frame)
      return false
    }
    emit(part.skeleton)
    let tree = Decision(part.tree)
    size.answers = max(size.answers, Changes.answers(in: part.tree))
    emitStep { frame, _ throws(RenderFault) in
      changed.restore(&frame)
      frame.choice = tree.variant(frame.answers)
      return false
    }
    var instruction = Instruction(.table)
    instruction.operand = Int64(tables.count)
    tables.append([])
    let table = tables.count - 1
    emit(instruction)
    var starts: [Int] = []
    var ends: [Int] = []
    variantDepth += 1
    for variant in variants {
      starts.append(label())
      emit(variant)
      ends.append(emit(Instruction(.jump)))
    }
    variantDepth -= 1
    tables[table] = starts
    land(ends)
  }

  // MARK: - Skeletons

  private mutating func emit(_ steps: [Specialisation.Step]) {
    for step in steps { emit(step) }
  }

  private mutating func emit(_ step: Specialisation.Step) {
    switch step {
    case .statement(let statement):
      emitSilently([.statement(statement)])
    case .effects(let nodes):
      emitSilently(texts.nodes(nodes))
    case .branch(let answer, let alternatives, let otherwise):
      var ends: [Int] = []
      for (index, alternative) in alternatives.enumerated() {
        let misses = emitJump(on: alternative.condition, whenItHolds: false)
        emitNote(answer, index)
        emit(alternative.steps)
        ends.append(emit(Instruction(.jump)))
        land(misses)
      }
      emitNote(answer, alternatives.count)
      emit(otherwise)
      land(ends)
    case .loop(let answer, let loop, let turns, let otherwise):
      emitSkeleton(of: loop, answer, turns, otherwise)
    case .value(let answer, let content, let candidates):
      let candidates = candidates.map { Array($0.utf8) }
      emitQuestion(content, answer) { frame, out, mark throws(RenderFault) in
        let found = candidates.firstIndex { out.tail(from: mark, equals: $0.span) }
        guard let found else {
          throw .unexpectedValue("the value is none of those that the layout was made for")
        }
        return found
      }
    case .emptiness(let answer, let content):
      emitQuestion(content, answer) { _, out, mark throws(RenderFault) in
        out.count == mark ? 1 : 0
      }
    }
  }

  private mutating func emitNote(_ answer: Specialisation.AnswerID?, _ value: Int) {
    guard let answer else { return }
    size.answers = max(size.answers, answer.index + 1)
    emitStep { frame, _ throws(RenderFault) in
      frame.answers[answer.index] = value
      return false
    }
  }

  private mutating func emitSkeleton(
    of loop: TypedLoop,
    _ answer: Specialisation.AnswerID?,
    _ turns: [[Specialisation.Step]],
    _ otherwise: [Specialisation.Step]
  ) {
    let plan = plan(of: loop)
    let most = turns.count
    if let answer { size.answers = max(size.answers, answer.index + 1) }
    let start = emitStep { frame, out throws(RenderFault) in
      let state = try plan.start(&frame, &out)
      frame.loops[plan.loop] = state
      if let answer { frame.answers[answer.index] = min(state.count, most) }
      if let group = plan.resumeGroup { frame.resumePlaces[group] = state.end }
      return state.count == 0
    }
    var leaving: [Int] = []
    for (index, turn) in turns.enumerated() {
      leaving.append(
        emitStep { frame, out throws(RenderFault) in
          guard index < frame.loops[plan.loop].count else { return true }
          try frame.charge()
          frame.loops[plan.loop].index = index
          frame.variables[plan.variable] = frame.element(of: frame.loops[plan.loop])
          return false
        }
      )
      enclosing.loops.append(Enclosing.Loop(regions: enclosing.regions.count))
      emit(turn)
      let interrupts = enclosing.loops.removeLast()
      land(interrupts.continues)
      leaving += interrupts.breaks
    }
    let over = emit(Instruction(.jump))
    land([start])
    emit(otherwise)
    land([over] + leaving)
  }

  /// Runs a text for its answer only.
  private mutating func emitQuestion(
    _ content: [TypedNode],
    _ answer: Specialisation.AnswerID,
    _ read: @escaping @Sendable (inout Frame, inout OutputBuffer, Int) throws(RenderFault) -> Int
  ) {
    size.answers = max(size.answers, answer.index + 1)
    emitStep { frame, out throws(RenderFault) in
      frame.marks.append(out.count)
      return false
    }
    emit(verbatim(texts.nodes(content)))
    emitStep { frame, out throws(RenderFault) in
      let mark = frame.marks.popLast() ?? out.count
      frame.answers[answer.index] = try read(&frame, &out, mark)
      out.truncate(to: mark)
      return false
    }
  }

  /// Runs nodes and forgets what they print: it is printed when the part itself runs.
  private mutating func emitSilently(_ nodes: [HTMLNode]) {
    emitRegion(.silence, verbatim(nodes))
  }

  private mutating func verbatim(_ nodes: [HTMLNode]) -> [PlacedNode] {
    var placer = PlainPlacer(sink: Sink(.verbatim), options: options, texts: texts)
    return placer.place(nodes)
  }
}

/// The tree from answers to variants, fit for closures.
private indirect enum Decision: Sendable {
  case variant(Int)
  case question(Int, [Decision])

  init(_ tree: Specialisation.Tree) {
    switch tree {
    case .variant(let number): self = .variant(number)
    case .question(let answer, let branches):
      self = .question(answer.index, branches.map { Decision($0) })
    }
  }

  /// The variant; an answer beyond the last takes the last.
  func variant(_ answers: [Int]) -> Int {
    var node = self
    while case .question(let answer, let branches) = node {
      guard let last = branches.indices.last else { return 0 }
      node = branches[min(max(0, answers[answer]), last)]
    }
    guard case .variant(let number) = node else { return 0 }
    return number
  }
}

/// What a skeleton changes in the frame, so that it can be put back.
private struct Changes: Sendable {
  private var variables: Set<Int> = []
  private var counters: Set<Int> = []
  private var cycles: Set<Int> = []
  private var resumePlaces: Set<Int> = []
  private var changes: Set<Int> = []

  init(of steps: [Specialisation.Step]) { add(steps) }

  /// One more than the largest number of an answer that a tree reads.
  static func answers(in tree: Specialisation.Tree) -> Int {
    guard case .question(let answer, let branches) = tree else { return 0 }
    return branches.reduce(answer.index + 1) { max($0, answers(in: $1)) }
  }

  private mutating func add(_ steps: [Specialisation.Step]) {
    for step in steps {
      switch step {
      case .statement(let statement): add(statement)
      case .branch(_, let alternatives, let otherwise):
        for alternative in alternatives { add(alternative.steps) }
        add(otherwise)
      case .loop(_, let loop, let turns, let otherwise):
        variables.insert(loop.variable.index)
        if let group = loop.resumeGroup { resumePlaces.insert(group) }
        for turn in turns { add(turn) }
        add(otherwise)
      case .value(_, let nodes, _), .emptiness(_, let nodes), .effects(let nodes): add(nodes)
      }
    }
  }

  private mutating func add(_ nodes: [TypedNode]) {
    for node in nodes {
      switch node {
      case .statement(let statement): add(statement)
      case .branch(let branch):
        for alternative in branch.alternatives { add(alternative.body) }
        add(branch.otherwise)
      case .loop(let loop):
        variables.insert(loop.variable.index)
        if let group = loop.resumeGroup { resumePlaces.insert(group) }
        add(loop.body)
        add(loop.otherwise)
      case .scope(let scope):
        for binding in scope.bindings { variables.insert(binding.0.index) }
        add(scope.body)
      case .element, .comment, .raw, .text, .literal, .output: break
      }
    }
  }

  private mutating func add(_ statement: TypedStatement) {
    switch statement {
    case .assign(let variable, _): variables.insert(variable.index)
    case .capture(let variable, let nodes, _):
      variables.insert(variable.index)
      add(nodes)
    case .counter(let counter, _): counters.insert(counter.index)
    case .cycle(let cycle, _): cycles.insert(cycle.index)
    case .ifChanged(let index, let nodes):
      changes.insert(index)
      add(nodes)
    case .interrupt, .abort: break
    }
  }

  func save(_ frame: inout Frame) {
    for index in variables { frame.saved.append(frame.variables[index]) }
    for index in changes { frame.saved.append(frame.changes[index]) }
    for index in counters { frame.saved.append(.integer(frame.counters[index])) }
    for index in cycles { frame.saved.append(.integer(frame.cycles[index])) }
    for index in resumePlaces { frame.saved.append(.integer(frame.resumePlaces[index])) }
  }

  /// Sets iterate in the same order as long as nobody changes them.
  func restore(_ frame: inout Frame) {
    let count =
      variables.count + changes.count + counters.count + cycles.count + resumePlaces.count
    guard frame.saved.count >= count else { return }
    var place = frame.saved.count - count
    for index in variables {
      frame.variables[index] = frame.saved[place]
      place += 1
    }
    for index in changes {
      frame.changes[index] = frame.saved[place]
      place += 1
    }
    for index in counters {
      frame.counters[index] = frame.saved[place].integer
      place += 1
    }
    for index in cycles {
      frame.cycles[index] = frame.saved[place].integer
      place += 1
    }
    for index in resumePlaces {
      frame.resumePlaces[index] = frame.saved[place].integer
      place += 1
    }
    frame.saved.removeLast(count)
  }
}
