import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Conditions that always have the same answer, and branches that cannot be reached.
///
/// Told are: an operand that is decided by itself (`or 'silver'`), a whole condition that is decided by its
/// operands together (`x != 'a' or x != 'b'`) or by the conditions around it, and a branch that the branches
/// before it leave nothing for. Not told is what is merely careful: an `and` whose right side follows from the
/// left one, a last `elsif` that covers the rest (LANGUAGE.md, D10).
extension Checker {
  /// A branch behind others that cover everything.
  func reportUnreachable(_ condition: Condition) {
    report(.unreachableBranch(condition.sourceRange, written: text(condition.sourceRange)))
  }

  /// Whether a branch takes all that is left for it, by types and tests alone.
  func covers(_ condition: Condition, in state: FlowState, isNegated: Bool) -> Bool {
    !isMuted && state.isReachable && decision(of: condition, in: state) == !isNegated
  }

  /// Reports a condition, or a part of one, that is decided; true where it did.
  ///
  /// `outer` is what holds before the whole `if`, `inner` what holds once the branches before this one
  /// were not taken; nil of the first branch, where nothing else holds.
  func reportConstants(
    in condition: Condition,
    outer: FlowState,
    inner: FlowState?,
    isNegated: Bool
  ) -> Bool {
    guard !isMuted, outer.isReachable else { return false }
    let operands = condition.operands
    guard operands.count <= Self.longestCondition else { return false }
    var isReported = false
    for (number, operand) in operands.enumerated() {
      guard let answer = decision(of: operand, in: outer) ?? decisionOfLiterals(operand) else {
        continue
      }
      isReported = true
      var reason = reason(operand, in: outer)
      if case .literal = reason, number > 0,
        case .comparison(let left, .equal, _, _) = operands[number - 1]
      {
        reason = .literalAfter(text(left.sourceRange), at: operand.sourceRange.startPoint)
      }
      report(.constantCondition(operand.sourceRange, answer, reason: reason))
    }
    if isReported { return true }
    if case .and = condition {
      isReported = reportWhole(condition, in: outer)
    } else if case .or = condition {
      isReported = reportWhole(condition, in: outer)
    }
    if isReported { return true }
    guard let inner else { return false }
    let answer = decision(of: condition, in: inner)
    guard let answer, answer == isNegated else { return false }
    reportUnreachable(condition)
    return true
  }

  /// `'a' == 'b'`: two literals.
  private func decisionOfLiterals(_ condition: Condition) -> Bool? {
    guard case .comparison(.literal(let left, _), _, _, .literal(let right, _)) = condition,
      left.constant != nil, right.constant != nil
    else { return nil }
    return probing(from: state) { evaluate(condition, from: state).decision }
  }

  /// Longer ones are written by machines; to ask for each operand takes its time.
  private static let longestCondition = 40

  private func reportWhole(_ condition: Condition, in state: FlowState) -> Bool {
    guard let answer = decision(of: condition, in: state) else { return false }
    report(.constantCondition(condition.sourceRange, answer, reason: .together))
    return true
  }

  /// The answer that types and tests alone force; nil where there are two.
  private func decision(of condition: Condition, in state: FlowState) -> Bool? {
    probing(from: state) { evaluate(condition, from: state, folds: false).decision }
  }

  /// Why an operand is decided.
  private func reason(_ condition: Condition, in state: FlowState) -> ConstantReason {
    var bare = state
    bare.facts = [:]
    bare.comparisons = [:]
    guard decision(of: condition, in: bare) != nil else { return .conditionsAround }
    guard case .truth(let expression) = condition else { return .types }
    let operand = probing(from: state) { self.operand(expression) }
    if operand.isLiteral { return .literal }
    if operand.type.kinds == [.text] {
      return .truthyString(operand.written, at: operand.range.endPoint)
    }
    return .neverNil(operand.written, operand.type.noun(in: types))
  }
}

/// Why a condition has always the same answer.
enum ConstantReason {
  /// The type of its operands.
  case types
  case literal
  /// A literal after `x == …`, where `x ==` is missing: what is compared, and where it goes.
  case literalAfter(String, at: SourceRange)
  /// It can neither be nil nor false: its name and what it is.
  case neverNil(String, String)
  /// A string, which is true even where it is empty; where `!= blank` goes.
  case truthyString(String, at: SourceRange)
  /// Conditions around it have decided it.
  case conditionsAround
  /// Its operands taken together.
  case together
}

extension Condition {
  /// The conditions that `and` and `or` join, from the left.
  var operands: [Condition] {
    var operands: [Condition] = []
    var rest = self
    // `and` and `or` group from the right: a list, not a tree.
    while true {
      switch rest {
      case .and(let left, let right), .or(let left, let right):
        operands += left.operands
        rest = right
        continue
      case .truth, .comparison: operands.append(rest)
      }
      return operands
    }
  }
}
