import LetterpressDiagnostics

extension SchemaResolver {
  /// What the schemas of a conjunction without open unions say together.
  struct Facts {
    var kinds = JSONKinds.all
    var rule = Rule(shape: .nothing)
    var isHTML = false
    var isCleanHTML = false
    /// Where `type` stands, for messages.
    var kindsRange: SourceRange?
    /// Constants that all schemas name; nil where none names any.
    var constants: [LocatedJSON]?
    var isFalse = false
    /// Whether `kinds` follow from the keywords, for want of a `type`.
    var areKindsImplied = false
  }

  func facts(of items: Conjunction) -> Facts {
    var facts = Facts()
    var implied: JSONKinds = []
    for item in items {
      let node = nodes[item.node]
      facts.isFalse = facts.isFalse || node.isFalse
      if let kinds = node.kinds {
        facts.kinds.formIntersection(kinds.value)
        facts.kindsRange = facts.kindsRange ?? kinds.range
      }
      for list in node.constants {
        facts.constants = list.value.filter { constant in
          facts.constants?.contains { Self.areEqual($0, constant) } ?? true
        }
      }
      for kinds in node.impliedKinds { implied.formUnion(kinds) }
      facts.isHTML = facts.isHTML || node.isHTML == true
      facts.isCleanHTML = facts.isCleanHTML || node.isCleanHTML
      merge(node, into: &facts.rule)
    }
    if facts.kinds == .all, facts.constants == nil, !implied.isEmpty {
      facts.kinds = implied
      facts.areKindsImplied = true
    }
    return facts
  }

  private func merge(_ node: SchemaNode, into rule: inout Rule) {
    for (bound, isExclusive) in [(node.minimum, false), (node.exclusiveMinimum, true)] {
      guard let bound = bound.map({ Rule.Bound(value: $0.value, isExclusive: isExclusive) }) else {
        continue
      }
      if let known = rule.minimum,
        bound.value < known.value
          || (bound.value <= known.value && !isExclusive)
      {
        continue
      }
      rule.minimum = bound
    }
    for (bound, isExclusive) in [(node.maximum, false), (node.exclusiveMaximum, true)] {
      guard let bound = bound.map({ Rule.Bound(value: $0.value, isExclusive: isExclusive) }) else {
        continue
      }
      if let known = rule.maximum,
        known.value < bound.value
          || (known.value <= bound.value && !isExclusive)
      {
        continue
      }
      rule.maximum = bound
    }
    if let factor = node.multipleOf?.value { rule.factors.append(factor) }
    if let pattern = node.pattern?.value { rule.patterns.append(pattern) }
    if let format = node.format?.value, !rule.formats.contains(format) {
      rule.formats.append(format)
    }
    rule.isUnique = rule.isUnique || node.uniqueItems != nil
  }

  /// The counts of the one kind of value that is left.
  func mergeCounts(
    _ items: Conjunction,
    _ minimum: KeyPath<SchemaNode, SchemaNode.Located<Int>?>,
    _ maximum: KeyPath<SchemaNode, SchemaNode.Located<Int>?>,
    into rule: inout Rule
  ) {
    for item in items {
      let node = nodes[item.node]
      if let count = node[keyPath: minimum]?.value { rule.minCount = max(rule.minCount, count) }
      if let count = node[keyPath: maximum]?.value {
        rule.maxCount = min(rule.maxCount ?? count, count)
      }
    }
  }

  // MARK: - One alternative

