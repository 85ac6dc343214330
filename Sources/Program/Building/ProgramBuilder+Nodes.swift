import LetterpressDiagnostics
import LetterpressTyping

/// What surrounds the code that is made: where `break` and `continue` go, and what they must end first.
struct Enclosing {
  /// A capture or the like whose end has work to do.
  enum Region {
    case capture(VariableID)
    case change(Int)
    case transform(Transform)
    /// What is printed is dropped.
    case silence
  }

  struct Loop {
    /// Regions that were open before the loop.
    var regions: Int
    var continues: [Int] = []
    var breaks: [Int] = []
  }

  var regions: [Region] = []
  var loops: [Loop] = []
}

/// Code for nodes.
extension ProgramBuilder {
  /// Adds nodes that are a text of their own, with their end.
  mutating func emitBody(_ nodes: [PlacedNode]) {
    let outer = enclosing
    enclosing = Enclosing()
    // A `break` outside of a loop ends the text.
    enclosing.loops.append(Enclosing.Loop(regions: 0))
    emit(nodes)
    if let loop = enclosing.loops.popLast() { land(loop.breaks + loop.continues) }
    emit(Instruction(.end))
    enclosing = outer
  }

  mutating func emit(_ nodes: [PlacedNode]) {
    for node in nodes { emit(node) }
  }

  private mutating func emit(_ node: PlacedNode) {
    let outer = range
    defer { range = outer }
    switch node {
    case .bytes(let bytes): emit(bytes)
    case .output(let expression, let sink):
      range = expression.range
      emitOutput(expression, sink)
    case .branch(let alternatives, let otherwise):
      emitBranch(alternatives, otherwise: otherwise)
    case .loop(let loop, let body, let otherwise):
      range = loop.range
      emitLoop(loop, body: body, otherwise: otherwise)
    case .turn(let loop, let index, let body):
      range = loop.range
      emitTurn(of: loop, index, body)
    case .loopEnd(let loop):
      range = loop.range
      emitLoopEnd(loop)
    case .specialised(let part, let variants):
      range = part.range
      emitSpecialised(part, variants: variants)
    case .transformed(.expandColor, let body) where emitColor(body): break
    case .transformed(let transform, let body):
      emitRegion(.transform(transform), body)
    case .assign(let variable, let expression):
      range = expression.range
      emitAssignment(of: expression, to: variable)
    case .capture(let variable, let body, _):
      emitRegion(.capture(variable), body)
    case .ifChanged(let index, let body):
      emitRegion(.change(index), body)
    case .counter(let counter, let step):
      emitCounter(counter, step: step)
    case .cycle(let cycle, let values, let sink):
      if let first = values.first { range = first.range }
      emitCycle(cycle, values, sink)
    case .interrupt(let leaves):
      emitInterrupt(leaves: leaves)
    case .abort(let reason, let place):
      range = place
      emitAbort(reason)
    }
  }

  private mutating func emitBranch(
    _ alternatives: [PlacedAlternative],
    otherwise: [PlacedNode]
  ) {
    var ends: [Int] = []
    for (index, alternative) in alternatives.enumerated() {
      range = alternative.range
      let misses = emitJump(on: alternative.condition, whenItHolds: false)
      emit(alternative.body)
      if index < alternatives.count - 1 || !otherwise.isEmpty {
        ends.append(emit(Instruction(.jump)))
      }
      land(misses)
    }
    emit(otherwise)
    land(ends)
  }

  // MARK: - Regions of output

  /// Adds nodes whose output is looked at as a whole once it is there.
  mutating func emitRegion(_ region: Enclosing.Region, _ body: [PlacedNode]) {
    emitStep { frame, out throws(RenderFault) in
      frame.marks.append(out.count)
      return false
    }
    enclosing.regions.append(region)
    emit(body)
    enclosing.regions.removeLast()
    emitEnd(of: region)
  }

  private mutating func emitEnd(of region: Enclosing.Region) {
    switch region {
    case .capture(let variable):
      emitStep { frame, out throws(RenderFault) in
        let mark = frame.marks.popLast() ?? out.count
        frame.variables[variable.index] = try frame.takeText(from: mark, of: &out)
        return false
      }
    case .change(let index):
      emitStep { frame, out throws(RenderFault) in
        let mark = frame.marks.popLast() ?? out.count
        let isSame = frame.withText(of: frame.changes[index]) { out.tail(from: mark, equals: $0) }
        if isSame, frame.changes[index].kind == .string {
          out.truncate(to: mark)
        } else {
          let text = try frame.takeText(from: mark, of: &out)
          try frame.appendText(of: text, to: &out)
          frame.changes[index] = text
        }
        return false
      }
    case .silence:
      emitStep { frame, out throws(RenderFault) in
        out.truncate(to: frame.marks.popLast() ?? out.count)
        return false
      }
    case .transform(let transform):
      emitStep { frame, out throws(RenderFault) in
        let mark = frame.marks.popLast() ?? out.count
        try out.transform(from: mark, transform)
        return false
      }
    }
  }

  // MARK: - Statements

  private mutating func emitAssignment(of expression: TypedExpression, to variable: VariableID) {
    let evaluation = evaluation(of: expression)
    emitStep { frame, out throws(RenderFault) in
      try frame.charge()
      frame.variables[variable.index] = try evaluation.value(&frame, &out)
      return false
    }
  }

  private mutating func emitCounter(_ counter: CounterID, step: Int) {
    emitStep { frame, out throws(RenderFault) in
      try frame.charge()
      // `increment` prints, then steps; `decrement` steps, then prints.
      let before = frame.counters[counter.index]
      frame.counters[counter.index] = before &+ step
      try out.append(decimal: step < 0 ? before &+ step : before)
      return false
    }
  }

  private mutating func emitCycle(_ cycle: CycleID, _ values: [TypedExpression], _ sink: Sink) {
    guard !values.isEmpty else { return }
    let evaluations = values.map { evaluation(of: $0) }
    emitStep { frame, out throws(RenderFault) in
      try frame.charge()
      let index = frame.cycles[cycle.index]
      let value = try evaluations[index < evaluations.count ? index : 0].value(&frame, &out)
      try frame.print(value, sink, to: &out)
      frame.cycles[cycle.index] = index + 1 < evaluations.count ? index + 1 : 0
      return false
    }
  }

  private mutating func emitInterrupt(leaves: Bool) {
    guard let loop = enclosing.loops.last else { return }
    for region in enclosing.regions[loop.regions...].reversed() { emitEnd(of: region) }
    let jump = emit(Instruction(.jump))
    let index = enclosing.loops.count - 1
    if leaves {
      enclosing.loops[index].breaks.append(jump)
    } else {
      enclosing.loops[index].continues.append(jump)
    }
  }

  private mutating func emitAbort(_ reason: TypedExpression?) {
    let text = reason.map { evaluation(of: $0) }
    emitStep { frame, out throws(RenderFault) in
      guard let text else { throw .skipped("the template gave no reason") }
      let mark = out.count
      let value = try text.value(&frame, &out)
      try frame.printPlain(value, to: &out)
      throw .skipped(frame.text(of: try frame.takeText(from: mark, of: &out)))
    }
  }
}
