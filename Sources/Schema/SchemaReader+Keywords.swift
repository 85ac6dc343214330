import LetterpressDiagnostics

extension SchemaReader {
  // MARK: - type, enum, const

  mutating func readValues(_ member: LocatedJSON.Member, into node: SchemaNode) {
    switch member.key {
    case "type": node.kinds = kinds(member).map { located($0, member.value) }
    case "const":
      guard let constants = constants([member.value], of: "const") else { return }
      node.constants.append(located(constants, member.value))
    default:
      guard let elements = elements(of: member) else { return }
      guard !elements.isEmpty else { return report("enum", "is empty", member.value) }
      guard let constants = constants(elements, of: "enum") else { return }
      node.constants.append(located(constants, member.value))
    }
  }

  private mutating func kinds(_ member: LocatedJSON.Member) -> JSONKinds? {
    let names: [LocatedJSON]
    switch member.value.content {
    case .string: names = [member.value]
    case .array(let elements) where !elements.isEmpty: names = elements
    default:
      report("type", "is the name of a type or a list of names", member.value)
      return nil
    }
    var kinds: JSONKinds = []
    for element in names {
      guard let name = element.string else {
        report("type", "is the name of a type, not \(element.kindName)", element)
        return nil
      }
      guard let known = JSONKinds.names.first(where: { $0.name == name }) else {
        let near = suggestion(for: name, among: JSONKinds.names.map(\.name)) ?? Self.alias(name)
        report(.unknownType(name, at: element.range, suggestion: near))
        return nil
      }
      kinds.formUnion(known.kinds)
    }
    return kinds
  }

  /// Type names of programming languages.
  private static func alias(_ name: String) -> String? {
    switch name.lowercased() {
    case "int", "long": "integer"
    case "float", "double", "decimal": "number"
    case "text", "str": "string"
    case "bool": "boolean"
    case "list": "array"
    case "map", "dict", "record": "object"
    case "nil", "none": "null"
    default: nil
    }
  }

  private mutating func constants(
    _ values: [LocatedJSON],
    of keyword: String
  ) -> [LocatedJSON]? {
    for value in values {
      switch value.content {
      case .array, .object:
        report(.unsupportedValue(value, of: keyword))
        return nil
      case .number(.real(_, isWhole: true)):
        report(keyword, "has a whole number over 64 bits", value)
        return nil
      default: continue
      }
    }
    return values
  }

  // MARK: - Strings

  mutating func readStringKeyword(_ member: LocatedJSON.Member, into node: SchemaNode) {
    switch member.key {
    case "minLength": node.minLength = count(member)
    case "maxLength": node.maxLength = count(member)
    case "format": node.format = format(member)
    case "contentMediaType":
      guard let mediaType = string(member) else { return }
      let essence = mediaType.lowercased().prefix { $0 != ";" && $0 != " " }
      node.isHTML = essence == "text/html"
    default: node.pattern = pattern(member)
    }
  }

  private mutating func pattern(_ member: LocatedJSON.Member) -> SchemaNode.Located<Pattern>? {
    guard let text = string(member) else { return nil }
    do {
      return located(try Pattern(text), member.value)
    } catch {
      let start = offset(ofDecoded: error.range.lowerBound, in: member.value.range)
      let end = offset(ofDecoded: error.range.upperBound, in: member.value.range)
      report(
        .invalidKeyword(
          "pattern",
          error.message,
          at: SourceRange(file: member.value.range.file, start: start, end: end)
        )
      )
      return nil
    }
  }

  /// The offset in the file of a byte of a decoded string.
  private func offset(ofDecoded wanted: Int, in string: SourceRange) -> Int {
    var place = string.start + 1
    var decoded = 0
    while decoded < wanted, place < string.end {
      guard bytes[place] == UInt8(ascii: "\\") else {
        place += 1
        decoded += 1
        continue
      }
      let isUnicode = place + 1 < string.end && bytes[place + 1] == UInt8(ascii: "u")
      // The bytes that the escape stands for: half a surrogate pair makes half of four.
      let digits =
        isUnicode ? String(decoding: bytes[(place + 2)..<(place + 6)], as: UTF8.self) : "20"
      let unit = Int(digits, radix: 16) ?? 0x20
      decoded += unit < 0x80 ? 1 : unit < 0x800 || (0xD800..<0xE000).contains(unit) ? 2 : 3
      place += isUnicode ? 6 : 2
    }
    return min(place, string.end)
  }

  private mutating func format(
    _ member: LocatedJSON.Member
  ) -> SchemaNode.Located<ValueType.Format>? {
    guard let name = string(member) else { return nil }
    if let format = ValueType.Format(rawValue: name) { return located(format, member.value) }
    guard !SchemaKeywords.otherFormats.contains(name) else { return nil }
    let near =
      SchemaKeywords.formatAliases[name.lowercased()]?.rawValue
      ?? suggestion(for: name, among: ValueType.Format.allCases.map(\.rawValue))
    if let near { report(.unknownFormat(name, at: member.value.range, suggestion: near)) }
    return nil
  }

