import LetterpressDiagnostics
import LetterpressMarkup
import Testing

/// What does not parse: one finding for each mistake, at its place.
struct MarkupErrorTests {
  @Test(
    arguments: [
      // Tags that do not match.
      ("<mj-text>x</mj-button>", ["wrong-end-tag 'mj-button'"]),
      ("<mj-text>x</mj-txt><mj-text>y</mj-text>", ["wrong-end-tag 'mj-txt'"]),
      ("<mj-group></mj-grup>", ["wrong-end-tag 'mj-grup'"]),
      ("<mj-text>x</mj-column></mj-text>", ["wrong-end-tag 'mj-column'"]),
      ("<mj-group><p></mj-group></p></mj-group>", ["wrong-end-tag 'mj-group'"]),
      ("<mj-text>x <mj-text>y</mj-text>", ["element-not-closed 'mj-text'"]),
      ("<mj-group><mj-wrapper></mj-group></mj-wrapper>", ["element-not-closed 'mj-wrapper'"]),
      ("<mj-group>", ["element-not-closed 'mj-group'"]),
      ("<mj-group></mj-wrapper>", ["wrong-end-tag 'mj-wrapper'"]),
      ("</mj-group>", ["wrong-end-tag 'mj-group'"]),
      ("<mj-text>x</MJ-TEXT>", ["upper-case-end-tag 'MJ-TEXT'"]),
      ("<mj-image src=\"a\" <mj-image src=\"b\"></mj-image>", ["tag-not-closed '<'"]),
      ("<mj-group <mj-column></mj-column></mj-group>", ["tag-not-closed '<'"]),
      ("<mj-group <mj-column></mj-column>", ["tag-not-closed '<'"]),
      ("<mj-group></mj-group x=\"y\">", ["malformed-end-tag 'x=\"y\"'"]),
      // Attributes.
      ("<mj-image src=a.png />", ["value-not-quoted 'a.png'"]),
      ("<mj-image src=a/>", ["value-not-quoted 'a'"]),
      ("<mj-image src= />", ["missing-value 'src= '"]),
      ("<mj-image src=\"a\"alt=\"b\"/>", ["missing-space ''"]),
      ("<mj-image src=\"a\" src=\"b\" alt=\"c\"/>", ["duplicate-attribute 'src'"]),
      ("<mj-image src=\"a\"\"/>", ["invalid-attribute-name '\"'"]),
      ("<mj-image @click=\"a\"/>", ["invalid-attribute-name '@click'"]),
      ("<mj-image alt=\"a/><mj-text color=\"red\">x</mj-text>", ["value-not-closed '\"'"]),
      ("<mj-text color=\"red align=\"left\">x</mj-text>", ["value-not-closed '\"'"]),
      (
        "<mj-text color=\"red>x</mj-text><mj-text align=\"{{ 'left' }}\">x</mj-text>",
        ["value-not-closed '\"'"]
      ),
      (
        "<mj-text color=\"red>x</mj-text><mj-text color=\"#222\">x</mj-text>",
        ["value-not-closed '\"'"]
      ),
      (
        "<mj-button href=\"x>y</mj-button><mj-image src=\"/a.png\" alt=\"b\"/>",
        ["value-not-closed '\"'"]
      ),
      (
        "<mj-image src=\"a\"{% if x %} alt=\"b\"{% endif %}/>",
        ["liquid-among-attributes '{% if x %}'"]
      ),
      // Names.
      ("<x:mj-text>x</x:mj-text>", ["prefixed-element 'x:mj-text'"]),
      ("<mj-é></mj-é>", ["invalid-element-name 'mj-é'"]),
      // Liquid where it cannot be.
      ("<mj-{{ v }}>x</mj-{{ v }}>", ["liquid-in-element-name '{{ v }}'"]),
      ("<{{ v }} a=\"b\"/>", ["liquid-in-element-name '{{ v }}'"]),
      ("<mj-text {{ v }}=\"x\">x</mj-text>", ["liquid-in-attribute-name '{{ v }}'"]),
      ("<mj-text data-{{ v }}=\"x\">x</mj-text>", ["liquid-in-attribute-name '{{ v }}'"]),
      (
        "<mj-text {% if x %}color=\"red\"{% endif %}>x</mj-text>",
        ["liquid-among-attributes '{% if x %}'"]
      ),
      ("<mj-text {{ attributes }}>x</mj-text>", ["liquid-among-attributes '{{ attributes }}'"]),
      ("{{ x <mj-text>y</mj-text>", ["unterminated-output '{{'"]),
      ("{% if x <mj-text>y</mj-text>{% endif %}", ["unterminated-tag '{%'"]),
      ("{% comment %}<mj-text>x</mj-text>", ["unclosed-block '{% comment %}'"]),
      ("<mj-text>{% raw %}x</mj-text>", ["unclosed-block '{% raw %}'"]),
      ("{% raw %}<mj-group>{% endraw %}</mj-group>", ["unbalanced-raw '{% endraw %}'"]),
      ("{% raw %}<mj-text>{% endraw %}</mj-text>", ["unbalanced-raw '{% endraw %}'"]),
      // What XML has and templates have not.
      ("<?php system(\"id\") ?>", ["processing-instruction '<?php system(\"id\") ?>'"]),
      ("<?xml version=\"1.0\"?>", ["xml-declaration '<?xml version=\"1.0\"?>'"]),
      ("<![CDATA[x]]>", ["cdata-section '<![CDATA['"]),
      ("<!ENTITY x \"y\">", ["unknown-declaration '<!ENTITY x \"'"]),
      ("<!-- x", ["comment-not-closed '<!--'"]),
      ("<mj-text><!-- x</mj-text>", ["comment-not-closed '<!--'"]),
      ("<mj-text><style>a{}</mj-text>", ["element-not-closed 'style'"]),
      ("<mj-text><a href=\"x>y</a></mj-text>", ["value-not-closed '\"'"]),
    ])
  func `in a column`(source: String, findings: [String]) {
    let parsed = Parsed(column: source)
    #expect(parsed.findings == findings)
    let hasErrors = parsed.diagnostics.contains { $0.severity == .error }
    #expect((parsed.document == nil) == hasErrors)
  }

