import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressTyping

/// The head of a loop as closures.
struct LoopPlan: Sendable {
  enum Collection: Sendable {
    case value(Evaluation)
    /// `(a..b)`: its numbers are never made into an array.
    case range(Evaluation, Evaluation)
  }

  var loop: Int
  var variable: Int
  var collection: Collection
  var limit: Evaluation?
  var offset: Evaluation?
  var resumes: Bool
  var resumeGroup: Int?
  var isReversed: Bool
  var columns: Evaluation?

  /// Works out what the loop runs over, as Shopify's `for` does: `offset` and `limit` first, then
  /// `reversed`; a string is its only element.
  func start(_ frame: inout Frame, _ out: inout OutputBuffer) throws(RenderFault) -> LoopState {
    var state = LoopState()
    state.isReversed = isReversed
    switch collection {
    case .range(let lower, let upper):
      let first = frame.bound(try lower.value(&frame, &out))
      state.setRange(first, frame.bound(try upper.value(&frame, &out)))
    case .value(let evaluation):
      let value = try evaluation.value(&frame, &out)
      state = LoopState(over: value, isReversed: isReversed, &frame)
      if value.kind == .string { return state }
    }
    let available = state.count
    let from = try offset(&frame, &out)
    let start = max(from, 0)
    var end = available
    if let limit, let count = try frame.loopNumber(limit.value(&frame, &out)) {
      // From the offset as it is, also where it is negative.
      let (bound, overflow) = from.addingReportingOverflow(count)
      if !overflow { end = min(end, bound) }
    }
    state.first = state.first &+ min(start, available)
    state.count = max(0, end - min(start, available))
    state.end = from &+ state.count
    if let columns { state.columns = try frame.loopNumber(columns.value(&frame, &out)) ?? 0 }
    return state
  }

  private func offset(_ frame: inout Frame, _ out: inout OutputBuffer) throws(RenderFault) -> Int {
    if resumes { return resumeGroup.map { frame.resumePlaces[$0] } ?? 0 }
    guard let offset else { return 0 }
    return try frame.loopNumber(offset.value(&frame, &out)) ?? 0
  }
}

extension Frame {
  /// A `limit`, `offset` or `cols`; nil for nil.
  func loopNumber(_ cell: Cell) throws(RenderFault) -> Int? {
    switch cell.kind {
    case .null: return nil
    case .integer: return cell.integer
    case .number:
      if let value = Int(exactly: cell.number.rounded(.towardZero)) { return value }
    case .string:
      if let value = Int(text(of: cell)) { return value }
    default: break
    }
    throw .filter("a loop's limit and offset are integers")
  }
}

/// Code for loops.
extension ProgramBuilder {
  mutating func plan(of loop: TypedLoop) -> LoopPlan {
    let collection: LoopPlan.Collection
    if case .range(let lower, let upper) = loop.collection.kind {
      collection = .range(evaluation(of: lower), evaluation(of: upper))
    } else {
      collection = .value(evaluation(of: loop.collection))
    }
    if loopNames[loop.id] == nil {
      loopNames[loop.id] = constant(name(of: loop))
    }
    return LoopPlan(
      loop: loop.id.index,
      variable: loop.variable.index,
      collection: collection,
      limit: loop.limit.map { evaluation(of: $0) },
      offset: loop.offset.map { evaluation(of: $0) },
      resumes: loop.resumes,
      resumeGroup: loop.resumeGroup,
      isReversed: loop.isReversed,
      columns: loop.columns.map { evaluation(of: $0) }
    )
  }

  /// `forloop.name`: `item-items`, of the words of the tag.
  private func name(of loop: TypedLoop) -> String {
    let bytes = texts.sources[loop.range.file].bytes[loop.range.bounds]
    let words = bytes.split(maxSplits: 6) { $0.isSpace || $0 == UInt8(ascii: "%") }
      .map { String(decoding: $0, as: UTF8.self) }
    guard let start = words.firstIndex(where: { $0 == "for" || $0 == "tablerow" }),
      start + 1 < words.count
    else { return "" }
    return words[start + 1] + "-" + texts.sources.text(loop.collection.range)
  }

  mutating func emitLoop(_ loop: TypedLoop, body: [PlacedNode], otherwise: [PlacedNode]) {
    let start = emitStart(of: loop)
    let top = label()
    enclosing.loops.append(Enclosing.Loop(regions: enclosing.regions.count))
    emit(body)
    let interrupts = enclosing.loops.removeLast()
    land(interrupts.continues)
    var next = Instruction(.nextTurn)
    next.path.variable = UInt16(truncatingIfNeeded: loop.variable.index)
    next.path.first = UInt16(truncatingIfNeeded: loop.id.index)
    // A turn costs what its body has instructions, so that an empty one is not for nothing.
    next.operand = Int64(max(1, instructions.count - top))
    setTarget(of: emit(next), to: top)
    if otherwise.isEmpty {
      land([start] + interrupts.breaks)
    } else {
      let over = emit(Instruction(.jump))
      land([start])
      emit(otherwise)
      land([over] + interrupts.breaks)
    }
  }

  /// Adds the start of a loop; the instruction jumps where it has no turn.
  private mutating func emitStart(of loop: TypedLoop) -> Int {
    let plan = plan(of: loop)
    if loop.isOverAll, let field = field(loop.collection) {
      var instruction = Instruction(.startLoop)
      instruction.loopOperand = (plan.loop, plan.variable, plan.isReversed)
      return emit(instruction, reading: field)
    }
    return emitStep { frame, out throws(RenderFault) in
      let state = try plan.start(&frame, &out)
      if let group = plan.resumeGroup { frame.resumePlaces[group] = state.end }
      frame.loops[plan.loop] = state
      guard state.count > 0 else { return true }
      try frame.charge()
      frame.variables[plan.variable] = frame.element(of: state)
      return false
    }
  }

  /// One turn of a loop whose turns are laid out singly.
  mutating func emitTurn(of loop: TypedLoop, _ index: Int, _ body: [PlacedNode]) {
    emitStart(ofTurn: index, plan(of: loop))
    enclosing.loops.append(Enclosing.Loop(regions: enclosing.regions.count))
    emit(body)
    let interrupts = enclosing.loops.removeLast()
    land(interrupts.continues)
    leaving[loop.id, default: []] += interrupts.breaks
  }

  mutating func emitStart(ofTurn index: Int, _ plan: LoopPlan) {
    emitStep { frame, out throws(RenderFault) in
      try frame.charge()
      var state = try plan.start(&frame, &out)
      state.index = index
      frame.loops[plan.loop] = state
      frame.variables[plan.variable] = index < state.count ? frame.element(of: state) : .null
      return false
    }
  }

  mutating func emitLoopEnd(_ loop: TypedLoop) {
    land(leaving.removeValue(forKey: loop.id) ?? [])
    guard let group = loop.resumeGroup else { return }
    let plan = plan(of: loop)
    emitStep { frame, out throws(RenderFault) in
      frame.resumePlaces[group] = try plan.start(&frame, &out).end
      return false
    }
  }
}

extension TypedLoop {
  /// Whether each element has its turn, and nobody asks how far it went.
  fileprivate var isOverAll: Bool {
    limit == nil && offset == nil && columns == nil && !resumes && resumeGroup == nil
  }
}
