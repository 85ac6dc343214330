import LetterpressSchema
import Testing

/// A profile decoded by a schema: what is in the record, or what is wrong.
struct Decoding: CustomStringConvertible {
  private(set) var json = ""
  private(set) var violations: [ProfileViolation] = []
  let record: Record

  init(_ json: String, by schema: String) throws {
    try self.init(Array(json.utf8), by: #require(SchemaReading(schema).schema))
  }

  init(_ json: [UInt8], by schema: ProfileSchema) throws {
    var record = Record()
    do {
      try schema.decoder.decode(json, into: &record)
      self.json = String(decoding: RecordWriter.json(record, of: schema), as: UTF8.self)
    } catch {
      violations = error.violations
    }
    self.record = record
  }

  /// The JSON of the record, or a line for each violation.
  var description: String {
    violations.isEmpty
      ? json : violations.map { "\($0.pointer) \($0.code): \($0.message)" }.joined(separator: "\n")
  }
}

struct ProfileDecoderTests {
  @Test("What was decoded can be written again, whatever the order of the members")
  func roundTrip() throws {
    let schema = """
      {"type": "object", "required": ["a", "n"], "properties": {
        "a": {"type": "string"}, "n": {"type": ["null", "integer"]},
        "o": {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "boolean"}},
              "additionalProperties": {"type": "string"}},
        "l": {"type": "array", "items": {"type": "array", "items": {}}},
        "e": {"enum": ["p", 2, true, null]}, "m": {"type": "object"}}}
      """
    let json =
      #"{"a":"\"ä\n","n":null,"o":{"x":1.5,"y":true,"k":"v"},"l":[[1,2.0],[],["z",{"q":null}]],"e":2,"m":{"deep":{"er":[-1]}}}"#
    #expect(try Decoding(json, by: schema).description == json)
    let shuffled = """
       { "zzz" : [1, {"a": 2}] ,"m":{}, "l":[ ] , "o":{"k":"\\u00e9","y":false} , "n" : 12 , "a" : "\\ud83d\\ude00\\/" }
      """
    #expect(
      try Decoding(shuffled, by: schema).description
        == #"{"a":"😀/","n":12,"o":{"y":false,"k":"é"},"l":[],"m":{}}"#
    )
  }

  @Test("All violations are found, each at its place")
  func violations() throws {
    let schema = """
      {"type": "object", "required": ["name", "score"], "additionalProperties": false, "properties": {
        "name": {"type": "string", "minLength": 2}, "score": {"type": "number", "maximum": 10},
        "plan": {"enum": ["free", "pro"]}, "since": {"type": "string", "format": "date"},
        "tags": {"type": "array", "maxItems": 1, "items": {"type": "string", "maxLength": 3}},
        "zip": {"type": "string", "pattern": "^[0-9]{5}$"}, "age": {"type": ["integer", "null"], "minimum": 0},
        "home": {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}},
        "step": {"type": "number", "multipleOf": 0.01, "exclusiveMinimum": 0},
        "set": {"type": "array", "uniqueItems": true}}}
      """
    let json = """
      {"name": "é", "plan": "Pro", "since": "2023-02-29", "tags": ["a", "four"], "zip": "1234",
       "age": 1.5, "home": {"a/b": 1}, "nmae": "x", "step": 0, "set": [1, {"a": 1}, {"a": 1.0}]}
      """
    let expected = """
       missing-field: the required field 'score' is missing
      /name too-few-characters: expected at least 2 characters, found 1
      /plan not-in-enum: expected one of 'free', 'pro', found 'Pro'; did you mean 'pro'?
      /since bad-format: '2023-02-29' is no date, such as 2026-05-31
      /tags too-many-elements: expected at most 1 element, found 2
      /tags/1 too-many-characters: expected at most 3 characters, found 4
      /zip pattern-mismatch: '1234' does not match the pattern '^[0-9]{5}$'
      /age wrong-type: expected an integer or null, found 1.5
      /home missing-field: the required field 'city' is missing
      /nmae unknown-field: unknown field 'nmae'; did you mean 'name'?
      /step too-small: expected more than 0, found 0
      /set duplicate-element: elements 1 and 2 are equal
      """
    #expect(try Decoding(json, by: schema).description == expected)
  }

