import Foundation
import LetterpressProfiles
import Testing

struct SQLiteSourceTests {
  /// A database that statements made.
  private func database(_ sql: String, _ fixture: ProfileFixture) throws -> ProfileInput {
    let path = fixture.path("a.sqlite")
    try DatabaseScript.run(sql, path: path)
    return ProfileInput(path: path, format: .sqlite)
  }

  @Test func `columns are the paths of fields, and values keep their types`() throws {
    let fixture = try ProfileFixture()
    let input = try database(
      """
      CREATE TABLE profiles (id INTEGER, name TEXT, age INT, score REAL, vip, tags TEXT,
        "address.city" TEXT);
      INSERT INTO profiles VALUES (1, 'Ann', NULL, 1.5, 1, '["x"]', 'Rome');
      INSERT INTO profiles VALUES (2, 'B"\n', 3, 2, 0, NULL, NULL);
      INSERT INTO profiles VALUES (3, 4, 1, 1, 2, '[1]', x'00');
      INSERT INTO profiles VALUES (4, 'D', 1, 1, NULL, '["x"],"id":9', NULL);
      INSERT INTO profiles VALUES (5, 'E' || char(0) || 'F', 1, 9e999, NULL, NULL, NULL);
      """,
      fixture
    )
    let reading = ProfileReading(input, schema: fixture.schema)
    #expect(
      reading.profiles == [
        #"{"id":1,"name":"Ann","age":null,"score":1.5,"vip":true,"tags":["x"],"#
          + #""address":{"city":"Rome"}}"#,
        #"{"id":2,"name":"B\"\n","age":3,"score":2.0,"vip":false}"#,
      ]
    )
    #expect(
      reading.rejected.map { $0.failures.map { "\($0.pointer) \($0.code)" } } == [
        ["/address/city wrong-type"], ["/tags json-syntax"],
        ["/name nul-character", "/score number-out-of-range"],
      ]
    )
    #expect(reading.rejected.map(\.key) == ["3", "4", "5"])
  }

  @Test func `a table is read by its key, also from its middle`() throws {
    let fixture = try ProfileFixture()
    let input = try database(
      """
      CREATE TABLE profiles (id INTEGER PRIMARY KEY, name TEXT);
      INSERT INTO profiles VALUES (9223372036854775807, 'z'), (-5, 'a'), (7, 'b');
      """,
      fixture
    )
    let whole = ProfileReading(input, schema: fixture.schema)
    #expect(whole.positions.map(\.offset) == [-5, 7, .max])
    for row in 1...3 {
      let rest = ProfileReading(input, schema: fixture.schema, from: whole.positions[row - 1])
      #expect(rest.profiles == Array(whole.profiles[row...]))
    }
  }

  @Test func `a query is read in its own order, or by the key that is named`() throws {
    let fixture = try ProfileFixture()
    var input = try database(
      """
      CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID;
      INSERT INTO people VALUES (1, 'a'), (2, 'b'), (3, 'c');
      """,
      fixture
    )
    input.rows = .query("SELECT id, name FROM people ORDER BY name DESC;")
    let whole = ProfileReading(input, schema: fixture.schema)
    #expect(whole.profiles.first == #"{"id":3,"name":"c"}"#)
    let rest = ProfileReading(input, schema: fixture.schema, from: whole.positions[0])
    #expect(rest.profiles == Array(whole.profiles[1...]))
    input.keyColumn = "id"
    let keyed = ProfileReading(input, schema: fixture.schema)
    #expect(keyed.positions.map(\.offset) == [1, 2, 3])
    let end = ProfileReading(input, schema: fixture.schema, from: keyed.positions[1])
    #expect(end.profiles == [#"{"id":3,"name":"c"}"#])
  }

  @Test(arguments: [
    (ProfileInput.Rows.table("peple"), "no-such-table"),
    (.query("DELETE FROM people"), "bad-query"),
    (.query("SELECT nonsense FROM people"), "bad-query"),
    (.query("SELECT id, name, 1 AS other FROM people"), "unknown-column"),
    (.query("SELECT id, name, id FROM people"), "duplicate-header"),
  ])
  func `what cannot be read is refused as a whole`(
    _ rows: ProfileInput.Rows,
    _ code: String
  ) throws {
    let fixture = try ProfileFixture()
    var input = try database("CREATE TABLE people (id INTEGER, name TEXT)", fixture)
    input.rows = rows
    #expect(ProfileReading(input, schema: fixture.schema).error?.code == code)
  }

  @Test func `a file that is no database says so`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read("a.sqlite", String(repeating: "hello ", count: 500))
    #expect(reading.error?.code == "wrong-format")
  }
}
