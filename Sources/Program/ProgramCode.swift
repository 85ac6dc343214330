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
  /// The objects of the profile that paths start from, those behind others after them.
  let anchors: [Anchor]
  /// The names of the fields of an instruction's path, for values that are no objects of the schema.
  let names: [[Cell]]
  let filters: [FilterStep]
  let schemes: URLSchemes
  let moneyStyles: [MoneyStyle]
  let dates: [DateStep]
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
    anchors: [Anchor],
    names: [[Cell]],
    filters: [FilterStep],
    schemes: URLSchemes,
    moneyStyles: [MoneyStyle],
    dates: [DateStep],
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
    self.anchors = anchors
    self.names = names
    self.filters = filters
    self.schemes = schemes
    self.moneyStyles = moneyStyles
    self.dates = dates
    self.context = context
  }

  /// Runs what prints no field; gives where to jump, nil to go on.
  @inline(never)
  func runOther(
    _ instruction: Instruction,
    _ frame: inout Frame,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Int? {
    switch instruction.operation {
    case .unlessCondition:
      let holds = try conditions[Int(instruction.operand)].holds(&frame, &out)
      return holds ? nil : Int(instruction.target)
    case .evaluation:
      let cell = try evaluations[Int(instruction.operand)].value(&frame, &out)
      try frame.print(cell, sinks[Int(instruction.sink)], to: &out)
      return nil
    case .step:
      let jumps = try steps[Int(instruction.operand)].run(&frame, &out)
      return jumps ? Int(instruction.target) : nil
    case .table:
      let table = tables[Int(instruction.operand)]
      return table[min(frame.choice, table.count - 1)]
    default:
      preconditionFailure("the loop runs this instruction itself")
    }
  }

  /// Prints a value that is no text of the record without anything to do.
  @inline(never)
  func printOther(
    _ instruction: Instruction,
    _ cell: Cell,
    _ frame: inout Frame,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    switch instruction.operation {
    case .money:
      let style = moneyStyles[Int(instruction.operand)]
      try style.print(cell, sinks[Int(instruction.sink)], &frame, to: &out)
    case .date:
      let date = dates[Int(instruction.operand)]
      try date.print(cell, sinks[Int(instruction.sink)], &frame, to: &out)
    case .color:
      let mark = out.count
      try frame.print(cell, sinks[Int(instruction.sink)], to: &out)
      if instruction.operand == 1 { try out.transform(from: mark, .expandColor) }
    case .fieldOrText where !cell.isTruthy || frame.isEmpty(cell):
      let (offset, length) = instruction.textOperand
      try text.append(from: offset, count: length, to: &out)
    default:
      try frame.print(cell, sinks[Int(instruction.sink)], to: &out)
    }
  }

  /// Whether a test of a field jumps.
  @inline(never)
  func jumps(_ instruction: Instruction, _ cell: Cell, _ frame: inout Frame) -> Bool {
    switch instruction.operation {
    case .unlessTrue: !cell.isTruthy
    case .ifTrue: cell.isTruthy
    case .ifNil: cell.kind == .null
    case .unlessNil: cell.kind != .null
    case .unlessPresent: frame.isBlank(cell)
    case .ifPresent: !frame.isBlank(cell)
    default: !instruction.compares(cell)
    }
  }
}

extension Instruction {
  /// The text that `operand` names.
  @inline(__always)
  var textOperand: (offset: Int, length: Int) {
    (Int(operand &>> 32), Int(operand & 0xFFFF_FFFF))
  }

  /// Whether a number compares with `operand` as the operation says.
  func compares(_ cell: Cell) -> Bool {
    switch cell.kind {
    case .integer: operation.holds(Int64(cell.integer), operand)
    case .number: operation.holds(cell.number, Double(operand))
    default: false
    }
  }
}

extension Instruction.Operation {
  /// Whether a number compares with another as the operation says.
  @inline(__always)
  func holds<Number: Comparable>(_ value: Number, _ bound: Number) -> Bool {
    switch self {
    case .unlessLess: value < bound
    case .unlessLessOrEqual: value <= bound
    case .unlessGreater: value > bound
    case .unlessGreaterOrEqual: value >= bound
    default: value == bound
    }
  }
}
