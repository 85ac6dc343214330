import LetterpressSchema

/// The algebra of types: what is left without nil, and the least type that holds two others.
extension ValueType {
  /// Whether nil is one of its values; false for untyped values, of which nothing is known.
  var admitsNil: Bool {
    switch self {
    case .optional, .null: true
    default: false
    }
  }

  /// A mistake that is reported already.
  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// The type without nil; `null` stays.
  var unwrapped: ValueType {
    if case .optional(let wrapped) = self { return wrapped }
    return self
  }

  /// Whether its values are HTML; nil may be one more.
  package var isMarkup: Bool {
    if case .html = unwrapped { return true }
    return false
  }

  /// The type with nil as a further value.
  var withNil: ValueType {
    switch self {
    case .unknown, .any, .null, .optional: self
    default: .optional(self)
    }
  }

  /// Whether anything can be asked of it without a finding: a mistake already reported, or untyped data.
  var isOpaque: Bool {
    switch unwrapped {
    case .unknown, .any: true
    default: false
    }
  }

  /// The type of a variable that was given a value of this type: without what only the literal says.
  ///
  /// A configuration at the top of a template (`{% assign columns = 2 %}`) must not make every comparison
  /// with it a constant condition.
  var generalised: ValueType {
    switch self {
    case .integer: .integer(IntegerBounds())
    case .number: .number(NumberBounds())
    case .string(let facts): .string(StringFacts(format: facts.format))
    case .enumeration(let members) where members.allSatisfy({ $0.kind == .boolean }): .boolean
    default: self
    }
  }

  /// The least type that holds the values of both.
  func joined(with other: ValueType) -> ValueType {
    if self == other { return self }
    switch (self, other) {
    case (.unknown, _), (_, .unknown): return .unknown
    case (.any, _), (_, .any): return .any
    case (.null, let type), (let type, .null): return type.withNil
    case (.optional(let a), let b), (let b, .optional(let a)):
      return a.joined(with: b.unwrapped).withNil
    default: return joinedPresent(with: other)
    }
  }

  /// An enum with its members in the order of another one's.
  func ordered(like other: ValueType) -> ValueType {
    switch (self, other.unwrapped) {
    case (.enumeration(let members), .enumeration(let order)):
      .enumeration(order.filter { members.contains($0) } + members.filter { !order.contains($0) })
    case (.optional(let wrapped), _): wrapped.ordered(like: other).withNil
    default: self
    }
  }

  /// Of two different types without nil.
  private func joinedPresent(with other: ValueType) -> ValueType {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): .integer(a.hull(b))
    case (.number(let a), .number(let b)): .number(a.hull(b))
    case (.integer(let a), .number(let b)), (.number(let b), .integer(let a)):
      .number(b.hull(NumberBounds(a)))
    case (.string(let a), .string(let b)): .string(a.joined(with: b))
    case (.enumeration(let a), .enumeration(let b)): Self.enumeration(a, or: b)
    case (.enumeration(let members), let type), (let type, .enumeration(let members)):
      type.joined(withMembers: members)
    case (.html(let a), .html(let b)): .html(isClean: a && b)
    // Markup and text in one variable: printed as text, which is safe.
    case (.html, .string), (.string, .html): .string(StringFacts())
    case (.array(let a), .array(let b)): .array(a.joined(with: b))
    case (.map(let a), .map(let b)): .map(a.joined(with: b))
    case (.union(let tag, let a), .union(let otherTag, let b)) where tag == otherTag:
      .union(tag: tag, a + b.filter { !a.contains($0) })
    case (.union(let tag, let variants), .object(let id)),
      (.object(let id), .union(let tag, let variants)):
      variants.contains(id) ? .union(tag: tag, variants) : .any
    default: .any
    }
  }

  private static func enumeration(_ a: [Constant], or b: [Constant]) -> ValueType {
    // More values than any enum has: a machine's `case`. It is some string from then on.
    let isLong = a.count + b.count > longestEnumeration
    if isLong, (a + b).allSatisfy({ $0.kind == .text }) { return .string(StringFacts()) }
    return .enumeration(a + b.filter { !a.contains($0) })
  }

  private static let longestEnumeration = 600

  private func joined(withMembers members: [Constant]) -> ValueType {
    let isOfOneKind = members.allSatisfy { member in
      switch (self, member) {
      case (.boolean, .boolean), (.string, .string), (.html, .string): true
      case (.integer, .integer), (.number, .integer), (.number, .number): true
      default: false
      }
    }
    guard isOfOneKind else { return .any }
    switch self {
    case .string, .html: return .string(StringFacts())
    case .integer: return .integer(IntegerBounds())
    case .number: return .number(NumberBounds())
    default: return self
    }
  }
}

