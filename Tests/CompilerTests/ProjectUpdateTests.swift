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

  /// The findings, and what recipients get: the bytes of each layout for a persona.
  private func outcome(_ compiler: ProjectCompiler) -> [String] {
    var outcome = findings(compiler)
    for name in compiler.project.layoutNames {
      guard let email = compiler.compile(name)?.email else { continue }
      do {
        let recipient = try compiler.recipient(persona: "jonas-weber")
        let message = try email.render(recipient, now: "2026-11-24T09:00:00Z")
        outcome.append(name + String(decoding: message.html + message.text, as: UTF8.self))
      } catch {
        outcome.append("\(name): \((error as? RenderFailure)?.message ?? "\(error)")")
      }
    }
    return outcome
  }

  /// The sample project's files, for tests to change.
  private func sample() throws -> TestProject {
    var files: [String: String] = [:]
    let folders = ["layouts", "blocks", "fixtures/personas", "fixtures/locales"]
    for folder in folders {
      let url = Repository.root.appending(path: folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
        files["\(folder)/\(name)"] = Repository.text(url.appending(path: name))
      }
    }
    let schema = "fixtures/profile.schema.json"
    files[schema] = Repository.text(Repository.root.appending(path: schema))
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
        outcome(compiler) == outcome(try project.compiler()),
        "seed \(seed), round \(round), \(path):\n\(String(decoding: text, as: UTF8.self))"
      )
    }
  }

  /// What an editor's project goes through: texts, new names, names that go while others come.
  @Test(arguments: 0..<3)
  func `files that come and go leave nothing behind`(seed: Int) throws {
    let project = try sample()
    var random = SplitMix(seed: UInt64(seed) &* 104_729 &+ 11)
    var compiler = try project.compiler()
    for round in 0..<6 {
      let paths = compiler.sources.files.map(\.path)
        .filter { path in ["layouts/", "blocks/", "fixtures/"].contains { path.hasPrefix($0) } }
        .filter { $0 != "fixtures/profile.schema.json" }
      let path = paths[random.below(paths.count)]
      let old = project.root.appending(path: path)
      guard let text = try? Data(contentsOf: old) else { continue }
      // A text under a new name, its old name gone, or another one.
      let gone = project.root.appending(path: paths[random.below(paths.count)])
      if random.below(2) == 0 {
        try? FileManager.default.removeItem(at: random.below(2) == 0 ? old : gone)
      }
      let dot = path.lastIndex(of: ".") ?? path.endIndex
      let new = path[..<dot] + "-\(round)" + path[dot...]
      try text.write(to: project.root.appending(path: new))
      compiler = compiler.updating(String(new), to: Array(text))
      #expect(
        outcome(compiler) == outcome(try project.compiler()),
        "seed \(seed), round \(round), \(path) to \(new)"
      )
    }
  }

  @Test(arguments: [
    "blocks/hello.liquid", "fixtures/locales/en.yaml", "fixtures/personas/ada.json",
  ])
  func `what went is missed once a file of a new name comes`(path: String) throws {
    let project = try TestProject([
      "letterpress.yaml": "locale: en\n",
      "layouts/a.mjml": TestProject.layout("<mj-text>{% render 'hello' %} {{ 'k' | t }}</mj-text>"),
      "blocks/hello.liquid": "hello",
      "blocks/other.mjml": """
      <lp-block><lp-param name="a" type="string"/><mj-text>{{ a }}</mj-text>
      <lp-example><other a="{{ personas.ada.name }}"/></lp-example></lp-block>
      """,
      "fixtures/locales/en.yaml": "k: Key\n",
      "fixtures/personas/ada.json":
        #"{"title": "Ada", "notes": "", "tags": [], "profile": {"name": "Ada"}}"#,
    ])
    let compiler = try project.compiler()
    try FileManager.default.removeItem(at: project.root.appending(path: path))
    let text = Data(TestProject.layout("<mj-text>b</mj-text>").utf8)
    try text.write(to: project.root.appending(path: "layouts/b.mjml"))
    let updated = compiler.updating("layouts/b.mjml", to: Array(text))
    #expect(findings(updated) == findings(try project.compiler()))
    #expect(findings(updated) != findings(compiler))
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
