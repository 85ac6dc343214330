import Letterpress
import LetterpressDiagnostics
import Testing

/// The façade of `letterpress compile`.
@Suite("compile")
struct MJMLCompilerTests {
  @Test(arguments: [MJMLCompiler.Validation.soft, .strict, .skip])
  func `of an attribute that is given twice the first counts`(
    validation: MJMLCompiler.Validation
  ) throws {
    let result = compile("<mj-text color=\"red\" color=\"blue\">a</mj-text>", validation)
    #expect(result.diagnostics.map(\.id.name) == ["duplicate-attribute"])
    #expect(result.diagnostics.map(\.severity) == [.warning])
    let html = String(decoding: try #require(result.html), as: UTF8.self)
    #expect(html.contains("color:red") && !html.contains("blue"))
  }

  @Test func `several templates share one report`() {
    let first = compile("<mj-text color=\"red\" color=\"blue\">a</mj-text>", .soft)
    let second = MJMLCompiler().compile(
      Array("<mjml><mj-body".utf8),
      path: "second.mjml",
      folder: ".",
      sources: first.sources
    )
    #expect(second.html == nil)
    let lines = DiagnosticFormat.oneline.render(
      first.diagnostics + second.diagnostics,
      in: second.sources
    )
    #expect(lines.contains("first.mjml:1:") && lines.contains("second.mjml:1:"))
  }

  @Test func `comments are kept unless they are not wanted`() throws {
    let source = "<!-- a --><!--[if IE]>b<![endif]--><mj-raw><!-- c --></mj-raw>"
    var compiler = MJMLCompiler()
    #expect(try text(compiler, source).contains("<!-- a -->"))
    compiler.keepsComments = false
    let html = try text(compiler, source)
    #expect(!html.contains("<!-- a -->"))
    #expect(html.contains("<!--[if IE]>b<![endif]-->") && html.contains("<!--[if mso"))
    #expect(html.contains("<!-- c -->"), "content stays as it is")
    compiler.spacing = .minified
    #expect(try !text(compiler, source).contains("<!-- c -->"))
  }

  @Test func `a comment that is not kept does not count among the sections of a wrapper`() throws {
    let mail =
      "<mjml><mj-body><mj-wrapper gap=\"9px\"><!-- a --><mj-section/></mj-wrapper></mj-body></mjml>"
    var compiler = MJMLCompiler()
    func html() throws -> String {
      let result = compiler.compile(Array(mail.utf8), path: "first.mjml", folder: ".")
      return String(decoding: try #require(result.html), as: UTF8.self)
    }
    #expect(try html().contains("margin-top:9px"))
    compiler.keepsComments = false
    #expect(try !html().contains("margin-top:9px"))
  }

  @Test func `web fonts are MJML's own, or those that are asked for, in their order`() throws {
    let source = "<mj-text font-family=\"Lato, Inter, Mono\">a</mj-text>"
    var compiler = MJMLCompiler()
    #expect(try text(compiler, source).contains("family=Lato"))
    compiler.fonts = try MJMLConfiguration.fonts(
      #"{"Mono": "https://f.example/m", "Inter": "https://f.example/i"}"#
    )
    let html = try text(compiler, source)
    #expect(!html.contains("family=Lato"))
    #expect(html.contains("url(https://f.example/m);\n@import url(https://f.example/i)"))
  }

  @Test(arguments: ["", "[1]", "{\"a\": 1}", "{\"a\": \"b\",}"])
  func `what is no JSON object of fonts is a mistake`(json: String) {
    #expect(throws: MJMLConfiguration.Mistake.self) { try MJMLConfiguration.fonts(json) }
  }

  @Test func `of the minifier's options those count that ours has`() throws {
    let options = try MJMLConfiguration.minifyOptions(
      #"{"collapseWhitespace": false, "removeComments": "safe", "minifyCss": true}"#
    )
    #expect(!options.collapsesWhiteSpace && options.removesComments)
    #expect(try MJMLConfiguration.minifyOptions("{}").collapsesWhiteSpace)
    #expect(throws: MJMLConfiguration.Mistake.self) {
      try MJMLConfiguration.minifyOptions("lite")
    }
  }

  @Test func `folders are one, or a JSON array`() throws {
    #expect(try MJMLConfiguration.folders("../shared") == ["../shared"])
    #expect(try MJMLConfiguration.folders(#"["a", "../b"]"#) == ["a", "../b"])
    #expect(throws: MJMLConfiguration.Mistake.self) { try MJMLConfiguration.folders("[1]") }
    #expect(throws: MJMLConfiguration.Mistake.self) { try MJMLConfiguration.folders("[") }
  }

  @Test func `spacing is asked for`() throws {
    var compiler = MJMLCompiler()
    let plain = try text(compiler, "<mj-text>a</mj-text>")
    compiler.spacing = .minified
    #expect(try text(compiler, "<mj-text>a</mj-text>").utf8.count < plain.utf8.count)
    compiler.spacing = .beautified
    #expect(try text(compiler, "<mj-text>a</mj-text>").contains("\n  <div"))
  }

  private func compile(
    _ content: String,
    _ validation: MJMLCompiler.Validation
  ) -> MJMLCompiler.Result {
    MJMLCompiler(validation: validation).compile(mail(content), path: "first.mjml", folder: ".")
  }

  private func text(_ compiler: MJMLCompiler, _ content: String) throws -> String {
    let result = compiler.compile(mail(content), path: "first.mjml", folder: ".")
    return String(decoding: try #require(result.html), as: UTF8.self)
  }

  private func mail(_ content: String) -> [UInt8] {
    Array(
      "<mjml><mj-body><mj-section><mj-column>\(content)</mj-column></mj-section></mj-body></mjml>"
        .utf8
    )
  }
}
