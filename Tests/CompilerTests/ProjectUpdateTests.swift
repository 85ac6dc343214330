import Foundation
import Letterpress
import LetterpressDiagnostics
import TestSupport
import Testing

/// A compiler that goes on after a change finds what a new one finds.
struct ProjectUpdateTests {
  private func findings(_ compiler: ProjectCompiler) -> [String] {
    DiagnosticFormat.json.render(compiler.check(), in: compiler.sources)
      .split(separator: "\n").map(String.init)
  }

  /// The sample project's files, for tests to change.
  private func sample() throws -> TestProject {
    var files: [String: String] = [:]
    for folder in ["layouts", "blocks", "fixtures", "fixtures/personas"] {
      let url = Repository.root.appending(path: folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
        files["\(folder)/\(name)"] = Repository.text(url.appending(path: name))
      }
    }
    files["letterpress.yaml"] = Repository.text(Repository.root.appending(path: "letterpress.yaml"))
    files["layouts/parts.mjml"] = """
      <mjml><mj-body><mj-section><mj-column>
      <mj-include path="../shared/part.mjml"/><mj-include path="../shared/legal.html" type="html"/>
      </mj-column></mj-section></mj-body></mjml>
      """
    files["shared/part.mjml"] = "<mj-text>Hello {{ profile.first_name | default: 'you' }}</mj-text>"
    files["shared/legal.html"] = "<p>Legal</p>"
    return try TestProject(files)
  }

  @Test(arguments: 0..<4)
  func `after any changes the findings are those of a fresh check`(seed: Int) throws {
    let project = try sample()
    var random = SplitMix(seed: UInt64(seed) &* 7_919 &+ 3)
    var compiler = try project.compiler()
    #expect(findings(compiler) == findings(try project.compiler()))
    let paths =
      compiler.sources.files.map(\.path).filter { !$0.hasPrefix("(") }
      + ["layouts/parts.mjml", "shared/part.mjml", "shared/legal.html"]
    for round in 0..<8 {
      let path = paths[random.below(paths.count)]
      let file = project.root.appending(path: path)
      let text = RandomEdit.applied(to: try Data(contentsOf: file), using: &random)
      try text.write(to: file)
      compiler = compiler.updating(path, to: Array(text))
      #expect(
        findings(compiler) == findings(try project.compiler()),
        "seed \(seed), round \(round), \(path):\n\(String(decoding: text, as: UTF8.self))"
      )
    }
  }

  @Test func `a text that is not saved counts`() throws {
    let project = try TestProject(["layouts/a.mjml": TestProject.layout("<mj-text>a</mj-text>")])
    let compiler = try project.compiler()
    #expect(compiler.check().isEmpty)
    let changed = TestProject.layout("<mj-text>{{ profile.nme }}</mj-text>")
    let updated = compiler.updating("layouts/a.mjml", to: Array(changed.utf8))
    #expect(updated.check().map(\.id.name) == ["unknown-field"])
    #expect(compiler.check().isEmpty)
    #expect(updated.compile("a")?.email == nil)
    let mended = updated.updating("layouts/a.mjml", to: compiler.sources.files.last?.bytes ?? [])
    #expect(mended.check().isEmpty && mended.compile("a")?.email != nil)
  }

  @Test func `a block's parameter that goes is missed by the layouts that give it`() throws {
    let block = { (parameters: String) in
      "<lp-block>\(parameters)<mj-text>{{ a }}</mj-text></lp-block>"
    }
    let project = try TestProject([
      "layouts/a.mjml": TestProject.layout("<note-line a=\"x\" b=\"y\"/>"),
      "layouts/b.mjml": TestProject.layout("<mj-text>b</mj-text>"),
      "blocks/note-line.mjml": block(
        "<lp-param name=\"a\" type=\"string\"/><lp-param name=\"b\" type=\"string\" default=\"\"/>"
      ),
    ])
    let compiler = try project.compiler()
    #expect(compiler.check().map(\.id.name) == ["unused-parameter"])
    let text = Array(block("<lp-param name=\"a\" type=\"string\"/>").utf8)
    let updated = compiler.updating("blocks/note-line.mjml", to: text)
    #expect(updated.check().map(\.id.name) == ["unknown-argument"])
  }
}

/// A change as people make it while they type, good or bad.
private enum RandomEdit {
  static func applied(to data: Data, using random: inout SplitMix) -> Data {
    let text = String(decoding: data, as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let line = random.below(lines.count)
    switch random.below(8) {
    case 0: lines.remove(at: line)
    case 1: lines.insert(lines[line], at: line)
    case 2: lines[line] = String(lines[line].dropLast(random.below(6) + 1))
    case 3: lines[line] = lines[line].replacingOccurrences(of: "profile.", with: "profile.x")
    case 4: lines[line] = lines[line].replacingOccurrences(of: "<mj-text", with: "<mj-button")
    case 5: lines[line] = lines[line].replacingOccurrences(of: "name=\"", with: "name=\"q")
    case 6: lines.insert("<!-- note -->", at: line)
    default: lines[line] += " "
    }
    return Data(lines.joined(separator: "\n").utf8)
  }
}
