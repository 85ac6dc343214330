import Foundation
import Letterpress
import LetterpressDiagnostics
import LetterpressProgram
import TestSupport
import Testing

/// The header of a message: what a layout says of it, and what `check` says of that.
struct EnvelopeTests {
  @Test func `a message has the fields of its layout`() throws {
    let message = try message(
      """
      <lp-subject>Hello {{ profile.name }}</lp-subject>
      <lp-from>Ink, Inc. <shop@ink.example></lp-from>
      <lp-reply-to>help@ink.example</lp-reply-to>
      <lp-header name="X-Campaign">spring</lp-header>
      <lp-unsubscribe href="https://ink.example/u?n={{ profile.name }}" />
      <lp-unsubscribe href="mailto:leave@ink.example" />
      """,
      #"{"name": "Zoë", "email": "zoe@example.org"}"#
    )
    #expect(
      message.fields.map { "\($0.name): \($0.value)" } == [
        "Date: Tue, 24 Nov 2026 21:00:00 +0000",
        #"From: "Ink, Inc." <shop@ink.example>"#,
        "Reply-To: help@ink.example",
        "To: zoe@example.org",
        "Subject: Hello Zoë",
        "List-Unsubscribe: <https://ink.example/u?n=Zo%C3%AB>, <mailto:leave@ink.example>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "X-Campaign: spring",
        "Message-ID: <job.7@ink.example>",
        "MIME-Version: 1.0",
        message.fields.last.map { "Content-Type: \($0.value)" },
      ]
    )
    #expect(message.fields.last?.value.hasPrefix(#"multipart/alternative; boundary="=_"#) == true)
  }

  @Test func `a field comes on the paths that print it`() throws {
    let head = """
      <lp-subject>Hi</lp-subject>
      {% if profile.tier == 'gold' %}
      <lp-from>gold@ink.example</lp-from>
      <lp-header name="X-Tier">{{ profile.tier }}</lp-header>
      {% elsif profile.city %}
      <lp-header name="X-Tier">{{ profile.city }}</lp-header>
      {% endif %}
      """
    func fields(_ profile: String) throws -> [String?] {
      let message = try message(head, profile)
      return [message.field("From"), message.field("X-Tier")]
    }
    #expect(
      try fields(#"{"name": "a", "email": "a@b.c", "tier": "gold"}"#) == [
        "gold@ink.example", "gold",
      ]
    )
    #expect(
      try fields(#"{"name": "a", "email": "a@b.c", "city": "Köln"}"#) == [
        "Shop <shop@ink.example>", "Köln",
      ]
    )
    #expect(
      try fields(#"{"name": "a", "email": "a@b.c"}"#) == ["Shop <shop@ink.example>", nil]
    )
  }

  /// A value is text: it adds no field, and no address.
  @Test(arguments: ["x <eve@evil.example>, ", #"x" <eve@evil.example>"#, "x, y", "a: b; ", "(x)"])
  func `a name keeps to its place`(_ name: String) throws {
    let profile = try json(["name": name, "email": "a@b.c"])
    let message = try message(
      "<lp-subject>{{ profile.name }}</lp-subject>"
        + "<lp-from>{{ profile.name }} <shop@ink.example></lp-from>"
        + #"<lp-header name="X-Name">{{ profile.name }}</lp-header>"#,
      profile
    )
    let trimmed = name.trimmingCharacters(in: .whitespaces)
    let quoted = trimmed.replacing("\"", with: "\\\"")
    #expect(message.field("From") == "\"\(quoted)\" <shop@ink.example>")
    #expect(message.field("Subject") == trimmed)
    #expect(message.field("X-Name") == trimmed)
  }

  @Test(arguments: ["x\r\nBcc: y", "x\ny", "x\u{0}", "x\u{2028}y"])
  func `a line end in a value is refused`(_ name: String) throws {
    let profile = try json(["name": name, "email": "a@b.c"])
    #expect(
      failure("<lp-subject>{{ profile.name }}</lp-subject>", profile)?.diagnostic.id.name
        == "refused-value"
    )
  }

  @Test func `what a profile brings is checked when it is rendered`() throws {
    let subject = "<lp-subject>Hi</lp-subject>"
    func reason(_ head: String, _ profile: [String: String]) throws -> String? {
      failure(head, try json(profile)).map {
        "\($0.diagnostic.id): \($0.diagnostic.message) (\($0.field ?? ""))"
      }
    }
    #expect(
      try reason(subject, ["name": "a"])
        == "missing-envelope: the profile has no address in 'email' (/email)"
    )
    #expect(
      try reason(subject, ["name": "a", "email": "a b@c.d"])
        == "invalid-address: the recipient's 'email' is no address: "
        + "there is a space in the address (/email)"
    )
    #expect(
      try reason(
        subject + "<lp-reply-to>{{ profile.city | default: 'x@y.z' }}</lp-reply-to>",
        ["name": "a", "email": "a@b.c", "city": "Rome"]
      ) == "invalid-address: 'Reply-To' is no address: there is no '@' ()"
    )
    #expect(
      try reason(
        "<lp-subject>{{ profile.city | default: '' }}</lp-subject>",
        ["name": "a", "email": "a@b.c"]
      ) == "missing-envelope: the message has no subject ()"
    )
    #expect(
      try reason("", ["name": "a", "email": "a@b.c"])
        == "missing-envelope: the message has no subject ()"
    )
  }

  @Test(
    arguments: [
      ("<lp-from>shop</lp-from>", "invalid-address"),
      ("<lp-from>a@b.c, d@e.f</lp-from>", "invalid-address"),
      ("<lp-from>A <a@b.c>, D <d@e.f></lp-from>", "invalid-address"),
      ("<lp-from>{{ profile.name }} <shop@ink..example></lp-from>", "invalid-address"),
      ("<lp-from>{{ profile.name }}@ink..example</lp-from>", "invalid-address"),
      ("<lp-from>{% if profile.city %}a@b.c{% else %}d{% endif %}</lp-from>", "invalid-address"),
      ("<lp-reply-to>shop@</lp-reply-to>", "invalid-address"),
      (#"<lp-header name="X: Y">a</lp-header>"#, "invalid-header-name"),
      (#"<lp-header name="{{ profile.name }}">a</lp-header>"#, "dynamic-layout-attribute"),
      (#"<lp-header name="content-type">a</lp-header>"#, "reserved-header"),
      (#"<lp-header name="BCC">a</lp-header>"#, "reserved-header"),
      (#"<lp-unsubscribe href="tel:1" />"#, "unsubscribe-scheme"),
      ("<lp-subject>a</lp-subject><lp-subject>b</lp-subject>", "repeated-header"),
      (
        "<lp-subject>a</lp-subject>{% if profile.city %}<lp-subject>b</lp-subject>{% endif %}",
        "repeated-header"
      ),
      (
        "{% for i in (1..2) %}<lp-subject>{{ i }}</lp-subject>{% endfor %}", "repeated-header"
      ),
    ]
  )
  func `check finds what is wrong with a header`(_ head: String, _ id: String) throws {
    let findings = try project(head).findings()
    #expect(findings.count == 1 && findings[0].contains("[\(id)]"), "\(findings)")
  }

  @Test(
    arguments: [
      "<lp-from>{{ profile.name }} <{{ profile.email | default: 'a@b.c' }}></lp-from>",
      "<lp-from>{{ profile.name }}</lp-from>",
      "<lp-from>{{ profile.name }}@ink.example</lp-from>",
      #"<lp-from>"Ink <3" <a@b.c></lp-from>"#,
      "{% if profile.city %}<lp-subject>a</lp-subject>{% else %}<lp-subject>b</lp-subject>{% endif %}",
      "{% for i in (1..9) limit: 1 %}<lp-subject>{{ i }}</lp-subject>{% endfor %}",
      #"<lp-unsubscribe href="https://a.example/{{ profile.name }}" />"#,
    ]
  )
  func `check leaves what is right alone`(_ head: String) throws {
    let findings = try project(head).findings()
    #expect(findings == [], "\(findings)")
  }

  @Test func `the manifest's addresses are checked`() throws {
    let sender = try TestProject(["letterpress.yaml": "sender: shop"])
    #expect(try sender.findings().map { $0.contains("[invalid-address]") } == [true])
    let recipient = try TestProject(["letterpress.yaml": "recipient: profile.nam"])
    let findings = try recipient.findings()
    #expect(findings.count == 1 && findings[0].contains("the profile has no field 'nam'"))
  }

  // MARK: - One message

  private func project(_ head: String) throws -> TestProject {
    try TestProject([
      "letterpress.yaml": "sender: Shop <shop@ink.example>",
      "fixtures/profile.schema.json": """
      {"type": "object", "required": ["name"], "properties": {
        "name": {"type": "string"}, "city": {"type": "string"}, "email": {"type": "string"},
        "tier": {"enum": ["gold", "silver"]}}}
      """,
      "layouts/mail.mjml":
        "<mjml><mj-head>\(head)</mj-head><mj-body><mj-section><mj-column><mj-text>Hi</mj-text>"
        + "</mj-column></mj-section></mj-body></mjml>",
    ])
  }

  private func message(_ head: String, _ profile: String) throws -> ReceivedMessage {
    try ReceivedMessage(rendered(head, profile))
  }

  private func failure(_ head: String, _ profile: String) -> RenderFailure? {
    do {
      _ = try rendered(head, profile)
      return nil
    } catch {
      return error as? RenderFailure
    }
  }

  private func rendered(_ head: String, _ profile: String) throws -> [UInt8] {
    let compiler = try project(head).compiler()
    let compilation = try #require(compiler.compile("mail"))
    let email = try #require(compilation.email, "\(compilation.diagnostics.map(\.message))")
    let recipient = try compiler.recipient(profile: Array(profile.utf8), path: "profile.json")
    var renderer = email.makeRenderer(now: "2026-11-24T21:00:00Z")
    var buffer = MessageBuffer()
    try renderer.renderMessage(recipient, id: "job.7", into: &buffer)
    return buffer.bytes()
  }

  private func json(_ profile: [String: String]) throws -> String {
    String(decoding: try JSONEncoder().encode(profile), as: UTF8.self)
  }
}
