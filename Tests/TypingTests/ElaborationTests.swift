import LetterpressDiagnostics
import LetterpressTyping
import TestSupport
import Testing

/// What the checker hands on: names resolved, blocks expanded, conditions that are decided taken away.
struct ElaborationTests {
  private let schema = """
    {
      "type": "object",
      "required": ["name", "vip", "tier", "items"],
      "properties": {
        "name": { "type": "string" },
        "vip": { "type": "boolean" },
        "tier": { "enum": ["free", "gold"] },
        "items": { "type": "array", "items": { "type": "string" }, "maxItems": 4 }
      }
    }
    """

  private func layout(_ text: String, blocks: [String: String] = [:]) throws -> TypedLayout {
    try elaborated(text, blocks).layout
  }

  private func elaborated(
    _ text: String,
    _ blocks: [String: String]
  ) throws -> (layout: TypedLayout, text: TypedTreeText) {
    let layout = text.hasPrefix("<mjml") ? text : "<mjml><mj-body>\(text)</mj-body></mjml>"
    let files = blocks.map { ("blocks/\($0.key).mjml", $0.value) }.sorted { $0.0 < $1.0 }
    let outcome = CheckedProject(
      files: [("fixtures/profile.schema.json", schema), ("layouts/mail.mjml", layout)] + files
    ).check()
    #expect(outcome.diagnostics.filter { $0.severity == .error } == [])
    return (
      try #require(outcome.layouts["mail"]), TypedTreeText(sources: outcome.sources)
    )
  }

  /// The content of mj-body.
  private func body(_ text: String, blocks: [String: String] = [:]) throws -> String {
    let (layout, printer) = try elaborated(text, blocks)
    let whole = printer.text(layout.nodes)
    let start = "mjml[mj-body["
    return whole.hasPrefix(start) ? String(whole.dropFirst(start.count).dropLast(2)) : whole
  }

