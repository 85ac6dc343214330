import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// A field that an instruction can read: its slots, and the names of those.
struct Field {
  var path: FieldPath
  var names: [String]
}

/// Code for expressions.
extension ProgramBuilder {
  /// Adds the printing of a value.
  mutating func emitOutput(_ expression: TypedExpression, _ sink: Sink) {
    if let field = field(expression) {
      if sink.kind == .cssValue { return emit(field, asColorFor: sink, expands: false) }
      var instruction = Instruction(.field)
      instruction.sink = place(of: sink)
      instruction.traits = sink.sufficientTraits
      emit(instruction, reading: field)
    } else if case .literal(let literal) = expression.kind, emit(literal, sink) {
      // Its bytes are static now.
    } else if sink.markup == .none, emitDefault(expression, sink) {
      // One instruction.
    } else if emitNative(expression, sink) {
      // A filter that writes straight into the message.
    } else {
      let evaluation = evaluation(of: expression)
      emitEvaluation(evaluation, sink)
    }
  }

  /// A colour that is one field, with a short one written out; false where it is anything else.
  mutating func emitColor(_ nodes: [PlacedNode]) -> Bool {
    guard nodes.count == 1, case .output(let expression, let sink) = nodes[0],
      sink == .html || sink.kind == .cssValue, let field = field(expression)
    else { return false }
    range = expression.range
    emit(field, asColorFor: sink, expands: true)
    return true
  }

  private mutating func emit(_ field: Field, asColorFor sink: Sink, expands: Bool) {
    var instruction = Instruction(.color)
    instruction.sink = place(of: sink)
    instruction.operand = expands ? 1 : 0
    emit(instruction, reading: field)
  }

  /// The value of a literal at a place, as static bytes; false where it must be printed at render time.
  private mutating func emit(_ literal: Literal, _ sink: Sink) -> Bool {
    guard case .string(let text) = literal, sink.markup == .none else { return false }
    var buffer = OutputBuffer(capacity: text.utf8.count)
    do {
      try buffer.append(text.utf8.span, sink, 0, schemes: options.schemes)
    } catch {
      // Refused for its place: rendering says so.
      return false
    }
    emit(buffer.bytes())
    return true
  }

  /// `field | default: "text"`.
  private mutating func emitDefault(_ expression: TypedExpression, _ sink: Sink) -> Bool {
    guard case .filter(let use) = expression.kind, use.name == "default",
      use.namedArguments.isEmpty, use.arguments.count == 1,
      case .literal(.string(let text)) = use.arguments[0].kind, let field = field(use.input)
    else { return false }
    var buffer = OutputBuffer(capacity: text.utf8.count)
    // One that is refused at its place is refused when it is rendered.
    guard (try? buffer.append(text.utf8.span, sink, 0, schemes: options.schemes)) != nil else {
      return false
    }
    let bytes = buffer.bytes()
    var instruction = Instruction(.fieldOrText)
    instruction.sink = place(of: sink)
    instruction.traits = sink.sufficientTraits
    instruction.operand = Int64(intern(bytes)) << 32 | Int64(bytes.count)
    emit(instruction, reading: field)
    return true
  }

  /// The field that an expression reads, if it is one of the profile's or within three slots of a variable.
  mutating func field(_ expression: TypedExpression) -> Field? {
    var steps: [Anchors.Step] = []
    var current = expression
    while case .field(let object, let slot, let name) = current.kind {
      guard slot < Int(FieldPath.none) else { return nil }
      steps.append(Anchors.Step(slot: UInt16(slot), name: name))
      current = object
    }
    steps.reverse()
    let variable: UInt16
    switch current.kind {
    case .profile where !steps.isEmpty:
      guard let anchor = anchor(at: Array(steps.dropLast())) else { return nil }
      variable = anchor
      steps = steps.suffix(1)
    case .variable(let id) where id.index < Int(FieldPath.none) && steps.count <= 3:
      variable = UInt16(id.index)
    default: return nil
    }
    return Field(path: FieldPath(variable, steps.map(\.slot)), names: steps.map(\.name))
  }

