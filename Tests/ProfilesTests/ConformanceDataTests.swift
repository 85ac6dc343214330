import Foundation
import LetterpressProfiles
import LetterpressSchema
import TestSupport
import Testing

/// Every file of the data set has the outcome that its INDEX demands.
@Suite(.enabled(if: Conformance.isPresent, "the conformance data is not on this machine"))
struct ConformanceDataTests {
  /// A line of INDEX.tsv; `2|3` means that either will do.
  struct Case: CustomStringConvertible, Sendable {
    let file: String
    let accepted: String
    let rejected: String
    let lines: String
    var description: String { file }

    static let all: [Case] = {
      guard let folder = Conformance.folder,
        let index = Repository.text(folder.appending(path: "data/INDEX.tsv"))
      else { return [] }
      return index.split(separator: "\n").dropFirst().map { line in
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        return Case(file: cells[0], accepted: cells[4], rejected: cells[5], lines: cells[6])
      }
    }()
  }

  @Test(arguments: Case.all) func `a data file has the rows and the errors that are demanded`(
    _ data: Case
  ) throws {
    let folder = try #require(Conformance.folder).appending(path: "data")
    let schema = try ProfileSchema.reading(
      try #require(Repository.text(folder.appending(path: "schema.json")))
    )
    let path = folder.appending(path: data.file).path
    var input = ProfileInput(path: path, format: try #require(.init(path: path)))
    input.ignoresUnknownColumns = false
    var reading = ProfileReading(input, schema: schema, limit: 5000)
    if data.file.contains("dup-row-key") { reading.rejectDuplicates(of: RowKey("id")) }
    expect(reading.accepted.count, in: data.accepted, "rows", reading)
    expect(reading.rejected.count, in: data.rejected, "errors", reading)
    if (1...2).contains(reading.rejected.count), data.lines.first?.isNumber == true {
      #expect(reading.lines.map(String.init) == data.lines.split(separator: ",").map(String.init))
    }
    if data.lines == "id 1" { #expect(reading.rejected.allSatisfy { $0.key == "1" }) }
    if data.file.starts(with: "s05") {
      #expect(reading.rejected[0].failures.map(\.pointer) == ["/first_name", "/age"])
    }
    // A file without any row says why.
    if reading.accepted.isEmpty, reading.rejected.isEmpty { #expect(reading.error != nil) }
  }

  private func expect(_ count: Int, in demand: String, _ what: String, _ reading: ProfileReading) {
    if demand == "?" { return }
    if let least = demand.split(separator: "=").last.flatMap({ Int($0) }), demand.hasPrefix(">=") {
      #expect(count >= least, "\(what)")
      return
    }
    let allowed = demand.split(separator: "|").compactMap { Int($0) }
    #expect(
      allowed.contains(count),
      "\(what): \(reading.codes) \(reading.error.map(\.description) ?? "")"
    )
  }
}

extension ProfileReading {
  /// As a batch does with a key.
  fileprivate mutating func rejectDuplicates(of key: RowKey) {
    var seen: Set<String> = []
    for (row, profile) in zip(accepted, profiles) {
      let bytes = Array(profile.utf8)
      guard let value = key.value(in: bytes, 0..<bytes.count), !seen.insert(value).inserted else {
        continue
      }
      accepted.removeAll { $0 == row }
      rejected.append((row, value, [RowFailure(code: "duplicate-row", message: "", line: row)]))
    }
  }
}
