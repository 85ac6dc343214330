import Letterpress
import Testing

/// What filters make of markup, and of texts that are none.
@Suite("Filters and markup")
struct FilteredMarkupTests {
  private static let schema = """
    {"type": "object", "required": ["text", "dirty", "clean", "lines", "anything", "choice"],
     "properties": {
      "text": {"type": "string"}, "other": {"type": "string"},
      "dirty": {"type": "string", "contentMediaType": "text/html"},
      "clean": {"type": "string", "contentMediaType": "text/html"},
      "choice": {"enum": ["<x>", "<y>"]},
      "lines": {"type": "array", "items": {"type": "string"}},
      "anything": {}}}
    """

  private static let profile = #"""
    {"text": "<i>a</i>\n&amp;", "dirty": "<u onclick=x>b</u>\nc", "clean": "<u>d</u>",
     "lines": ["<s>", "</s>\n"], "anything": "<i>e</i>\n", "choice": "<x>"}
    """#

  @Test(
    "No filter makes markup of a text",
    arguments: [
      ("profile.text | newline_to_br", "&lt;i&gt;a&lt;/i&gt;<br />\n&amp;amp;"),
      ("profile.anything | newline_to_br", "&lt;i&gt;e&lt;/i&gt;<br />"),
      ("profile.choice | newline_to_br", "&lt;x&gt;"),
      ("profile.text | escape | newline_to_br", "&lt;i&gt;a&lt;/i&gt;<br />\n&amp;amp;"),
      ("profile.text | strip | append: '<b>' | newline_to_br", "&lt;b&gt;"),
      ("profile.text | newline_to_br | upcase", "&amp;LT;I"),
      ("profile.lines | join: ' ' | newline_to_br", "&lt;s&gt; &lt;/s&gt;<br />"),
      ("profile.dirty | append: profile.text", "&lt;u onclick=x&gt;b&lt;/u&gt;"),
      ("profile.clean | default: profile.text", "&lt;u&gt;d&lt;/u&gt;"),
      ("profile.other | default: profile.text | newline_to_br", "&lt;i&gt;a&lt;/i&gt;<br />"),
    ]
  )
  func staysText(expression: String, expected: String) throws {
    #expect(try rendered("[{{ \(expression) }}]").contains(expected))
  }

  @Test("Lines of markup are what the markup was: not trusted before it is sanitised")
  func keepsDirt() throws {
    #expect(
      try rendered("[{{ profile.dirty | newline_to_br }}]").contains("[<u>b</u><br>\nc]")
    )
  }

  private func rendered(_ content: String) throws -> String {
    let project = try TestProject([
      "fixtures/profile.schema.json": Self.schema,
      "layouts/a.mjml": TestProject.layout("<mj-text>\(content)</mj-text>"),
    ])
    return try project.html("a", profile: Self.profile)
  }
}
