import LetterpressProfiles
import Testing

struct JSONArraySourceTests {
  @Test func `the elements of an array are rows, with their places`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read(
      "a.json",
      """
      [ {"id": 1, "name": "a, ]}\\" b"},
        {"id": "2",
         "name": 7}, {"id": 3, "name": "c"}
      ]

      """
    )
    #expect(reading.accepted == [1, 3])
    #expect(reading.places == ["2:10 /id", "3:12 /name"])
    #expect(reading.error == nil)
  }

  @Test func `one object is one row`() throws {
    let fixture = try ProfileFixture()
    #expect(try fixture.read("a.json", " {\"id\":1,\"name\":\"a\"} \n").accepted == [1])
    #expect(try fixture.read("a.json", "{\"id\":1}{\"id\":2}").error?.code == "trailing-text")
    #expect(try fixture.read("a.json", "hello").error?.code == "not-json")
  }

  @Test func `no comma goes unnoticed`() throws {
    let fixture = try ProfileFixture()
    let row = "{\"id\":1,\"name\":\"a\"}"
    #expect(try fixture.read("a.json", "[\(row),]").codes == ["2 json-syntax"])
    #expect(try fixture.read("a.json", "[,\(row)]").codes == ["1 json-syntax"])
    #expect(try fixture.read("a.json", "[\(row) \(row)]").codes == ["1 json-syntax"])
    #expect(try fixture.read("a.json", "[]").codes.isEmpty)
    #expect(try fixture.read("a.json", "[\(row)").codes == ["1 json-syntax"])
    #expect(try fixture.read("a.json", "[\(row),{\"id").codes == ["2 json-syntax"])
  }

  @Test func `an element over 1 MiB costs that row alone`() throws {
    let fixture = try ProfileFixture()
    let long = String(repeating: "x", count: 3 << 20)
    let reading = try fixture.read(
      "a.json",
      "[{\"id\":1,\"name\":\"a\"},{\"id\":2,\"name\":\"\(long)\"},\n{\"id\":3,\"name\":\"c\"}]"
    )
    #expect(reading.accepted == [1, 3])
    #expect(reading.codes == ["2 row-too-large"])
  }

  @Test func `reading goes on after any row`() throws {
    let fixture = try ProfileFixture()
    let rows = (1...600).map { "{\"id\":\($0),\"name\":\($0 % 7 == 0 ? "1" : "\"n\"")}" }
    let input = try fixture.input("a.json", ("[" + rows.joined(separator: ",\n  ") + "]").utf8)
    let whole = ProfileReading(input, schema: fixture.schema)
    for row in [1, 255, 256, 257, 599, 600] {
      let rest = ProfileReading(input, schema: fixture.schema, from: whole.positions[row - 1])
      #expect(rest.positions == Array(whole.positions[row...]))
      #expect(rest.places == Array(whole.places.suffix(rest.places.count)))
    }
  }
}
