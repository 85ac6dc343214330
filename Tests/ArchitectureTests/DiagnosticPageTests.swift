import Foundation
import TestSupport
import Testing

/// Every kind of finding is explained to people and shown by a test.
@Suite("Pages of findings")
struct DiagnosticPageTests {
  @Test func `a finding has a page`() {
    let missing = DiagnosticNames.inSources.filter { name in
      let page = Repository.text(pages.appending(path: name + ".md"))
      return page?.hasPrefix("# \(name)\n") != true
    }
    #expect(missing == [])
  }

  @Test func `a page is about a finding there is`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: pages.path)
    let names = files.filter { $0.hasSuffix(".md") && $0 != "README.md" }.map { $0.dropLast(3) }
    #expect(Set(names.map(String.init)).subtracting(DiagnosticNames.inSources) == [])
  }

  @Test func `settings may name every finding there is`() throws {
    let file = try #require(SwiftFile.sources.first { $0.name == "FindingNames.swift" })
    let list = try #require(file.code.components(separatedBy: "\"\"\"").dropFirst().first)
    let words = list.split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(words == DiagnosticNames.inSources.filter { !$0.hasPrefix("artefact-") })
  }

  private var pages: URL { Repository.root.appending(path: "docs/diagnostics") }
}

/// The names of findings, read off the sources.
enum DiagnosticNames {
  /// In the order of the alphabet, each once.
  static let inSources: [String] = {
    var names: Set<String> = []
    for file in SwiftFile.sources where file.folder != "Diagnostics" {
      // All literals of the argument: a name may be chosen by a condition.
      for argument in file.code.matches(of: /DiagnosticID\(([^()]*)\)/) {
        names.formUnion(argument.output.1.matches(of: name).map { String($0.output.1) })
      }
      // Faults of JSON carry their names as raw values.
      if file.code.contains("enum Code: String") || file.name == "ArtefactError.swift" {
        names.formUnion(
          file.code.matches(of: /case \w+ = "([a-z]+(?:-[a-z0-9]+)*)"/).map { String($0.output.1) }
        )
      }
      if file.name == "ProfileViolation.swift" { names.formUnion(violations(in: file)) }
      guard file.name.hasSuffix("Diagnostics.swift") else { continue }
      // A stage's factories may go through an initialiser of their own that takes the name first.
      for call in file.code.matches(
        of: /\b(?:Self|Diagnostic|\.init)\(\s*"([a-z]+(?:-[a-z0-9]+)*)",/
      ) {
        names.insert(String(call.output.1))
      }
    }
    // What a test-only tag reports: the type of an expression.
    return names.subtracting(["reveal"]).sorted()
  }()

  /// What is wrong with a profile becomes a finding where the profile is a persona's.
  private static func violations(in file: SwiftFile) -> [String] {
    let literals = file.code.matches(of: /"([a-z]+(?:-[a-z]+)+)(-\\\(unit\.rawValue\)s)?"/)
    return literals.flatMap { literal in
      let name = String(literal.output.1)
      guard literal.output.2 != nil else { return [name] }
      return ["characters", "elements", "fields"].map { name + "-" + $0 }
    }
  }

  /// A literal that is a value of the argument, not one that a condition compares with.
  private static var name: Regex<(Substring, Substring)> {
    /(?:^|[?:])\s*"([a-z]+(?:-[a-z0-9]+)*)"/
  }
}
