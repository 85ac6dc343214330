import Foundation
import LetterpressSchema
import TestSupport
import Testing

/// The NDJSON files of the conformance data, row by row.
@Suite(.enabled(if: Conformance.isPresent))
struct ConformanceDataTests {
  /// A line of INDEX.tsv: how many rows come out, how many are refused and which.
  struct Entry: CustomStringConvertible {
    let file: String
    let accepted: [String]
    let refused: [String]
    let lines: [String]
    var description: String { file }
  }

  static let entries: [Entry] = {
    let index = (try? bytes("INDEX.tsv")) ?? []
    return String(decoding: index, as: UTF8.self).split(separator: "\n").dropFirst().compactMap {
      let cells = $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells[1] == "ndjson" else { return nil }
      return Entry(
        file: cells[0],
        accepted: cells[4].split(separator: "|").map(String.init),
        refused: cells[5].split(separator: "|").map(String.init),
        lines: cells[6].split(separator: ",").map(String.init)
      )
    }
  }()

  private static func bytes(_ name: String) throws -> [UInt8] {
    try Repository.bytes(#require(Conformance.folder).appending(path: "data/\(name)"))
  }

  /// About files as a whole, or about rows beside each other: for whoever reads the files.
  static let elsewhere: Set<String> = [
    "n06-utf16.ndjson", "n07-json-array.ndjson", "n10-gzip.ndjson", "n11-dup-row-key.ndjson",
    "n13-max-errors.ndjson",
  ]

  @Test("Rows come out or are refused as the index says", arguments: entries)
  func rows(entry: Entry) throws {
    if Self.elsewhere.contains(entry.file) { return }
    let schema = try #require(SchemaReading(Self.bytes("schema.json")).schema)
    let bytes = try Self.bytes(entry.file)
    var record = Record()
    var accepted = 0
    var refused: [String] = []
    for (line, row) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated()
    where !row.allSatisfy({ $0 == 32 }) {
      do {
        try schema.decoder.decode(bytes, in: row.startIndex..<row.endIndex, into: &record)
        accepted += 1
      } catch {
        refused.append("\(line + 1)")
        #expect(error.violations.allSatisfy { $0.range.lowerBound >= row.startIndex })
      }
    }
    #expect(entry.accepted.contains("\(accepted)"))
    #expect(entry.refused.contains("\(refused.count)"))
    if entry.refused == ["\(refused.count)"], entry.lines != ["all"] {
      #expect(refused == entry.lines)
    }
  }
}
