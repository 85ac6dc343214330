import Foundation
import Letterpress
import LetterpressDiagnostics

/// A project in a temporary folder, gone with the test.
final class TestProject: Sendable {
  let root: URL

  static let schema = """
    {"type": "object", "required": ["name"], "properties": {
      "name": {"type": "string"}, "city": {"type": "string"},
      "tier": {"enum": ["gold", "silver"]}}}
    """

  /// Makes a project of files by their paths; the schema above unless another one is given.
  init(_ files: [String: String]) throws {
    root = FileManager.default.temporaryDirectory
      .appending(path: "letterpress-test-\(UUID().uuidString)")
    var files = files
    files["letterpress.yaml"] = files["letterpress.yaml"] ?? ""
    files["fixtures/profile.schema.json"] = files["fixtures/profile.schema.json"] ?? Self.schema
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func project() throws -> Project { try Project(at: root.path) }

  func compiler() throws -> ProjectCompiler { ProjectCompiler(try project()) }

  /// The findings, a line each.
  func findings() throws -> [String] {
    let compiler = try compiler()
    return DiagnosticFormat.oneline.render(compiler.check(), in: compiler.sources)
      .split(separator: "\n").map(String.init)
  }

  /// A message's HTML.
  func html(_ layout: String, profile: String) throws -> String {
    String(decoding: try message(layout, profile: profile).html, as: UTF8.self)
  }

  /// A message's text part.
  func plainText(_ layout: String, profile: String = #"{"name": "Ada"}"#) throws -> String {
    String(decoding: try message(layout, profile: profile).text, as: UTF8.self)
  }

  func message(_ layout: String, profile: String) throws -> CompiledEmail.Message {
    let compiler = try compiler()
    guard let email = compiler.compile(layout)?.email else {
      throw CompilationError(compiler.check())
    }
    let recipient = try compiler.recipient(profile: Array(profile.utf8), path: "profile.json")
    return try email.render(recipient)
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// A layout with one text in it.
  static func layout(_ content: String) -> String {
    """
    <mjml><mj-body><mj-section><mj-column>
    \(content)
    </mj-column></mj-section></mj-body></mjml>
    """
  }
}