extension ValueType.IntegerBounds {
  func hull(_ other: Self) -> Self {
    Self(
      minimum: minimum.flatMap { a in other.minimum.map { min(a, $0) } },
      maximum: maximum.flatMap { a in other.maximum.map { max(a, $0) } }
    )
  }
}

extension ValueType.NumberBounds {
  init(_ bounds: ValueType.IntegerBounds) {
    self.init(minimum: bounds.minimum.map(Double.init), maximum: bounds.maximum.map(Double.init))
  }

  func hull(_ other: Self) -> Self {
    var hull = Self()
    if let a = minimum, let b = other.minimum {
      hull.minimum = min(a, b)
      hull.isMinimumExclusive =
        a == b
        ? isMinimumExclusive && other.isMinimumExclusive
        : a < b ? isMinimumExclusive : other.isMinimumExclusive
    }
    if let a = maximum, let b = other.maximum {
      hull.maximum = max(a, b)
      hull.isMaximumExclusive =
        a == b
        ? isMaximumExclusive && other.isMaximumExclusive
        : a > b ? isMaximumExclusive : other.isMaximumExclusive
    }
    return hull
  }
}

extension ValueType.StringFacts {
  func joined(with other: Self) -> Self {
    Self(
      format: format == other.format ? format : Self.joinedDates(format, other.format),
      minLength: min(minLength, other.minLength),
      maxLength: maxLength.flatMap { a in other.maxLength.map { max(a, $0) } }
    )
  }

  /// A date or a date-time is still something that `date` takes.
  private static func joinedDates(
    _ a: ValueType.Format?,
    _ b: ValueType.Format?
  ) -> ValueType.Format? {
    let dates: Set<ValueType.Format?> = [.date, .dateTime]
    return dates.contains(a) && dates.contains(b) ? .dateTime : nil
  }
}

extension ValueType.ArrayType {
  func joined(with other: Self) -> Self {
    Self(
      element: element.joined(with: other.element),
      minItems: min(minItems, other.minItems),
      maxItems: maxItems.flatMap { a in other.maxItems.map { max(a, $0) } }
    )
  }
}

/// Sorts of values, as far as comparisons and filters care.
struct ValueKinds: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let boolean = Self(rawValue: 1)
  static let number = Self(rawValue: 2)
  static let text = Self(rawValue: 4)
  static let object = Self(rawValue: 8)
  static let array = Self(rawValue: 16)
  static let map = Self(rawValue: 32)
}

extension ValueType {
  /// The sorts of its values but nil; nil where they are not known.
  var kinds: ValueKinds? {
    switch unwrapped {
    case .unknown, .any: nil
    case .null: []
    case .boolean: [.boolean]
    case .integer, .number: [.number]
    case .string, .html: [.text]
    case .enumeration(let members): members.reduce([]) { $0.union($1.kind) }
    case .object, .union: [.object]
    case .map: [.map]
    case .array: [.array]
    case .optional: nil
    }
  }
}

extension ValueType.Constant {
  var kind: ValueKinds {
    switch self {
    case .boolean: .boolean
    case .integer, .number: .number
    case .string: .text
    }
  }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .boolean, .string: nil
    }
  }

  /// Liquid's `==`: numbers compare by value.
  func equals(_ other: Self) -> Bool {
    if let a = number, let b = other.number { return a == b }
    return self == other
  }
}
