import LetterpressDiagnostics
import LetterpressSchema
import Testing

struct SchemaDiagnosticsTests {
  /// A property's schema (or a whole one) and what is found in it: the ID, the text under the
  /// caret, the message.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let schema: String
    let finding: String
    var testDescription: String { schema }

    init(_ schema: String, _ finding: String) {
      self.schema = schema
      self.finding = finding
    }
  }

  @Test(
    "A keyword that says something impossible is reported at its place",
    arguments: [
      Mistake(
        #"{"type": "strng"}"#,
        #"unknown-type "strng": unknown type 'strng'; did you mean 'string'?"#
      ),
      Mistake(
        #"{"type": "int"}"#,
        #"unknown-type "int": unknown type 'int'; did you mean 'integer'?"#
      ),
      Mistake(
        #"{"type": 1}"#,
        "invalid-keyword 1: 'type' is the name of a type or a list of names"
      ),
      Mistake(
        #"{"type": ["string", "integer"]}"#,
        #"unsupported-union ["string", "integer"]: a value that is 'integer' or 'string' is not supported"#
      ),
      Mistake(
        #"{"minLength": -1}"#,
        "invalid-keyword -1: 'minLength' is a whole number that is not negative"
      ),
      Mistake(
        #"{"maxItems": 1.5}"#,
        "invalid-keyword 1.5: 'maxItems' is a whole number that is not negative"
      ),
      Mistake(
        #"{"minLength": 3, "maxLength": 2}"#,
        "schema-contradiction 2: 'maxLength' is below 'minLength', so nothing is valid"
      ),
      Mistake(
        #"{"type": "integer", "minimum": 1.2, "exclusiveMaximum": 2}"#,
        #"schema-contradiction {"type": "integer", "minimum": 1.2, "exclusiveMaximum": 2}: nothing is valid here: no integer of 64 bits is within the bounds"#
      ),
      Mistake(#"{"multipleOf": 0}"#, "invalid-keyword 0: 'multipleOf' is greater than 0"),
      Mistake(#"{"enum": []}"#, "invalid-keyword []: 'enum' is empty"),
      Mistake(
        #"{"enum": ["a", [1]]}"#,
        "unsupported-constant [1]: an array in 'enum' is not supported; expected text, numbers, booleans or null"
      ),
      Mistake(
        #"{"type": "string", "const": 1}"#,
        #"schema-contradiction {"type": "string", "const": 1}: none of the constants is possible here"#
      ),
      Mistake(
        #"{"type": "string", "required": true}"#,
        "invalid-keyword true: 'required' is a list of names, not a boolean"
      ),
      Mistake(
        #"{"type": "string", "pattern": "a(?=b)"}"#,
        "invalid-keyword (?=: 'pattern' looks ahead or behind, which is not supported"
      ),
      Mistake(
        #"{"type": "string", "pattern": "\\d{2,1}"}"#,
        "invalid-keyword {2,1}: 'pattern' repeats at least more than at most"
      ),
      Mistake(
        #"{"type": "string", "format": "url"}"#,
        #"unknown-format "url": unknown format 'url'; did you mean 'uri'?"#
      ),
      Mistake(
        #"{"type": "string", "x-html": "clean"}"#,
        #"invalid-keyword {"type": "string", "x-html": "clean"}: 'x-html' needs "contentMediaType": "text/html" beside it"#
      ),
      Mistake(
        ##"{"$ref": "#/$defs/Nod"}"##,
        ##"unknown-reference "#/$defs/Nod": nothing stands at '#/$defs/Nod'; did you mean '#/$defs/Node'?"##
      ),
      Mistake(
        #"{"$ref": "other.json"}"#,
        #"unknown-reference "other.json": 'other.json' is not in this file"#
      ),
      Mistake(
        ##"{"$ref": "#/$defs/Loop"}"##,
        ##"schema-cycle "#/$defs/Loop": this '$ref' leads back to itself before it says what the value is"##
      ),
      Mistake(
        #"{"requierd": []}"#,
        #"unknown-keyword "requierd": unknown keyword 'requierd'; did you mean 'required'?"#
      ),
      Mistake(#"{"unit": "cm"}"#, #"unknown-keyword "unit": unknown keyword 'unit'"#),
      Mistake(#"{"x-unit": "cm"}"#, ""),
      Mistake(
        #"{"x-pi": true}"#,
        #"unknown-keyword "x-pi": unknown keyword 'x-pi'; did you mean 'x-pii'?"#
      ),
      Mistake(#"{"not": {}}"#, #"unsupported-keyword "not": the keyword 'not' is not supported"#),
      Mistake(
        #"{"if": {}, "then": {}, "else": {}}"#,
        #"unsupported-keyword "if": the keyword 'if' is not supported"#
      ),
      Mistake(
        #"{"type": "string", "default": 1}"#,
        "invalid-default 1: the default does not fit its own schema: expected a string, found a number"
      ),
      Mistake(
        #"{"oneOf": [{"type": "string"}, {"type": "array"}]}"#,
        #"unsupported-union "oneOf": 'oneOf' of values that are not objects is not supported"#
      ),
      Mistake(
        #"{"anyOf": [{"properties": {"a": {"const": 1}}}, {"properties": {"a": {"const": 2}}}]}"#,
        #"unsupported-union "anyOf": the objects of this 'anyOf' cannot be told apart"#
      ),
      Mistake(
        #"{"properties": {"first_name": {}}, "required": ["firstname"]}"#,
        #"undeclared-required "firstname": 'required' names 'firstname', which is not among the properties; did you mean 'first_name'?"#
      ),
      Mistake(
        #"{"allOf": [{"properties": {"a": {}}, "additionalProperties": false}, {"properties": {"b": {}}}]}"#,
        #"schema-contradiction "b": no value can have the property 'b', which another part of the schema excludes"#
      ),
      Mistake(
        #"{"type": "object", "properties": {"a": 1}}"#,
        "invalid-keyword 1: 'schema' is an object or a boolean, not a number"
      ),
      Mistake(
        #"{"type": "string", "type": "string"}"#,
        #"duplicate-key "type": the key 'type' stands in this object twice"#
      ),
    ]
  )
  func mistakes(mistake: Mistake) {
    let reading = SchemaReading(
      """
      {"type": "object", "properties": {"p": \(mistake.schema)},
       "$defs": {"Node": {"type": "object"}, "Loop": {"$ref": "#/$defs/Loop"}}}
      """
    )
    // The loop among the definitions is reported in every case, once.
    let loop = "schema-cycle \"#/$defs/Loop\""
    let found = reading.findings.filter { mistake.finding.hasPrefix(loop) || !$0.hasPrefix(loop) }
    #expect(found == (mistake.finding.isEmpty ? [] : [mistake.finding]))
  }

  @Test("A profile is an object")
  func root() {
    #expect(
      SchemaReading(#"{"type": "array"}"#).findings == [
        #"invalid-keyword "array": 'type' of a profile is 'object'; the schema describes another value"#
      ]
    )
    #expect(SchemaReading("{}").findings == [])
  }

  @Test(
    "A schema that is no JSON is reported where it stops being JSON",
    arguments: [
      Mistake("{\"a\": 1,\n}", "json-syntax ,: an object may not end with a comma"),
      Mistake("{\"a\": 1", "json-syntax : expected ',' or '}', found the end"),
      Mistake("{a: 1}", "json-syntax a: keys stand in double quotes"),
      Mistake("{\"a\": True}", "json-syntax True: 'True' is no JSON value; did you mean 'true'?"),
      Mistake("{\"a\": 01}", "json-syntax 01: a number may not start with 0"),
      Mistake("{} // note", "json-syntax //: JSON has no comments"),
      Mistake(
        "{\"a\": \"x\ny\"}",
        "json-syntax \"x: the string does not end on its line; a line break is written '\\n'"
      ),
      Mistake(
        "{\"a\": \"\\ud800\"}",
        "json-syntax \\ud800: half of a surrogate pair stands alone; it is no character"
      ),
      Mistake("{\"a\": 1e400}", "number-out-of-range 1e400: the number is too large"),
    ]
  )
  func noJSON(mistake: Mistake) {
    #expect(SchemaReading(mistake.schema).findings == [mistake.finding])
  }

  @Test("Other encodings are named, and a byte order mark is skipped")
  func encodings() {
    #expect(
      SchemaReading([0xFF, 0xFE, 0x7B, 0, 0x7D, 0]).diagnostics.map(\.message) == [
        "the file is UTF-16; expected UTF-8"
      ]
    )
    #expect(
      SchemaReading([0x7B, 0, 0x7D, 0]).diagnostics.map(\.message) == [
        "the file is UTF-16 without a byte order mark; expected UTF-8"
      ]
    )
    #expect(
      SchemaReading([0x1F, 0x8B, 8, 0]).diagnostics.map(\.message) == [
        "the file is compressed (gzip); expected UTF-8"
      ]
    )
    #expect(SchemaReading([0xEF, 0xBB, 0xBF, 0x7B, 0x7D]).findings == [])
    #expect(
      SchemaReading([0x7B, 0x22, 0xC0, 0xAF, 0x22, 0x7D]).diagnostics.map(\.message) == [
        "byte 0xC0 is no valid UTF-8"
      ]
    )
  }

  @Test("Schemas that would blow up are refused")
  func bombs() {
    let chain = (0..<20).map { level in
      "\"D\(level)\": {\"anyOf\": [{\"$ref\": \"#/$defs/D\(level + 1)\"}, {\"$ref\": \"#/$defs/D\(level + 1)\"}]}"
    }.joined(separator: ",")
    let reading = SchemaReading(
      "{\"type\": \"object\", \"$defs\": {\(chain), \"D20\": {\"type\": \"object\"}}}"
    )
    #expect(Set(reading.diagnostics.map(\.id.name)) == ["schema-limit"])
    let list =
      ##"{"type": "object", "$defs": {"L": {"type": "array", "items": {"$ref": "#/$defs/L"}}}}"##
    #expect(SchemaReading(list).diagnostics.map(\.id.name) == ["schema-cycle"])
    let refs = (0..<700).map { ##""R\##($0)": {"$ref": "#/$defs/R\##($0 + 1)"}"## }
    let long = SchemaReading("{\"type\": \"object\", \"$defs\": {\(refs.joined(separator: ","))}}")
    #expect(Set(long.diagnostics.map(\.id.name)) == ["schema-limit", "unknown-reference"])
  }
}
