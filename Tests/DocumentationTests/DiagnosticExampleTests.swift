import LetterpressDiagnostics
import Testing

/// What the pages of docs/diagnostics show is true.
@Suite("Examples of findings")
struct DiagnosticExampleTests {
  @Test(arguments: DiagnosticPage.all)
  func `the wrong example has the finding and no other`(page: DiagnosticPage) throws {
    guard !page.wrong.isEmpty else { return }
    let found = try findings(in: page.wrong)
    #expect(Set(found.map(\.id.name)) == [page.id], "\(found.map(\.message))")
  }

  @Test(arguments: DiagnosticPage.all)
  func `the right example has none`(page: DiagnosticPage) throws {
    guard !page.right.isEmpty else { return }
    let found = try findings(in: page.right)
    #expect(found.map { "\($0.id): \($0.message)" } == [])
  }

  private func findings(in files: [DiagnosticPage.File]) throws -> [Diagnostic] {
    let paths = Set(files.map(\.path))
    let common = DiagnosticPage.common.filter { !paths.contains($0.path) }
    return try ExampleProject.findings(in: files + common)
  }
}
