import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// `if`, `unless` and `case`.
extension Checker {
  func conditional(_ conditional: Conditional, in region: Region) -> [TypedNode] {
    let outer = state
    // What holds where no branch so far was taken; nil where one always is.
    var rest: FlowState? = outer
    var ends: [FlowState] = []
    var alternatives: [TypedBranch.Alternative] = []
    var otherwise: [TypedNode] = []
    var isDecided = false
    // The branches so far cover every value that there is, and nothing was found in them.
    var isCovered = false
    var isTold = false
    for (number, branch) in conditional.branches.enumerated() {
      let start = rest ?? outer
      let outcome = evaluate(branch.condition, from: start)
      if isCovered {
        reportUnreachable(branch.condition)
        isCovered = false
        isTold = true
      } else if !outcome.isOpen,
        reportConstants(
          in: branch.condition,
          outer: outer,
          inner: number == 0 ? nil : start,
          isNegated: branch.isNegated
        )
      {
        isTold = true
      }
      let taken = branch.isNegated ? outcome.whenFalse : outcome.whenTrue
      let left = branch.isNegated ? outcome.whenTrue : outcome.whenFalse
      state = taken ?? start.unreachable()
      let body = nodes(branch.body.nodes, in: region)
      if rest != nil, taken != nil { ends.append(state) }
      let condition =
        branch.isNegated ? TypedCondition.negation(outcome.condition) : outcome.condition
      switch condition {
      case _ where isDecided: break
      case .constant(false): break
      case .constant(true):
        otherwise = body
        isDecided = true
      default: alternatives.append(.init(condition: condition, body: body))
      }
      if rest != nil, left == nil, !isTold {
        isCovered = covers(branch.condition, in: start, isNegated: branch.isNegated)
      }
      rest = rest == nil ? nil : left
    }
    if let last = conditional.otherwise {
      state = rest ?? outer.unreachable()
      let body = nodes(last.nodes, in: region)
      if rest != nil { ends.append(state) }
      if !isDecided { otherwise = body }
    } else if let rest {
      ends.append(rest)
    }
    state = ends.isEmpty ? outer.unreachable() : joined(ends)
    guard !alternatives.isEmpty else { return otherwise }
    return [branch(alternatives, otherwise: otherwise, range: conditional.range)]
  }

  private func branch(
    _ alternatives: [TypedBranch.Alternative],
    otherwise: [TypedNode] = [],
    range: SourceRange
  ) -> TypedNode {
    .branch(
      TypedBranch(
        alternatives: alternatives,
        otherwise: otherwise,
        range: range,
        number: makeBranch()
      )
    )
  }

  // MARK: case

  func caseSwitch(_ caseSwitch: Case, in region: Region) -> [TypedNode] {
    let outer = state
    let subject = operand(caseSwitch.subject)
    var rest: FlowState? = outer
    var ends: [FlowState] = []
    var branches: [(conditions: [TypedCondition], body: [TypedNode])] = []
    var seen: [WhenValue: SourceRange] = [:]
    var overlaps = false
    for when in caseSwitch.whens {
      let start = rest ?? outer
      var taken: FlowState?
      var conditions: [TypedCondition] = []
      var left: FlowState? = start
      for value in when.values {
        state = left ?? start
        let candidate = operand(value)
        if let literal = candidate.singleValue, candidate.isLiteral {
          if let first = seen[WhenValue(literal)] {
            report(.duplicateWhen(candidate, first: first))
            overlaps = true
            // It is run all the same.
            let again = matches(candidate, subject: caseSwitch.subject, from: outer)
            conditions.append(again.condition)
            taken = either(taken, again.whenTrue)
            continue
          }
          seen[WhenValue(literal)] = candidate.range
        } else {
          overlaps = true
        }
        let outcome = matches(candidate, subject: caseSwitch.subject, from: left ?? start)
        if left != nil, outcome.whenTrue == nil, candidate.type != .unknown {
          report(.unreachableWhen(candidate, subject: subject.written))
        }
        conditions.append(outcome.condition)
        if left != nil { taken = either(taken, outcome.whenTrue) }
        left = left == nil ? nil : outcome.whenFalse
      }
      state = taken ?? start.unreachable()
      let body = nodes(when.body.nodes, in: region)
      if rest != nil, taken != nil { ends.append(state) }
      branches.append((conditions, body))
      rest = rest == nil ? nil : left
    }
    var otherwise: [TypedNode] = []
    if let last = caseSwitch.otherwise {
      state = rest ?? outer.unreachable()
      otherwise = nodes(last.nodes, in: region)
      if rest != nil { ends.append(state) }
    } else {
      checkExhaustive(caseSwitch, subject, rest: rest, outer: outer)
      if let rest { ends.append(rest) }
    }
    state = ends.isEmpty ? outer.unreachable() : joined(ends)
    return lowered(branches, otherwise: otherwise, overlaps: overlaps, range: caseSwitch.range)
  }

