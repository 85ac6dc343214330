import Letterpress
import LetterpressDiagnostics
import Testing

/// What `letterpress new` makes has to be right as it is.
struct ScaffoldTests {
  private func write(_ files: [Scaffold.File]) throws -> TestProject {
    try TestProject(Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) }))
  }

  @Test func `a new project has no findings and renders for all its personas`() throws {
    let project = try write(Scaffold.project(title: "The \"quiet\" shop: 1"))
    #expect(try project.findings() == [])
    let compiler = try project.compiler()
    #expect(compiler.project.title == "The \"quiet\" shop: 1")
    #expect(compiler.project.personaNames == ["ada", "newcomer"])
    let email = try #require(compiler.compile("welcome")?.email)
    for persona in compiler.project.personaNames {
      #expect(try !email.render(compiler.recipient(persona: persona)).html.isEmpty)
    }
    for example in compiler.describeBlocks().flatMap(\.examples) {
      guard case .rendered = example.outcome else {
        Issue.record("\(example.usage): \(example.outcome)")
        continue
      }
    }
  }

  @Test func `new blocks and layouts are right in a project of any schema`() throws {
    let project = try write(
      Scaffold.block(named: "price-tag") + Scaffold.layout(named: "spring-sale")
    )
    #expect(
      try project.findings() == [
        "blocks/price-tag.mjml:1:1: warning: no layout uses the block 'price-tag' [unused-block]"
      ]
    )
    #expect(try project.html("spring-sale", profile: #"{"name": "A"}"#).contains("Spring sale"))
  }

  @Test(
    arguments: [
      "", "-", "a-", "a--b", "1a", "A", "a b", "a/b", "../a", "a.b", "ä",
      String(repeating: "a", count: 65),
    ]
  )
  func `a name has to be one`(name: String) {
    #expect(throws: Scaffold.InvalidName.self) { try Scaffold.block(named: name) }
    #expect(throws: Scaffold.InvalidName.self) { try Scaffold.layout(named: name) }
  }

  @Test(arguments: ["mj-text", "lp-slot", "mjml"])
  func `a block is not called like an element of ours`(name: String) {
    #expect(throws: Scaffold.InvalidName.self) { try Scaffold.block(named: name) }
  }
}
