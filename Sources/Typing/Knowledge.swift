import LetterpressLiquid
import LetterpressSchema

/// What is known of one value at one place of a template.
struct Knowledge: Equatable {
  var type: ValueType
  /// Values of an open type (a plain string, a number) that a test has ruled out.
  var excluded: Set<ValueType.Constant> = []

  init(_ type: ValueType, excluded: Set<ValueType.Constant> = []) {
    self.type = type
    self.excluded = excluded
  }

  func joined(with other: Knowledge) -> Knowledge {
    Knowledge(type.joined(with: other.type), excluded: excluded.intersection(other.excluded))
  }
}

/// A question about one value whose answer tells something of it.
enum ValueTest: Hashable {
  case isTruthy
  case isNil
  /// nil, false, "", white space, [].
  case isBlank
  /// "", [], {} but not nil.
  case isEmpty
  case equals(ValueType.Constant)
  /// `<`, `<=`, `>` or `>=` a number.
  case isOrdered(Condition.Operator, Double)
  /// The same, `==` and `!=` of the size of an array or a string.
  case hasSize(Condition.Operator, Int)
  /// `contains` something.
  case contains
}

extension ValueTest {
  /// Whether what it tells of a type answers the same question again.
  var isToldByTypes: Bool {
    switch self {
    case .isTruthy, .isNil, .equals, .isOrdered, .hasSize: true
    case .isBlank, .isEmpty, .contains: false
    }
  }
}

extension Knowledge {
  /// What is known once a test has had this answer; nil where it cannot have it.
  ///
  ///     optional(string) · isBlank, no   →  string, not empty
  ///     'free', 'gold'   · equals('gold'), no  →  'free'
  func refined(by test: ValueTest, is answer: Bool) -> Knowledge? {
    if type.isOpaque { return refinedOpaque(by: test, is: answer) }
    let isOptional = type.admitsNil
    let present: ValueType? = type == .null ? nil : type.unwrapped
    // nil is kept or dropped by itself, the rest by its type.
    let keepsNil = isOptional && Self.holdsForNil(test) == answer
    let rest = present.flatMap { refinedPresent($0, by: test, is: answer) }
    guard let rest else { return keepsNil ? Knowledge(.null) : nil }
    return Knowledge(keepsNil ? rest.type.withNil : rest.type, excluded: rest.excluded)
  }

  /// Of untyped values only that they are not nil can be learnt, and nothing depends on it.
  private func refinedOpaque(by test: ValueTest, is answer: Bool) -> Knowledge { self }

  /// How Liquid answers for nil; comparisons by size and order with nil are false.
  private static func holdsForNil(_ test: ValueTest) -> Bool {
    switch test {
    case .isNil, .isBlank: true
    case .hasSize(.notEqual, _): true
    case .isTruthy, .isEmpty, .equals, .isOrdered, .hasSize, .contains: false
    }
  }

  private func refinedPresent(
    _ type: ValueType,
    by test: ValueTest,
    is answer: Bool
  ) -> Knowledge? {
    switch test {
    case .isNil: answer ? nil : kept(type)
    case .isTruthy: type.refined(truth: answer).map(kept)
    case .isBlank, .isEmpty: type.refined(asEmpty: answer, blank: test == .isBlank).map(kept)
    case .equals(let constant): refined(type, equal: constant, is: answer)
    case .isOrdered(let relation, let bound):
      type.refined(answer ? relation : relation.negated, bound).map(kept)
    case .hasSize(let relation, let bound):
      type.refined(size: answer ? relation : relation.negated, bound).map(kept)
    case .contains: answer ? type.refined(size: .greater, 0).map(kept) : kept(type)
    }
  }

  private func kept(_ type: ValueType) -> Knowledge { Knowledge(type, excluded: excluded) }

  private func refined(
    _ type: ValueType,
    equal constant: ValueType.Constant,
    is answer: Bool
  ) -> Knowledge? {
    guard answer else {
      return type.excluding(constant).map { type in
        var result = kept(type)
        if type.isOpen, excluded.count < FlowState.Limits.excluded {
          result.excluded.insert(constant)
        }
        return result
      }
    }
    guard !excluded.contains(where: { $0.equals(constant) }) else { return nil }
    return type.equalled(constant).map { Knowledge($0) }
  }
}

extension Condition.Operator {
  /// The operator of the opposite answer, where numbers are compared.
  var negated: Self {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .greater: .lessOrEqual
    case .lessOrEqual: .greater
    case .greaterOrEqual: .less
    case .contains: .contains
    }
  }

  /// The operator with its operands swapped: `3 < x` is `x > 3`.
  var mirrored: Self {
    switch self {
    case .less: .greater
    case .greater: .less
    case .lessOrEqual: .greaterOrEqual
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual, .contains: self
    }
  }

  /// `<`, `<=`, `>`, `>=`.
  var isOrdering: Bool {
    switch self {
    case .less, .greater, .lessOrEqual, .greaterOrEqual: true
    case .equal, .notEqual, .contains: false
    }
  }
}
