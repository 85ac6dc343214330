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
    let source = "<mj-raw><!-- note --></mj-raw>"
    var compiler = MJMLCompiler()
    #expect(try text(compiler, source).contains("<!-- note -->"))
    compiler.keepsComments = false
    #expect(!(try text(compiler, source)).contains("<!-- note -->"))
    #expect(try text(compiler, source).contains("<!--[if mso"))
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
