import Letterpress
import LetterpressDiagnostics
import Testing

/// An object of the schema cannot be printed: told where the type says so, refused where only the value does.
struct PrintedObjectTests {
  private static let schema = """
    {"required": ["item", "items", "gold"], "properties": {"gold": {"type": "boolean"},
      "item": {"required": ["t"], "properties": {"t": {"type": "string"}}},
      "items": {"type": "array", "items": {"$ref": "#/properties/item"}}}}
    """
  private static let profile = #"{"item": {"t": "x"}, "items": [{"t": "y"}], "gold": true}"#

  private func project(_ text: String) throws -> TestProject {
    try TestProject([
      "fixtures/profile.schema.json": Self.schema,
      "layouts/mail.mjml": TestProject.layout("<mj-text>\(text)</mj-text>"),
    ])
  }

  @Test(
    arguments: [
      "{{ profile.item }}", "{{ profile.item | default: 'x' }}",
      "{{ profile.items | default: 'x' }}",
      "{% assign x = profile.item %}{{ x | default: '' }}",
    ]
  )
  func `it is a finding`(text: String) throws {
    let findings = try project(text).findings()
    #expect(findings.count == 1 && findings[0].hasSuffix("[object-printed]"), "\(findings)")
  }

  @Test(
    arguments: [
      "{% if profile.gold %}{% assign x = profile.item %}{% else %}{% assign x = 'a' %}{% endif %}{{ x }}",
      "{% if profile.gold %}{% assign x = profile.items %}{% else %}{% assign x = 'a' %}{% endif %}{{ x }}",
    ]
  )
  func `a value of several types is refused when it is one`(text: String) throws {
    let project = try project(text)
    let failure = try #require(throws: RenderFailure.self) {
      try project.message("mail", profile: Self.profile)
    }
    #expect(failure.code == "unexpected-value")
    let other = Self.profile.replacing("true", with: "false")
    #expect(try project.html("mail", profile: other).contains(">a<"))
  }
}
