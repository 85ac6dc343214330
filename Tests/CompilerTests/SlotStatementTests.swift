import Letterpress
import Testing

/// What a caller does between the fills of a block is done, also under conditions and in loops.
struct SlotStatementTests {
  private func text(_ fills: String, tier: String) throws -> String {
    let project = try TestProject([
      "blocks/pan-el.mjml": """
      <lp-block><mj-section><mj-column><lp-slot><mj-text>none</mj-text></lp-slot></mj-column></mj-section>
      <mj-section><mj-column><lp-slot name="foot"><mj-text>foot</mj-text></lp-slot></mj-column></mj-section></lp-block>
      """,
      "layouts/mail.mjml": "<mjml><mj-body><pan-el>\(fills)</pan-el></mj-body></mjml>",
    ])
    #expect(try project.findings() == [])
    return try project.plainText("mail", profile: #"{"name": "Ada", "tier": "\#(tier)"}"#)
  }

  @Test(
    arguments: [
      "{% assign b = 'a' %}{% if profile.tier == 'gold' %}{% assign b = 'x' %}{% endif %}<mj-text>{{ b }}</mj-text>",
      """
      {% if profile.name != '' %}{% assign b = 'a' %}{% if profile.tier == 'gold' %}{% assign b = 'x' %}{% endif %}
      <mj-text>{{ b }}</mj-text>{% else %}<mj-text>-</mj-text>{% endif %}
      """,
      """
      {% assign b = 'a' %}{% for i in (1..2) %}{% if profile.tier == 'gold' %}{% assign b = 'x' %}{% endif %}{% endfor %}
      <lp-fill><mj-text>{{ b }}</mj-text></lp-fill>
      """,
      """
      {% assign b = '' %}{% case profile.tier %}{% when 'gold' %}{% assign b = 'x' %}{% else %}{% assign b = 'a' %}{% endcase %}
      {% if profile.name != '' %}<mj-text>{{ b }}</mj-text>{% endif %}
      """,
    ]
  )
  func `an assignment under a condition holds in the fill`(fills: String) throws {
    #expect(try text(fills, tier: "gold") == "x\n\nfoot\n")
    #expect(try text(fills, tier: "silver") == "a\n\nfoot\n")
  }

  @Test func `one in the other branch holds behind it`() throws {
    let fills = """
      {% assign b = 'a' %}{% if profile.tier == 'gold' %}<mj-text>gold</mj-text>{% assign b = 'x' %}
      {% else %}{% assign b = 'y' %}{% endif %}<mj-text>{{ b }}</mj-text>
      """
    #expect(try text(fills, tier: "gold") == "gold\n\nx\n\nfoot\n")
    #expect(try text(fills, tier: "silver") == "y\n\nfoot\n")
  }
}
