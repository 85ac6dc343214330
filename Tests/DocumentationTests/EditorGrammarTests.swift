import Foundation
import Letterpress
import TestSupport
import Testing

/// What docs/EDITORS.md promises of `letterpress grammar`, seen by a validator that is not ours.
@Suite(.enabled(if: xmllint != nil, "needs xmllint (libxml2-utils)"))
struct EditorGrammarTests {
  @Test(
    arguments: [
      ("<mj-text>Hello {{ profile.name }} <b>!</b></mj-text>", true),
      ("{% if a %}<mj-text>Hello</mj-text>{% endif %}", true),
      ("<mj-text color=\"#222222\" css-class=\"{{ x }}\">Hello</mj-text>", true),
      ("<mj-txt>Hello</mj-txt>", false),
      ("<mj-text colour=\"#222222\">Hello</mj-text>", false),
      ("<mj-section></mj-section>", false),
    ]
  )
  func `a column takes what belongs there, Liquid and HTML included`(
    content: String,
    isValid: Bool
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let grammar = folder.appending(path: "letterpress.rng")
    let layout = folder.appending(path: "mail.mjml")
    try Data(MJMLCompiler.grammar.utf8).write(to: grammar)
    let start = "<mjml><mj-body><mj-section><mj-column>"
    let end = "</mj-column></mj-section></mj-body></mjml>"
    try Data((start + content + end).utf8).write(to: layout)
    #expect(try validates(layout, against: grammar) == isValid)
  }

  private func validates(_ file: URL, against grammar: URL) throws -> Bool {
    let process = Process()
    process.executableURL = xmllint
    process.arguments = ["--noout", "--relaxng", grammar.path, file.path]
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

private let xmllint = ["/usr/bin/xmllint", "/opt/homebrew/bin/xmllint"]
  .map { URL(filePath: $0) }
  .first { FileManager.default.isExecutableFile(atPath: $0.path) }
