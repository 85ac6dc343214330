import Letterpress
import LetterpressDiagnostics
import Testing

/// What the catalogue is told about blocks.
struct BlockDescriptionTests {
  private let card = """
    <lp-block summary="A &amp; B">
      <lp-param name="title" type="string" summary="In large letters" />
      <lp-param name="tone" type="light | dark" default="light" />
      <lp-param name="note" type="string?" />
      <lp-example
        title="{{ personas.ada.name }}"
        tone="dark"
      />
      <mj-text>{{ title }} {{ tone }} {{ note | default: 'none' }}</mj-text>
      <lp-slot name="footer" summary="Below" />
    </lp-block>
    """
  private let ada = #"{"title": "Ada", "notes": "", "tags": [], "profile": {"name": "A & B"}}"#

  private func blocks(_ files: [String: String]) throws -> [BlockDescription] {
    try TestProject(files).compiler().describeBlocks()
  }

  /// What stands in an example's message.
  private func html(_ example: BlockDescription.Example) throws -> String {
    guard case .rendered(let bytes) = example.outcome else {
      throw ExampleFailure(description: "\(example.outcome)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct ExampleFailure: Error, CustomStringConvertible {
    let description: String
  }

  @Test func `a block's contract is as it is declared`() throws {
    let block = try #require(
      try blocks(["blocks/note-card.mjml": card, "fixtures/personas/ada.json": ada]).first
    )
    #expect(block.name == "note-card")
    #expect(block.summary == "A & B")
    #expect(block.parameters.map(\.name) == ["title", "tone", "note"])
    #expect(block.parameters.map(\.type) == ["string", "light | dark", "string?"])
    #expect(block.parameters.map(\.defaultText) == [nil, "light", nil])
    #expect(block.parameters.map(\.isRequired) == [true, false, false])
    #expect(block.parameters[0].summary == "In large letters")
    #expect(block.slots.map(\.name) == ["footer"])
    #expect(block.source == card)
    #expect(block.diagnostics.isEmpty)
  }

  @Test func `an example is a message with the persona's values`() throws {
    let block = try #require(
      try blocks(["blocks/note-card.mjml": card, "fixtures/personas/ada.json": ada]).first
    )
    let example = try #require(block.examples.first)
    #expect(example.persona == "ada")
    #expect(example.usage == "<note-card\n  title=\"{{ personas.ada.name }}\"\n  tone=\"dark\"\n/>")
    #expect(try html(example).contains("A &amp; B dark none"))
  }

  @Test(
    arguments: [
      "<mj-text>x</mj-text>", "<mj-column><mj-text>x</mj-text></mj-column>",
      "<mj-group><mj-column><mj-text>x</mj-text></mj-column></mj-group>",
      "<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>",
      "<mj-navbar-link href=\"https://example.com\">x</mj-navbar-link>",
      "<mj-social-element name=\"web\">x</mj-social-element>",
      "<mj-accordion-text>x</mj-accordion-text>",
    ]
  )
  func `what has to stand around a block is there`(content: String) throws {
    let block = try #require(
      try blocks([
        "blocks/a-block.mjml": "<lp-block summary=\"x\"><lp-example />\(content)</lp-block>"
      ])
      .first
    )
    #expect(block.diagnostics.isEmpty)
    #expect(try html(#require(block.examples.first)).contains("x"))
  }

  @Test func `uses are told from uses through another block`() throws {
    let blocks = try blocks([
      "blocks/inner-text.mjml": "<lp-block summary=\"x\"><mj-text>x</mj-text></lp-block>",
      "blocks/outer-text.mjml": "<lp-block summary=\"x\"><inner-text /></lp-block>",
      "layouts/both.mjml": TestProject.layout("<inner-text /><outer-text />"),
      "layouts/outer.mjml": TestProject.layout("<outer-text />"),
    ])
    #expect(blocks.map(\.name) == ["inner-text", "outer-text"])
    #expect(blocks[0].layouts.map(\.name) == ["both", "outer"])
    #expect(blocks[0].layouts.map(\.isDirect) == [true, false])
    #expect(blocks[0].blocks.map(\.name) == ["outer-text"])
    #expect(blocks[1].blocks.isEmpty)
  }

  @Test
  func `a wrong example hides no other, and a block that is no XML is there with its findings`()
    throws
  {
    let blocks = try blocks([
      "blocks/broken-one.mjml": "<lp-block>",
      "blocks/some-text.mjml": """
      <lp-block summary="x">
        <lp-param name="title" type="string" />
        <lp-example title="Fine" />
        <lp-example titel="Misspelt" />
        <mj-text>{{ title }}</mj-text>
      </lp-block>
      """,
    ])
    #expect(blocks[0].diagnostics.hasErrors)
    #expect(try html(blocks[1].examples[0]).contains("Fine"))
    guard case .failed = blocks[1].examples[1].outcome else {
      Issue.record("a misspelt argument cannot be rendered")
      return
    }
  }

  @Test func `what only shows when an example is laid out is a finding`() throws {
    let findings = try TestProject([
      "blocks/any-width.mjml": """
      <lp-block summary="x">
        <lp-param name="width" type="length" />
        <lp-example width="50%" />
        <lp-example width="{{ personas.ada.city | default: '10px' }}" />
        <mj-column width="{{ width }}"><mj-text>x</mj-text></mj-column>
      </lp-block>
      """,
      "fixtures/personas/ada.json": ada,
    ]).findings()
    #expect(findings.contains { $0.hasPrefix("blocks/any-width.mjml:") })
  }
}
