import Foundation
import LetterpressDiagnostics
import LetterpressMarkup
import TestSupport
import Testing

/// The generated RELAX NG, as libxml2 applies it.
struct GrammarTests {
  static let grammar = Grammar(catalog: testCatalog)

  private func violations(_ text: String, as kind: MarkupParser.Kind = .document) -> [String] {
    let source = SourceFile(path: "test.mjml", text: text)
    let result = MarkupParser(catalog: testCatalog).parse(
      source,
      id: testFile,
      as: kind,
      validatingWith: Self.grammar
    )
    return result.violations.map { violation in
      let place = String(decoding: source.bytes[violation.range.bounds], as: UTF8.self)
      return place.hasPrefix("<\(violation.elementName)") ? violation.elementName : "?\(place)"
    }
  }

  @Test func `the text is a snapshot`() {
    expectSnapshot(Self.grammar.text, named: "markup/grammar.rng")
  }

  @Test func `the editor's tool takes the text`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "lp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let grammar = folder.appending(path: "grammar.rng")
    let document = folder.appending(path: "document.xml")
    try Data(Self.grammar.text.utf8).write(to: grammar)
    try Data("<mjml lang=\"en\"><mj-body><mj-raw>x</mj-raw></mj-body></mjml>".utf8).write(
      to: document
    )
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["xmllint", "--noout", "--relaxng", grammar.path, document.path]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    let output = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    // Not everywhere is libxml2's command installed.
    guard process.terminationStatus != 127 else { return }
    #expect(process.terminationStatus == 0, "\(output)")
  }

  @Test func `good templates pass`() {
    #expect(violations(MarkupLawTests.wellFormed) == [])
    #expect(violations("<mj-text>x</mj-text> y <mj-section/>", as: .fragment) == [])
  }

  @Test func `many attributes cost no more than their number`() {
    var catalog = testCatalog
    let attributes = (0..<200).map { AttributeDeclaration(name: "a\($0)", kind: .color) }
    catalog.components["mj-text"]?.attributes = attributes
    let source = SourceFile(
      path: "test.mjml",
      text: "<mjml><mj-head><mj-attributes><mj-text "
        + attributes.map { "\($0.name)=\"red\"" }.joined(separator: " ")
        + "/></mj-attributes></mj-head></mjml>"
    )
    let result = MarkupParser(catalog: catalog).parse(
      source,
      id: testFile,
      validatingWith: Grammar(catalog: catalog)
    )
    #expect(result.document != nil && result.violations.isEmpty)
  }

  @Test(
    arguments: [
      ("<mj-foo/>", "mj-foo"), ("<mj-section/>", "mj-section"), ("text", "mj-column"),
      ("<mj-text colour=\"red\"/>", "mj-text"), ("<mj-image><mj-text/></mj-image>", "mj-text"),
    ])
  func `mistakes are refused at their element`(source: String, element: String) {
    let found = violations(
      "<mjml><mj-body><mj-section><mj-column>\(source)</mj-column></mj-section></mj-body></mjml>"
    )
    #expect(found.contains(element), "\(found)")
  }
}
