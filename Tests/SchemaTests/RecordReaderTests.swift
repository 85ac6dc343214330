import LetterpressSchema
import Testing

struct RecordReaderTests {
  @Test("A record is walked by names")
  func walk() throws {
    let schema = try #require(
      SchemaReading(
        """
        {"type": "object", "required": ["name"], "properties": {
          "name": {"type": "string"}, "age": {"type": "integer"},
          "orders": {"type": "array", "items": {"type": "object", "properties": {"total": {"type": "number"}}}},
          "labels": {"type": "object", "additionalProperties": {"type": "string"}}},
         "additionalProperties": true}
        """
      ).schema
    )
    let json =
      #"{"name":"Zoë","orders":[{"total":9.5},{}],"labels":{"\u00e9":"x","e\u0301":"y"},"free":{"a":[1]}}"#
    let decoding = try Decoding(Array(json.utf8), by: schema)
    let reader = RecordReader(decoding.record, types: schema.types)
    #expect(
      reader.members(reader.profile).map(\.name) == ["name", "age", "orders", "labels", "free"]
    )
    #expect(reader.member("name", of: reader.profile).map(reader.string) == "Zoë")
    #expect(reader.member("age", of: reader.profile)?.kind == .null)
    #expect(reader.member("missing", of: reader.profile)?.kind == nil)
    let orders = try #require(reader.member("orders", of: reader.profile))
    #expect(
      reader.elements(orders).map { reader.member("total", of: $0)?.kind } == [.number, .null]
    )
    #expect(reader.count(orders) == 2)
    // Two spellings of one character are two keys.
    let labels = try #require(reader.member("labels", of: reader.profile))
    #expect(reader.member("e\u{301}", of: labels).map(reader.string) == "y")
    let free = try #require(reader.member("free", of: reader.profile))
    #expect(reader.member("a", of: free).map { reader.elements($0).map(\.integer) } == [1])
    #expect(reader.member("name", of: orders)?.kind == nil)
  }

  @Test("A record is reused from one profile to the next")
  func reuse() throws {
    let schema = try #require(
      SchemaReading(#"{"type": "object", "properties": {"a": {}, "b": {"default": "x"}}}"#).schema
    )
    var record = Record()
    for json in [#"{"a":[1,2,{"c":"long text"}]}"#, #"{"b":"y"}"#, "{}"] {
      try schema.decoder.decode(Array(json.utf8), into: &record)
    }
    #expect(
      String(decoding: RecordWriter.json(record, of: schema), as: UTF8.self) == #"{"b":"x"}"#
    )
  }
}
