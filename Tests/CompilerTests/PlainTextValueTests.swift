import Letterpress
import LetterpressDiagnostics
import Testing

/// What values, lines and replacements do to the text part.
@Suite("Plain text: values, lines, replacements")
struct PlainTextValueTests {
  private static let schema = """
    {"type": "object", "required": ["name", "bio"], "properties": {
      "name": {"type": "string"}, "city": {"type": "string"},
      "bio": {"type": "string", "contentMediaType": "text/html"},
      "email": {"type": "string", "x-pii": true}, "link": {"type": "string", "format": "uri"}}}
    """

  // MARK: Values

  @Test("A value of type html is reduced when the message is rendered")
  func reducesValues() throws {
    #expect(
      try text(
        "<mj-text>About: {{ profile.bio }} That is all.</mj-text>",
        #"<p>Tom &amp; <b>Jerry</b></p><ul><li>one<li><a href='https://a.example/?a=1&amp;b'>two</a></ul>"#
          + "<script>no</script><a href='javascript:no'>three</a><br>four"
      ) == """
        About:

        Tom & Jerry

        - one
        - two <https://a.example/?a=1&b>

        three
        four That is all.

        """
    )
  }

  @Test("Captured markup is reduced as well, what is escaped is shown as it is meant")
  func reducesCaptures() throws {
    #expect(
      try text(
        """
        <mj-text>{% capture c %}<p>{{ profile.name }}</p><a href="https://a.example/">a</a>{% endcapture
        %}{{ c }} {{ profile.name | escape }}</mj-text>
        """,
        "x",
        name: "<b>\n&amp;"
      ) == "<b> &amp;\n\na <https://a.example/> <b> &amp;\n"
    )
  }

  @Test(
    "No value changes the structure around it",
    arguments: [
      "</td></tr></table><hr>x", "</a><a href='https://evil.example/'>", "<table><tr><td>",
      "<ul><li><ol>", "<blockquote><pre>", "<h1>", "<div style='display:none'>", "</li></ul>",
      "<!--", "<td>", "\u{1}\u{2}\u{5}\u{C}\u{E}\u{7F}", "<li>",
    ]
  )
  func keepsStructure(value: String) throws {
    try expectStructure(with: value)
  }

  @Test("No soup of tags changes the structure around it", arguments: 0..<4)
  func keepsStructureFromSoup(batch: Int) throws {
    let pieces = [
      "<", ">", "</", "a", " href=", "'https://e.example/'", "<a href=x>", "</a>", "<p>", "</p>",
      "<table>", "</table>", "<tr>", "<td>", "</td>", "<ul>", "<ol>", "<li>", "</li>", "</ul>",
      "<h1>", "</h1>", "<pre>", "</pre>", "<blockquote>", "</blockquote>", "<hr>", "<br>", "&lt;",
      "&#10;", "&#1;", "<img alt='", "'", "\"", "<!--", "-->", "<style>", "</style>", "\n", " ",
      "\u{1}", "\u{10}", "\u{1F}", "x", "ü", "\u{2028}", "\u{85}",
    ]
    var random = SplitMix(seed: UInt64(batch) &* 31 &+ 5)
    let project = try project(head: "", body: Self.structure)
    let compiler = try project.compiler()
    let email = try #require(compiler.compile("mail")?.email)
    for _ in 0..<100 {
      let value = (0..<random.below(14)).map { _ in pieces[random.below(pieces.count)] }.joined()
      let json = profile(value, name: value)
      let recipient = try compiler.recipient(profile: Array(json.utf8), path: "p.json")
      expectStructure(of: String(decoding: try email.render(recipient).text, as: UTF8.self), value)
    }
  }

  private static let structure = """
    <mj-table><tr><td>V{{ profile.name }}V{{ profile.bio }}V</td><td>b</td></tr></mj-table>
    <mj-text><ul><li>V{{ profile.name }}V{{ profile.bio }}V</li><li>c</li></ul></mj-text>
    <mj-button href="https://a.example/">V{{ profile.name }}V{{ profile.bio }}V</mj-button>
    <mj-image src="a.png" alt="V{{ profile.name }}V{{ profile.bio }}V" href="https://b.example/" />
    <mj-text><h2>V{{ profile.name }}V</h2>end</mj-text>
    """

  private func expectStructure(with value: String) throws {
    expectStructure(of: try text(Self.structure, value, name: value), value)
  }

  private func expectStructure(of text: String, _ value: String) {
    // Where lines are broken depends on the value.
    let flat = text.replacing(" \n", with: " ")
    let comment = Comment(rawValue: "\(value.debugDescription)\n\(text)")
    #expect(flat.hasSuffix("\n\nend\n"), comment)
    #expect(flat.contains("V | b\n\n- "), comment)
    #expect(flat.contains("V\n- c\n\n"), comment)
    #expect(flat.contains("V <https://a.example/>\n\n"), comment)
    #expect(flat.contains("V <https://b.example/>\n\n"), comment)
    #expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F }, comment)
  }

  @Test("Line ends of a value are line ends of the text, but in a cell, a heading or an item")
  func keepsLineEnds() throws {
    #expect(
      try text(
        """
        <mj-text>{{ profile.name }}.<h1>{{ profile.name }}</h1></mj-text>
        <mj-table><tr><td>{{ profile.name }}</td><td>x</td></tr></mj-table>
        <mj-text><ul><li>{{ profile.name }}</li></ul></mj-text>
        """,
        "",
        name: "a\r\nb \n\n\n\t-- \nc"
      ) == """
        a
        b

        --
        c.

        a b -- c
        ========

        a, b, --, c | x

        - a
           b

           --
           c

        """
    )
  }

  // MARK: Lines

  @Test("Lines flow: none is longer than 78 bytes, one that goes on ends in a space")
  func wraps() throws {
    let words = (1...200).map { "wörd\($0 % 7 == 0 ? "-longer" : "")\($0)" }.joined(separator: " ")
    let text = try text("<mj-text>\(words)</mj-text>", "")
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 78 })
    #expect(lines.dropLast().allSatisfy { $0.hasSuffix(" ") })
    #expect(lines.joined() == words)
    #expect(lines.dropLast().allSatisfy { $0.utf8.count > 60 })
  }

  @Test("A long word stays whole")
  func keepsWords() throws {
    let url = "https://a.example/" + String(repeating: "x", count: 200)
    #expect(
      try text("<mj-text>See <a href=\"\(url)\">this</a> and -- \(url)</mj-text>", "")
        == "See this \n<\(url)> \nand -- \n\(url)\n"
    )
  }

  @Test("Lines that would be taken for something else have a space in front")
  func stuffs() throws {
    let long = String(repeating: "word ", count: 15)
    let content = "&gt; no quote<br>From here<br>-- <br>\(long)&gt;&gt;&gt; x"
    #expect(
      try text("<mj-text>\(content)</mj-text>", "")
        == " > no quote\n From here\n--\n\(long)\n >>> x\n"
    )
  }

  // MARK: Replacements

  @Test("lp-text stands in place of the derived text, as it is written")
  func replacesAll() throws {
    let project = try project(
      head: """
        <lp-text>
          Dear {{ profile.name }},

          {% if profile.city %}
          you live in {{ profile.city }}.
          {% endif %}
            * indented   a lot
          See <https://a.example/?a=1&amp;b=2>.
          -- 
          We
        </lp-text>
        """,
      body: "<mj-text>Not this</mj-text>"
    )
    #expect(
      try project.plainText("mail", profile: profile("", name: "Ada")) == """
        Dear Ada,

           * indented   a lot
        See <https://a.example/?a=1&b=2>.
        -- 
        We

        """
    )
    #expect(try project.message("mail", profile: profile("")).html.contains("Not this".utf8))
    #expect(try !project.message("mail", profile: profile("")).html.contains("Dear".utf8))
  }

  @Test("lp-text under a condition replaces where the condition holds")
  func replacesSometimes() throws {
    let project = try project(
      head:
        "{% if profile.name == 'Ada' %}<lp-text>Only for {{ profile.name }}</lp-text>{% endif %}",
      body: "<mj-text>For all</mj-text>"
    )
    #expect(
      try project.plainText("mail", profile: profile("", name: "Ada")) == "Only for Ada\n"
    )
    #expect(try project.plainText("mail", profile: profile("", name: "Bob")) == "For all\n")
  }

  @Test("The attribute lp-text stands in place of what an element says; the HTML stays the same")
  func replacesElements() throws {
    let plain = """
      <mj-text>{% assign x = 'set' %}A</mj-text><mj-image src="a.png" alt="B" />
      <mj-divider /><mj-table><tr><td>C</td></tr></mj-table><mj-text>{{ x }}</mj-text>
      """
    let replaced = """
      <mj-text lp-text="{{ profile.name }}&#10;&amp; co">{% assign x = 'set' %}A</mj-text>\
      <mj-image lp-text="" src="a.png" alt="B" />
      <mj-divider lp-text="~~~" /><mj-table lp-text="{% if profile.city %}no{% endif %}">\
      <tr><td>C</td></tr></mj-table><mj-text>{{ x }}</mj-text>
      """
    #expect(try text(replaced, "", name: "Ada") == "Ada\n& co\n\n~~~\n\nset\n")
    let html = try [plain, replaced].map {
      try project(head: "", body: $0).message("mail", profile: profile("")).html
    }
    #expect(html[0] == html[1])
  }

  @Test("lp-text is checked as text of the body is: types, and no rule about personal data")
  func checksReplacements() throws {
    let project = try project(
      head: "<lp-text>{{ profile.email | default: '' }} {{ profile.nane }}</lp-text>",
      body: """
        <mj-text lp-text="{{ profile.city }} {{ profile.email | default: '' }}">x</mj-text>
        """
    )
    let found = try project.findings()
    #expect(found.count == 2)
    #expect(found.contains { $0.contains("unknown") && $0.contains("nane") })
    #expect(found.contains { $0.contains("optional-without-default") && $0.contains("city") })
  }

  @Test("A link's target is held to the rules of links")
  func checksTargets() throws {
    let layout =
      "<mj-text><a href=\"{{ profile.link | default: 'https://a.example/' }}\">x</a></mj-text>"
    let project = try project(head: "", body: layout)
    #expect(
      try project.plainText(
        "mail",
        profile: #"{"name":"","bio":"","link":"https://b.example/%C3%A4?x"}"#
      )
        == "x <https://b.example/%C3%A4?x>\n"
    )
    #expect(throws: RenderFailure.self) {
      try project.plainText("mail", profile: #"{"name":"","bio":"","link":"javascript:alert(1)"}"#)
    }
  }

  // MARK: Helpers

  private func project(head: String, body: String) throws -> TestProject {
    try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-head>\(head)</mj-head><mj-body><mj-section><mj-column>
      \(body)
      </mj-column></mj-section></mj-body></mjml>
      """,
      "fixtures/profile.schema.json": Self.schema,
    ])
  }

  private func text(_ body: String, _ bio: String, name: String = "Ada") throws -> String {
    try project(head: "", body: body).plainText("mail", profile: profile(bio, name: name))
  }

  private func profile(_ bio: String, name: String = "Ada") -> String {
    #"{"name": \#(json(name)), "bio": \#(json(bio))}"#
  }

  private func json(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
