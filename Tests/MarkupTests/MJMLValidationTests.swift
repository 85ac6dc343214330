import Foundation
import LetterpressDiagnostics
import LetterpressMJML
import LetterpressMarkup
import TestSupport
import Testing

/// MJML's own elements, held against what MJML 5.4's validator says about templates in the wild.
@Suite(.enabled(if: Conformance.isPresent, "no conformance data on this machine"))
struct MJMLValidationTests {
  private struct Message: Decodable {
    var line: Int?
    var tagName: String?
  }

  static let parser = MarkupParser(catalog: MJMLCatalog.catalog)
  static let grammar = Grammar(catalog: MJMLCatalog.catalog)
  static let checker = ContentChecker(catalog: MJMLCatalog.catalog)

  /// `line element` for each of our findings; MJML counts a line from the start of the element.
  private static func findings(_ fixture: Fixture) throws -> Set<String>? {
    let source = SourceFile(path: fixture.url.lastPathComponent, bytes: try fixture.bytes())
    let result = parser.parse(source, id: testFile, validatingWith: grammar)
    guard let document = result.document else { return nil }
    let found = checker.check(document, in: source, violations: result.violations)
    #expect(!found.contains { $0.id.name == "grammar-violation" }, "\(fixture.name): \(found)")
    #expect(!(found.isEmpty && !result.violations.isEmpty))
    return Set(
      found.compactMap { finding in
        // MJML passes over text between elements, placeholders included.
        guard finding.id.name != "stray-text" else { return nil }
        return innermost(document.nodes, around: finding.primary.range.start).map {
          "\(source.position(at: $0.range.start).line) \($0.name)"
        }
      }
    )
  }

  private static func innermost(_ nodes: [MarkupNode], around offset: Int) -> Element? {
    for case .element(let element) in nodes where element.range.bounds.contains(offset) {
      return innermost(element.children, around: offset) ?? element
    }
    return nil
  }

  /// Where we find more or less than MJML, and why.
  static let differences = [
    "section-bg-var": "Liquid in a value is judged with the types, not as text",
    "mjml-net-ColumnTests-2": "MJML does not look at the children of mjml",
    "mjml-net-ColumnTests-4": "MJML does not look at the children of mjml",
    "mjml-net-CommentTests-1": "MJML does not look at the children of mjml",
    "mjml-net-GroupTests-1": "MJML does not look at the children of mjml",
    "mjml-net-HtmlAttributesTests-3": "mj-selector without mj-html-attributes does nothing",
    "mjml-net-HtmlSpecialCaseTests-1": "unknown attributes of mj-html-attribute do nothing",
    "width-odd-values": "2,5% is no number",
  ]

  @Test(
    arguments: [
      "docs", "liquid", "mjml-net", "mjml-tests", "mrml-compare", "mrml-templates", "official",
      "ports",
      "probes",
    ])
  func `the same mistakes are found`(set: String) throws {
    for fixture in Conformance.files(in: "mjml/\(set)", withExtension: "mjml") {
      guard let found = try Self.findings(fixture) else { continue }
      let json = try Data(contentsOf: fixture.sibling(withExtension: "errors.json"))
      let expected = Set(
        try JSONDecoder().decode([Message].self, from: json).compactMap { message in
          message.line.map { "\($0) \(message.tagName ?? "")" }
        }
      )
      #expect(
        (found == expected) == (Self.differences[fixture.name] == nil),
        "\(set)/\(fixture.name)"
      )
    }
  }

  /// What is well-formed in hostile-mjml but must be refused by the catalogue.
  @Test(arguments: [("N16", "unknown-element"), ("N17", "stray-text")])
  func `hostile elements are refused`(name: String, id: String) throws {
    let fixtures = Conformance.files(in: "hostile-mjml", withExtension: "mjml")
    for fixture in fixtures where fixture.name.hasPrefix(name) {
      let source = SourceFile(path: fixture.name, bytes: try fixture.bytes())
      let result = Self.parser.parse(source, id: testFile, validatingWith: Self.grammar)
      let document = try #require(result.document)
      let found = Self.checker.check(document, in: source, violations: result.violations)
      #expect(found.map(\.id.name) == [id], "\(fixture.name)")
    }
  }
}
