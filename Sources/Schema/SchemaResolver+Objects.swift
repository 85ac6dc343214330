import LetterpressDiagnostics

extension SchemaResolver {
  /// What the schemas of an object say about one property.
  private struct PropertySchemas {
    var name: String
    var declaration: SourceRange
    var schemas: [SchemaNode.ID] = []
    /// The schemas of the object that declare it.
    var declaredIn: Set<SchemaNode.ID> = []
    var isRequired = false
  }

  /// An object type, without its fields yet; or a map where no property is named.
  mutating func resolveObject(
    _ items: Conjunction,
    _ objectRule: Rule,
    name: String,
    at range: SourceRange
  ) -> Resolved {
    var rule = objectRule
    let schemas = items.map { nodes[$0.node] }
    let hasNames = schemas.contains { $0.hasProperties || !$0.required.isEmpty }
    let additional = schemas.compactMap { $0.additional?.value }
    if !hasNames, !additional.contains(where: { nodes[$0].isFalse }) {
      let values =
        additional.isEmpty
        ? add(.any, Rule(shape: .anything, isNullable: true))
        : resolve(additional, path: name + "[]")
      rule.shape = .map(values.rule)
      return add(.map(values.type), rule)
    }
    if let known = objectTypes[items] {
      rule.shape = .object(known)
      return add(.object(known), rule)
    }
    guard types.objects.count < limits.objectTypes else {
      diagnostics.append(
        .schemaTooComplex("more than \(limits.objectTypes) object types", at: range)
      )
      return unknown()
    }
    let id = ObjectType.ID(index: types.objects.count)
    types.objects.append(
      ObjectType(name: name, fields: [], additional: nil, declaration: range)
    )
    rules.objects.append(ObjectRule())
    objectTypes[items] = id
    unfinished.append((id, items))
    rule.shape = .object(id)
    return add(.object(id), rule)
  }

  mutating func resolveFields(of id: ObjectType.ID, _ items: Conjunction) {
    let objectName = types[id].name
    let additional = items.compactMap { nodes[$0.node].additional }
    for property in collectProperties(items) {
      let isFalse = property.schemas.contains { nodes[$0].isFalse }
      if isFalse {
        exclude(property, from: id, items)
        continue
      }
      let value = resolve(property.schemas, path: "\(objectName).\(property.name)")
      let remarks = remarks(on: property.schemas)
      let isFilled = property.isRequired || remarks.defaultValue != nil
      types.objects[id.index].fields.append(
        ObjectType.Field(
          name: property.name,
          type: isFilled ? value.type : value.type.orNil,
          slot: types[id].fields.count,
          isPersonal: isPersonal(property.schemas, nesting: 0),
          isDeprecated: remarks.isDeprecated,
          description: remarks.description,
          declaration: property.declaration
        )
      )
      rules.objects[id.index].fields.append(
        ObjectRule.Field(
          name: property.name,
          rule: value.rule,
          isRequired: property.isRequired,
          defaultValue: property.isRequired
            ? nil
            : remarks.defaultValue.map {
              ObjectRule.DefaultValue(json: Array(reader.bytes[$0.range.bounds]), range: $0.range)
            }
        )
      )
    }
    if additional.isEmpty { return }
    if additional.contains(where: { nodes[$0.value].isFalse }) {
      rules.objects[id.index].undeclared = .forbidden
    } else {
      let values = resolve(additional.map(\.value), path: objectName + "[]")
      types.objects[id.index].additional = values.type
      rules.objects[id.index].undeclared = .kept(values.rule)
    }
  }

  /// The properties in the order in which the schemas name them.
  private mutating func collectProperties(_ items: Conjunction) -> [PropertySchemas] {
    var properties: [PropertySchemas] = []
    // By bytes: `String` would merge two spellings of "é".
    var places: [[UInt8]: Int] = [:]
    for item in items {
      for property in nodes[item.node].properties {
        let place = places[Array(property.name.utf8)] ?? properties.count
        if place == properties.count {
          places[Array(property.name.utf8)] = place
          properties.append(
            PropertySchemas(name: property.name, declaration: property.keyRange)
          )
        }
        properties[place].schemas.append(property.schema)
        properties[place].declaredIn.insert(item.node)
      }
    }
    require(items, &properties, &places)
    // A schema's `additionalProperties` holds for what it does not declare itself.
    for item in items {
      guard let additional = nodes[item.node].additional?.value else { continue }
      for place in properties.indices where !properties[place].declaredIn.contains(item.node) {
        properties[place].schemas.append(additional)
      }
    }
    return properties
  }

  private mutating func require(
    _ items: Conjunction,
    _ properties: inout [PropertySchemas],
    _ places: inout [[UInt8]: Int]
  ) {
    let isOpen = items.contains {
      nodes[$0.node].additional.map { !nodes[$0.value].isFalse } ?? false
    }
    for item in items {
      for required in nodes[item.node].required {
        let name = Array(required.value.utf8)
        if let place = places[name] {
          properties[place].isRequired = true
          declaredNames.insert(required.range.start)
        } else if isOpen {
          // A key that a map must have is as good as a property of it.
          places[name] = properties.count
          properties.append(
            PropertySchemas(name: required.value, declaration: required.range, isRequired: true)
          )
          declaredNames.insert(required.range.start)
        } else if undeclaredNames[required.range.start] == nil {
          undeclaredNames[required.range.start] = Diagnostic.undeclaredRequired(
            required.value,
            at: required.range,
            suggestion: suggestField(required.value, among: properties.map(\.name))
          )
        }
      }
    }
  }

  /// A property that no value may have.
  private mutating func exclude(
    _ property: PropertySchemas,
    from id: ObjectType.ID,
    _ items: Conjunction
  ) {
    rules.objects[id.index].excluded.append(property.name)
    let closing = items.first { item in
      !property.declaredIn.contains(item.node)
        && nodes[item.node].additional.map { nodes[$0.value].isFalse } == true
    }
    if let exclusion = closing.flatMap({ nodes[$0.node].additional }) {
      diagnostics.append(
        .excludedProperty(property.name, at: property.declaration, excludedAt: exclusion.range)
      )
    } else if property.isRequired {
      diagnostics.append(
        .contradiction(
          "'\(property.name)' is required, but its schema lets nothing in",
          at: property.declaration
        )
      )
    }
  }

  // MARK: - Remarks

  private mutating func remarks(
    on schemas: [SchemaNode.ID]
  ) -> (defaultValue: LocatedJSON?, isDeprecated: Bool, description: String) {
    let all = (flatten(schemas) ?? schemas).map { nodes[$0] }
    return (
      all.lazy.compactMap(\.defaultValue).first, all.contains { $0.isDeprecated },
      all.lazy.compactMap(\.description).first ?? ""
    )
  }

  /// Whether a value, an element of it or a value of a map in it is marked `x-pii`: types of
  /// elements have no place for the mark, so their field carries it.
  mutating func isPersonal(_ schemas: [SchemaNode.ID], nesting: Int) -> Bool {
    guard nesting < limits.depth, let flat = flatten(schemas) else { return false }
    for schema in flat {
      let node = nodes[schema]
      if node.isPersonal { return true }
      var inner = node.unions.flatMap(\.branches)
      if let items = node.items { inner.append(items) }
      if node.properties.isEmpty, let values = node.additional?.value { inner.append(values) }
      if !inner.isEmpty, isPersonal(inner, nesting: nesting + 1) { return true }
    }
    return false
  }
}
