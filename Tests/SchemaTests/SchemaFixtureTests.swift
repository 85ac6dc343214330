import LetterpressSchema
import TestSupport
import Testing

/// Folders with a schema and profiles, and what comes of each profile.
struct SchemaFixtureTests {
  @Test(
    "Each profile decodes to the record, or is refused for the reasons, that its snapshot holds",
    arguments: Fixture.folders(in: "schema")
  )
  func outcomes(fixture: Fixture) throws {
    let text = try #require(fixture.text(of: "profile.schema.json"))
    let reading = SchemaReading(text)
    #expect(reading.findings == [])
    let schema = try #require(reading.schema)
    let rows = try #require(fixture.text(of: "profiles.ndjson"))
    var outcome = ""
    for (line, row) in rows.split(separator: "\n").enumerated() {
      outcome += "\(line + 1)\n\(try Decoding(Array(row.utf8), by: schema))\n\n"
    }
    expectSnapshot(outcome, named: "schema/\(fixture.name)/outcomes.txt")
  }
}
