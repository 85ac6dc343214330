import Letterpress
import Testing

/// `case` runs every `when` that matches, as Liquid does.
struct CaseTests {
  @Test func `each when of a case that may run several has its own answer`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-section>{% assign other = "B" %}
      {% if profile.name == "A" %}{% assign other = "A" %}{% endif %}{% case profile.name %}
      {% when "A" %}<mj-column><mj-text>first</mj-text></mj-column>
      {% when other %}<mj-column><mj-text>second</mj-text></mj-column>
      {% endcase %}</mj-section></mj-body></mjml>
      """
    ])
    for (name, words) in [("A", ["first", "second"]), ("B", ["second"]), ("C", [])] {
      let html = try project.html("mail", profile: "{\"name\": \"\(name)\"}")
      #expect(html.matches(of: />(first|second)<\/div>/).map { String($0.output.1) } == words)
    }
  }

  @Test func `a value that two whens name runs both`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-section><mj-column><mj-text>{% case profile.name %}{% when "A" %}one,\
      {% when "B", "A" %}two{% else %}none{% endcase %}</mj-text></mj-column></mj-section>\
      </mj-body></mjml>
      """
    ])
    for (name, words) in [("A", "one,two"), ("B", "two"), ("C", "none")] {
      let html = try project.html("mail", profile: "{\"name\": \"\(name)\"}")
      #expect(html.contains(">\(words)</div>"))
    }
  }
}
