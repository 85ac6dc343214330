import Letterpress
import LetterpressDiagnostics
import Testing

/// `<mj-style inline="inline">`: which elements a rule is written into, and how.
struct StyleInlinerTests {
  func html(_ css: String, _ content: String) throws -> String {
    let text = """
      <mjml><mj-head><mj-style inline="inline">\(css)</mj-style></mj-head><mj-body><mj-section>\
      <mj-column><mj-text>\(content)</mj-text></mj-column></mj-section></mj-body></mjml>
      """
    let compiler = MJMLCompiler(validation: .skip, followsIncludes: false)
    let html = compiler.compile(Array(text.utf8), path: "mail.mjml", folder: "/").html
    return String(decoding: try #require(html), as: UTF8.self)
  }

  @Test(arguments: [
    ("url(a.png)", "a.png"), ("url('a b.png')", "a b.png"), ("url(\"a.png\")", "a.png"),
    ("none", "none"),
  ])
  func `The image of a cell is an attribute, too`(image: String, attribute: String) throws {
    let html = try html(
      ".a { background-image: \(image) }",
      "<table><tr><td class=\"a\">x</td></tr></table>"
    )
    #expect(html.contains("background=\"\(attribute)\""))
  }

  @Test func `A gradient is no attribute`() throws {
    let html = try html(
      ".a { background-image: Linear-Gradient(red, blue) }",
      "<table><tr><td class=\"a\">x</td></tr></table>"
    )
    #expect(html.contains("background-image: Linear-Gradient(red, blue);"))
    #expect(!html.contains("background=\""))
  }

  @Test func `Text makes an element not empty, a comment does not`() throws {
    let html = try html(
      "i:empty { color: red }",
      "<i></i><i> </i><i>x</i><i><!-- x --></i><i><b></b></i>"
    )
    #expect(html.contains("<i style=\"color: red;\"></i><i> </i><i>x</i>"))
    #expect(html.contains("<i style=\"color: red;\"><!-- x --></i><i><b></b></i>"))
  }

  @Test func `Every comma ends a selector, also in parentheses`() throws {
    let html = try html("p:is(.a, .b), b { color: red }", "<p class=\"a\">x<b>y</b></p>")
    #expect(html.contains("<p class=\"a\">x<b style=\"color: red;\">y</b>"))
  }

  @Test(arguments: [
    ("b{color:red};\nb{top:1px}", "color: red;"), ("@import url(x.css)\nb{top:1px}", "top: 1px;"),
    ("b{color:red;top:1px", "color: red;"), ("b{color:red}}b{top:1px}", "color: red; top: 1px;"),
    ("b{\n// note\ncolor:red;top:1px}", "//notecolor: red; top: 1px;"),
  ])
  func `What is broken ends where it does for MJML`(css: String, style: String) throws {
    #expect(try html(css, "<b>x</b>").contains("<b style=\"\(style)\">"))
  }

  @Test(arguments: [
    // Many properties, each looked for among the others.
    ("b{" + (0..<10_000).map { "a\($0):1;" }.joined() + "}", 20),
    // One property over and over.
    ("b{" + String(repeating: "a:1;", count: 20_000) + "}", 1),
    // A long value for many elements.
    ("b{a:" + String(repeating: "x", count: 100_000) + "}", 500),
    // A variable that grows with each reference.
    (
      "b{--a:\(String(repeating: "x", count: 2_000));--b:\(String(repeating: "var(--a) ", count: 15));"
        + "--c:\(String(repeating: "var(--b) ", count: 15));color:var(--c)}", 500
    ),
  ])
  func `Styles that take more than their share are refused`(css: String, elements: Int) {
    let content = String(repeating: "<b>x</b>", count: elements)
    let text = """
      <mjml><mj-head><mj-style inline="inline">\(css)</mj-style></mj-head><mj-body><mj-section>\
      <mj-column><mj-text>\(content)</mj-text></mj-column></mj-section></mj-body></mjml>
      """
    let compiler = MJMLCompiler(validation: .skip, followsIncludes: false)
    let result = compiler.compile(Array(text.utf8), path: "mail.mjml", folder: "/")
    #expect(result.diagnostics.map(\.id.name) == ["expansion-limit"])
  }

  @Test func `A variable is looked for in the elements around, however deep`() throws {
    let html = try html(
      "i{--x:red} b{color:var(--x)}",
      "<i>" + String(repeating: "<u>", count: 600) + "<b>x</b>"
    )
    #expect(html.contains("<b style=\"color: red;\">x</b>"))
  }

  @Test func `The words of a placeholder are no classes`() throws {
    let html = try html(
      ".c { color: red }",
      "<p class=\"{{ c }}\">x</p><p class=\"{{ d }} c\">y</p>"
    )
    #expect(html.contains("<p class=\"{{ c }}\">x</p>"))
    #expect(html.contains("<p class=\"{{ d }} c\" style=\"color: red;\">y</p>"))
  }

  @Test func `A section of a table ends the one before it`() throws {
    let html = try html(
      "table > tbody { color: red }",
      "<table><thead><tr><th>a</th></tr><tbody><tr><td>b</td></tr></table>"
    )
    #expect(html.contains("<th>a</th></tr><tbody style=\"color: red;\">"))
  }
}
