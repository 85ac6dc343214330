import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// What conditions tell: the heart of the checker.
///
/// A condition splits a state in two: what holds where it is true, and what holds where it is false. A side that
/// is nil cannot be reached.
///
///     profile.bonus : integer or nil
///     {% if profile.bonus == nil %}          true: bonus is nil          false: bonus : integer
///     {% elsif profile.bonus > 100 %}        starts from the false side above
///
/// `and` and `or` run from the left with short circuit, so the right operand starts from the side of the left
/// one on which it is asked at all, and the other side of the whole joins two paths (De Morgan):
///
///     a and b     true:  b's true side, from a's true side
///                 false: a's false side, joined with b's false side from a's true side
///     a or b      true:  a's true side, joined with b's true side from a's false side
///                 false: b's false side, from a's false side
///
/// What a test tells of a value is `Knowledge.refined`; that a child which is there has a parent, that a tag
/// names its variant, and that a variable stands for what it was assigned from is `Checker.narrowed`.
/// Comparisons that tell nothing of types (`a == b`, `name contains 'x'`) are remembered as they are, so that
/// asking the same again is known to be in vain.
struct Outcome {
  var condition: TypedCondition
  var whenTrue: FlowState?
  var whenFalse: FlowState?
  /// Whether an operand of it is decided by itself.
  var hasDecidedOperand = false

  /// Neither it nor an operand of it is decided, by types, tests or known values.
  ///
  /// What has two answers here has two answers where less is known.
  var isOpen: Bool { !hasDecidedOperand && decision == nil }

  /// The answer, where it is known.
  var decision: Bool? {
    switch (whenTrue == nil, whenFalse == nil) {
    case (true, false): false
    case (false, true): true
    default: nil
    }
  }
}

extension Checker {
  /// Elaborates a condition and splits a state by it.
  ///
  /// `folds` says whether known values decide it (constants of the manifest, variables that are assigned
  /// once). Findings about constant conditions ask without: a setting at the top is no mistake.
  func evaluate(_ condition: Condition, from start: FlowState, folds: Bool = true) -> Outcome {
    switch condition {
    case .truth(let expression):
      state = start
      return truth(of: operand(expression), from: start, folds: folds)
    case .comparison(let left, let relation, let relationRange, let right):
      state = start
      let comparison = Comparison(
        left: operand(left),
        relation: relation,
        range: relationRange,
        right: operand(right)
      )
      return compare(comparison, from: start, folds: folds)
    case .and(let left, let right):
      let a = evaluate(left, from: start, folds: folds)
      let b = evaluate(right, from: a.whenTrue ?? start, folds: folds)
      return Outcome(
        condition: .conjunction(a.condition, b.condition),
        whenTrue: a.whenTrue == nil ? nil : b.whenTrue,
        whenFalse: either(a.whenFalse, a.whenTrue == nil ? nil : b.whenFalse),
        hasDecidedOperand: !a.isOpen || !b.isOpen
      )
    case .or(let left, let right):
      let a = evaluate(left, from: start, folds: folds)
      let b = evaluate(right, from: a.whenFalse ?? start, folds: folds)
      return Outcome(
        condition: .disjunction(a.condition, b.condition),
        whenTrue: either(a.whenTrue, a.whenFalse == nil ? nil : b.whenTrue),
        whenFalse: a.whenFalse == nil ? nil : b.whenFalse,
        hasDecidedOperand: !a.isOpen || !b.isOpen
      )
    }
  }

  /// What holds on either of two paths that may not exist.
  func either(_ a: FlowState?, _ b: FlowState?) -> FlowState? {
    guard let a else { return b }
    guard let b else { return a }
    return joined(a, b)
  }

  // MARK: Truth

  private func truth(of operand: Operand, from start: FlowState, folds: Bool) -> Outcome {
    var outcome = split(operand, .isTruthy, .truth(operand.expression), from: start)
    if folds, let values = operand.finiteValues {
      fold(&outcome, values.map(\.isTruthy), from: start)
    }
    return outcome
  }

  /// Splits a state by a test of an operand.
  func split(
    _ operand: Operand,
    _ test: ValueTest,
    _ condition: TypedCondition,
    from start: FlowState
  ) -> Outcome {
    if operand.isOpaque {
      return Outcome(condition: condition, whenTrue: start, whenFalse: start)
    }
    let known = Knowledge(operand.type, excluded: operand.excluded)
    func side(_ answer: Bool) -> FlowState? {
      guard known.refined(by: test, is: answer) != nil else { return nil }
      return operand.subject.map { narrowed(start, $0, test, is: answer) } ?? start
    }
    return Outcome(condition: condition, whenTrue: side(true), whenFalse: side(false))
  }

