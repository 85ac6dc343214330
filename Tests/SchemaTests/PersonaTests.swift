import LetterpressDiagnostics
import LetterpressSchema
import Testing

struct PersonaTests {
  private static let schema = """
    {"type": "object", "required": ["name"], "properties": {
      "name": {"type": "string"}, "age": {"type": "integer"},
      "homes": {"type": "array", "items": {"type": "object", "properties": {"city": {"type": "string"}}}}}}
    """

  private struct Reading {
    let persona: Persona?
    let findings: [String]
    let notes: [String]

    init(_ text: String) {
      let reading = SchemaReading(PersonaTests.schema)
      var sources = reading.sources
      let file = SourceFile(path: "ada.json", text: text)
      let id = sources.add(file)
      var diagnostics: [Diagnostic] = []
      persona = Persona.read(
        file,
        id: id,
        name: "ada",
        schema: reading.schema,
        diagnostics: &diagnostics
      )
      findings = diagnostics.sortedForDisplay(in: sources).map {
        "\($0.id) \(sources.text($0.primary.range)): \($0.message)"
      }
      notes = diagnostics.flatMap(\.notes)
    }
  }

  @Test("A persona has a title, notes, tags, a time and a profile")
  func whole() {
    let reading = Reading(
      """
      {"title": "Ada", "notes": "likes numbers", "tags": ["gold", "de"], "now": "2026-05-31T09:30:00Z",
       "profile": {"name": "Ada"}}
      """
    )
    #expect(reading.findings == [])
    #expect(reading.persona?.title == "Ada")
    #expect(reading.persona?.notes == "likes numbers")
    #expect(reading.persona?.tags == ["gold", "de"])
    #expect(reading.persona?.now == "2026-05-31T09:30:00Z")
    #expect(reading.persona?.record != nil)
  }

  @Test("Only the profile has to be there")
  func defaults() {
    let reading = Reading(#"{"profile": {"name": "Ada"}}"#)
    #expect(reading.findings == [])
    #expect(reading.persona?.title == "ada")
    #expect(
      Reading(#"{"title": "Ada"}"#).findings == ["invalid-persona {: the persona has no 'profile'"]
    )
    #expect(Reading("[]").findings == ["invalid-persona []: a persona is an object, not an array"])
  }

  @Test("Misspelt keys, wrong kinds and violations are reported together, each at its place")
  func mistakes() {
    let reading = Reading(
      """
      {"titel": "Ada", "tags": "gold", "now": "today", "email": "a@b.c",
       "profile": {"age": "36", "homes": [{"city": 1}]}}
      """
    )
    #expect(
      reading.findings == [
        #"unknown-persona-key "titel": a persona has no 'titel'; did you mean 'title'?"#,
        #"invalid-persona "gold": 'tags' is a list of strings, not a string"#,
        #"invalid-persona "today": 'now' is a date with time and offset, such as 2026-05-31T09:30:00Z"#,
        #"unknown-persona-key "email": a persona has no 'email'"#,
        "missing-field {: the required field 'name' is missing",
        #"wrong-type "36": expected an integer, found a string"#,
        "wrong-type 1: expected a string, found a number",
      ]
    )
    #expect(reading.notes.contains("JSON Pointer: /homes/0/city"))
    #expect(reading.persona?.record == nil)
  }

  @Test("Fields that the schema does not know are reported where it lets them in")
  func unknownFields() {
    let reading = Reading(
      #"{"profile": {"name": "Ada", "homes": [{"citty": "Paris"}], "nmae": 1}}"#
    )
    #expect(
      reading.findings == [
        #"unused-persona-field "citty": the schema has no field 'citty'; did you mean 'city'?"#,
        #"unused-persona-field "nmae": the schema has no field 'nmae'"#,
      ]
    )
    #expect(reading.persona?.record != nil)
  }

  @Test("A key that stands twice is reported once")
  func duplicateKey() {
    #expect(
      Reading(#"{"profile": {"name": "Ada", "name": "Bea"}}"#).findings == [
        #"duplicate-key "name": the key 'name' stands in this object twice"#
      ]
    )
  }
}