  /// The type of a conjunction of which every union has been decided.
  mutating func resolveAlternative(
    _ items: Conjunction,
    isNullable: Bool,
    name: String
  ) -> Resolved {
    guard let first = items.first else {
      return add(.any, Rule(shape: .anything, isNullable: isNullable))
    }
    let facts = facts(of: items)
    var rule = facts.rule
    rule.isNullable = isNullable
    let range = nodes[first.node].range
    if facts.isFalse { return nothing(rule) }
    if let constants = facts.constants {
      return add(
        constants: possible(constants, in: items),
        isNullable: rule.isNullable,
        at: range
      )
    }
    switch facts.kinds.subtracting(.null) {
    case []:
      if !facts.kinds.contains(.null) { reportNoKind(items, at: range) }
      return nothing(rule)
    case .boolean:
      rule.shape = .boolean
      return add(.boolean, rule)
    case .integer:
      rule.shape = .integer
      return add(.integer(integerBounds(rule, at: range)), rule)
    case .number:
      rule.shape = .number
      return add(.number(numberBounds(rule, at: range)), rule)
    case .string:
      rule.shape = .string
      mergeCounts(items, \.minLength, \.maxLength, into: &rule)
      checkCounts(rule, at: range)
      if facts.isHTML { return add(.html(isClean: facts.isCleanHTML), rule) }
      return add(
        .string(
          ValueType.StringFacts(
            format: rule.formats.first,
            minLength: rule.minCount,
            maxLength: rule.maxCount
          )
        ),
        rule
      )
    case .array: return resolveArray(items, rule, name: name, at: range)
    case .object:
      mergeCounts(items, \.minProperties, \.maxProperties, into: &rule)
      checkCounts(rule, at: range)
      return resolveObject(items, rule, name: name, at: range)
    default:
      if facts.kinds == .all {
        return add(.any, Rule(shape: .anything, isNullable: isNullable))
      }
      reportSeveralKinds(facts, at: range)
      return unknown()
    }
  }

  private mutating func nothing(_ rule: Rule) -> Resolved {
    var rule = Rule(shape: .nothing, isNullable: rule.isNullable)
    rule.shape = .nothing
    return add(.null, rule)
  }

  private mutating func reportNoKind(_ items: Conjunction, at range: SourceRange) {
    let places = items.compactMap { nodes[$0.node].kinds?.range }
    diagnostics.append(
      .contradiction(
        "no value has all the types that are asked for",
        at: places.first ?? range,
        labels: places.dropFirst().map { Diagnostic.Label($0, "and here") }
      )
    )
  }

  private mutating func reportSeveralKinds(_ facts: Facts, at range: SourceRange) {
    let names = facts.kinds.subtracting(.null).typeNames.map { "'\($0)'" }.joined(separator: " or ")
    diagnostics.append(
      .unsupportedUnion(
        "a value that is \(names) is not supported",
        at: facts.kindsRange ?? range,
        notes: [
          "'type' names one type, or one and \"null\". Objects of several shapes are a 'oneOf' with a"
            + " required property that is a 'const' in each."
        ]
      )
    )
  }

  private mutating func resolveArray(
    _ items: Conjunction,
    _ arrayRule: Rule,
    name: String,
    at range: SourceRange
  ) -> Resolved {
    var rule = arrayRule
    mergeCounts(items, \.minItems, \.maxItems, into: &rule)
    checkCounts(rule, at: range)
    let elements = items.compactMap { nodes[$0.node].items }
    let element =
      elements.isEmpty
      ? add(.any, Rule(shape: .anything, isNullable: true)) : resolve(elements, path: name + "[]")
    rule.shape = .array(element.rule)
    return add(
      .array(
        ValueType.ArrayType(
          element: element.type,
          minItems: rule.minCount,
          maxItems: rule.maxCount
        )
      ),
      rule
    )
  }

  // MARK: - Constants

  /// The scalars among constants that satisfy everything else, each once.
  mutating func possible(
    _ constants: [LocatedJSON],
    in items: Conjunction
  ) -> [ValueType.Constant] {
    var possible: [ValueType.Constant] = []
    for constant in constants.compactMap(ValueType.Constant.init)
    where !possible.contains(constant) && admits(constant, items.map(\.node), nesting: 0) {
      possible.append(constant)
    }
    return possible
  }

