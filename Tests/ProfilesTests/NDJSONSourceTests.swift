import LetterpressProfiles
import Testing

struct NDJSONSourceTests {
  @Test func `blank lines are no rows, but count as lines`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read(
      "a.ndjson",
      "\n{\"id\":1,\"name\":\"a\"}\r\n \t\n\n{\"id\":2}\n{\"id\":3,\"name\":\"c\"}"
    )
    #expect(reading.accepted == [1, 3])
    #expect(reading.places == ["5:1 "])
  }

  @Test func `a byte order mark is no part of the first line`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read("a.ndjson", "\u{FEFF}{\"id\":\"x\",\"name\":\"é\"}")
    #expect(reading.places == ["1:7 /id"])
  }

  @Test func `columns count characters`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read("a.ndjson", "{\"name\":\"éé😀\",\"id\":true}\n")
    #expect(reading.places == ["1:20 /id"])
  }

  @Test func `a line over 1 MiB costs that row alone`() throws {
    let fixture = try ProfileFixture()
    let long = String(repeating: "x", count: 3 << 20)
    let reading = try fixture.read(
      "a.ndjson",
      "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"\(long)\"}\n"
        + "{\"id\":3,\"name\":\"c\"}\n{\"id\":"
    )
    #expect(reading.accepted == [1, 3])
    #expect(reading.codes == ["2 row-too-large", "4 json-syntax"])
    #expect(reading.lines == [2, 4])
  }

  @Test func `reading goes on after any row`() throws {
    let fixture = try ProfileFixture()
    let text = (1...700).map { "{\"id\":\($0),\"name\":\"n\($0)\"}\n" + ($0 % 3 == 0 ? "\n" : "") }
    let input = try fixture.input("a.ndjson", text.joined().utf8)
    let whole = ProfileReading(input, schema: fixture.schema)
    #expect(whole.accepted == Array(1...700))
    for row in [1, 255, 256, 257, 512, 699, 700] {
      let rest = ProfileReading(
        input,
        schema: fixture.schema,
        from: whole.positions[row - 1]
      )
      #expect(rest.profiles == Array(whole.profiles[row...]))
      #expect(rest.positions == Array(whole.positions[row...]))
    }
  }

  @Test(arguments: [
    ("[{\"id\":1}]", "json-array"), ("\u{1F}", ""), ("SQLite format 3\0", "wrong-format"),
    ("PK\u{3}\u{4}xxxxxxxxxxx", "wrong-format"),
  ])
  func `a file of another format is refused as a whole`(_ text: String, _ code: String) throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read("a.ndjson", text)
    #expect(reading.error?.code ?? "" == code)
  }

  @Test func `an empty file has no rows`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read("a.ndjson", "")
    #expect(reading.error == nil && reading.accepted.isEmpty && reading.rejected.isEmpty)
  }

  @Test func `a file that is not there is missing`() throws {
    let fixture = try ProfileFixture()
    let input = ProfileInput(path: fixture.path("none.ndjson"), format: .ndjson)
    #expect(ProfileReading(input, schema: fixture.schema).error?.kind == .missing)
  }
}
