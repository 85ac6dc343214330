import Foundation
import Letterpress
import LetterpressDiagnostics
import TestSupport
import Testing

/// The text parts of the sample project, to be read.
@Suite("Plain text of the sample project")
struct PlainTextSnapshotTests {
  @Test(
    "Layouts for personas",
    arguments: ["abandoned-cart", "loyalty-statement", "re-engagement", "welcome"],
    ["ada", "hostile-name", "layla-haddad"]
  )
  func sampleProject(layout: String, persona: String) throws {
    let compiler = ProjectCompiler(try Project(at: Repository.root.path), layouts: [layout])
    let email = try #require(compiler.compile(layout)?.email)
    let text = try email.render(try compiler.recipient(persona: persona)).text
    expectSnapshot(
      String(decoding: text, as: UTF8.self),
      named: "plain-text/\(layout).\(persona).txt"
    )
  }
}
