import Letterpress
import Testing

struct DarkModeTests {
  func html(_ body: String, root: String = "<mjml>") throws -> String {
    let text =
      "\(root)<mj-body><mj-section><mj-column>\(body)</mj-column></mj-section></mj-body></mjml>"
    let compiler = MJMLCompiler(validation: .skip, followsIncludes: false)
    let html = compiler.compile(Array(text.utf8), path: "mail.mjml", folder: "/").html
    return String(decoding: try #require(html), as: UTF8.self)
  }

  @Test func `A dark color is a rule of a class`() throws {
    let html = try html(
      "<mj-text dark-color=\"#fff\">a</mj-text><mj-text dark-color=\"#fff\">b</mj-text>"
    )
    #expect(html.contains("@media (prefers-color-scheme: dark)"))
    #expect(html.contains(".mj-dark-1 { color: #ffffff !important; }"))
    #expect(!html.contains("mj-dark-2"), "equal rules share a class")
    #expect(html.split(separator: "<div class=\"mj-dark-1\"").count == 3)
  }

  @Test func `A dark container joins the cell's own classes`() throws {
    let html = try html(
      "<mj-text css-class=\"a\" dark-container-background-color=\"black\">a</mj-text>"
    )
    #expect(html.contains("class=\"a mj-dark-1\""))
    #expect(html.contains(".mj-dark-1 { background-color: black !important; }"))
  }

  @Test func `A side of the border that is like the others needs no rule`() throws {
    let html = try html(
      "<mj-button dark-border-color=\"red\" dark-border-top-color=\"red\" dark-border-left-color=\"blue\">x</mj-button>"
    )
    #expect(
      html.contains("{ border-color: red !important; border-left-color: blue !important; }")
    )
  }

  @Test func `A dark image is a source of a picture`() throws {
    let html = try html("<mj-image src=\"day.png\" dark-src=\"night.png\" />")
    #expect(
      html.contains(
        "<picture><source srcset=\"night.png\" media=\"(prefers-color-scheme: dark)\" /><img"
      )
    )
  }

  @Test func `The document says that it knows how to be dark`() throws {
    let meta = "<meta name=\"color-scheme\" content=\"light dark\">"
    #expect(try html("", root: "<mjml support-dark-mode=\"true\">").contains(meta))
    #expect(try !html("").contains(meta))
  }
}
