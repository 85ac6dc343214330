import LetterpressDiagnostics

/// Puts the schemas of a file together: each value gets one type and one rule.
///
/// What a value must satisfy is a *conjunction*: a schema, what it refers to, and all branches of
/// its `allOf`. So a property that two branches declare has both their schemas as its conjunction,
/// and merging is never done on anything but lists of schemas. A conjunction that was met before
/// has its result already, which is also how a recursive schema ends.
///
///     {"allOf": [{"$ref": "#/$defs/Named"}, {"properties": {"name": {"minLength": 1}}}]}
///     profile       [root, Named, branch]
///     profile.name  [Named.properties.name, branch.properties.name]
struct SchemaResolver {
  /// A schema of a conjunction; `isChosen` once one branch of each of its unions stands beside it.
  struct Item: Hashable {
    var node: SchemaNode.ID
    var isChosen = false
  }

  typealias Conjunction = [Item]

  struct Resolved {
    var type: ValueType
    var rule: Rule.ID
  }

  /// Far above what people write; a file of 1 MiB can be written to ask for more.
  static let conjunctionLimit = 500

  let reader: SchemaReader
  let limits: ProfileLimits
  var nodes: [SchemaNode] { reader.nodes }
  var types = TypeTable()
  var rules = RuleTable()
  var diagnostics: [Diagnostic] = []

  private var resolved: [Conjunction: Resolved] = [:]
  private var inProgress: Set<Conjunction> = []
  private var nesting = 0
  var objectTypes: [Conjunction: ObjectType.ID] = [:]
  /// Object types that have a place but no fields yet.
  var unfinished: [(id: ObjectType.ID, conjunction: Conjunction)] = []
  /// Where names stand in a `required`: those that an object declares, and the findings on those
  /// that one does not.
  var declaredNames: Set<Int> = []
  var undeclaredNames: [Int: Diagnostic] = [:]

  init(_ reader: SchemaReader, limits: ProfileLimits) {
    self.reader = reader
    self.limits = limits
  }

  // MARK: - The whole schema

  mutating func resolveProfile(file: SourceFile.ID) -> ProfileSchema {
    // Definitions come first: an object that one of them describes has its name from there.
    for (name, node) in reader.definitions {
      types.definitions[name] = resolve([node], path: name).type
      if isPersonal([node], nesting: 0) { types.personalDefinitions.insert(name) }
      finishObjects()
    }
    var root = resolve([0], path: "profile")
    finishObjects()
    reportUndeclaredNames()
    if !isProfile(root.type) {
      diagnostics.append(
        .invalidKeyword(
          "type",
          "of a profile is 'object'; the schema describes another value",
          at: nodes[0].kinds?.range ?? nodes[0].range.startPoint
        )
      )
      root = unknown()
    }
    let decoder = ProfileDecoder(rules: rules, root: root.rule, limits: limits) {
      value,
      violation in
      diagnostics.append(.invalidDefault(violation, of: value))
    }
    return ProfileSchema(
      file: file,
      types: types,
      root: root.type,
      rules: rules,
      rootRule: root.rule,
      decoder: decoder
    )
  }

  private func isProfile(_ type: ValueType) -> Bool {
    switch type {
    case .object, .union, .map, .any, .unknown: true
    default: false
    }
  }

  /// Fields are resolved from a list, not by recursion: a chain of definitions may be long.
  private mutating func finishObjects() {
    while let next = unfinished.popLast() { resolveFields(of: next.id, next.conjunction) }
  }

  /// Names in a `required` that no object declares with which the schema is merged.
  private mutating func reportUndeclaredNames() {
    let open = undeclaredNames.filter { !declaredNames.contains($0.key) }
    diagnostics += open.sorted { $0.key < $1.key }.map(\.value)
  }

  // MARK: - One value

