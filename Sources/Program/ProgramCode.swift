import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// The instructions of a program and what they refer to.
final class ProgramCode: Sendable {
  let text: ProgramText
  let instructions: [Instruction]
  /// For each instruction the expression or tag that it is made of.
  let ranges: [SourceRange]
  let sinks: [Sink]
  let steps: [RenderStep]
  let evaluations: [Evaluation]
  let conditions: [Test]
  let tables: [[Int]]
  /// The names of the fields of an instruction's path, for values that are no objects of the schema.
  let names: [Int: [Cell]]
  let filters: [FilterStep]
  let schemes: URLSchemes
  let moneyStyles: [MoneyStyle]
  /// What filters know where the message says nothing else.
  let context: FilterContext

  init(
    text: ProgramText,
    instructions: [Instruction],
    ranges: [SourceRange],
    sinks: [Sink],
    steps: [RenderStep],
    evaluations: [Evaluation],
    conditions: [Test],
    tables: [[Int]],
    names: [Int: [Cell]],
    filters: [FilterStep],
    schemes: URLSchemes,
    moneyStyles: [MoneyStyle],
    context: FilterContext
  ) {
    self.text = text
    self.instructions = instructions
    self.ranges = ranges
    self.sinks = sinks
    self.steps = steps
    self.evaluations = evaluations
    self.conditions = conditions
    self.tables = tables
    self.names = names
    self.filters = filters
    self.schemes = schemes
    self.moneyStyles = moneyStyles
    self.context = context
  }

  /// Runs the instructions from one on up to the next `end`.
  func run(from start: Int, _ frame: inout Frame, _ out: inout OutputBuffer) throws(RenderFault) {
    var counter = start
    do {
      try run(&counter, &frame, &out)
    } catch {
      throw .located(RenderError(error, at: ranges[min(max(counter - 1, 0), ranges.count - 1)]))
    }
  }

  /// The loop.
  ///
  /// Everything that most messages need stands here; calls out of it are for the rest.
  private func run(
    _ counter: inout Int,
    _ frame: inout Frame,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    // Locals, so that no reference is counted in the loop.
    let (instructions, text) = (instructions, text)
    let (slots, bytes, root) = (frame.record.slots, frame.record.bytes, frame.record.root)
    while true {
      let instruction = instructions[counter]
      counter &+= 1
      if instruction.textLength != 0 {
        try text.append(
          from: Int(instruction.textOffset),
          count: Int(instruction.textLength),
          to: &out
        )
      }
      switch instruction.operation {
      case .next: continue
      case .end: return
      case .jump: counter = Int(instruction.target)
      case .html:
        let cell = read(instruction.path, counter, slots, root, frame)
        if cell.kind == .string, cell.origin == .record {
          if cell.traits.contains(.isPlainHTML) {
            try out.append(bytes, from: cell.first, count: cell.length)
          } else {
            try out.appendEscapingHTML(bytes, from: cell.first, count: cell.length)
          }
        } else {
          try frame.print(cell, .html, to: &out)
        }
      case .htmlOrText:
        let cell = read(instruction.path, counter, slots, root, frame)
        if cell.kind == .string, cell.origin == .record, cell.count > 0 {
          if cell.traits.contains(.isPlainHTML) {
            try out.append(bytes, from: cell.first, count: cell.length)
          } else {
            try out.appendEscapingHTML(bytes, from: cell.first, count: cell.length)
          }
        } else if cell.isTruthy, !frame.isEmpty(cell) {
          try frame.print(cell, .html, to: &out)
        } else {
          let (offset, length) = instruction.textOperand
          try text.append(from: offset, count: length, to: &out)
        }
      case .money:
        let cell = read(instruction.path, counter, slots, root, frame)
        let style = moneyStyles[Int(instruction.operand)]
        try style.print(cell, text, &frame, to: &out)
      case .field:
        let cell = read(instruction.path, counter, slots, root, frame)
        try frame.print(cell, sinks[Int(instruction.sink)], to: &out)
      case .unlessTrue:
        if !read(instruction.path, counter, slots, root, frame).isTruthy {
          counter = Int(instruction.target)
        }
      case .ifTrue:
        if read(instruction.path, counter, slots, root, frame).isTruthy {
          counter = Int(instruction.target)
        }
      case .unlessText, .ifText:
        let cell = read(instruction.path, counter, slots, root, frame)
        let (offset, length) = instruction.textOperand
        let isEqual =
          cell.kind == .string && cell.length == length
          && frame.equalText(cell, .string(.program, from: offset, count: length))
        if isEqual == (instruction.operation == .ifText) { counter = Int(instruction.target) }
      case .unlessLess, .unlessLessOrEqual, .unlessGreater, .unlessGreaterOrEqual, .unlessEqual:
        let cell = read(instruction.path, counter, slots, root, frame)
        if !instruction.compares(cell) { counter = Int(instruction.target) }
      case .unlessPresent:
        if frame.isBlank(read(instruction.path, counter, slots, root, frame)) {
          counter = Int(instruction.target)
        }
      case .ifPresent:
        if !frame.isBlank(read(instruction.path, counter, slots, root, frame)) {
          counter = Int(instruction.target)
        }
      case .ifNil:
        if read(instruction.path, counter, slots, root, frame).kind == .null {
          counter = Int(instruction.target)
        }
      case .unlessNil:
        if read(instruction.path, counter, slots, root, frame).kind != .null {
          counter = Int(instruction.target)
        }
      case .unlessCondition:
        if try !conditions[Int(instruction.operand)].holds(&frame, &out) {
          counter = Int(instruction.target)
        }
      case .evaluation:
        let cell = try evaluations[Int(instruction.operand)].value(&frame, &out)
        try frame.print(cell, sinks[Int(instruction.sink)], to: &out)
      case .step:
        if try steps[Int(instruction.operand)].run(&frame, &out) {
          counter = Int(instruction.target)
        }
      case .table:
        let table = tables[Int(instruction.operand)]
        counter = table[min(frame.choice, table.count - 1)]
      case .nextTurn:
        let loop = Int(instruction.path.first)
        frame.loops[loop].index &+= 1
        if frame.loops[loop].index < frame.loops[loop].count {
          try frame.charge(Int(instruction.operand))
          frame.variables[Int(instruction.path.base)] = frame.element(of: frame.loops[loop])
          counter = Int(instruction.target)
        }
      }
    }
  }