  @Test(
    arguments: [
      ("", ["no-root-element ''"]),
      (" \n<!-- x -->", ["no-root-element ''"]),
      ("hello", ["no-root-element 'hello'"]),
      ("{\"a\":1}", ["no-root-element '{\"a\":1}'"]),
      ("<mjml></mjml><mjml></mjml>", ["second-root-element 'mjml'"]),
      ("<mjml></mjml>\nx", ["text-outside-root 'x'"]),
      ("<mjml></mjml></mjml>", ["unexpected-end-tag '</mjml>'"]),
      ("<mjml><mj-body><mj-sec", ["tag-not-closed '<'"]),
      ("<mjml><mj-body><mj-section background-url=\"htt", ["value-not-closed '\"'"]),
      ("<mjml><mj-body>", ["element-not-closed 'mj-body'"]),
      ("\n<?xml version=\"1.0\"?><mjml></mjml>", ["xml-declaration '<?xml version=\"1.0\"?>'"]),
      ("<?xml version=\"1.1\"?><mjml></mjml>", ["xml-declaration '1.1'"]),
      ("<?xml encoding='latin1'?><mjml></mjml>", ["encoding 'latin1'"]),
      ("<!doctype html><mjml></mjml>", ["doctype '<!doctype html>'"]),
      ("<!DOCTYPE a [<!ENTITY b 'c'>]><mjml>&b;</mjml>", ["doctype '<!DOCTYPE'"]),
      ("<!DOCTYPE a SYSTEM \"http://x\"><mjml></mjml>", ["doctype '<!DOCTYPE'"]),
      ("<mjml>\u{202E}</mjml>", ["bidi-control '\u{202E}'"]),
      ("<mjml>\u{1}\u{2}</mjml>", ["control-character '\u{1}\u{2}'"]),
      ("<mjml>\u{FFFE}</mjml>", ["control-character '\u{FFFE}'"]),
    ])
  func `in a file`(source: String, findings: [String]) {
    #expect(Parsed(source).findings == findings)
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x3C, 0], "encoding"), ([0, 0x3C, 0, 0x6D], "encoding"),
      ([0x4C, 0x6F, 0xA7, 0x94], "encoding"), ([0x61, 0xC0, 0xBC], "invalid-utf8"),
      ([0x61, 0xF0, 0x9F, 0x98], "invalid-utf8"), ([0xED, 0xA0, 0x80], "invalid-utf8"),
      ([0x61, 0, 0x62], "control-character"),
    ] as [([UInt8], String)]
  )
  func `bytes that are no text`(bytes: [UInt8], id: String) {
    let parsed = Parsed(bytes)
    #expect(parsed.document == nil)
    #expect(parsed.diagnostics.map(\.id.name) == [id])
  }

  @Test func `both ends of crossing tags are shown`() throws {
    let parsed = Parsed(column: "<mj-group><mj-wrapper></mj-group></mj-wrapper>")
    let finding = try #require(parsed.diagnostics.first)
    #expect(parsed.text(finding.primary.range) == "mj-wrapper")
    #expect(finding.labels.map { parsed.text($0.range) } == ["</mj-group>", "</mj-wrapper>"])
  }

  @Test func `fix-its make the source parse`() throws {
    for source in [
      "<mj-image src=a.png />", "<mj-image src=\"a\"alt=\"b\"/>", "<mj-text>x</MJ-TEXT>",
      "<mj-text>x</mj-txt>", "<mj-group><mj-text>x</mj-group>", "<mj-image src='a' src='b'/>",
    ] {
      let parsed = Parsed(column: source)
      let edits = try #require(parsed.diagnostics.first?.fixIts.first?.edits)
      var bytes = parsed.source.bytes
      for edit in edits.sorted(by: { $0.range.start > $1.range.start }) {
        bytes.replaceSubrange(edit.range.bounds, with: edit.replacement.utf8)
      }
      #expect(Parsed(bytes).findings == [], "\(source)")
    }
  }

  @Test func `limits are errors at the place where they are passed`() {
    var limits = MarkupLimits()
    limits.elementDepth = 3
    limits.attributesOfElement = 2
    limits.nameLength = 8
    limits.fileSize = 60
    let parser = MarkupParser(catalog: testCatalog, limits: limits)
    func findings(_ text: String) -> [String] {
      let source = SourceFile(path: "test.mjml", text: text)
      return parser.parse(source, id: testFile).1.map {
        "\($0.id) '\(String(decoding: source.bytes[$0.primary.range.bounds], as: UTF8.self))'"
      }
    }
    #expect(findings("<mjml><a><b></b></a></mjml>") == [])
    #expect(findings("<mjml><a><b><c></c></b></a></mjml>") == ["nesting-too-deep 'c'"])
    #expect(findings("<mjml a='' b=''></mjml>") == [])
    #expect(findings("<mjml a='' b='' c='' d=''></mjml>") == ["too-many-attributes 'c'"])
    #expect(findings("<mj-sectio></mj-sectio>") == ["name-too-long 'mj-sectio'"])
    #expect(findings("<mjml mj-sectio=''></mjml>") == ["name-too-long 'mj-sectio'"])
    #expect(
      findings("<mjml>" + String(repeating: " ", count: 60) + "</mjml>") == ["file-too-large ''"]
    )
  }
}