  /// `subject == candidate`, with the subject as it is after the values before.
  private func matches(
    _ candidate: Operand,
    subject: Expression,
    from start: FlowState
  ) -> Outcome {
    state = start
    // Its findings were told where it stands.
    let subject = muted { operand(subject) }
    let comparison = Comparison(
      left: subject,
      relation: .equal,
      range: candidate.range,
      right: candidate
    )
    return compare(comparison, from: start, folds: true)
  }

  /// A `case` without `else` over an enum has to name all its members.
  private func checkExhaustive(
    _ caseSwitch: Case,
    _ subject: Operand,
    rest: FlowState?,
    outer: FlowState
  ) {
    guard let rest, rest.isReachable, case .value(let place)? = subject.subject,
      subject.type != .unknown,
      case .enumeration = subject.type.unwrapped, let left = knowledge(of: place, in: rest)
    else { return }
    var missing: [String] = []
    if case .enumeration(let members) = left.type.unwrapped { missing = members.map(\.quoted) }
    if left.type.admitsNil { missing.append("nil") }
    guard !missing.isEmpty else { return }
    let open = caseSwitch.whens.first?.body.openRange.startPoint ?? caseSwitch.range.endPoint
    report(
      .caseNotExhaustive(
        subject.written,
        missing: missing,
        cause: left.type.admitsNil ? subject.nilCause : nil,
        at: SourceRange(
          file: caseSwitch.range.file,
          start: caseSwitch.range.start,
          end: subject.range.end
        ),
        before: open
      )
    )
  }

  /// One branch where the values cannot overlap; else one for each value, for Liquid runs every `when`
  /// that matches.
  private func lowered(
    _ branches: [(conditions: [TypedCondition], body: [TypedNode])],
    otherwise: [TypedNode],
    overlaps: Bool,
    range: SourceRange
  ) -> [TypedNode] {
    guard overlaps else {
      var alternatives: [TypedBranch.Alternative] = []
      for (conditions, body) in branches {
        let condition = conditions.dropFirst().reduce(conditions.first ?? .constant(false)) {
          .disjunction($0, $1)
        }
        switch condition {
        case .constant(false): continue
        case .constant(true):
          guard !alternatives.isEmpty else { return body }
          return [branch(alternatives, otherwise: body, range: range)]
        default: alternatives.append(.init(condition: condition, body: body))
        }
      }
      guard !alternatives.isEmpty else { return otherwise }
      return [branch(alternatives, otherwise: otherwise, range: range)]
    }
    var nodes: [TypedNode] = []
    var any = TypedCondition.constant(false)
    for (conditions, body) in branches {
      for condition in conditions {
        any = .disjunction(any, condition)
        nodes.append(branch([.init(condition: condition, body: body)], range: range))
      }
    }
    guard !otherwise.isEmpty else { return nodes }
    nodes.append(branch([.init(condition: .negation(any), body: otherwise)], range: range))
    return nodes
  }
}

/// The value of a `when`: 1 and 1.0 are the same.
private enum WhenValue: Hashable {
  case number(Double)
  case other(Literal)

  init(_ literal: Literal) {
    self = literal.constant?.number.map { .number($0) } ?? .other(literal)
  }
}