  /// `x-html: clean` says that whoever fills the profile answers for the markup; `sanitise`, the
  /// default, lets it pass the allow-list when it is written.
  mutating func readCleanliness(_ member: LocatedJSON.Member, into node: SchemaNode) {
    switch member.value.string {
    case "clean": node.isCleanHTML = true
    case "sanitise", "sanitize": node.isCleanHTML = false
    default: report("x-html", "is \"clean\" or \"sanitise\"", member.value)
    }
  }

  // MARK: - Numbers

  mutating func readNumberKeyword(_ member: LocatedJSON.Member, into node: SchemaNode) {
    guard let number = number(member) else { return }
    switch member.key {
    case "minimum": node.minimum = number
    case "maximum": node.maximum = number
    case "exclusiveMinimum": node.exclusiveMinimum = number
    case "exclusiveMaximum": node.exclusiveMaximum = number
    default:
      if number.value.double > 0 {
        node.multipleOf = number
      } else {
        report("multipleOf", "is greater than 0", member.value)
      }
    }
  }

  // MARK: - Objects

  mutating func readObjectKeyword(_ member: LocatedJSON.Member, into node: SchemaNode) {
    switch member.key {
    case "minProperties": node.minProperties = count(member)
    case "maxProperties": node.maxProperties = count(member)
    case "additionalProperties":
      node.additional = located(readSchema(member.value), member.value)
    case "required": readRequired(member, into: node)
    default:
      guard member.value.isObject else {
        return report(
          "properties",
          "is an object of schemas, not \(member.value.kindName)",
          member.value
        )
      }
      node.hasProperties = true
      for property in member.value.members {
        node.properties.append(
          SchemaNode.Property(
            name: property.key,
            keyRange: property.keyRange,
            schema: readSchema(property.value)
          )
        )
      }
    }
  }

  private mutating func readRequired(_ member: LocatedJSON.Member, into node: SchemaNode) {
    if case .boolean = member.value.content {
      return report(
        .invalidKeyword(
          "required",
          "is a list of names, not a boolean",
          at: member.value.range,
          notes: ["The object that has the property lists it: \"required\": [\"name\"]."]
        )
      )
    }
    guard let elements = elements(of: member) else { return }
    var names: Set<[UInt8]> = []
    for element in elements {
      guard let name = element.string else {
        report("required", "is a list of names, not of \(element.kindName)", element)
        continue
      }
      if names.insert(Array(name.utf8)).inserted {
        node.required.append(located(name, element))
      } else {
        report("required", "names '\(name)' twice", element)
      }
    }
  }

  // MARK: - Arrays

  mutating func readArrayKeyword(_ member: LocatedJSON.Member, into node: SchemaNode) {
    switch member.key {
    case "minItems": node.minItems = count(member)
    case "maxItems": node.maxItems = count(member)
    case "uniqueItems":
      if boolean(member) == true { node.uniqueItems = located(true, member.value) }
    default:
      if case .array = member.value.content {
        return report(
          .invalidKeyword(
            "items",
            "is a schema, not a list",
            at: member.value.range,
            notes: ["A tuple is written as an object with a property for each place."]
          )
        )
      }
      node.items = readSchema(member.value)
    }
  }

  // MARK: - Keywords against each other

  /// Reports bounds of one schema that exclude each other.
  mutating func checkOrder(of node: SchemaNode) {
    let counts: [(String, SchemaNode.Located<Int>?, String, SchemaNode.Located<Int>?)] = [
      ("minLength", node.minLength, "maxLength", node.maxLength),
      ("minItems", node.minItems, "maxItems", node.maxItems),
      ("minProperties", node.minProperties, "maxProperties", node.maxProperties),
    ]
    for (low, minimum, high, maximum) in counts {
      guard let minimum, let maximum, maximum.value < minimum.value else { continue }
      reportOrder(low, minimum.range, high, maximum.range)
    }
    if let minimum = node.minimum, let maximum = node.maximum, maximum.value < minimum.value {
      reportOrder("minimum", minimum.range, "maximum", maximum.range)
    }
    if let minimum = node.exclusiveMinimum, let maximum = node.exclusiveMaximum,
      maximum.value <= minimum.value
    {
      reportOrder("exclusiveMinimum", minimum.range, "exclusiveMaximum", maximum.range)
    }
    if node.isCleanHTML, node.isHTML != true {
      report(
        .invalidKeyword(
          "x-html",
          "needs \"contentMediaType\": \"text/html\" beside it",
          at: node.range
        )
      )
    }
  }

  private mutating func reportOrder(
    _ low: String,
    _ minimum: SourceRange,
    _ high: String,
    _ maximum: SourceRange
  ) {
    report(
      .contradiction(
        "'\(high)' is below '\(low)', so nothing is valid",
        at: maximum,
        labels: [Diagnostic.Label(minimum, "'\(low)' here")]
      )
    )
  }
}
