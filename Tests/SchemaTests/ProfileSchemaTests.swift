import LetterpressDiagnostics
import LetterpressSchema
import Testing

struct ProfileSchemaTests {
  @Test("A property that is not required, or nullable, is optional; a default fills it in")
  func optionality() {
    let reading = SchemaReading(
      """
      {"type": "object", "required": ["a", "b"], "properties": {
        "a": {"type": "string"},
        "b": {"type": ["string", "null"], "minLength": 1},
        "c": {"type": "integer", "exclusiveMinimum": 0, "maximum": 9.5},
        "d": {"type": "boolean", "default": true},
        "e": {"enum": ["x", null, "y"], "default": "x"},
        "f": {"anyOf": [{"type": "number", "exclusiveMaximum": 1}, {"type": "null"}]}
      }}
      """
    )
    #expect(reading.findings == [])
    #expect(
      reading.fields() == [
        "a: string", "b: (string(1…))?", "c: (integer(1…9))?", "d: boolean", "e: ('x' | 'y')?",
        "f: (number(…<1.0))?",
      ]
    )
  }

  @Test("Formats, markup, remarks and arrays have their types")
  func kinds() {
    let reading = SchemaReading(
      """
      {"type": "object", "properties": {
        "site": {"type": "string", "format": "uri", "x-pii": true, "description": "Home page"},
        "bio": {"type": "string", "contentMediaType": "text/html"},
        "legal": {"type": "string", "contentMediaType": "text/html", "x-html": "clean"},
        "old": {"const": 7, "deprecated": true},
        "tags": {"type": "array", "items": {"type": "string", "x-pii": true}, "maxItems": 3},
        "any": {}, "map": {"type": "object", "additionalProperties": {"type": "number"}},
        "free": {"type": "object"}, "shut": {"type": "object", "additionalProperties": false},
        "zip": {"type": "string", "pattern": "^[0-9]{5}$", "maxLength": 5}
      }, "additionalProperties": true}
      """
    )
    #expect(reading.findings == [])
    #expect(
      reading.fields() == [
        "site: (uri)? pii — Home page", "bio: (html)?", "legal: (clean html)?",
        "old: (7)? deprecated",
        "tags: (string[…3])? pii", "any: any", "map: (map of number)?", "free: (map of any)?",
        "shut: (profile.shut)?", "zip: (string(…5))?", "*: any",
      ]
    )
  }

  @Test("Definitions may be recursive, and a remark beside '$ref' makes no second type")
  func recursion() {
    let reading = SchemaReading(
      """
      {"title": "Customer", "type": "object", "properties": {
        "tree": {"$ref": "#/$defs/Node"},
        "other": {"$ref": "#/$defs/Node", "description": "the same"},
        "home": {"type": "object", "properties": {"geo": {"type": "object", "properties": {"x": {"type": "number"}}}}},
        "orders": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
        "me": {"$ref": "#"}
      }, "$defs": {
        "Node": {"type": "object", "required": ["next"], "properties": {
          "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
          "all": {"type": "array", "items": {"$ref": "#/$defs/Node"}}}},
        "Names": {"type": "array", "items": {"type": "string"}}
      }}
      """
    )
    #expect(reading.findings == [])
    #expect(
      reading.fields() == [
        "tree: (Node)?", "other: (Node)? — the same", "home: (profile.home)?",
        "orders: (profile.orders[][])?",
        "me: (profile)?",
      ]
    )
    #expect(reading.fields("Node") == ["next: (Node)?", "all: (Node[])?"])
    #expect(reading.fields("profile.home") == ["geo: (profile.home.geo)?"])
    #expect(reading.fields("profile.orders[]") == ["n: (integer)?"])
    let types = reading.schema?.types
    #expect(types?.definitions["Names"].map { types?.text($0) } == "string[]")
    #expect(types?.definitions["Node"].map { types?.text($0) } == "Node")
  }

  @Test("'allOf' merges properties, requirements and bounds")
  func allOf() {
    let reading = SchemaReading(
      """
      {"allOf": [{"$ref": "#/$defs/Named"}, {"required": ["email"], "properties": {
          "email": {"type": "string", "format": "email"}, "name": {"maxLength": 9}}}],
       "$defs": {"Named": {"type": "object", "required": ["name"],
          "properties": {"name": {"type": "string", "minLength": 2}}},
         "Extra": {"required": ["email"]}}}
      """
    )
    #expect(reading.fields() == ["name: string(2…9)", "email: email"])
    #expect(
      reading.findings == [
        "undeclared-required \"email\": 'required' names 'email', which is not among the properties"
      ]
    )
  }

  @Test("'oneOf' of objects with a constant tag is a union; of constants, an enumeration")
  func unions() {
    let reading = SchemaReading(
      """
      {"type": "object", "required": ["offer", "tone"], "properties": {
        "offer": {"oneOf": [{"$ref": "#/$defs/Percent"},
          {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "gift"}}},
          {"type": "null"}]},
        "tone": {"oneOf": [{"const": "light", "title": "Light"}, {"const": "dark"}]}
      }, "$defs": {"Percent": {"type": "object", "required": ["kind", "percent"],
        "properties": {"kind": {"const": "percent"}, "percent": {"type": "integer"}}}}}
      """
    )
    #expect(reading.findings == [])
    #expect(
      reading.fields() == [
        "offer: (kind: Percent | profile.offer 'gift')?", "tone: 'light' | 'dark'",
      ]
    )
    #expect(reading.fields("Percent") == ["kind: 'percent'", "percent: integer"])
  }
}
