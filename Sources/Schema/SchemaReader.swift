import LetterpressDiagnostics

/// Reads the keywords of all schemas of a file, wherever they stand, and reports what each says
/// wrongly.
///
/// What only shows when schemas are put together (cycles, unions without a tag, contradictions) is
/// the `SchemaResolver`'s.
struct SchemaReader {
  let document: LocatedJSON
  /// The file, for places inside of strings and for the text of defaults.
  let bytes: [UInt8]
  private(set) var nodes: [SchemaNode] = []
  /// A value is known by where it starts: no two schemas start at the same byte.
  private(set) var nodeAtOffset: [Int: SchemaNode.ID] = [:]
  /// The schemas that `$ref` names, by the node that has it.
  private(set) var targets: [SchemaNode.ID: SchemaNode.ID] = [:]
  /// The schemas under the root's `$defs` (and `definitions`), in order.
  private(set) var definitions: [(name: String, node: SchemaNode.ID)] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// The members of large objects by their bytes, by where the object starts.
  private var indexes: [Int: [[UInt8]: Int]] = [:]
  /// As many findings get a suggestion.
  private static let suggestions = 100

  init(_ document: LocatedJSON, bytes: [UInt8]) {
    self.document = document
    self.bytes = bytes
    _ = readSchema(document, definitionName: "profile")
    resolveReferences()
  }

  // MARK: - Schemas

  /// Reads a schema and those inside it; the depth limit of JSON bounds the recursion.
  mutating func readSchema(
    _ value: LocatedJSON,
    definitionName: String? = nil
  ) -> SchemaNode.ID {
    if let known = nodeAtOffset[value.range.start] { return known }
    let id = nodes.count
    nodeAtOffset[value.range.start] = id
    let node = SchemaNode(range: value.range)
    node.definitionName = definitionName
    nodes.append(node)
    switch value.content {
    case .boolean(let holds): node.isFalse = !holds
    case .object(let members):
      for member in members { read(member, of: value, into: node) }
      checkOrder(of: node)
    default:
      diagnostics.append(
        .invalidKeyword(
          "schema",
          "is an object or a boolean, not \(value.kindName)",
          at: value.range
        )
      )
    }
    return id
  }

  private mutating func read(
    _ member: LocatedJSON.Member,
    of schema: LocatedJSON,
    into node: SchemaNode
  ) {
    let value = member.value
    switch member.key {
    case "$ref": node.reference = string(member).map { located($0, value) }
    case "$defs": readDefinitions(value, keyword: "$defs")
    case "$comment", "$id", "$schema": _ = string(member)
    case "title": node.title = string(member)
    case "description": node.description = string(member)
    case "examples": _ = elements(of: member)
    case "default": node.defaultValue = value
    case "deprecated": node.isDeprecated = boolean(member) ?? false
    case "x-pii": node.isPersonal = boolean(member) ?? false
    case "x-html": readCleanliness(member, into: node)
    case "allOf", "anyOf", "oneOf": readCombination(member, into: node)
    case "type", "enum", "const": readValues(member, into: node)
    case "format", "minLength", "maxLength", "pattern", "contentMediaType":
      readStringKeyword(member, into: node)
    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
      readNumberKeyword(member, into: node)
    case "properties", "required", "additionalProperties", "minProperties", "maxProperties":
      readObjectKeyword(member, into: node)
    case "items", "minItems", "maxItems", "uniqueItems": readArrayKeyword(member, into: node)
    default: reportKeyword(member, of: schema)
    }
  }

  private mutating func reportKeyword(_ member: LocatedJSON.Member, of schema: LocatedJSON) {
    let key = member.key
    if let advice = SchemaKeywords.unsupported[key] {
      // The schemas in it can be referred to, so they are read all the same.
      if key == "definitions" { readDefinitions(member.value, keyword: key) }
      if key == "then" || key == "else", schema.member("if") != nil { return }
      diagnostics.append(.unsupportedKeyword(key, advice: advice, at: member.keyRange))
      return
    }
    let near = suggestion(for: key, among: SchemaKeywords.supported)
    if key.hasPrefix("x-"), near == nil || near?.hasPrefix("x-") == false { return }
    diagnostics.append(.unknownKeyword(key, at: member.keyRange, suggestion: near))
  }

  private mutating func readDefinitions(_ value: LocatedJSON, keyword: String) {
    guard value.isObject else {
      report(keyword, "is an object of schemas, not \(value.kindName)", value)
      return
    }
    let isRoot = document.member(keyword)?.value.range == value.range
    for member in value.members {
      let node = readSchema(member.value, definitionName: isRoot ? member.key : nil)
      if isRoot { definitions.append((member.key, node)) }
    }
  }

