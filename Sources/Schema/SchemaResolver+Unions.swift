import LetterpressDiagnostics

extension SchemaResolver {
  /// A conjunction's ways of being satisfied: one branch is chosen of each `anyOf` and `oneOf`.
  struct Alternatives {
    var conjunctions: [Conjunction]
    /// The first union among the schemas, for messages; nil where there was none.
    var union: SchemaNode.Union?
  }

  /// All alternatives; nil after an error.
  mutating func alternatives(of items: Conjunction, at range: SourceRange) -> Alternatives? {
    var result = Alternatives(conjunctions: [], union: nil)
    var open = [items]
    var steps = 0
    while let next = open.popLast() {
      steps += 1
      guard steps <= limits.unionBranches * 4, result.conjunctions.count < limits.unionBranches
      else {
        diagnostics.append(
          .schemaTooComplex(
            "more than \(limits.unionBranches) alternatives, or one that contains itself",
            at: result.union?.keyRange ?? range
          )
        )
        return nil
      }
      guard let index = next.firstIndex(where: { !$0.isChosen && !nodes[$0.node].unions.isEmpty })
      else {
        result.conjunctions.append(next)
        continue
      }
      let unions = nodes[next[index].node].unions
      result.union = result.union ?? unions[0]
      var chosen = next
      chosen[index].isChosen = true
      // A schema that was nothing but its unions is done; so a nullable reference is the type it
      // refers to.
      if nodes[next[index].node].assertsOnlyUnions { chosen.remove(at: index) }
      guard let choices = choices(among: unions, beside: chosen) else { return nil }
      open += choices.reversed()
    }
    return result
  }

  /// The conjunction with one branch of each union added.
  private mutating func choices(
    among unions: [SchemaNode.Union],
    beside items: Conjunction
  ) -> [Conjunction]? {
    var choices = [items]
    for union in unions {
      var longer: [Conjunction] = []
      for branch in union.branches {
        guard let flat = flatten([branch]) else { return nil }
        let added = asserting(flat)
        for choice in choices where longer.count <= limits.unionBranches {
          longer.append(
            choice
              + added.filter { item in !choice.contains { $0.node == item.node } }
          )
        }
      }
      choices = longer
    }
    return choices
  }

  /// Whether a scalar, or null, satisfies all of these schemas.
  mutating func admits(
    _ value: ValueType.Constant?,
    _ schemas: [SchemaNode.ID],
    nesting: Int
  ) -> Bool {
    guard nesting < limits.depth, let flat = flatten(schemas) else { return false }
    let items = asserting(flat)
    let facts = facts(of: items)
    let unions = flat.flatMap { nodes[$0].unions }
    if facts.isFalse { return false }
    // Beside a union, keywords such as `properties` say nothing of other kinds of values.
    let kind = value?.kinds ?? .null
    if !facts.kinds.contains(kind), unions.isEmpty || !facts.areKindsImplied { return false }
    if let constants = facts.constants {
      let isListed = constants.contains { ValueType.Constant($0) == value && $0.isScalar }
      guard isListed else { return false }
    }
    var rule = facts.rule
    mergeCounts(items, \.minLength, \.maxLength, into: &rule)
    if let value, !rule.accepts(value) { return false }
    for union in unions {
      var count = 0
      for branch in union.branches where admits(value, [branch], nesting: nesting + 1) {
        count += 1
      }
      guard count == 1 || (count > 1 && !union.isExclusive) else { return false }
    }
    return true
  }

  // MARK: - From alternatives to a type

