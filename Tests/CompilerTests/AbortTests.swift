import Letterpress
import LetterpressDiagnostics
import LetterpressProgram
import Testing

/// `{% abort %}`: a recipient who is to get no message.
@Suite("Abort")
struct AbortTests {
  private static let place = "{% unless profile.city %}{% abort 'no city' %}{% endunless %}"

  @Test(
    "Wherever it stands, the recipient gets no message, and the reason is known",
    arguments: [
      "<mjml>@<mj-body></mj-body></mjml>",
      "<mjml><mj-head>@</mj-head><mj-body></mj-body></mjml>",
      "<mjml><mj-head><lp-subject>@Hi</lp-subject></mj-head><mj-body></mj-body></mjml>",
      "<mjml><mj-head><mj-preview>@Hi</mj-preview></mj-head><mj-body></mj-body></mjml>",
      "<mjml><mj-head><lp-text>@Hi</lp-text></mj-head><mj-body></mj-body></mjml>",
      "<mjml><mj-body>@</mj-body></mjml>",
      "<mjml><mj-body><mj-section>@</mj-section></mj-body></mjml>",
      "<mjml><mj-body><mj-section><mj-column>@</mj-column></mj-section></mj-body></mjml>",
      "<mjml><mj-body><mj-raw>@</mj-raw></mj-body></mjml>",
      """
      <mjml><mj-body><mj-section><mj-column><mj-text>Hi @</mj-text></mj-column></mj-section></mj-body></mjml>
      """,
      """
      <mjml><mj-body><mj-section><mj-column><mj-text lp-text="@">Hi</mj-text></mj-column></mj-section>
      </mj-body></mjml>
      """,
    ]
  )
  func skips(layout: String) throws {
    let project = try TestProject([
      "layouts/mail.mjml": layout.replacing("@", with: Self.place)
    ])
    #expect(throws: Never.self) {
      try project.message("mail", profile: #"{"name": "Ada", "city": "Rome"}"#)
    }
    let failure = try #require(throws: RenderFailure.self) {
      try project.message("mail", profile: #"{"name": "Ada"}"#)
    }
    #expect(failure.diagnostic.id.name == "skipped")
    #expect(failure.diagnostic.message == "no city")
  }

  @Test(
    "HTML and text agree, whichever is rendered alone",
    arguments: [
      "<mjml><mj-body>@</mj-body></mjml>",
      "<mjml><mj-head><lp-text>Mine</lp-text></mj-head><mj-body>@</mj-body></mjml>",
      "<mjml><mj-head><lp-text>@Mine</lp-text></mj-head><mj-body></mj-body></mjml>",
      "<mjml><mj-head><lp-subject>@Hi</lp-subject></mj-head><mj-body></mj-body></mjml>",
      "<mjml><mj-head><mj-preview>@Hi</mj-preview></mj-head><mj-body></mj-body></mjml>",
    ]
  )
  func agrees(layout: String) throws {
    let project = try TestProject([
      "layouts/mail.mjml": layout.replacing("@", with: Self.place)
    ])
    let compiler = try project.compiler()
    let email = try #require(compiler.compile("mail")?.email)
    let recipient = try compiler.recipient(profile: Array(#"{"name": "Ada"}"#.utf8), path: "p")
    var renderer = email.makeRenderer()
    var buffer = MessageBuffer()
    #expect(throws: RenderFailure.self) { try renderer.renderHTML(recipient, into: &buffer) }
    #expect(throws: RenderFailure.self) { try renderer.renderText(recipient, into: &buffer) }
    #expect(buffer.count == 0)
  }

  @Test("Whom the body skips is skipped, also where the header could not be written")
  func precedesHeader() throws {
    let project = try TestProject([
      "letterpress.yaml": "sender: shop@ink.example",
      "layouts/mail.mjml": """
      <mjml><mj-head><lp-subject>{{ profile.city | default: '' }}</lp-subject></mj-head>
      <mj-body>\(Self.place)</mj-body></mjml>
      """,
    ])
    let compiler = try project.compiler()
    let email = try #require(compiler.compile("mail")?.email)
    let recipient = try compiler.recipient(profile: Array(#"{"name": "Ada"}"#.utf8), path: "p")
    var renderer = email.makeRenderer()
    var buffer = MessageBuffer()
    let failure = try #require(throws: RenderFailure.self) {
      try renderer.renderMessage(recipient, into: &buffer)
    }
    #expect(failure.diagnostic.id.name == "skipped")
    #expect(buffer.count == 0)
  }

  @Test("Every place that skips a recipient can be listed, once for each layout")
  func lists() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-head><lp-subject>{% unless profile.city %}{% abort 'no city' %}{% endunless %}Hi</lp-subject>
      </mj-head><mj-body><mj-section><mj-column><only-gold tier="{{ profile.tier | default: 'silver' }}" />
      <only-gold tier="gold" /></mj-column></mj-section></mj-body></mjml>
      """,
      "layouts/other.mjml": "<mjml><mj-body><!-- abort --></mj-body></mjml>",
      "blocks/only-gold.mjml": """
      <lp-block><lp-param name="tier" type="gold | silver" />
        <mj-text>{% if tier == 'silver' %}{% assign why = tier | append: ' only' %}{% abort why %}{% endif %}
        Gold</mj-text></lp-block>
      """,
    ])
    let compiler = try project.compiler()
    let reasons = compiler.skipReasons()
    #expect(reasons.map(\.layout) == ["mail", "mail"])
    #expect(Set(reasons.map(\.text)) == ["no city", "{{ why }}"])
    #expect(try project.findings().isEmpty)
  }

  @Test("The reason is text of the template's, checked as any text is")
  func checksReason() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body>{% if profile.tier == 'gold' %}{% abort profile.city %}{% endif %}</mj-body></mjml>
      """
    ])
    let findings = try project.findings()
    #expect(findings.count == 1)
    #expect(findings.first?.contains("optional-without-default") == true)
  }
}
