import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Whether operands fit their operator.
extension Checker {
  /// Reports what is wrong with a comparison; false where nothing can be learnt from it.
  func check(_ comparison: Comparison) -> Bool {
    if comparison.left.type.isUnknown || comparison.right.type.isUnknown { return false }
    switch comparison.relation {
    case .contains: return checkContains(comparison)
    case .equal, .notEqual: return checkEquality(comparison)
    case .less, .greater, .lessOrEqual, .greaterOrEqual: return checkOrdering(comparison)
    }
  }

  private func checkEquality(_ comparison: Comparison) -> Bool {
    let (left, right) = (comparison.left, comparison.right)
    guard !left.isStateLiteral, !right.isStateLiteral else { return true }
    guard let a = left.type.kinds, let b = right.type.kinds else { return true }
    if a.isEmpty || b.isEmpty { return true }
    guard a.isDisjoint(with: b) else {
      return checkMember(right, of: left) && checkMember(left, of: right)
        && checkDate(comparison)
    }
    report(.unlikeComparison(comparison, in: types))
    return false
  }

  /// A literal that is compared with an enum has to be one of its members.
  func checkMember(_ literal: Operand, of operand: Operand) -> Bool {
    guard case .literal(let value) = literal.expression.kind, let constant = value.constant,
      case .enumeration(let members) = declaredType(of: operand).unwrapped,
      !members.contains(where: { $0.equals(constant) })
    else { return true }
    report(.notInEnum(constant, members, of: operand.written, at: literal.range))
    return false
  }

  /// The type without what tests have told.
  func declaredType(of operand: Operand) -> ValueType {
    guard case .value(let place)? = operand.subject else { return operand.type }
    var bare = state
    bare.facts = [:]
    return knowledge(of: place, in: bare)?.type ?? operand.type
  }

  private func checkOrdering(_ comparison: Comparison) -> Bool {
    let (left, right) = (comparison.left, comparison.right)
    guard mayBeOrdered(left, comparison.relation), mayBeOrdered(right, comparison.relation) else {
      return false
    }
    guard let a = left.type.kinds, let b = right.type.kinds else { return true }
    let ordered: ValueKinds = [.number, .text]
    guard a.isSubset(of: ordered), b.isSubset(of: ordered) else {
      let side = a.isSubset(of: ordered) ? right : left
      report(.unorderedValue(side, comparison.relation, in: types))
      return false
    }
    guard a.isDisjoint(with: b) else { return checkDate(comparison) }
    report(.unlikeComparison(comparison, in: types))
    return false
  }

  private func mayBeOrdered(_ side: Operand, _ relation: Condition.Operator) -> Bool {
    if side.isStateLiteral {
      report(.orderedState(side, relation))
      return false
    }
    // The size of nothing is smaller than nothing: LANGUAGE.md, D03.
    if side.type.admitsNil, !side.isSize {
      report(.optionalCompared(side, relation, cause: side.nilCause))
      return false
    }
    return true
  }

  /// `created_at < 'now'`: Liquid compares texts here, and no date is ever like this one.
  private func checkDate(_ comparison: Comparison) -> Bool {
    checkDate(comparison.left, with: comparison.right, in: comparison)
      && checkDate(comparison.right, with: comparison.left, in: comparison)
  }

  private func checkDate(
    _ date: Operand,
    with other: Operand,
    in comparison: Comparison
  ) -> Bool {
    guard case .string(let facts) = date.type.unwrapped,
      facts.format == .date || facts.format == .dateTime, !date.isLiteral,
      other.isLiteral, case .string(let text)? = other.singleValue,
      let first = text.utf8.first, !(0x30...0x39).contains(first)
    else { return true }
    report(.noDateCompared(comparison, date, text))
    return false
  }

  private func checkContains(_ comparison: Comparison) -> Bool {
    let (left, right) = (comparison.left, comparison.right)
    switch left.type.unwrapped {
    case .any, .null, .map, .html: return true
    case .string: return checkPart(right, of: left)
    case .enumeration(let members) where members.allSatisfy({ $0.kind == .text }):
      return checkPart(right, of: left)
    case .array(let array):
      guard let wanted = array.element.kinds, let given = right.type.kinds else { return true }
      guard given.isEmpty || !wanted.isDisjoint(with: given) else {
        report(.unlikeElement(comparison, in: types))
        return false
      }
      guard case .literal(let value) = right.expression.kind, let constant = value.constant,
        case .enumeration(let members) = array.element.unwrapped,
        !members.contains(where: { $0.equals(constant) })
      else { return true }
      report(.notInEnum(constant, members, of: left.written, at: right.range))
      return false
    default:
      report(.unfitContains(left, in: types))
      return false
    }
  }

  private func checkPart(_ part: Operand, of whole: Operand) -> Bool {
    guard let kinds = part.type.kinds, !kinds.isSubset(of: [.text, .number]) else { return true }
    report(.unfitPart(part, of: whole, in: types))
    return false
  }
}

extension Operand {
  /// nil, blank or empty as a literal.
  var isStateLiteral: Bool {
    guard case .literal(let literal) = expression.kind, type != .unknown else { return false }
    return literal.constant == nil
  }

  /// The size of an array or a string.
  var isSize: Bool {
    if case .size = expression.kind { return true }
    return false
  }
}