  @Test(
    "JSON is read by the letter",
    arguments: [
      ("{\"a\":1,}", "json-syntax"), ("{\"a\":1}{}", "json-syntax"), ("{'a':1}", "json-syntax"),
      ("{\"a\":+1}", "json-syntax"), ("{\"a\":01}", "json-syntax"), ("{\"a\":1.}", "json-syntax"),
      ("{\"a\":NaN}", "json-syntax"), ("{\"a\":\"\\ud800\"}", "json-syntax"),
      ("{\"a\":\"\\udc00\\ud800\"}", "json-syntax"), ("{\"a\":\"\u{1}\"}", "json-syntax"),
      ("{\"a\":\"\\x41\"}", "json-syntax"), ("{\"a\":1", "json-syntax"), ("", "json-syntax"),
      ("{\"a\":tru}", "json-syntax"), ("{\"a\":1 // x\n}", "json-syntax"),
      ("{\"a\":\"x", "json-syntax"),
      ("{\"a\":1e999}", "number-out-of-range"),
      ("{\"a\":{\"b\":1,\"\\u0062\":2}}", "duplicate-key"),
      ("{\"a\":1,\"a\":2}", "duplicate-key"),
      ("{\"a\":" + String(repeating: "[", count: 70), "json-depth"),
    ]
  )
  func strictness(json: String, code: String) throws {
    let schema = #"{"type": "object", "properties": {"a": {}}}"#
    let decoding = try Decoding(json, by: schema)
    #expect(decoding.violations.map(\.code) == [code], "\(decoding)")
  }

  @Test("A default fills in what is missing, with the defaults inside of it")
  func defaults() throws {
    let schema = """
      {"type": "object", "properties": {
        "theme": {"default": {"tone": "dark"}, "type": "object", "properties": {
          "tone": {"enum": ["light", "dark"]}, "sizes": {"type": "array", "items": {"type": "integer"}, "default": [1, 2]},
          "name": {"type": "string", "default": "Standard \\"é\\""}}},
        "count": {"type": "integer", "default": 3}}}
      """
    let whole = #"{"theme":{"tone":"dark","sizes":[1,2],"name":"Standard \"é\""},"count":3}"#
    #expect(try Decoding("{}", by: schema).description == whole)
    #expect(
      try Decoding(#"{"theme":{"sizes":[]},"count":4}"#, by: schema).description
        == #"{"theme":{"sizes":[],"name":"Standard \"é\""},"count":4}"#
    )
  }

  @Test("A union is decided by its tag, wherever it stands")
  func unions() throws {
    let schema = """
      {"type": "object", "properties": {"offer": {"oneOf": [
        {"type": "object", "required": ["kind", "percent"], "properties": {"kind": {"const": "percent"}, "percent": {"type": "integer"}}},
        {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "gift"}, "note": {"type": "string"}}}]}}}
      """
    func decode(_ offer: String) throws -> String {
      try Decoding("{\"offer\":\(offer)}", by: schema).description
    }
    #expect(
      try decode(#"{"percent":5,"\u006bind":"per\u0063ent"}"#)
        == #"{"offer":{"kind":"percent","percent":5}}"#
    )
    #expect(try decode(#"{"kind":"gift","note":"x"}"#) == #"{"offer":{"kind":"gift","note":"x"}}"#)
    #expect(
      try decode(#"{"kind":"gifts"}"#)
        == "/offer/kind not-in-enum: expected one of 'percent', 'gift', found 'gifts'; did you mean 'gift'?"
    )
    #expect(
      try decode(#"{"percent":5}"#) == "/offer missing-field: the required field 'kind' is missing"
    )
    #expect(
      try decode(#"{"percent":"ten","kind":"percent"}"#)
        == "/offer/percent wrong-type: expected an integer, found a string"
    )
  }

  @Test("Numbers keep their spelling and are exact")
  func numbers() throws {
    let schema = """
      {"type": "object", "properties": {"i": {"type": "integer"}, "n": {"type": "number"},
        "c": {"type": "integer", "maximum": 9007199254740993, "minimum": -9223372036854775808}}}
      """
    #expect(
      try Decoding(#"{"i":2.0,"n":2.0,"c":-9223372036854775808}"#, by: schema).description
        == #"{"i":2,"n":2.0,"c":-9223372036854775808}"#
    )
    #expect(
      try Decoding(#"{"i":12e2,"n":0.1,"c":9007199254740993}"#, by: schema).description
        == #"{"i":1200,"n":0.1,"c":9007199254740993}"#
    )
    #expect(
      try Decoding(#"{"i":-0,"n":123456789012345678901234567890}"#, by: schema).description
        == #"{"i":0,"n":1.2345678901234568e+29}"#
    )
    #expect(
      try Decoding(#"{"i":9223372036854775808,"c":9007199254740994}"#, by: schema).violations
        .map(\.code) == ["integer-out-of-range", "too-large"]
    )
  }

