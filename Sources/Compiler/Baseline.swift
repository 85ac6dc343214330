import Foundation
public import LetterpressDiagnostics

/// Findings that a project has agreed to live with for now: what was there when it began to check.
///
/// A finding is known by its file, its kind and what its line says, not by the line's number, so that
/// editing elsewhere brings nothing back.
public struct Baseline: Codable, Sendable {
  /// One kind of finding on one line's text, and how often.
  struct Entry: Codable, Hashable, Sendable {
    var file: String
    var id: String
    var line: String
  }

  private struct Counted: Codable, Sendable {
    var file: String
    var id: String
    var line: String
    var count: Int
  }

  private var version = 1
  private var findings: [Counted]

  /// The baseline of what is found now.
  public init(_ diagnostics: [Diagnostic], in sources: SourceSet) {
    let counts = Dictionary(grouping: diagnostics) { Self.entry(of: $0, in: sources) }
    findings =
      counts
      .map { Counted(file: $0.file, id: $0.id, line: $0.line, count: $1.count) }
      .sorted { ($0.file, $0.id, $0.line) < ($1.file, $1.id, $1.line) }
  }

  /// Reads a baseline.
  ///
  /// - Parameter json: What `json` gave.
  /// - Throws: Where it is no baseline.
  public init(json: [UInt8]) throws {
    self = try JSONDecoder().decode(Baseline.self, from: Data(json))
  }

  /// The baseline as a file, the same for the same findings.
  public var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("texts and numbers can be encoded")
    }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  /// The findings that are not in it: of each kind on a line as many as are more than were known.
  public func new(in diagnostics: [Diagnostic], sources: SourceSet) -> [Diagnostic] {
    var left: [Entry: Int] = [:]
    for finding in findings {
      left[Entry(file: finding.file, id: finding.id, line: finding.line), default: 0] +=
        finding.count
    }
    return diagnostics.filter { diagnostic in
      let entry = Self.entry(of: diagnostic, in: sources)
      guard let count = left[entry], count > 0 else { return true }
      left[entry] = count - 1
      return false
    }
  }

  private static func entry(of diagnostic: Diagnostic, in sources: SourceSet) -> Entry {
    let range = diagnostic.primary.range
    let file = sources[range.file]
    let line = file.bytes[file.lineRange(file.position(at: range.start).line)]
    let text = String(decoding: line, as: UTF8.self)
    return Entry(
      file: file.path,
      id: diagnostic.id.name,
      line: text.trimmingCharacters(in: .whitespaces)
    )
  }
}
