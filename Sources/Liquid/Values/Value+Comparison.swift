extension Value {
  /// Whether a condition takes it for true: all but nil and false, as in Ruby.
  package var isTruthy: Bool {
    switch self {
    case .nil, .boolean(false): false
    default: true
    }
  }

  /// Whether it equals `blank`: nil, false, white space, and what holds nothing.
  package var isBlank: Bool {
    switch self {
    case .nil, .boolean(false): true
    case .string(let text): text.utf8.allSatisfy(\.isSpace)
    default: isEmpty
    }
  }

  /// Whether it equals `empty`: "", [] and {}, but not nil.
  package var isEmpty: Bool {
    switch self {
    case .string(let text): text.isEmpty
    case .array(let items): items.isEmpty
    case .object(let object): object.isEmpty
    default: false
    }
  }

  /// `==`: numbers by value, whatever their kind; no other kinds are equal to each other.
  package static func equals(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.integer(let a), .number(let b)): Double(a) == b
    case (.number(let a), .integer(let b)): a == Double(b)
    case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy(equals)
    case (.object(let a), .object(let b)):
      a.count == b.count
        && a.entries.allSatisfy { key, value in b[key].map { equals(value, $0) } ?? false }
    default: a == b
    }
  }

  /// The order of `<` and its like; nil where one of the two has none.
  ///
  /// A string and a number cannot be compared: that is an error, as in Ruby.
  package static func order(
    _ a: Value,
    _ b: Value
  ) throws(LiquidError) -> Order? {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): return Order(a, b)
    case (.integer, .number), (.number, .integer), (.number, .number):
      guard let a = a.double, let b = b.double, !a.isNaN, !b.isNaN else { return nil }
      return Order(a, b)
    case (.string(let a), .string(let b)): return Order(bytesOf: a, b)
    case (.date(let a), .date(let b)): return Order(a, b)
    case (.string, .integer), (.string, .number), (.integer, .string), (.number, .string):
      throw .argument("a string and a number cannot be compared")
    default: return nil
    }
  }

  /// `contains`: a part of a string, an element of an array, a name of an object.
  package func contains(_ part: Value) throws(LiquidError) -> Bool {
    // Shopify's asks for a truthy part, so that nothing contains false.
    guard part.isTruthy else { return false }
    switch self {
    case .string(let text):
      let part = try part.text(limit: .max)
      return part.isEmpty || ByteSearch(part).firstRange(in: Array(text.utf8), from: 0) != nil
    case .array(let items): return items.contains { Value.equals($0, part) }
    case .object(let object):
      guard case .string(let key) = part else { return false }
      return object[key] != nil
    case .range(let range):
      guard let number = part.double else { return false }
      return number >= Double(range.lower) && number <= Double(range.upper)
    default: return false
    }
  }

  /// The number, if it is one.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// How two values stand to each other.
package enum Order: Sendable {
  case ascending, same, descending

  init<T: Comparable>(_ a: T, _ b: T) { self = a < b ? .ascending : a == b ? .same : .descending }

  init(bytesOf a: String, _ b: String) {
    let (first, second) = (a.utf8.span, b.utf8.span)
    for index in 0..<min(first.count, second.count) where first[index] != second[index] {
      self = first[index] < second[index] ? .ascending : .descending
      return
    }
    self.init(first.count, second.count)
  }

  /// Whether an operator holds for values that stand so.
  package func satisfies(_ operation: Condition.Operator) -> Bool {
    switch operation {
    case .less: self == .ascending
    case .lessOrEqual: self != .descending
    case .greater: self == .descending
    case .greaterOrEqual: self != .ascending
    case .equal: self == .same
    case .notEqual: self != .same
    case .contains: false
    }
  }
}

/// Equality as a set has it (Ruby's `eql?`): 1 is not 1.0.
extension Value: Hashable {
  package static func == (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.nil, .nil): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): sameBytes(a, b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && a.entries.allSatisfy { key, value in b[key] == value }
    case (.range(let a), .range(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .nil: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .number(let value): hasher.combine(value)
    case .string(let text): hasher.combine(ByteString(text))
    case .array(let items): hasher.combine(items)
    case .object(let object):
      // The order of names does not count.
      var sum = 0
      for entry in object.entries {
        var part = Hasher()
        part.combine(ByteString(entry.key))
        part.combine(entry.value)
        sum ^= part.finalize()
      }
      hasher.combine(sum)
    case .range(let range): hasher.combine(range)
    case .date(let moment): hasher.combine(moment)
    }
  }
}