  private mutating func readCombination(
    _ member: LocatedJSON.Member,
    into node: SchemaNode
  ) {
    guard let elements = elements(of: member) else { return }
    guard !elements.isEmpty else { return report(member.key, "is empty", member.value) }
    var branches: [SchemaNode.ID] = []
    for element in elements { branches.append(readSchema(element)) }
    if member.key == "allOf" {
      node.allOf = branches
    } else {
      node.unions.append(
        SchemaNode.Union(
          isExclusive: member.key == "oneOf",
          keyRange: member.keyRange,
          branches: branches
        )
      )
    }
  }

  // MARK: - References

  private mutating func resolveReferences() {
    // Reading a target may add nodes, which have references of their own.
    var index = 0
    while index < nodes.count {
      if let reference = nodes[index].reference { resolve(reference, of: index) }
      index += 1
    }
  }

  private mutating func resolve(
    _ reference: SchemaNode.Located<String>,
    of node: SchemaNode.ID
  ) {
    let text = reference.value
    guard text.utf8.first == UInt8(ascii: "#"), text == "#" || text.hasPrefix("#/") else {
      if text.hasPrefix("#") {
        diagnostics.append(.unknownReference(text, at: reference.range, suggestion: nil))
      } else {
        let near = localReference(for: text)
        diagnostics.append(
          near.map { .unknownReference(text, at: reference.range, suggestion: $0) }
            ?? .remoteReference(text, at: reference.range)
        )
      }
      return
    }
    var place = document
    for (position, token) in JSONPointer.tokens(ofFragment: text).enumerated() {
      if let member = member(token, of: place) {
        place = member.value
      } else if let index = Int(token), place.elements.indices.contains(index) {
        place = place.elements[index]
      } else {
        // Each costs as much as there are names; nobody reads so many.
        guard diagnostics.count < Self.suggestions else {
          diagnostics.append(.unknownReference(text, at: reference.range, suggestion: nil))
          return
        }
        let near = suggestion(for: token, among: place.members.map(\.key))
        let whole = near.map { JSONPointer.fragment(text, replacing: position, with: $0) }
        diagnostics.append(
          .unknownReference(
            text,
            at: reference.range,
            suggestion: whole ?? localReference(for: token)
          )
        )
        return
      }
    }
    switch place.content {
    case .object, .boolean: targets[node] = readSchema(place)
    default:
      diagnostics.append(
        .invalidKeyword("$ref", "names \(place.kindName), not a schema", at: reference.range)
      )
    }
  }

  /// The member of an object that many references may go through: `$defs`.
  private mutating func member(_ key: String, of object: LocatedJSON) -> LocatedJSON.Member? {
    let members = object.members
    guard members.count > 16 else { return object.member(key) }
    if indexes[object.range.start] == nil {
      indexes[object.range.start] = Dictionary(
        members.enumerated().map { (Array($1.key.utf8), $0) }
      ) { first, _ in first }
    }
    return indexes[object.range.start]?[Array(key.utf8)].map { members[$0] }
  }

  /// The definition that a name was meant for: `Address` for `#/$defs/Address`.
  private func localReference(for name: String) -> String? {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "#" }).last.map(String.init) ?? name
    return suggestion(for: last, among: definitions.map(\.name)).map { "#/$defs/\($0)" }
  }

  // MARK: - Values

  mutating func report(_ keyword: String, _ problem: String, _ value: LocatedJSON) {
    diagnostics.append(.invalidKeyword(keyword, problem, at: value.range))
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func located<Value>(_ value: Value, _ json: LocatedJSON) -> SchemaNode.Located<Value> {
    SchemaNode.Located(value: value, range: json.range)
  }

  mutating func string(_ member: LocatedJSON.Member) -> String? {
    if let string = member.value.string { return string }
    report(member.key, "is a string, not \(member.value.kindName)", member.value)
    return nil
  }

  mutating func boolean(_ member: LocatedJSON.Member) -> Bool? {
    if let boolean = member.value.boolean { return boolean }
    report(member.key, "is true or false, not \(member.value.kindName)", member.value)
    return nil
  }

  mutating func elements(of member: LocatedJSON.Member) -> [LocatedJSON]? {
    if case .array(let elements) = member.value.content { return elements }
    report(member.key, "is an array, not \(member.value.kindName)", member.value)
    return nil
  }

  mutating func number(_ member: LocatedJSON.Member) -> SchemaNode.Located<JSONNumber>? {
    if let number = member.value.number { return located(number, member.value) }
    report(member.key, "is a number, not \(member.value.kindName)", member.value)
    return nil
  }

  /// A length or a count: whole, not negative.
  ///
  /// One over 64 bits is as good as the largest.
  mutating func count(_ member: LocatedJSON.Member) -> SchemaNode.Located<Int>? {
    switch member.value.number {
    case .integer(let integer)? where integer >= 0: return located(integer, member.value)
    case .real(let real, isWhole: true)? where real > 0: return located(.max, member.value)
    case .integer?, .real?:
      report(member.key, "is a whole number that is not negative", member.value)
    case nil:
      report(
        member.key,
        "is a whole number that is not negative, not \(member.value.kindName)",
        member.value
      )
    }
    return nil
  }
}