  // MARK: Comparisons

  struct Comparison {
    var left: Operand
    var relation: Condition.Operator
    var range: SourceRange
    var right: Operand

    /// From the left operand to the right one.
    var whole: SourceRange { left.range.to(right.range) }

    /// `3 < x` as `x > 3`.
    var mirrored: Comparison {
      Comparison(left: right, relation: relation.mirrored, range: range, right: left)
    }
  }

  func compare(_ comparison: Comparison, from start: FlowState, folds: Bool) -> Outcome {
    let typed = TypedCondition.comparison(
      comparison.left.expression,
      comparison.relation,
      comparison.right.expression
    )
    // In a block's use a parameter has the type of its argument: `tone == 'dark'` where it is 'light'.
    guard check(comparison) || isExpanding && !comparison.isUnknown else {
      return Outcome(condition: typed, whenTrue: start, whenFalse: start)
    }
    var outcome = Outcome(condition: typed, whenTrue: start, whenFalse: start)
    var isTold = false
    // The side with a known value asks, the other one is asked.
    if let (asked, test, answer) = comparison.test ?? comparison.mirroredTest {
      outcome = split(asked, test, typed, from: start)
      if !answer { swap(&outcome.whenTrue, &outcome.whenFalse) }
      isTold = asked.subject != nil && test.isToldByTypes
    }
    if !isTold { remember(comparison, in: &outcome, from: start) }
    excludeNil(comparison, in: &outcome)
    excludeStrangers(comparison, in: &outcome)
    if folds, let answers = comparison.knownAnswers { fold(&outcome, answers, from: start) }
    return outcome
  }

  /// Two enums without a common member are never equal.
  private func excludeStrangers(_ comparison: Comparison, in outcome: inout Outcome) {
    guard case .enumeration(let left) = comparison.left.type,
      case .enumeration(let right) = comparison.right.type,
      !left.contains(where: { member in right.contains { $0.equals(member) } })
    else { return }
    switch comparison.relation {
    case .equal: outcome.whenTrue = nil
    case .notEqual: outcome.whenFalse = nil
    default: break
    }
  }

  /// What equals a value that is there is there itself.
  private func excludeNil(_ comparison: Comparison, in outcome: inout Outcome) {
    let isEquality = comparison.relation == .equal || comparison.relation == .notEqual
    guard isEquality, comparison.left.type.admitsNil != comparison.right.type.admitsNil else {
      return
    }
    let mirrored = comparison.right.type.admitsNil ? comparison.mirrored : comparison
    guard let subject = mirrored.left.subject, !mirrored.right.isOpaque,
      !mirrored.right.isStateLiteral
    else { return }
    func present(_ state: FlowState?) -> FlowState? {
      state.flatMap { narrowed($0, subject, .isNil, is: false) ?? $0 }
    }
    if comparison.relation == .equal {
      outcome.whenTrue = present(outcome.whenTrue)
    } else {
      outcome.whenFalse = present(outcome.whenFalse)
    }
  }

  /// Notes the answer of a comparison, and finds it where it is known already.
  private func remember(
    _ comparison: Comparison,
    in outcome: inout Outcome,
    from start: FlowState
  ) {
    guard let left = comparison.left.remembered, let right = comparison.right.remembered else {
      return
    }
    let isNegated = comparison.relation == .notEqual
    let key = KnownComparison(
      left: left,
      relation: isNegated ? .equal : comparison.relation,
      right: right
    )
    if let known = start.comparisons[key] {
      if known != isNegated { outcome.whenFalse = nil } else { outcome.whenTrue = nil }
    }
    guard start.comparisons.count < FlowState.Limits.comparisons else { return }
    outcome.whenTrue?.comparisons[key] = !isNegated
    outcome.whenFalse?.comparisons[key] = isNegated
  }

  /// Takes the side away that known values rule out.
  private func fold(_ outcome: inout Outcome, _ answers: [Bool], from start: FlowState) {
    guard let answer = answers.first, answers.allSatisfy({ $0 == answer }) else { return }
    outcome.condition = .constant(answer)
    if answer {
      outcome.whenTrue = outcome.whenTrue ?? start
      outcome.whenFalse = nil
    } else {
      outcome.whenFalse = outcome.whenFalse ?? start
      outcome.whenTrue = nil
    }
  }
}