  @Test
  func `Branches, negations and loops`() throws {
    #expect(
      try body(
        "{% if profile.vip %}<mj-section/>{% elsif profile.tier == 'gold' %}<mj-hero/>{% endif %}"
      )
        == "if(profile.vip → mj-section[]; profile.tier == 'gold' → mj-hero[])"
    )
    #expect(
      try body("{% unless profile.vip %}<mj-section/>{% endunless %}")
        == "if(not profile.vip → mj-section[])"
    )
    #expect(
      try body("{% for i in profile.items limit: 2 %}<mj-section/>{% else %}<mj-hero/>{% endfor %}")
        == "for(v0 in profile.items ≤2 → mj-section[]; else → mj-hero[])"
    )
    #expect(
      try body("{% for i in profile.items %}<mj-section/>{% endfor %}")
        == "for(v0 in profile.items ≤4 → mj-section[])"
    )
  }

  @Test
  func `An mj-raw that holds only tags is gone without a trace`() throws {
    #expect(
      try body("<mj-raw>{% if profile.vip %}</mj-raw><mj-section/><mj-raw>{% endif %}</mj-raw>")
        == "if(profile.vip → mj-section[])"
    )
    #expect(
      try body("<mj-raw><p>{{ profile.name }}</p></mj-raw>")
        == "mj-raw[<p> out(profile.name) </p>]"
    )
  }

  @Test
  func `A case is a comparison for each value, a repeated value a branch of its own`() throws {
    let start = "<mj-section><mj-column><mj-text>"
    let end = "</mj-text></mj-column></mj-section>"
    #expect(
      try body("\(start){% case profile.tier %}{% when 'free' %}a{% else %}b{% endcase %}\(end)")
        == "mj-section[mj-column[mj-text[if(profile.tier == 'free' → a; else → b)]]]"
    )
    #expect(
      try body(
        "\(start){% case profile.name %}{% when profile.tier %}a{% when 'x' %}b{% else %}c{% endcase %}\(end)"
      )
        == "mj-section[mj-column[mj-text[if(profile.name == profile.tier → a) "
        + "if(profile.name == 'x' → b) "
        + "if(not (profile.name == profile.tier or profile.name == 'x') → c)]]]"
    )
  }

  @Test
  func `What is known when it is compiled is decided then`() throws {
    #expect(
      try body("{% assign big = true %}{% if big %}<mj-section/>{% else %}<mj-hero/>{% endif %}")
        == "v0 := true mj-section[]"
    )
  }

  @Test
  func `Captures are text, or html where they hold markup`() throws {
    #expect(
      try body(
        "<mj-raw>{% capture a %}x{% endcapture %}{% capture b %}<b>y</b>{% endcapture %}{{ a }}{{ b }}</mj-raw>"
      )
        == "mj-raw[v0 := text[x] v1 := html[<b>y</b>] out(v0) out(v1)]"
    )
    #expect(
      try body(
        "{% capture a %}{{ profile.name }} {{ profile.tier }}{% endcapture %}<mj-raw>{{ a }}</mj-raw>"
      )
        == "v0 := text[out(profile.name) out(profile.tier)] mj-raw[out(v0)]"
    )
  }

  @Test
  func `A tablerow is a loop with the tags of its table`() throws {
    let text = try body(
      "<mj-raw>{% tablerow i in profile.items cols: 2 %}{{ i }}{% endtablerow %}</mj-raw>"
    )
    #expect(
      text.hasPrefix(
        "mj-raw[<tr class=\"row1\"> for(v0 in profile.items ≤4 → <td class=\"col out(forloop.col) \"> out(v0) </td>"
      )
    )
    #expect(
      text.contains(
        "if((forloop.col_last and not forloop.last) → </tr> <tr class=\"row out(forloop.row|plus|1)"
      )
    )
  }

  // MARK: Envelope

  @Test
  func `The envelope comes apart, after the statements before it`() throws {
    let (layout, printer) = try elaborated(
      """
      <mjml>{% assign who = profile.name | upcase %}<mj-head><mj-title>T</mj-title>
      {% if profile.vip %}<lp-subject>Hi {{ who }}</lp-subject>{% else %}<lp-subject>Hello</lp-subject>{% endif %}
      {% assign later = 1 %}</mj-head><mj-body><mj-raw>{{ later }}</mj-raw></mj-body></mjml>
      """,
      [:]
    )
    #expect(
      printer.text(layout.envelope)
        == "v0 := profile.name|upcase "
        + "if(profile.vip → lp-subject[Hi out(v0)]; else → lp-subject[Hello])"
    )
    #expect(
      printer.text(layout.nodes)
        == "mjml[v0 := profile.name|upcase mj-head[mj-title[T] if(profile.vip → ) v1 := 1] "
        + "mj-body[mj-raw[out(v1)]]]"
    )
  }

  // MARK: Blocks

  private let box = [
    "side-box": """
    <lp-block summary="Box"><lp-param name="title" type="string" /><lp-param name="tone" type="light | dark" default="light" />
    <mj-section><mj-column>{% if tone == 'dark' %}<mj-divider/>{% endif %}<mj-text>{{ title }}</mj-text>
    <lp-slot/><lp-slot name="foot"><mj-spacer/></lp-slot></mj-column></mj-section></lp-block>
    """
  ]

  @Test
  func `A block is expanded with its arguments, each use with variables of its own`() throws {
    let found = try body(
      "<side-box title=\"Tom &amp; {{ profile.name }}\" tone=\"dark\" /><side-box title=\"B\" />",
      blocks: box
    )
    #expect(
      found
        == "side-box{v0 = \"out('Tom & ') out(profile.name)\", v1 = 'dark'}"
        + "(mj-section[mj-column[mj-divider[] mj-text[out(v0)] mj-spacer[]]]) "
        + "side-box{v2 = 'B', v3 = 'light'}"
        + "(mj-section[mj-column[mj-text[out(v2)] mj-spacer[]]])"
    )
  }

  @Test
  func `A condition on an argument that varies stays`() throws {
    #expect(
      try body(
        "<side-box title=\"A\" tone=\"{% if profile.vip %}dark{% else %}light{% endif %}\" />",
        blocks: box
      )
      .contains("if(v1 == 'dark' → mj-divider[])")
    )
  }

  @Test
  func `Slots take what the caller's conditions let through, else their own content`() throws {
    let found = try body(
      """
      <side-box title="A">{% if profile.vip %}<lp-fill slot="foot"><mj-image src="#"/></lp-fill>{% endif %}\
      {% for i in profile.items %}{% assign x = i %}<mj-text>{{ x }}</mj-text>{% endfor %}</side-box>
      """,
      blocks: box
    )
    #expect(
      found
        == "side-box{v0 = 'A', v1 = 'light'}(mj-section[mj-column[mj-text[out(v0)] "
        + "for(v2 in profile.items ≤4 → v3 := v2 mj-text[out(v3)]) "
        + "if(profile.vip → mj-image src=\"#\"[]; else → mj-spacer[])]])"
    )
  }
}
