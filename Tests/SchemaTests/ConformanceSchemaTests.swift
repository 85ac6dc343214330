import Foundation
import LetterpressDiagnostics
import LetterpressSchema
import TestSupport
import Testing

/// The schemas and personas of the projects for the checker.
@Suite(.enabled(if: Conformance.isPresent))
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
    for folder in try cases(of: "typing") + cases(of: "structure") {
      var sources = SourceSet()
      let found = try findings(in: folder, &sources)
      let planted = try planted(in: folder)
      for finding in planted {
        #expect(
          found.contains { matches(finding, $0, in: sources) },
          "\(folder.lastPathComponent): \(found.map(\.message))"
        )
      }
      #expect(
        found.count == planted.count,
        "\(folder.lastPathComponent): \(found.map(\.message))"
      )
    }
  }

  private func cases(of set: String) throws -> [URL] {
    let folder = try #require(Conformance.folder).appending(path: "\(set)/cases")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { folder.appending(path: $0) }
  }

  private func findings(in folder: URL, _ sources: inout SourceSet) throws -> [Diagnostic] {
    let fixtures = folder.appending(path: "project/fixtures")
    let schemaFile = fixtures.appending(path: "profile.schema.json")
    guard let bytes = try? Repository.bytes(schemaFile) else { return [] }
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: "fixtures/profile.schema.json", bytes: bytes)
    let schema = ProfileSchema.read(file, id: sources.add(file), diagnostics: &diagnostics)
    let personas = fixtures.appending(path: "personas")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: personas.path)) ?? []
    for name in names.sorted() {
      let file = SourceFile(
        path: "fixtures/personas/\(name)",
        bytes: try Repository.bytes(personas.appending(path: name))
      )
      let id = sources.add(file)
      _ = Persona.read(file, id: id, name: name, schema: schema, diagnostics: &diagnostics)
    }
    return diagnostics
  }

  private func planted(in folder: URL) throws -> [Expectation.Finding] {
    guard let data = try? Data(contentsOf: folder.appending(path: "expect.json")) else { return [] }
    return try JSONDecoder().decode(Expectation.self, from: data).findings
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
