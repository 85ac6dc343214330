import LetterpressProfiles
import Testing

/// However an input comes in pieces, and wherever reading goes on, its rows are the same.
struct PieceTests {
  private static let texts: [(name: String, text: String)] = [
    (
      "a.ndjson",
      "\u{FEFF}{\"id\":1,\"name\":\"a\"}\r\n\n  {\"id\":\"2\"}\n{\"id\":3,\"name\":\"\(Self.long)\"}\n{\"id\":4,\"name\":\"é\"}"
    ),
    ("a.json", String(repeating: " ", count: 40) + "[{\"id\":1,\"name\":\"a, ]}\"},\n 7, ,{\"id\""),
    ("a.json", "[{\"id\":1,\"name\":\"\(Self.long)\"},{\"id\":2,\"name\":\"b\"}, ]  \n"),
    ("a.json", String(repeating: "\n", count: 40) + "{\"id\":1,\"name\":\"a\"}  x"),
    ("a.json", "[[[["),
    (
      "a.csv",
      "sep=;\r\nid;name;tags\r\n1;\"a \"\"b\"\"\r\nc\";\r\n\r\n2;x\"y;\r3;\(Self.long);\n4;d;\"[\"\"e\"\"]\""
    ),
    ("a.csv", "id,name\n" + "1,\"a\nb"),
    ("a.csv", "id,name,\(Self.long)\n1,a,\n"),
  ]
  private static let long = String(repeating: "x", count: 120)

  @Test(arguments: texts.indices) func `pieces make no difference`(index: Int) throws {
    let fixture = try ProfileFixture()
    let (name, text) = Self.texts[index]
    var input = try fixture.input(name, text.utf8)
    input.limits.row = 100
    let whole = Outcome(input, fixture)
    for size in 1...40 {
      input.limits.readSize = size
      #expect(Outcome(input, fixture) == whole, "\(size) bytes at a time")
    }
  }

  @Test(arguments: texts.indices) func `reading goes on behind any row`(index: Int) throws {
    let fixture = try ProfileFixture()
    let (name, text) = Self.texts[index]
    var input = try fixture.input(name, text.utf8)
    input.limits.row = 100
    let whole = Outcome(input, fixture)
    for (row, position) in whole.positions.enumerated() {
      let rest = Outcome(input, fixture, from: position)
      #expect(rest.positions == Array(whole.positions[(row + 1)...]), "behind row \(row + 1)")
      #expect(rest.codes == Array(whole.codes.suffix(rest.codes.count)))
      #expect(rest.error == whole.error)
    }
  }

  @Test func `a header has a bound, wherever it is cut`() throws {
    let fixture = try ProfileFixture()
    var input = try fixture.input("a.csv", "id,name,\(Self.long)\n1,a,\n".utf8)
    input.limits.row = 100
    #expect(ProfileReading(input, schema: fixture.schema).error?.code == "bad-header")
  }

  @Test func `a text of a database that is too long costs that row alone`() throws {
    let fixture = try ProfileFixture()
    let path = fixture.path("a.sqlite")
    try DatabaseScript.run(
      """
      CREATE TABLE profiles (id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO profiles VALUES (1, 'a'), (2, '\(Self.long)'), (3, 'c');
      """,
      path: path
    )
    var input = ProfileInput(path: path, format: .sqlite)
    input.limits.row = 100
    let reading = ProfileReading(input, schema: fixture.schema)
    #expect(reading.accepted == [1, 3])
    #expect(reading.codes == ["2 row-too-large"])
  }

  /// What was read of an input.
  private struct Outcome: Equatable {
    var accepted: [Int]
    var codes: [String]
    var places: [String]
    var positions: [SourcePosition]
    var error: ProfileSourceError?

    init(_ input: ProfileInput, _ fixture: ProfileFixture, from position: SourcePosition? = nil) {
      let reading = ProfileReading(input, schema: fixture.schema, from: position)
      accepted = reading.accepted
      codes = reading.codes
      places = reading.places
      positions = reading.positions
      error = reading.error
    }
  }
}
