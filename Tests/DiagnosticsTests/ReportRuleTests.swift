import Foundation
import LetterpressDiagnostics
import Testing

/// The reports for machines keep to the rules of their formats.
///
/// `make conformance SETS=reports` holds them against the schema of OASIS and the others' definitions; these
/// tests know the rules that matter to our own output, and need nothing.
struct ReportRuleTests {
  /// Per object of SARIF 2.1.0 that we write: what it must have, and what else it may have.
  private static let sarif: [String: (required: [String], optional: [String])] = [
    "log": (["version", "runs"], ["$schema"]),
    "run": (["tool"], ["columnKind", "results"]),
    "tool": (["driver"], []),
    "driver": (["name"], ["rules"]),
    "rule": (["id"], ["shortDescription", "help"]),
    "multiformat": (["text"], ["markdown"]),
    "result": (
      ["message"], ["ruleId", "ruleIndex", "level", "locations", "relatedLocations", "fixes"]
    ),
    "message": (["text"], []),
    "location": ([], ["physicalLocation", "message"]),
    "physicalLocation": (["artifactLocation"], ["region"]),
    "artifactLocation": ([], ["uri"]),
    "region": (
      [], ["startLine", "startColumn", "endLine", "endColumn", "byteOffset", "byteLength"]
    ),
    "fix": (["artifactChanges"], ["description"]),
    "artifactChange": (["artifactLocation", "replacements"], []),
    "replacement": (["deletedRegion"], ["insertedContent"]),
  ]

  /// What stands under a property: the kind of the object, or of a list's elements.
  private static let kinds = [
    "runs": "run", "tool": "tool", "driver": "driver", "rules": "rule", "results": "result",
    "shortDescription": "multiformat", "help": "multiformat",
    "message": "message", "description": "message", "insertedContent": "message",
    "locations": "location", "relatedLocations": "location",
    "physicalLocation": "physicalLocation", "artifactLocation": "artifactLocation",
    "region": "region", "deletedRegion": "region", "fixes": "fix",
    "artifactChanges": "artifactChange", "replacements": "replacement",
  ]

  @Test func `SARIF has the properties that its schema wants, and no others`() throws {
    let (findings, sources) = Self.findings()
    let text = DiagnosticFormat.sarif.render(findings, in: sources) {
      "# \($0)\n\nSumming up.\n\nRest."
    }
    let log = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    #expect(log["version"] as? String == "2.1.0")
    var complaints: [String] = []
    Self.check(log, as: "log", at: "", &complaints)
    #expect(complaints == [])
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    #expect(run["columnKind"] as? String == "unicodeCodePoints")
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = (driver?["rules"] as? [[String: Any]])?.compactMap { $0["id"] as? String } ?? []
    #expect(Set(rules).count == rules.count)
    for result in run["results"] as? [[String: Any]] ?? [] {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
      #expect(["error", "warning"].contains(result["level"] as? String))
    }
  }

  private static func check(
    _ value: Any,
    as kind: String,
    at path: String,
    _ complaints: inout [String]
  ) {
    if let list = value as? [Any] {
      for element in list { check(element, as: kind, at: path + "[]", &complaints) }
      return
    }
    guard let object = value as? [String: Any], let rule = sarif[kind] else {
      complaints.append("\(path): no \(kind)")
      return
    }
    for name in rule.required where object[name] == nil { complaints.append("\(path): no \(name)") }
    for (name, value) in object {
      guard rule.required.contains(name) || rule.optional.contains(name) else {
        complaints.append("\(path): \(name)")
        continue
      }
      if let kind = kinds[name] {
        check(value, as: kind, at: "\(path).\(name)", &complaints)
      } else if kind == "region" {
        let isOffset = name.hasPrefix("byte")
        if (value as? Int).map({ $0 < (isOffset ? 0 : 1) }) ?? true {
          complaints.append("\(path): \(name) is \(value)")
        }
      } else if name == "uri" {
        let uri = value as? String ?? " "
        if uri.contains(" ") || uri.contains("{") || URL(string: uri) == nil {
          complaints.append("\(path): '\(uri)' is no URI")
        }
      }
    }
  }

  @Test func `GitLab gets a fingerprint for each finding`() throws {
    let (findings, sources) = Self.findings()
    let text = DiagnosticFormat.gitlab.render(findings + findings, in: sources)
    let issues = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    )
    #expect(issues.count == 2 * findings.count)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
  }

  @Test func `GitHub gets a line for each finding, with columns where it takes them`() {
    let (findings, sources) = Self.findings()
    let lines = DiagnosticFormat.github.render(findings, in: sources).split(separator: "\n")
    #expect(lines.count == findings.count)
    #expect(lines[0].contains("file=layouts/a b {1}%2C%3A.mjml,line=1,endLine=1"))
    #expect(lines[0].contains("col="))
    #expect(lines[1].contains("line=1,endLine=2"))
    #expect(!lines[1].contains("col="))
  }

  /// One on one line, one over two, in a file whose name needs escapes everywhere.
  private static func findings() -> ([Diagnostic], SourceSet) {
    var sources = SourceSet()
    let file = sources.add(SourceFile(path: "layouts/a b {1},:.mjml", text: "one two\nthree\n"))
    let word = SourceRange(file: file, start: 4, end: 7)
    let all = SourceRange(file: file, start: 0, end: 13)
    return (
      [
        Diagnostic(
          DiagnosticID("unknown-field"),
          .error,
          "wrong: 100 %, [x](y)",
          at: word,
          labels: [.init(all, "related")],
          notes: ["A note."],
          fixIts: [.init("mend", edits: [.init(word.endPoint, "!")])],
          stack: [.init("in block 'x'", all)]
        ),
        Diagnostic(DiagnosticID("long"), .warning, "over two lines", at: all),
      ], sources
    )
  }
}
