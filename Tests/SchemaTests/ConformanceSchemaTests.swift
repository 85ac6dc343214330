import Foundation
import LetterpressDiagnostics
import LetterpressSchema
import Testing

@Suite(.enabled(if: Conformance.folder != nil))
struct ConformanceSchemaTests {
  /// A case that plants its mistake in the schema.
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

  @Test("Schemas of the cases are read without a finding but for what is planted there")
  func everySchema() throws {
    for folder in Conformance.cases("typing") + Conformance.cases("structure") {
      let path = "\(folder)/project/fixtures/profile.schema.json"
      guard let bytes = try? Conformance.bytes(path) else { continue }
      let reading = SchemaReading(bytes)
      let planted = try planted(in: folder)
      if planted.isEmpty {
        #expect(reading.findings == [], "\(folder)")
      }
      for finding in planted {
        #expect(
          reading.diagnostics.contains { found(finding, $0, in: reading) },
          "\(folder): \(reading.findings)"
        )
      }
      #expect(reading.diagnostics.count <= planted.count, "\(folder): \(reading.findings)")
    }
  }

  private func planted(in folder: String) throws -> [Expectation.Finding] {
    guard let expectation = try? Conformance.bytes("\(folder)/expect.json") else { return [] }
    return try JSONDecoder().decode(Expectation.self, from: Data(expectation)).findings
      .filter { $0.file == "fixtures/profile.schema.json" }
  }

  private func found(
    _ finding: Expectation.Finding,
    _ diagnostic: Diagnostic,
    in reading: SchemaReading
  ) -> Bool {
    let range = diagnostic.primary.range
    let place = reading.sources[range.file].position(at: range.start)
    let words = diagnostic.message + diagnostic.notes.joined()
    return place.line == finding.line
      && (finding.column_from...finding.column_to).contains(place.column)
      && finding.must_mention.allSatisfy { words.contains($0) }
  }
}