  @Test("Names of all lengths are told apart, in and out of order, escaped or not")
  func names() throws {
    let names = [
      "a", "ab", "seven77", "eight888", "eight889", "nine99999", "nine99998", "é", "say \"x\"",
      "back\\slash", "six666", "fourteen141414", "fifteen15151515", "fifteen15151516",
      "seventeen17171717", "seventeen+7171717", String(repeating: "long", count: 20),
      String(repeating: "1", count: 120), String(repeating: "1", count: 121),
      String(repeating: "1", count: 300), "",
    ]
    func quoted(_ name: String) -> String {
      var json: [UInt8] = []
      RecordWriter.write(Array(name.utf8)[...], to: &json)
      return String(decoding: json, as: UTF8.self)
    }
    let properties = names.map { "\(quoted($0)): {\"type\": \"integer\"}" }
    let schema =
      "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {"
      + properties.joined(separator: ",") + "}}"
    let members = names.enumerated().map { "\(quoted($1)):\($0)" }
    let whole = "{" + members.joined(separator: ",") + "}"
    #expect(try Decoding(whole, by: schema).description == whole)
    #expect(
      try Decoding("{" + members.reversed().joined(separator: ", ") + "}", by: schema).description
        == whole
    )
    #expect(
      try Decoding(#"{"\u0061b":1,"\u00e9":2,"\u0065ight888":3}"#, by: schema).description
        == #"{"ab":1,"eight888":3,"é":2}"#
    )
    for unknown in [
      "abc", "eight88", "eight8888", "nine9999", "e", "fifteen15151517", "seventeen17171718",
      String(repeating: "1", count: 119), String(repeating: "1", count: 122),
    ] {
      #expect(
        try Decoding("{\(quoted(unknown)):1}", by: schema).violations.map(\.code)
          == ["unknown-field"]
      )
    }
  }

  @Test("Strings know what they are fit for")
  func traits() throws {
    func traits(_ string: String) throws -> Slot.Traits {
      let schema = #"{"type": "object", "properties": {"s": {"type": "string"}}}"#
      let decoding = try Decoding("{\"s\":\"\(string)\"}", by: schema)
      // Those of the printed form follow from these.
      return decoding.record.slots[decoding.record.profile.first].traits.intersection([
        .isPlainHTML, .isPlainHeader, .isUnreserved, .isWebURL,
      ])
    }
    #expect(try traits("Ada-1") == [.isPlainHTML, .isPlainHeader, .isUnreserved])
    #expect(try traits("Ada Love") == [.isPlainHTML, .isPlainHeader])
    #expect(try traits("A & B") == [.isPlainHeader])
    #expect(try traits("é") == [.isPlainHTML])
    #expect(try traits("\\u003c\\n") == [])
    #expect(try traits("a\\n") == [.isPlainHTML])
    #expect(try traits("https://a.b/c?d=1") == [.isPlainHTML, .isPlainHeader, .isWebURL])
    #expect(try traits("https://a.b/c?d=1&e=%20#f") == [.isPlainHeader, .isWebURL])
    #expect(try traits("https://a.b/%2") == [.isPlainHTML, .isPlainHeader])
    #expect(try traits("javascript://a.b/") == [.isPlainHTML, .isPlainHeader])
    for url in ["http://a", "https://shop.example", "https://12345678.example-7:8080?a=1"] {
      #expect(try traits(url) == [.isPlainHTML, .isPlainHeader, .isWebURL], "\(url)")
    }
    let others = [
      "https://", "http://", "https:/", "http:/a", "httpx://a", "HTTP://a", "ftp://a.b/c",
      "https:///a",
      "https://_a.example/", "https://a_b.example/", "https://shop.example@b/",
      "https://shop.example:a",
    ]
    for url in others {
      #expect(try traits(url) == [.isPlainHTML, .isPlainHeader], "\(url)")
    }
  }
}