  /// An expression as closures.
  mutating func evaluation(of expression: TypedExpression) -> Evaluation {
    switch expression.kind {
    case .literal(let literal):
      return Evaluation(cell(of: literal))
    case .profile:
      return Evaluation { frame, _ throws(RenderFault) in frame.profile }
    case .now:
      return Evaluation { frame, out throws(RenderFault) in try frame.nowText(&out) }
    case .variable(let variable):
      let read: Evaluation.Function = { frame, _ throws(RenderFault) in
        frame.variables[variable.index]
      }
      guard let field = field(expression) else { return Evaluation(read) }
      return Evaluation(field.path, byNames: read)
    case .field(let object, let slot, let name):
      let (object, name) = (evaluation(of: object), constant(name))
      let byNames: Evaluation.Function = { frame, out throws(RenderFault) in
        frame.field(try object.value(&frame, &out), slot: slot, name: name)
      }
      guard let field = field(expression) else { return Evaluation(byNames) }
      return Evaluation(field.path, byNames: byNames)
    case .key(let object, let name):
      let (object, types) = (evaluation(of: object), types)
      let key = constant(name)
      return Evaluation { frame, out throws(RenderFault) in
        frame.member(name, key, of: try object.value(&frame, &out), types)
      }
    case .index(let object, let index):
      let (object, index, types) = (evaluation(of: object), evaluation(of: index), types)
      return Evaluation { frame, out throws(RenderFault) in
        let object = try object.value(&frame, &out)
        return frame.element(of: object, at: try index.value(&frame, &out), types)
      }
    case .size(let object):
      let object = evaluation(of: object)
      return Evaluation { frame, out throws(RenderFault) in
        frame.size(of: try object.value(&frame, &out))
      }
    case .first(let object):
      let object = evaluation(of: object)
      return Evaluation { frame, out throws(RenderFault) in
        frame.edge(of: try object.value(&frame, &out), isLast: false)
      }
    case .last(let object):
      let object = evaluation(of: object)
      return Evaluation { frame, out throws(RenderFault) in
        frame.edge(of: try object.value(&frame, &out), isLast: true)
      }
    case .range(let lower, let upper):
      let (lower, upper) = (evaluation(of: lower), evaluation(of: upper))
      return Evaluation { frame, out throws(RenderFault) in
        let bounds = [
          Cell.integer(frame.bound(try lower.value(&frame, &out))),
          Cell.integer(frame.bound(try upper.value(&frame, &out))),
        ]
        return try frame.makeList(.range, bounds)
      }
    case .filter(let use):
      return evaluation(of: use)
    case .forloop(let loop, let property):
      return evaluation(of: property, of: loop)
    case .text(let nodes):
      return evaluation(of: nodes)
    case .array(let elements):
      let elements = elements.map { evaluation(of: $0) }
      return Evaluation { frame, out throws(RenderFault) in
        var cells: [Cell] = []
        for element in elements { cells.append(try element.value(&frame, &out)) }
        return try frame.makeList(.array, cells)
      }
    case .object(let members):
      let members = members.map { (constant($0.0), evaluation(of: $0.1)) }
      return Evaluation { frame, out throws(RenderFault) in
        var cells: [Cell] = []
        for (key, value) in members { cells += [key, try value.value(&frame, &out)] }
        return try frame.makeList(.map, cells)
      }
    }
  }

  mutating func cell(of literal: Literal) -> Cell {
    switch literal {
    case .nil: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let text): constant(text)
    case .blank: Cell(.blank)
    case .empty: Cell(.empty)
    }
  }

  /// Text with values in it, made by instructions of its own that stand where the expression does.
  private mutating func evaluation(of nodes: [TypedNode]) -> Evaluation {
    let over = emit(Instruction(.jump))
    let start = instructions.count
    var lowering = texts
    lowering.decodesReferences = true
    var placer = PlainPlacer(sink: Sink(.verbatim), options: options, texts: lowering)
    let placed = placer.place(lowering.nodes(nodes))
    placer.diagnostics.forEach { report($0) }
    emitBody(placed)
    land([over])
    return Evaluation { frame, out throws(RenderFault) in
      try frame.charge()
      let mark = out.count
      let code = frame.code
      try code.run(from: start, &frame, &out)
      return try frame.takeText(from: mark, of: &out)
    }
  }

  private func evaluation(of property: LoopProperty, of loop: LoopID) -> Evaluation {
    let index = loop.index
    let name = loopNames[loop] ?? .null
    return Evaluation { frame, _ throws(RenderFault) in
      let state = frame.loops[index]
      let column = state.columns > 0 ? state.index % state.columns : state.index
      return switch property {
      case .index: .integer(state.index + 1)
      case .index0: .integer(state.index)
      case .rindex: .integer(state.count - state.index)
      case .rindex0: .integer(state.count - state.index - 1)
      case .first: .boolean(state.index == 0)
      case .last: .boolean(state.index == state.count - 1)
      case .length: .integer(state.count)
      case .name: name
      case .col: .integer(column + 1)
      case .col0: .integer(column)
      case .row: .integer(state.columns > 0 ? state.index / state.columns + 1 : 1)
      case .colFirst: .boolean(column == 0)
      case .colLast: .boolean(column + 1 == (state.columns > 0 ? state.columns : state.count))
      }
    }
  }
}
