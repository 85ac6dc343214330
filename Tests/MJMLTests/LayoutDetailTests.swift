import Letterpress
import Testing

/// Details of MJML's output that a client or a reader of HTML can tell, each in the smallest document that
/// shows it.
struct LayoutDetailTests {
  func html(_ body: String, head: String = "") throws -> String {
    let text = "<mjml><mj-head>\(head)</mj-head><mj-body>\(body)</mj-body></mjml>"
    let compiler = MJMLCompiler(validation: .skip, followsIncludes: false)
    let html = compiler.compile(Array(text.utf8), path: "mail.mjml", folder: "/").html
    return String(decoding: try #require(html), as: UTF8.self)
  }

  func text(_ content: String, head: String = "") throws -> String {
    try html(
      "<mj-section><mj-column><mj-text>\(content)</mj-text></mj-column></mj-section>",
      head: head
    )
  }

  @Test(arguments: [
    ("a", "a-outlook"), ("a b", "a-outlook b-outlook"), ("a ", "a-outlook -outlook"),
    ("a  b", "a-outlook -outlook b-outlook"), ("", ""), ("false", ""),
  ])
  func `Outlook's classes follow each space of css-class`(value: String, expected: String) throws {
    let html = try html("<mj-section css-class=\"\(value)\"></mj-section>")
    #expect(html.contains("cellspacing=\"0\" class=\"\(expected)\" role"))
  }

  @Test func `false is no class of a carousel's image`() throws {
    let html = try html(
      """
      <mj-section><mj-column><mj-carousel><mj-carousel-image css-class="false" src="a.png"/>\
      <mj-carousel-image css-class="x" src="b.png"/></mj-carousel></mj-column></mj-section>
      """
    )
    #expect(html.contains("<div class=\"mj-carousel-image mj-carousel-image-1 \" style"))
    #expect(html.contains("<div class=\"mj-carousel-image mj-carousel-image-2 x\" style"))
  }

  @Test func `A wrapper's gap parts the rows of a hero in it, too`() throws {
    let row = "<mj-section/>"
    let html = try html(
      "<mj-wrapper gap=\"20px\"><mj-hero>\(row)\(row)\(row)</mj-hero></mj-wrapper>"
    )
    #expect(html.matches(of: /margin-top:20px;/).count == 2)
  }

  @Test func `White space stands between the text of mj-raw and its neighbours`() throws {
    let html = try html(
      """
      <mj-section><mj-column><mj-raw>one</mj-raw><mj-spacer/><mj-raw>two</mj-raw></mj-column>\
      <mj-raw>three</mj-raw><mj-raw>four</mj-raw></mj-section>
      """
    )
    #expect(html.contains("<tbody> one <tr>"))
    #expect(html.contains("</tr> two </tbody>"))
    #expect(html.contains("threefour "))
  }

  @Test func `A comment that the author ends becomes one with Outlook's table`() throws {
    let html = try html("<mj-raw><!--<![endif]--></mj-raw><mj-section></mj-section>")
    #expect(html.contains("<!--<table align=\"center\""))
    #expect(html.contains("width=\"600\" ><tr><td"), "the space counts in plain comments")
  }

  @Test func `Only a column of a group keeps its width on a phone`() throws {
    let column = "<mj-column width=\"50%\"></mj-column>"
    let inGroup = try html("<mj-section><mj-group>\(column)</mj-group></mj-section>")
    #expect(inGroup.contains("vertical-align:top;width:50%;"))
    let deeper = try html(
      "<mj-section><mj-group><mj-section>\(column)</mj-section></mj-group></mj-section>"
    )
    #expect(!deeper.contains("vertical-align:top;width:50%;"))
  }

  @Test func `A gutter where there is no room has no endless share`() throws {
    let html = try html(
      "<mj-section padding=\"0 300px\" gutter=\"10px\"><mj-column/><mj-column/></mj-section>"
    )
    #expect(!html.contains("Infinity") && !html.contains("NaN"))
  }

  @Test(arguments: ["\u{A0}", "\u{FEFF}", "\u{2003}\n", "\u{202F} \u{3000}"])
  func `Spaces of all kinds are taken off the ends of a text`(space: String) throws {
    #expect(try text("\(space)a\(space)b\(space)").contains(">a\(space)b</div>"))
  }

  @Test func `A zero-width space is text`() throws {
    #expect(try text("\u{200B}a").contains(">\u{200B}a</div>"))
  }

  @Test func `Of an attribute that a selector sets twice the last value counts`() throws {
    let set = "<mj-html-attribute name=\"class\">"
    let html = try text(
      "<i class=\"a\">x</i>",
      head: """
        <mj-html-attributes><mj-selector path=".a">\(set)b</mj-html-attribute></mj-selector>\
        <mj-selector path=".a">\(set)c</mj-html-attribute></mj-selector></mj-html-attributes>
        """
    )
    #expect(html.contains("<i class=\"c\">x</i>"))
  }

  @Test func `A preview keeps its lines beside a raw head`() throws {
    let html = try text(
      "a",
      head: "<mj-raw><meta name=\"x\"></mj-raw><mj-preview><pre>a\n\n b</pre></mj-preview>"
    )
    #expect(html.contains("<pre>a\n\n b</pre>"))
  }
}
