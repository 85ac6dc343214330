import FuzzSupport
@testable import LetterpressDiagnostics
@testable import LetterpressSchema

/// Any bytes as a profile of a schema that has something of everything.
///
/// The law: it is refused with places that lie in it, or all of the record can be read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzProfile(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = FuzzInput(data, count).bytes
  var record = Record()
  decodeAny(bytes, with: schema, into: &record)
  decodeAny(bytes, with: untyped, into: &record)
  return 0
}

private let untyped = read("true")

private let schema = read(
  """
  {"type": "object", "required": ["id", "name"], "properties": {
    "id": {"type": "integer", "minimum": 0, "maximum": 1000000, "multipleOf": 1},
    "name": {"type": "string", "minLength": 1, "maxLength": 40},
    "code": {"type": "string", "pattern": "^[A-Z]{2,4}-([0-9]+|x)$"},
    "ratio": {"type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1e3, "multipleOf": 0.25},
    "flag": {"type": ["boolean", "null"]}, "tier": {"enum": ["gold", "silver", 3, null, true]},
    "day": {"type": "string", "format": "date"}, "at": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "format": "time"}, "link": {"type": "string", "format": "uri"},
    "mail": {"type": "string", "format": "email"}, "tint": {"type": "string", "format": "color"},
    "wide": {"type": "string", "format": "length"}, "zone": {"type": "string", "format": "iana-tz"},
    "note": {"type": "string", "contentMediaType": "text/html"},
    "lang": {"type": "string", "default": "en"}, "const": {"const": 2.0},
    "list": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 5, "uniqueItems": true},
    "tree": {"$ref": "#/$defs/Tree"}, "map": {"type": "object", "additionalProperties": {"type": "string"}},
    "any": true, "never": false,
    "event": {"oneOf": [
      {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}},
      {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "b"}, "s": {"type": "string"}}}]},
    "open": {"type": "object", "minProperties": 1, "maxProperties": 4,
      "properties": {"x": {"type": "integer"}}, "additionalProperties": true}},
   "$defs": {"Tree": {"type": "object", "required": ["v"], "properties": {
     "v": {"type": "string"}, "kids": {"type": "array", "items": {"$ref": "#/$defs/Tree"}}}}}}
  """
)

private func read(_ text: String) -> ProfileSchema {
  var diagnostics: [Diagnostic] = []
  let file = SourceFile(path: "schema.json", text: text)
  let id = SourceFile.ID(index: 0)
  guard let schema = ProfileSchema.read(file, id: id, diagnostics: &diagnostics),
    !diagnostics.contains(where: { $0.severity == .error })
  else { fatalError("the schema is right: \(diagnostics.map(\.message))") }
  return schema
}
