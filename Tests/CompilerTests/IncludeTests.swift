import Foundation
import Letterpress
import LetterpressDiagnostics
import Testing

struct IncludeTests {
  private func layout(including path: String, _ attributes: String = "") -> String {
    "<mjml><mj-body><mj-include path=\"\(path)\"\(attributes)/></mj-body></mjml>"
  }

  @Test func `elements come in place, a head goes into the head`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": layout(including: "../parts/a.mjml"),
      "parts/a.mjml": """
      <mjml><mj-head><mj-title>T</mj-title></mj-head><mj-body>
      <mj-include path="b.mjml"/></mj-body></mjml>
      """,
      "parts/b.mjml": "<mj-section><mj-column><mj-text>B</mj-text></mj-column></mj-section>",
    ])
    #expect(try project.findings() == [])
    let html = try project.html("mail", profile: #"{"name": "A"}"#)
    #expect(html.contains("<title>T</title>"))
    #expect(html.contains(">B</div>"))
  }

  @Test func `the head of an included mail comes in place, style sheets come last`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-head><mj-include path="../parts/x.css" type="css"/>
      <mj-include path="../parts/a.mjml"/><mj-title>own</mj-title><mj-style>.own{}</mj-style></mj-head>
      <mj-body><mj-include path="../parts/b.mjml"/></mj-body></mjml>
      """,
      "parts/x.css": ".x{}", "parts/y.css": ".y{}",
      "parts/a.mjml": """
      <mjml><mj-head><mj-include path="y.css" type="css"/><mj-title>a</mj-title>
      <mj-style>.a{}</mj-style></mj-head></mjml>
      """,
      "parts/b.mjml": "<mjml><mj-head><mj-style>.b{}</mj-style></mj-head><mj-body/></mjml>",
    ])
    let html = try project.html("mail", profile: #"{"name": "A"}"#)
    #expect(html.contains("<title>own</title>"))
    let order = [".a{", ".y{", ".own{", ".b{", ".x{"].map { html.firstRange(of: $0)?.lowerBound }
    #expect(order.allSatisfy { $0 != nil })
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
  }

  @Test func `each inclusion of a file has its own ids and answers`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-section>
      {% assign kind = "images" %}<mj-include path="../parts/a.mjml"/>
      {% if profile.name == "A" %}{% assign kind = "text" %}{% endif %}
      <mj-include path="../parts/a.mjml"/>
      </mj-section></mj-body></mjml>
      """,
      "parts/a.mjml": """
      <mj-column>{% if kind == "images" %}<mj-carousel><mj-carousel-image src="https://a.example/1.png"/>
      <mj-carousel-image src="https://a.example/2.png"/></mj-carousel>
      {% else %}<mj-text>no pictures</mj-text>{% endif %}</mj-column>
      """,
    ])
    #expect(try project.findings() == [])
    let both = try project.html("mail", profile: #"{"name": "B"}"#)
    let names = both.matches(of: /id="mj-carousel-([0-9a-f]{16})-radio-1"/).map { $0.output.1 }
    #expect(Set(names).count == 2)
    let one = try project.html("mail", profile: #"{"name": "A"}"#)
    #expect(one.contains("2.png") && one.contains("no pictures"))
  }

  @Test func `conditions at the root of each inclusion have their own answers`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-section>
      {% if profile.name == "A" %}{% assign n = 1 %}{% else %}{% assign n = 2 %}{% endif %}
      <mj-include path="../parts/a.mjml"/>
      {% if profile.name == "A" %}{% assign n = 2 %}{% else %}{% assign n = 1 %}{% endif %}
      <mj-include path="../parts/a.mjml"/>
      </mj-section></mj-body></mjml>
      """,
      "parts/a.mjml": """
      {% if n == 1 %}<mj-column><mj-text>one</mj-text></mj-column>
      {% else %}<mj-column><mj-text>two</mj-text></mj-column>{% endif %}
      """,
    ])
    #expect(try project.findings() == [])
    for (name, words) in [("A", ["one", "two"]), ("B", ["two", "one"])] {
      let html = try project.html("mail", profile: "{\"name\": \"\(name)\"}")
      #expect(html.matches(of: />(one|two)<\/div>/).map { String($0.output.1) } == words)
    }
  }

  @Test func `attributes that each inclusion has for itself are asked for each`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-section><mj-group>
      {% if profile.name == "A" %}{% assign w = "30%" %}{% else %}{% assign w = "70%" %}{% endif %}
      <mj-include path="../parts/a.mjml"/>
      {% if profile.name == "A" %}{% assign w = "70%" %}{% else %}{% assign w = "30%" %}{% endif %}
      <mj-include path="../parts/a.mjml"/>
      </mj-group></mj-section></mj-body></mjml>
      """,
      "parts/a.mjml": #"<mj-column width="{{ w }}"><mj-text>x</mj-text></mj-column>"#,
    ])
    #expect(try project.findings() == [])
    for (name, widths) in [("A", ["180px", "420px"]), ("B", ["420px", "180px"])] {
      let html = try project.html("mail", profile: "{\"name\": \"\(name)\"}")
      #expect(
        html.matches(of: /vertical-align:top;width:(180px|420px);/).map { String($0.output.1) }
          == widths
      )
    }
  }

  @Test func `a file that others include, too, has its own ids each time`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-section><mj-column>
      <mj-include path="../parts/b.mjml"/><mj-include path="../parts/a.mjml"/>
      <mj-include path="../parts/a.mjml"/>
      </mj-column></mj-section></mj-body></mjml>
      """,
      "parts/a.mjml": #"<mj-include path="b.mjml"/><picture-row/>"#,
      "parts/b.mjml": """
      <mj-carousel><mj-carousel-image src="https://a.example/1.png"/>
      <mj-carousel-image src="https://a.example/2.png"/></mj-carousel>
      """,
      "blocks/picture-row.mjml": """
      <lp-block summary="Pictures"><lp-example/>
      <mj-carousel><mj-carousel-image src="https://a.example/3.png"/>
      <mj-carousel-image src="https://a.example/4.png"/></mj-carousel></lp-block>
      """,
    ])
    #expect(try project.findings() == [])
    let html = try project.html("mail", profile: #"{"name": "A"}"#)
    let names = html.matches(of: /id="mj-carousel-([0-9a-f]{16})-radio-1"/).map { $0.output.1 }
    #expect(names.count == 5 && Set(names).count == 5)
  }

  @Test func `findings stand in the included file, once`() throws {
    let part =
      "<mj-section><mj-column><mj-text>{{ profile.nmae }}</mj-text></mj-column></mj-section>"
    let project = try TestProject([
      "layouts/one.mjml": layout(including: "../parts/a.mjml"),
      "layouts/two.mjml": layout(including: "../parts/a.mjml"),
      "parts/a.mjml": part,
    ])
    let findings = try project.findings()
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("parts/a.mjml:1:") == true)
  }

  @Test(arguments: [
    ("/etc/hosts", "include-denied"), ("../../x.mjml", "include-denied"),
    ("%2e%2e/%2e%2e/x.mjml", "include-denied"), ("%252e%252e/%252e%252e/x", "include-denied"),
    ("c:/x.mjml", "include-denied"), ("a\\b.mjml", "include-denied"),
    ("~/x.mjml", "include-denied"), ("nope.mjml", "include-not-found"),
    ("../parts", "include-unreadable"), ("{{ profile.name }}.mjml", "include-not-static"),
    ("mail.mjml", "include-cycle"), ("../outside/x.mjml", "include-denied"),
  ])
  func `nothing outside of the project is read`(path: String, id: String) throws {
    let project = try TestProject([
      "layouts/mail.mjml": layout(including: path), "parts/a.mjml": "<mj-section/>",
    ])
    try FileManager.default.createSymbolicLink(
      at: project.root.appending(path: "outside"),
      withDestinationURL: URL(filePath: "/etc")
    )
    let findings = try project.findings()
    #expect(findings.count == 1)
    #expect(findings.first?.contains("[\(id)]") == true, "\(findings)")
  }

  @Test(arguments: [
    ("header.mjml", nil), ("../parts/header.mjml", "../parts/heading.mjml"),
    ("../parts/a/footer.mjml", "footer.mjml"), ("../shared/footer.mjml", "footer.mjml"),
    ("fotter.mjml", "footer.mjml"), ("../fixtures/none.mjml", nil),
    // The file that includes it is no suggestion.
    ("mial.mjml", nil),
  ])
  func `a file that is not there may have been another one`(
    path: String,
    suggestion: String?
  ) throws {
    let project = try TestProject([
      "layouts/mail.mjml": layout(including: path), "layouts/footer.mjml": layout(including: "x"),
      "parts/heading.mjml": "", "shared/y.css": "",
    ])
    let finding = try project.compiler().check().first {
      $0.id.name == "include-not-found" && $0.message.contains("'\(path)'")
    }
    #expect(finding?.primary.text == (suggestion.map { "did you mean '\($0)'?" } ?? ""))
  }

  @Test func `a pipe is refused at once`() throws {
    let project = try TestProject(["layouts/mail.mjml": layout(including: "pipe")])
    #expect(unsafe mkfifo(project.root.appending(path: "layouts/pipe").path, 0o600) == 0)
    #expect(try project.findings().first?.contains("not a regular file") == true)
  }

  @Test func `styles go to the end of the head, HTML stays raw`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-include path="a.css" type="css"/><mj-section><mj-column>
      <mj-include path="a.html" type="html"/></mj-column></mj-section></mj-body></mjml>
      """,
      "layouts/a.css": ".a { color: red }",
      "layouts/a.html": "<tr><td>raw</td></tr>",
    ])
    #expect(try project.findings() == [])
    let html = try project.html("mail", profile: #"{"name": "A"}"#)
    #expect(html.contains(".a { color: red }"))
    #expect(html.contains("<tr><td>raw</td></tr>"))
  }
}
