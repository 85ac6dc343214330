import Letterpress
import LetterpressDiagnostics
import LetterpressSchema
import Testing

struct BatchRendererTests {
  @Test(
    arguments: [
      ("profile.tier == 'gold'", [true, false, false]),
      ("profile.tier != 'gold'", [false, true, true]),
      ("profile.city", [false, true, false]),
      ("profile.city and profile.city contains 'R'", [false, true, false]),
      ("profile.name == \"a\" or profile.name == 'c'", [true, false, true]),
      ("profile.age > limit", [false, true, false]),
    ]
  )
  func `a condition chooses profiles`(_ text: String, _ holds: [Bool]) throws {
    let compiler = try project().compiler()
    let email = try #require(compiler.compile("mail")?.email)
    let condition = try RowCondition(text, for: email, of: compiler)
    var renderer = email.makeBatchRenderer(now: 0, jobID: "job", where: condition)
    let profiles = [
      #"{"name": "a", "tier": "gold", "age": 1}"#, #"{"name": "b", "city": "Rome", "age": 50}"#,
      #"{"name": "c", "tier": "silver", "age": 30}"#,
    ]
    var found: [Bool] = []
    for profile in profiles {
      var record = Record()
      let json = Array(profile.utf8)
      try email.schema.decoder.decode(json, into: &record)
      found.append(try renderer.matches(record))
    }
    #expect(found == holds)
  }

  @Test(
    arguments: [
      ("profile.teir == 'gold'", "unknown-field", "teir"),
      ("profile.tier == 'god'", "not-in-enum", "'god'"),
      ("profile.name == ", "liquid-syntax", nil),
      ("profile.name %}{% if true", "liquid-syntax", "profile.name %}{% if true"),
      ("nobody", "unknown-variable", "nobody"),
    ] as [(String, String, String?)]
  )
  func `a wrong condition is a finding at its place`(
    _ text: String,
    _ id: String,
    _ place: String?
  ) throws {
    let compiler = try project().compiler()
    let email = try #require(compiler.compile("mail")?.email)
    do {
      _ = try RowCondition(text, for: email, of: compiler)
      Issue.record("'\(text)' was taken")
    } catch {
      #expect(error.diagnostics.map(\.id.name) == [id])
      let range = try #require(error.diagnostics.first).primary.range
      #expect(error.sources[range.file].path == "--where")
      if let place { #expect(error.sources.text(range) == place) }
    }
  }

  @Test func `a message as JSON has what its layout prints`() throws {
    let project = try TestProject([
      "letterpress.yaml": "sender: shop@ink.example",
      "layouts/mail.mjml": """
      <mjml><mj-head><lp-subject>Hi "{{ profile.name }}"</lp-subject>
      {% if profile.city %}<lp-header name="X-City">{{ profile.city }}</lp-header>{% endif %}
      <lp-header name="X-Name">{{ profile.name }}</lp-header>
      <lp-unsubscribe href="https://ink.example/u" /></mj-head>
      <mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>
      """,
    ])
    let email = try #require(try project.compiler().compile("mail")?.email)
    var renderer = email.makeBatchRenderer(now: 0, jobID: "job")
    var record = Record()
    let profile = Array(#"{"name": "a"}"#.utf8)
    try email.schema.decoder.decode(profile, into: &record)
    var line: [UInt8] = []
    try renderer.appendJSON(record, row: 3, key: "k", to: &line)
    let text = String(decoding: line, as: UTF8.self)
    let start =
      #"{"row":3,"key":"k","subject":"Hi \"a\"","from":"shop@ink.example","#
      + #""headers":{"X-Name":"a"},"unsubscribe":["https://ink.example/u"],"text":"Hi\n","html":"<"#
    #expect(text.hasPrefix(start), "\(text.prefix(300))")
  }

  private func project() throws -> TestProject {
    try TestProject([
      "letterpress.yaml": "vars: { limit: 40 }",
      "fixtures/profile.schema.json": """
      {"type": "object", "required": ["name", "age"], "properties": {
        "name": {"type": "string"}, "city": {"type": "string"}, "age": {"type": "integer"},
        "tier": {"enum": ["gold", "silver"]}}}
      """,
      "layouts/mail.mjml": TestProject.layout("<mj-text>Hi</mj-text>"),
    ])
  }
}
