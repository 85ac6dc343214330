import Foundation
import LetterpressDiagnostics
import LetterpressSchema
import Testing

/// The schemas and personas of the projects for the checker.
@Suite(.enabled(if: Conformance.folder != nil))
struct ConformanceSchemaTests {
  /// What is planted in a case, wherever in the project.
  private struct Expectation: Decodable {
    struct Finding: Decodable {
      let file: String
      let line: Int
      let column_from: Int
      let column_to: Int
      let must_mention: [String]
    }
    let findings: [Finding]
  }

  @Test("Nothing is found in schemas and personas but what is planted there, at its place")
  func everyProject() throws {
    for folder in Conformance.cases("typing") + Conformance.cases("structure") {
      var sources = SourceSet()
      let found = try findings(in: folder, &sources)
      let planted = try planted(in: folder)
      for finding in planted {
        #expect(
          found.contains { matches(finding, $0, in: sources) },
          "\(folder): \(found.map(\.message))"
        )
      }
      #expect(found.count == planted.count, "\(folder): \(found.map(\.message))")
    }
  }

  private func findings(in folder: String, _ sources: inout SourceSet) throws -> [Diagnostic] {
    let path = "fixtures/profile.schema.json"
    guard let bytes = try? Conformance.bytes("\(folder)/project/\(path)") else { return [] }
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: path, bytes: bytes)
    let id = sources.add(file)
    let schema = ProfileSchema.read(file, id: id, diagnostics: &diagnostics)
    for name in Conformance.files("\(folder)/project/fixtures/personas") {
      let file = SourceFile(
        path: "fixtures/personas/\(name)",
        bytes: try Conformance.bytes("\(folder)/project/fixtures/personas/\(name)")
      )
      let id = sources.add(file)
      _ = Persona.read(file, id: id, name: name, schema: schema, diagnostics: &diagnostics)
    }
    return diagnostics
  }

  private func planted(in folder: String) throws -> [Expectation.Finding] {
    guard let expectation = try? Conformance.bytes("\(folder)/expect.json") else { return [] }
    return try JSONDecoder().decode(Expectation.self, from: Data(expectation)).findings
      .filter { $0.file.hasPrefix("fixtures/") }
  }

  private func matches(
    _ finding: Expectation.Finding,
    _ diagnostic: Diagnostic,
    in sources: SourceSet
  ) -> Bool {
    let range = diagnostic.primary.range
    let place = sources[range.file].position(at: range.start)
    let words = diagnostic.message + diagnostic.notes.joined()
    return sources[range.file].path == finding.file && place.line == finding.line
      && (finding.column_from...finding.column_to).contains(place.column)
      && finding.must_mention.allSatisfy { words.contains($0) }
  }
}