  /// The value of a field.
  ///
  /// `counter` is that of the next instruction.
  @inline(__always)
  private func read(
    _ path: FieldPath,
    _ counter: Int,
    _ slots: [Slot],
    _ root: Int,
    _ frame: borrowing Frame
  ) -> Cell {
    var object = root
    if path.base != FieldPath.profile {
      let cell = frame.variables[Int(path.base)]
      if path.first == FieldPath.none { return cell }
      guard cell.kind == .object else { return readByName(cell, counter, from: 0, frame) }
      object = cell.first
    }
    guard slots.indices.contains(object &+ Int(path.first)) else { return .null }
    var slot = slots[object &+ Int(path.first)]
    if path.second != FieldPath.none {
      guard slot.kind == .object, slots.indices.contains(slot.first &+ Int(path.second)) else {
        return readByName(Cell(slot), counter, from: 1, frame)
      }
      slot = slots[slot.first &+ Int(path.second)]
      if path.third != FieldPath.none {
        guard slot.kind == .object, slots.indices.contains(slot.first &+ Int(path.third)) else {
          return readByName(Cell(slot), counter, from: 2, frame)
        }
        slot = slots[slot.first &+ Int(path.third)]
      }
    }
    return Cell(slot)
  }

  /// The rest of a path from a value that is no object of the schema: nil, or a map that a filter made.
  @inline(never)
  private func readByName(
    _ cell: Cell,
    _ counter: Int,
    from index: Int,
    _ frame: borrowing Frame
  ) -> Cell {
    guard cell.kind == .map, let names = names[counter - 1], index < names.count else {
      return .null
    }
    var cell = cell
    for name in names[index...] {
      cell = cell.kind == .map ? frame.value(of: name, in: cell) : .null
    }
    return cell
  }
}

extension Instruction {
  /// The text that `operand` names.
  @inline(__always)
  var textOperand: (offset: Int, length: Int) {
    (Int(operand &>> 32), Int(operand & 0xFFFF_FFFF))
  }

  /// Whether a number compares with `operand` as the operation says.
  @inline(__always)
  func compares(_ cell: Cell) -> Bool {
    if cell.kind == .integer {
      let value = Int64(cell.integer)
      return switch operation {
      case .unlessLess: value < operand
      case .unlessLessOrEqual: value <= operand
      case .unlessGreater: value > operand
      case .unlessGreaterOrEqual: value >= operand
      default: value == operand
      }
    }
    guard cell.kind == .number else { return false }
    let (value, bound) = (cell.number, Double(operand))
    return switch operation {
    case .unlessLess: value < bound
    case .unlessLessOrEqual: value <= bound
    case .unlessGreater: value > bound
    case .unlessGreaterOrEqual: value >= bound
    default: value == bound
    }
  }
}
