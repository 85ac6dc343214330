import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// Code for conditions: jumps for tests of fields, closures for the rest.
extension ProgramBuilder {
  /// Adds a jump that is taken where the condition holds, or where it does not; gives the jumps, whose
  /// targets the caller sets.
  mutating func emitJump(on condition: TypedCondition, whenItHolds: Bool) -> [Int] {
    switch condition {
    case .constant(let value):
      return value == whenItHolds ? [emit(Instruction(.jump))] : []
    case .not(let inner):
      return emitJump(on: inner, whenItHolds: !whenItHolds)
    case .and(let first, let second):
      return emitJump(on: first, second, decidedBy: false, whenItHolds: whenItHolds)
    case .or(let first, let second):
      return emitJump(on: first, second, decidedBy: true, whenItHolds: whenItHolds)
    case .truth(let expression):
      if let field = field(expression) {
        return [emit(Instruction(whenItHolds ? .ifTrue : .unlessTrue), reading: field)]
      }
    case .comparison(let left, let comparison, let right):
      if let jumps = emitComparison(left, comparison, right, whenItHolds: whenItHolds) {
        return jumps
      }
      if let jumps = emitComparison(right, comparison.flipped, left, whenItHolds: whenItHolds) {
        return jumps
      }
    }
    let miss = emitTest(test(of: condition))
    return whenItHolds ? emitJump(overMiss: miss) : [miss]
  }

  /// Two conditions of which the first may decide alone: where it is false in an `and`, true in an `or`.
  private mutating func emitJump(
    on first: TypedCondition,
    _ second: TypedCondition,
    decidedBy decision: Bool,
    whenItHolds: Bool
  ) -> [Int] {
    let decided = emitJump(on: first, whenItHolds: decision)
    let rest = emitJump(on: second, whenItHolds: whenItHolds)
    if decision == whenItHolds { return decided + rest }
    land(decided)
    return rest
  }

  /// Turns a jump for the one outcome into one for the other.
  private mutating func emitJump(overMiss miss: Int) -> [Int] {
    let jump = emit(Instruction(.jump))
    land([miss])
    return [jump]
  }

  /// A comparison of a field with a literal as one instruction; nil where it is none.
  private mutating func emitComparison(
    _ left: TypedExpression,
    _ comparison: Condition.Operator,
    _ right: TypedExpression,
    whenItHolds: Bool
  ) -> [Int]? {
    guard case .literal(let literal) = right.kind, let field = field(left) else { return nil }
    let isEqual = comparison == .equal
    switch literal {
    case .string(let text) where isEqual || comparison == .notEqual:
      let constant = constant(text)
      var instruction = Instruction(isEqual == whenItHolds ? .ifText : .unlessText)
      instruction.operand = Int64(constant.first) << 32 | Int64(constant.length)
      return [emit(instruction, reading: field)]
    case .blank where isEqual || comparison == .notEqual:
      return [
        emit(Instruction(isEqual == whenItHolds ? .unlessPresent : .ifPresent), reading: field)
      ]
    case .nil where isEqual || comparison == .notEqual:
      return [emit(Instruction(isEqual == whenItHolds ? .ifNil : .unlessNil), reading: field)]
    case .integer(let value):
      guard let operation = comparison.instruction, left.type.withoutNil.isNumeric else {
        return nil
      }
      var instruction = Instruction(operation)
      instruction.operand = Int64(value)
      let miss = emit(instruction, reading: field)
      return whenItHolds != (comparison == .notEqual) ? emitJump(overMiss: miss) : [miss]
    default:
      return nil
    }
  }

  /// A condition as closures.
  mutating func test(of condition: TypedCondition) -> Test {
    switch condition {
    case .constant(let value):
      return Test { _, _ throws(RenderFault) in value }
    case .truth(let expression):
      let evaluation = evaluation(of: expression)
      return Test { frame, out throws(RenderFault) in
        try evaluation.value(&frame, &out).isTruthy
      }
    case .comparison(let left, let comparison, let right):
      let (left, right) = (evaluation(of: left), evaluation(of: right))
      return Test { frame, out throws(RenderFault) in
        let a = try left.value(&frame, &out)
        let b = try right.value(&frame, &out)
        try frame.charge(1 + a.length / 64)
        return frame.holds(a, comparison, b)
      }
    case .and(let first, let second):
      let (first, second) = (test(of: first), test(of: second))
      return Test { frame, out throws(RenderFault) in
        guard try first.holds(&frame, &out) else { return false }
        return try second.holds(&frame, &out)
      }
    case .or(let first, let second):
      let (first, second) = (test(of: first), test(of: second))
      return Test { frame, out throws(RenderFault) in
        if try first.holds(&frame, &out) { return true }
        return try second.holds(&frame, &out)
      }
    case .not(let inner):
      let inner = test(of: inner)
      return Test { frame, out throws(RenderFault) in try !inner.holds(&frame, &out) }
    }
  }
}

extension Condition.Operator {
  /// The operator with its sides exchanged.
  fileprivate var flipped: Self {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .greater: .less
    case .lessOrEqual: .greaterOrEqual
    case .greaterOrEqual: .lessOrEqual
    // Has no other side: matches nothing below.
    case .contains: .contains
    }
  }

  /// The instruction that jumps where it does not hold for a number; for `!=` where the two are equal
  /// is what holds not, so that the caller turns it.
  fileprivate var instruction: Instruction.Operation? {
    switch self {
    case .equal, .notEqual: .unlessEqual
    case .less: .unlessLess
    case .lessOrEqual: .unlessLessOrEqual
    case .greater: .unlessGreater
    case .greaterOrEqual: .unlessGreaterOrEqual
    case .contains: nil
    }
  }
}

extension ValueType {
  var isNumeric: Bool {
    switch self {
    case .integer, .number: true
    default: false
    }
  }
}
