import LetterpressLiquid
import LetterpressSchema

/// How tests narrow types without nil. Each function gives nil where no value is left.
extension ValueType {
  /// Whether it has more values than it names, so that ruled-out ones have to be noted beside it.
  var isOpen: Bool {
    switch self {
    case .string, .integer, .number: true
    default: false
    }
  }

  /// Liquid's truth: all but nil and false are true, the empty string too.
  func refined(truth: Bool) -> ValueType? {
    switch self {
    case .boolean: .enumeration([.boolean(truth)])
    case .enumeration(let members): Self.enumerated(members.filter { $0.isTruthy == truth })
    default: truth ? self : nil
    }
  }

  /// `== empty` and `== blank`; `blank` holds for false and for white space, too.
  func refined(asEmpty answer: Bool, blank: Bool) -> ValueType? {
    switch self {
    case .boolean: return blank ? .enumeration([.boolean(!answer)]) : answer ? nil : self
    case .integer, .number: return answer ? nil : self
    case .enumeration(let members):
      return Self.enumerated(members.filter { $0.isEmpty(orBlank: blank) == answer })
    case .string(var facts):
      if answer { return self }
      facts.minLength = max(facts.minLength, 1)
      return .string(facts)
    case .array: return refined(size: answer ? .equal : .greater, 0)
    // A typed object may be `{}` where none of its fields is required.
    case .html, .map, .object, .union: return self
    case .unknown, .any, .null, .optional: return self
    }
  }

  func equalled(_ constant: Constant) -> ValueType? {
    switch (self, constant) {
    case (.enumeration(let members), _):
      return Self.enumerated(members.filter { $0.equals(constant) })
    case (.boolean, .boolean), (.html, .string): return .enumeration([constant])
    case (.string(let facts), .string):
      // A literal compared with a uri is still good for a link.
      return facts.format == nil ? .enumeration([constant]) : self
    case (.integer, _), (.number, _):
      guard let value = constant.number else { return nil }
      guard let narrowed = refined(.greaterOrEqual, value)?.refined(.lessOrEqual, value) else {
        return nil
      }
      return narrowed
    default: return nil
    }
  }

  func excluding(_ constant: Constant) -> ValueType? {
    switch self {
    case .enumeration(let members):
      return Self.enumerated(members.filter { !$0.equals(constant) })
    case .boolean:
      guard case .boolean(let value) = constant else { return self }
      return .enumeration([.boolean(!value)])
    case .integer(var bounds):
      guard let value = constant.number else { return self }
      if let low = bounds.minimum, low < .max, Double(low) == value { bounds.minimum = low + 1 }
      if let high = bounds.maximum, high > .min, Double(high) == value { bounds.maximum = high - 1 }
      return .integer(bounds).whereNotEmpty
    case .number(var bounds):
      guard let value = constant.number else { return self }
      if bounds.minimum == value { bounds.isMinimumExclusive = true }
      if bounds.maximum == value { bounds.isMaximumExclusive = true }
      return .number(bounds).whereNotEmpty
    case .string(var facts) where constant == .string(""):
      facts.minLength = max(facts.minLength, 1)
      return .string(facts)
    default: return self
    }
  }

  /// By an ordering with a number, or `==` and `!=`.
  func refined(_ relation: Condition.Operator, _ bound: Double) -> ValueType? {
    switch self {
    case .integer(let bounds): return bounds.refined(relation, bound).map { .integer($0) }
    case .number(let bounds): return bounds.refined(relation, bound).map { .number($0) }
    case .enumeration(let members):
      return Self.enumerated(
        members.filter { $0.number.map { relation.holds($0, bound) } ?? true }
      )
    default: return self
    }
  }

