import LetterpressDiagnostics
import LetterpressMarkup
import TestSupport
import Testing

/// Broken templates as people break them, and everything that is shown to them.
struct ErrorFixtureTests {
  @Test(arguments: Fixture.files(in: "markup/errors", withExtension: "mjml"))
  func `what an author sees`(fixture: Fixture) throws {
    let source = SourceFile(path: fixture.name + ".mjml", bytes: try fixture.bytes())
    expectSnapshot(Self.shown(source), named: "markup/errors/\(fixture.name).txt")
  }

  @Test func `control characters are named, not sent to the terminal`() {
    let source = SourceFile(
      path: "control-characters.mjml",
      text: """
        <mjml>
          <mj-body>
            <mj-raw>bell \u{7} and escape \u{1B}[31m</mj-raw>
          </mj-body>
        </mjml>

        """
    )
    expectSnapshot(Self.shown(source), named: "markup/control-characters.txt")
  }

  private static func shown(_ source: SourceFile) -> String {
    var sources = SourceSet()
    let id = sources.add(source)
    let result = MarkupParser(catalog: testCatalog).parse(
      source,
      id: id,
      validatingWith: GrammarTests.grammar
    )
    var diagnostics = result.diagnostics
    if let document = result.document {
      diagnostics += ContentChecker(catalog: testCatalog).check(
        document,
        in: source,
        violations: result.violations
      )
    }
    return DiagnosticFormat.text.render(diagnostics.sortedForDisplay(in: sources), in: sources)
  }
}
