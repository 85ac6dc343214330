import Foundation
import LetterpressDiagnostics
import LetterpressLiquid
import TestSupport
import Testing

/// Findings whose pages have no example, because it would be too large or not of text: here they are.
@Suite("Findings without an example")
struct UnshownFindingTests {
  private typealias File = ExampleProject.File

  @Test func `every page without an example is about a finding that a test names`() throws {
    let tests = Repository.root.appending(path: "Tests")
    let paths = FileManager.default.enumerator(atPath: tests.path)?.compactMap { $0 as? String }
    let texts = try #require(paths).filter { $0.hasSuffix(".swift") || $0.hasSuffix(".md") }
      .compactMap { Repository.text(tests.appending(path: $0)) }
    let unnamed = DiagnosticPage.all.filter { page in
      page.wrong.isEmpty && !texts.contains { $0.contains(page.id) }
    }
    #expect(unnamed.map(\.id) == [])
  }

  @Test func `blocks that multiply meet expansion-limit`() throws {
    let texts = String(repeating: "<mj-text>x</mj-text>", count: 300)
    let files = [
      layout(String(repeating: "<many-texts />", count: 300)),
      File("blocks/many-texts.mjml", "<lp-block summary=\"Many\">\(texts)</lp-block>"),
    ]
    #expect(try names(files) == ["expansion-limit"])
  }

  @Test func `includes that go too deep meet include-limit`() throws {
    var files = [layout("<mj-include path=\"./parts/0.mjml\" />")]
    for number in 0..<40 {
      files.append(
        File("layouts/parts/\(number).mjml", "<mj-include path=\"\(number + 1).mjml\" />")
      )
    }
    files.append(File("layouts/parts/40.mjml", "<mj-text>x</mj-text>"))
    #expect(try names(files) == ["include-limit"])
  }

  @Test func `a schema in another encoding meets json-encoding`() throws {
    let schema = File("fixtures/profile.schema.json", bytes: Array("{\"title\":\"".utf8) + [0xE9])
    #expect(try names([schema]) == ["json-encoding"])
  }

  @Test func `a schema of too many types meets schema-limit`() throws {
    let object = "{\"type\":\"object\",\"properties\":{}}"
    let properties = (0...4_000).map { "\"p\($0)\":\(object)" }.joined(separator: ",")
    let schema = File(
      "fixtures/profile.schema.json",
      "{\"type\":\"object\",\"properties\":{\(properties)}}"
    )
    #expect(try names([schema]) == ["schema-limit"])
  }

  @Test func `a folder in the place of a layout meets unreadable-file`() throws {
    #expect(try names([File("layouts/mail.mjml/", "")]) == ["unreadable-file"])
  }

  @Test(
    arguments: [
      ("{% abort 'the basket is empty' %}", "aborted"),
      ("{{ 1 | divided_by: 0 }}", "division-by-zero"),
      ("{{ 'a' | truncate: 'b' }}", "invalid-argument"),
      ("{% for i in (1..100000000) %}{% endfor %}", "render-limit"),
      ("{% render 'broken' %}", "broken-template"),
    ]
  )
  func `what stops a render is located and named`(template: String, name: String) throws {
    var renderer = LiquidRenderer(
      SourceFile(path: "mail.liquid", text: template),
      dialect: .letterpress
    ) { _ in SourceFile(path: "broken.liquid", text: "{{") }
    let failure = try #require(throws: RenderFailure.self) {
      try renderer.render(Object([]))
    }
    #expect(failure.error.kind.diagnosticID.name == name)
    #expect(!failure.diagnostic.primary.range.isEmpty)
  }

  private func names(_ files: [File]) throws -> Set<String> {
    Set(try ExampleProject.findings(in: files).map(\.id.name))
  }

  private func layout(_ content: String) -> File {
    File(
      "layouts/mail.mjml",
      "<mjml><mj-body><mj-section><mj-column>\(content)</mj-column></mj-section></mj-body></mjml>"
    )
  }
}