  /// By a comparison of the size of an array or a string.
  func refined(size relation: Condition.Operator, _ bound: Int) -> ValueType? {
    switch self {
    case .array(var array):
      let size = IntegerBounds(minimum: array.minItems, maximum: array.maxItems)
      guard let size = size.refined(relation, Double(bound)) else { return nil }
      array.minItems = size.minimum ?? 0
      array.maxItems = size.maximum
      return .array(array)
    case .string(var facts):
      let size = IntegerBounds(minimum: facts.minLength, maximum: facts.maxLength)
      guard let size = size.refined(relation, Double(bound)) else { return nil }
      facts.minLength = size.minimum ?? 0
      facts.maxLength = size.maximum
      return .string(facts)
    default: return self
    }
  }

  private static func enumerated(_ members: [Constant]) -> ValueType? {
    members.isEmpty ? nil : .enumeration(members)
  }

  private var whereNotEmpty: ValueType? {
    switch self {
    case .integer(let bounds):
      if let low = bounds.minimum, let high = bounds.maximum, low > high { return nil }
    case .number(let bounds):
      if bounds.isContradictory { return nil }
    default: break
    }
    return self
  }
}

extension ValueType.Constant {
  var isTruthy: Bool { self != .boolean(false) }

  func isEmpty(orBlank: Bool) -> Bool {
    switch self {
    case .boolean(let value): orBlank && !value
    case .integer, .number: false
    case .string(let text):
      text.isEmpty || orBlank && text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }
  }
}

extension Condition.Operator {
  /// Of two numbers; `contains` never holds.
  func holds(_ a: Double, _ b: Double) -> Bool {
    switch self {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .greater: a > b
    case .lessOrEqual: a <= b
    case .greaterOrEqual: a >= b
    case .contains: false
    }
  }
}

extension ValueType.IntegerBounds {
  func refined(_ relation: Condition.Operator, _ bound: Double) -> Self? {
    // Bounds outside of 64 bits say nothing that a check needs.
    guard bound > -9e18, bound < 9e18 else { return self }
    var result = self
    let (floor, ceiling) = (Int(bound.rounded(.down)), Int(bound.rounded(.up)))
    switch relation {
    case .less: result.lower(to: ceiling - 1)
    case .lessOrEqual: result.lower(to: floor)
    case .greater: result.raise(to: floor + 1)
    case .greaterOrEqual: result.raise(to: ceiling)
    case .equal:
      result.raise(to: ceiling)
      result.lower(to: floor)
    case .notEqual:
      if minimum == floor, floor == ceiling { result.raise(to: floor + 1) }
      if maximum == floor, floor == ceiling { result.lower(to: floor - 1) }
    case .contains: break
    }
    if let low = result.minimum, let high = result.maximum, low > high { return nil }
    return result
  }

  private mutating func raise(to bound: Int) { minimum = max(minimum ?? bound, bound) }
  private mutating func lower(to bound: Int) { maximum = min(maximum ?? bound, bound) }
}

extension ValueType.NumberBounds {
  func refined(_ relation: Condition.Operator, _ bound: Double) -> Self? {
    var result = self
    switch relation {
    case .less: result.lower(to: bound, exclusive: true)
    case .lessOrEqual: result.lower(to: bound, exclusive: false)
    case .greater: result.raise(to: bound, exclusive: true)
    case .greaterOrEqual: result.raise(to: bound, exclusive: false)
    case .equal:
      result.raise(to: bound, exclusive: false)
      result.lower(to: bound, exclusive: false)
    case .notEqual:
      if minimum == bound { result.isMinimumExclusive = true }
      if maximum == bound { result.isMaximumExclusive = true }
    case .contains: break
    }
    return result.isContradictory ? nil : result
  }

  var isContradictory: Bool {
    guard let low = minimum, let high = maximum else { return false }
    return low > high || low == high && (isMinimumExclusive || isMaximumExclusive)
  }

  private mutating func raise(to bound: Double, exclusive: Bool) {
    guard minimum.map({ bound > $0 || bound == $0 && exclusive }) ?? true else { return }
    minimum = bound
    isMinimumExclusive = exclusive
  }

  private mutating func lower(to bound: Double, exclusive: Bool) {
    guard maximum.map({ bound < $0 || bound == $0 && exclusive }) ?? true else { return }
    maximum = bound
    isMaximumExclusive = exclusive
  }
}