  mutating func add(
    constants: [ValueType.Constant],
    isNullable: Bool,
    at range: SourceRange
  ) -> Resolved {
    if constants.isEmpty {
      if !isNullable {
        diagnostics.append(.contradiction("none of the constants is possible here", at: range))
      }
      return add(.null, Rule(shape: .nothing, isNullable: isNullable))
    }
    if Set(constants) == [.boolean(true), .boolean(false)] {
      return add(.boolean, Rule(shape: .boolean, isNullable: isNullable))
    }
    return add(
      .enumeration(constants),
      Rule(shape: .constants(constants), isNullable: isNullable)
    )
  }

  /// JSON Schema compares numbers by value.
  static func areEqual(_ a: LocatedJSON, _ b: LocatedJSON) -> Bool {
    if a.isNull || b.isNull { return a.isNull && b.isNull }
    guard let a = ValueType.Constant(a), let b = ValueType.Constant(b) else { return false }
    return a == b
  }

  // MARK: - Bounds

  private mutating func checkCounts(_ rule: Rule, at range: SourceRange) {
    guard let most = rule.maxCount, most < rule.minCount else { return }
    reportEmpty("at least \(rule.minCount) and at most \(most)", at: range)
  }

  private mutating func reportEmpty(_ what: String, at range: SourceRange) {
    // Bounds that stand in one schema have been reported there, at the keyword.
    guard !reader.diagnostics.contains(where: { range.bounds.contains($0.primary.range.start) })
    else { return }
    diagnostics.append(.contradiction("nothing is valid here: \(what)", at: range))
  }

  private mutating func numberBounds(
    _ rule: Rule,
    at range: SourceRange
  ) -> ValueType.NumberBounds {
    if let low = rule.minimum, let high = rule.maximum, high.value < low.value {
      reportEmpty("'maximum' is below 'minimum'", at: range)
    }
    return ValueType.NumberBounds(
      minimum: rule.minimum?.value.double,
      maximum: rule.maximum?.value.double,
      isMinimumExclusive: rule.minimum?.isExclusive ?? false,
      isMaximumExclusive: rule.maximum?.isExclusive ?? false
    )
  }

  private mutating func integerBounds(
    _ rule: Rule,
    at range: SourceRange
  ) -> ValueType.IntegerBounds {
    let minimum = rule.minimum.map { lowest(above: $0) } ?? .some(nil)
    let maximum = rule.maximum.map { highest(below: $0) } ?? .some(nil)
    guard let minimum, let maximum, (minimum ?? .min) <= (maximum ?? .max) else {
      reportEmpty("no integer of 64 bits is within the bounds", at: range)
      return ValueType.IntegerBounds()
    }
    return ValueType.IntegerBounds(minimum: minimum, maximum: maximum)
  }

  /// The least integer that a minimum lets in: nil inside where it is open, nil where there is
  /// none.
  private func lowest(above bound: Rule.Bound) -> Int?? {
    switch bound.value {
    case .integer(let integer):
      if !bound.isExclusive { return integer }
      return integer == .max ? nil : integer + 1
    case .real(let real, _):
      if real < -0x1p63 { return .some(nil) }
      return Int(exactly: real.rounded(.up)).map { $0 }
    }
  }

  private func highest(below bound: Rule.Bound) -> Int?? {
    switch bound.value {
    case .integer(let integer):
      if !bound.isExclusive { return integer }
      return integer == .min ? nil : integer - 1
    case .real(let real, _):
      if real >= 0x1p63 { return .some(nil) }
      return Int(exactly: real.rounded(.down)).map { $0 }
    }
  }
}

extension ValueType.Constant {
  /// A scalar of a schema; nil of null, arrays and objects.
  init?(_ value: LocatedJSON) {
    switch value.content {
    case .boolean(let boolean): self = .boolean(boolean)
    case .number(.integer(let integer)): self = .integer(integer)
    case .number(.real(let real, _)): self = .number(real)
    case .string(let string): self = .string(string)
    case .null, .array, .object: return nil
    }
  }

  var kinds: JSONKinds {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .number: .fraction
    case .string: .string
    }
  }
}