extension Operand {
  /// As one side of a comparison that is remembered.
  fileprivate var remembered: KnownComparison.Operand? {
    if let subject { return .subject(subject) }
    if case .literal(let literal) = expression.kind { return .literal(literal) }
    return nil
  }

  var isLiteral: Bool {
    if case .literal = expression.kind { return true }
    return false
  }

  /// The one value that it has.
  var singleValue: Literal? {
    guard let finiteValues, finiteValues.count == 1 else { return nil }
    return finiteValues[0]
  }
}

extension Checker.Comparison {
  fileprivate var isUnknown: Bool { left.type == .unknown || right.type == .unknown }

  /// What is asked of the left operand, where the right one is known; and the answer that makes the
  /// comparison true.
  fileprivate var test: (Operand, ValueTest, Bool)? {
    // A variable's value counts only where the other side can learn from it.
    guard let value = right.singleValue, right.isLiteral || left.subject != nil else { return nil }
    switch relation {
    case .equal, .notEqual:
      let isEqual = relation == .equal
      switch value {
      case .nil: return (left, .isNil, isEqual)
      case .blank: return (left, .isBlank, isEqual)
      case .empty: return (left, .isEmpty, isEqual)
      default: return value.constant.map { (left, .equals($0), isEqual) }
      }
    case .less, .greater, .lessOrEqual, .greaterOrEqual:
      return value.constant?.number.map { (left, .isOrdered(relation, $0), true) }
    case .contains: return (left, .contains, true)
    }
  }

  fileprivate var mirroredTest: (Operand, ValueTest, Bool)? {
    relation == .contains ? (left, .contains, true) : mirrored.test
  }

  /// The answers for all values that both sides can have.
  fileprivate var knownAnswers: [Bool]? {
    guard let a = left.finiteValues, let b = right.finiteValues, a.count * b.count <= 256 else {
      return nil
    }
    var answers: [Bool] = []
    for x in a {
      for y in b {
        guard let answer = x.compared(relation, to: y) else { return nil }
        answers.append(answer)
      }
    }
    return answers
  }
}

extension TypedCondition {
  /// `and` without constants.
  static func conjunction(_ a: TypedCondition, _ b: TypedCondition) -> TypedCondition {
    switch (a, b) {
    case (.constant(true), _): b
    case (.constant(false), _): a
    case (_, .constant(true)): a
    default: .and(a, b)
    }
  }

  /// `or` without constants.
  static func disjunction(_ a: TypedCondition, _ b: TypedCondition) -> TypedCondition {
    switch (a, b) {
    case (.constant(false), _): b
    case (.constant(true), _): a
    case (_, .constant(false)): a
    default: .or(a, b)
    }
  }

  /// `not` without constants.
  static func negation(_ condition: TypedCondition) -> TypedCondition {
    switch condition {
    case .constant(let value): .constant(!value)
    case .not(let inner): inner
    default: .not(condition)
    }
  }
}

extension Literal {
  var isTruthy: Bool {
    switch self {
    case .nil, .boolean(false): false
    default: true
    }
  }

  /// Liquid's answer for two known values; nil where it depends on more than these.
  func compared(_ relation: Condition.Operator, to other: Literal) -> Bool? {
    switch relation {
    case .equal: return isEqual(to: other)
    case .notEqual: return isEqual(to: other).map { !$0 }
    case .contains:
      guard case .string(let text) = self, case .string(let part) = other else { return nil }
      return part.isEmpty || text.utf8.contains(run: part.utf8)
    case .less, .greater, .lessOrEqual, .greaterOrEqual:
      if self == .nil || other == .nil { return false }
      guard let a = constant?.number, let b = other.constant?.number else { return nil }
      return relation.holds(a, b)
    }
  }

  private func isEqual(to other: Literal) -> Bool? {
    switch (self, other) {
    case (.blank, .blank), (.empty, .empty), (.blank, .empty), (.empty, .blank): return true
    case (.blank, let value), (let value, .blank):
      return value == .nil || value.constant?.isEmpty(orBlank: true) ?? false
    case (.empty, let value), (let value, .empty):
      return value.constant?.isEmpty(orBlank: false) ?? false
    default: break
    }
    guard let a = constant, let b = other.constant else { return self == other }
    return a.equals(b)
  }
}

extension String.UTF8View {
  func contains(run part: String.UTF8View) -> Bool {
    let (text, part) = (Array(self), Array(part))
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { start in
      text[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