  mutating func resolveAlternatives(
    _ alternatives: Alternatives,
    of items: Conjunction,
    isNullable: Bool,
    name: String
  ) -> Resolved {
    guard let union = alternatives.union else {
      return resolveAlternative(items, isNullable: isNullable, name: name)
    }
    let all = alternatives.conjunctions.map { ($0, facts(of: $0)) }
    var candidates: [(Conjunction, Facts)] = []
    for (conjunction, facts) in all {
      guard !facts.isFalse, !facts.kinds.subtracting(.null).isEmpty else { continue }
      if let constants = facts.constants,
        !constants.contains(where: { ValueType.Constant($0) != nil })
      {
        continue
      }
      if !candidates.contains(where: { Set($0.0) == Set(conjunction) }) {
        candidates.append((conjunction, facts))
      }
    }
    if candidates.isEmpty {
      if !isNullable {
        diagnostics.append(.contradiction("no branch can hold", at: union.keyRange))
      }
      return add(.null, Rule(shape: .nothing, isNullable: isNullable))
    }
    if candidates.count == 1 {
      let items = candidates[0].0
      return resolveAlternative(
        items,
        isNullable: isNullable,
        name: self.name(of: items.map(\.node)) ?? name
      )
    }
    if candidates.allSatisfy({ $0.1.constants != nil }) {
      // The usual way to give each member of an enumeration a title.
      let constants = candidates.flatMap { $0.1.constants ?? [] }
      return add(
        constants: possible(constants, in: items),
        isNullable: isNullable,
        at: union.keyRange
      )
    }
    return resolveTaggedUnion(
      candidates,
      union: union,
      isNullable: isNullable,
      name: name
    )
  }

  private mutating func resolveTaggedUnion(
    _ candidates: [(items: Conjunction, facts: Facts)],
    union: SchemaNode.Union,
    isNullable: Bool,
    name: String
  ) -> Resolved {
    let keyword = union.isExclusive ? "oneOf" : "anyOf"
    guard candidates.allSatisfy({ $0.facts.kinds.subtracting(.null) == .object }) else {
      diagnostics.append(
        .unsupportedUnion(
          "'\(keyword)' of values that are not objects is not supported",
          at: union.keyRange,
          notes: ["It can make a value nullable, list constants, or give objects several shapes."]
        )
      )
      return unknown()
    }
    guard let tag = tag(of: candidates.map(\.items)) else {
      diagnostics.append(
        .unsupportedUnion(
          "the objects of this '\(keyword)' cannot be told apart",
          at: union.keyRange,
          notes: ["Each needs the same required property, with another 'const' in each."]
        )
      )
      return unknown()
    }
    var variants: [Rule.Variant] = []
    for (constant, candidate) in zip(tag.constants, candidates) {
      let variant = resolveAlternative(
        candidate.items,
        isNullable: false,
        name: variantName(candidate.items, constant, of: name)
      )
      guard case .object(let id) = variant.type else { return unknown() }
      variants.append(Rule.Variant(constant: constant, type: id, rule: variant.rule))
    }
    let rule = Rule(shape: .union(tag: tag.name, variants), isNullable: isNullable)
    return add(.union(tag: tag.name, variants.map(\.type)), rule)
  }

  private func variantName(
    _ items: Conjunction,
    _ constant: ValueType.Constant,
    of name: String
  ) -> String {
    if let own = self.name(of: items.map(\.node)), own != name { return own }
    return switch constant {
    case .string(let string): "\(name) '\(string)'"
    case .integer(let integer): "\(name) \(integer)"
    case .number(let number): "\(name) \(number)"
    case .boolean(let boolean): "\(name) \(boolean)"
    }
  }

  /// The first required property that is another constant in each.
  private mutating func tag(
    of variants: [Conjunction]
  ) -> (name: String, constants: [ValueType.Constant])? {
    var names: [String] = []
    for item in variants[0] { names += nodes[item.node].required.map(\.value) }
    for name in names {
      var constants: [ValueType.Constant] = []
      for variant in variants {
        guard let constant = requiredConstant(name, in: variant), !constants.contains(constant)
        else { break }
        constants.append(constant)
      }
      if constants.count == variants.count { return (name, constants) }
    }
    return nil
  }

  private mutating func requiredConstant(
    _ name: String,
    in items: Conjunction
  ) -> ValueType.Constant? {
    var isRequired = false
    var schemas: [SchemaNode.ID] = []
    for item in items {
      let node = nodes[item.node]
      isRequired =
        isRequired || node.required.contains { $0.value.utf8.elementsEqual(name.utf8) }
      schemas += node.properties.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.schema)
    }
    guard isRequired, !schemas.isEmpty, let flat = flatten(schemas) else { return nil }
    let facts = facts(of: asserting(flat))
    guard let constants = facts.constants, constants.count == 1 else { return nil }
    return ValueType.Constant(constants[0])
  }
}