  /// The type and the rule of a value that satisfies all of these schemas.
  mutating func resolve(_ schemas: [SchemaNode.ID], path: String) -> Resolved {
    guard let all = flatten(schemas) else { return unknown() }
    let items = asserting(all)
    if items.isEmpty { return add(.any, Rule(shape: .anything, isNullable: true)) }
    if let known = resolved[items] { return known }
    let range = nodes[schemas[0]].range
    // JSON cannot be nested deeper, so neither need types be.
    guard nesting < limits.depth, inProgress.insert(items).inserted else {
      diagnostics.append(.cyclicSchema("this schema", at: range))
      return unknown()
    }
    nesting += 1
    defer {
      nesting -= 1
      inProgress.remove(items)
    }
    let name = name(of: all) ?? path
    let result: Resolved
    if let alternatives = alternatives(of: items, at: range) {
      result = resolveAlternatives(
        alternatives,
        of: items,
        isNullable: admits(nil, schemas, nesting: 0),
        name: name
      )
    } else {
      result = unknown()
    }
    resolved[items] = result
    return result
  }

  func asserting(_ schemas: [SchemaNode.ID]) -> Conjunction {
    schemas.filter { !nodes[$0].assertsNothing }.map { Item(node: $0) }
  }

  /// Schemas with all that they refer to and all branches of `allOf`, each once, the nearest first;
  /// nil after an error.
  mutating func flatten(_ schemas: [SchemaNode.ID]) -> [SchemaNode.ID]? {
    // Most schemas stand for themselves.
    if schemas.count == 1, nodes[schemas[0]].reference == nil, nodes[schemas[0]].allOf.isEmpty {
      return schemas
    }
    var flat: [SchemaNode.ID] = []
    var known: Set<SchemaNode.ID> = []
    var onPath: Set<SchemaNode.ID> = []
    var steps: [(node: SchemaNode.ID, isEntry: Bool)] = schemas.reversed().map { ($0, true) }
    while let step = steps.popLast() {
      if !step.isEntry {
        onPath.remove(step.node)
        continue
      }
      let node = nodes[step.node]
      guard !onPath.contains(step.node) else {
        let range = node.reference?.range ?? node.range
        let what = node.reference == nil ? "this 'allOf'" : "this '$ref'"
        diagnostics.append(.cyclicSchema(what, at: range))
        return nil
      }
      guard known.insert(step.node).inserted else { continue }
      flat.append(step.node)
      guard flat.count <= Self.conjunctionLimit else {
        diagnostics.append(
          .schemaTooComplex(
            "more than \(Self.conjunctionLimit) schemas describe one value",
            at: node.range
          )
        )
        return nil
      }
      onPath.insert(step.node)
      steps.append((step.node, false))
      steps += node.allOf.reversed().map { ($0, true) }
      if node.reference != nil {
        // A reference that leads nowhere has been reported.
        guard let target = reader.targets[step.node] else { return nil }
        steps.append((target, true))
      }
    }
    return flat
  }

  /// The `$defs` name or the title of a conjunction, from the first schema that is more than a
  /// reference.
  func name(of schemas: [SchemaNode.ID]) -> String? {
    for schema in schemas {
      let node = nodes[schema]
      if let name = node.definitionName { return name }
      guard node.assertsNothing, node.allOf.count < 2 else {
        return node.title
      }
    }
    return nil
  }

  // MARK: - Results

  mutating func add(_ type: ValueType, _ rule: Rule) -> Resolved {
    rules.rules.append(rule)
    let id = Rule.ID(index: rules.rules.count - 1)
    return Resolved(type: rule.isNullable ? type.orNil : type, rule: id)
  }

  mutating func unknown() -> Resolved { add(.unknown, Rule(shape: .anything, isNullable: true)) }
}

extension ValueType {
  /// The type with nil as a further value.
  package var orNil: ValueType {
    switch self {
    case .optional, .null, .any, .unknown: self
    default: .optional(self)
    }
  }
}
