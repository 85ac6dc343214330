import LetterpressDiagnostics

/// The keywords of JSON Schema 2020-12 and of its neighbours, by what becomes of them here.
enum SchemaKeywords {
  static let supported: [String] = [
    "$comment", "$defs", "$id", "$ref", "$schema", "additionalProperties", "allOf", "anyOf",
    "const",
    "contentMediaType", "default", "deprecated", "description", "enum", "examples",
    "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength",
    "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf",
    "oneOf", "pattern", "properties", "required", "title", "type", "uniqueItems", "x-html", "x-pii",
  ]

  /// Part of some JSON Schema, or of OpenAPI, but not of ours: what to write instead, if there is
  /// something.
  static let unsupported: [String: String] = [
    "$anchor": "refer by path, such as '#/$defs/Name'",
    "$dynamicAnchor": "",
    "$dynamicRef": "",
    "$recursiveAnchor": "",
    "$recursiveRef": "refer to the root by '#'",
    "$vocabulary": "",
    "additionalItems": "",
    "contains": "",
    "contentEncoding": "",
    "contentSchema": "",
    "definitions": "the name since draft 2019-09 is '$defs'",
    "dependencies": "",
    "dependentRequired": "",
    "dependentSchemas": "",
    "discriminator": "variants are told apart by a required property with a 'const' in each",
    "else": "",
    "example": "the keyword is 'examples', a list",
    "if": "variants are written with 'oneOf' and a required property with a 'const' in each",
    "maxContains": "",
    "minContains": "",
    "not": "",
    "nullable": "write the type as a list, such as [\"string\", \"null\"]",
    "patternProperties": "'additionalProperties' gives all other properties one type",
    "prefixItems": "write an object with a property for each place",
    "propertyNames": "",
    "readOnly": "",
    "then": "",
    "unevaluatedItems": "",
    "unevaluatedProperties": "'additionalProperties' in the merged schema says the same",
    "writeOnly": "",
  ]

  /// Those that would give a value another type; ignoring one would refuse what the author lets in.
  static let shaping: Set<String> = [
    "$dynamicRef", "$recursiveRef", "nullable", "patternProperties", "prefixItems",
  ]

  /// The formats of draft 2020-12 and OpenAPI that stay remarks.
  static let otherFormats: Set<String> = [
    "binary", "byte", "double", "duration", "float", "hostname", "idn-email", "idn-hostname",
    "int32", "int64", "ipv4", "ipv6", "iri", "iri-reference", "json-pointer", "password", "phone",
    "regex", "relative-json-pointer", "uri-reference", "uri-template", "uuid",
  ]

  /// Names of formats elsewhere.
  static let formatAliases: [String: ValueType.Format] = [
    "colour": .color, "datetime": .dateTime, "e-mail": .email, "mail": .email,
    "timestamp": .dateTime, "timezone": .timeZone, "time-zone": .timeZone, "tz": .timeZone,
    "url": .uri,
  ]
}
