import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressTyping
import TestSupport
import Testing

/// What the manifest changes in what a layout sees.
struct ManifestTests {
  private let schema = """
    {
      "type": "object",
      "required": ["user", "plan"],
      "properties": {
        "user": {
          "type": "object",
          "required": ["email"],
          "properties": {
            "first_name": { "type": "string" },
            "email": { "type": "string", "x-pii": true }
          }
        },
        "plan": { "enum": ["free", "pro"] }
      }
    }
    """

  private func findings(
    _ text: String,
    _ change: (inout CheckedProject) -> Void = { _ in }
  ) -> [String] {
    let layout =
      "<mjml><mj-body><mj-section><mj-column>\(text)</mj-column></mj-section></mj-body></mjml>"
    var project = CheckedProject(files: [
      ("fixtures/profile.schema.json", schema), ("layouts/mail.mjml", layout),
    ])
    change(&project)
    return project.check().diagnostics.map { "\($0.id): \($0.message)" }
  }

  private func asProperties(_ project: inout CheckedProject) { project.roots = .properties }

  @Test
  func `With roots: properties the schema's properties are names of their own`() {
    let text = "<mj-text>{{ user.first_name | default: 'you' }} {{ plan }}</mj-text>"
    #expect(findings(text, asProperties) == [])
    #expect(findings("<mj-text>{{ user.first_name }}</mj-text>", asProperties).count == 1)
    #expect(
      findings("<mj-text>{{ profile.plan }}</mj-text>", asProperties)
        == ["unknown-variable: there is no variable 'profile'"]
    )
    #expect(
      findings("<mj-text>{{ usr.first_name }}</mj-text>", asProperties)
        == ["unknown-variable: there is no variable 'usr'; did you mean 'user'?"]
    )
    #expect(
      findings("<mj-text>{% assign plan = 'x' %}{{ plan }}</mj-text>", asProperties)
        == ["shadowed-name: this assignment hides 'plan' for the rest of the template"]
    )
  }

  @Test
  func `Narrowing knows properties by their names`() {
    let text = "<mj-text>{% if user.first_name %}{{ user.first_name }}{% endif %}</mj-text>"
    #expect(findings(text, asProperties) == [])
  }

  @Test(arguments: ["profile.user.email", "user.email"])
  func `A personal field is allowed by its path`(_ path: String) {
    let text = "<mj-button href=\"https://x.example/?e={{ user.email }}\">a</mj-button>"
    #expect(findings(text, asProperties).count == 1)
    #expect(
      findings(text) {
        $0.roots = .properties; $0.allowedPersonalFields = [path]
      } == []
    )
  }

  @Test
  func `Constants of the manifest are names of the layout`() {
    func withConstants(_ project: inout CheckedProject) {
      project.constants = [
        "brand": .scalar(.string("Alder")), "columns": .scalar(.integer(2)),
        "colors": .list([.scalar(.string("#fff")), .scalar(.string("#000"))]),
        "shop": .object([("name", .scalar(.string("Alder"))), ("open", .scalar(.boolean(true)))]),
      ]
    }
    let text = """
      <mj-text padding="{{ columns }}px">{{ brand }} {{ shop.name }} {{ colors.first }}</mj-text>
      {% if shop.open %}<mj-text>{% for color in colors %}{{ color }}{% endfor %}</mj-text>{% endif %}
      """
    #expect(findings(text, withConstants) == [])
    #expect(
      findings("<mj-text>{{ shop.nme }}</mj-text>", withConstants)
        == ["unknown-field: 'shop' in the manifest has no 'nme'; did you mean 'name'?"]
    )
  }

  @Test
  func `Without a schema the profile is untyped`() {
    let layout = """
      <mjml><mj-body><mj-section><mj-column><mj-text>{{ profile.a.b | upcase }}</mj-text>\
      </mj-column></mj-section></mj-body></mjml>
      """
    let project = CheckedProject(files: [("layouts/mail.mjml", layout)])
    #expect(project.check().diagnostics == [])
  }
}
