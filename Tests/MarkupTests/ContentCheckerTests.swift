import LetterpressDiagnostics
import LetterpressMarkup
import Testing

/// What the catalogue refuses, in our words.
///
/// Each case also holds the grammar against the checker: the grammar must refuse what the checker
/// refuses and nothing else.
struct ContentCheckerTests {
  @Test(
    arguments: [
      ("<mj-text>x</mj-text>", []),
      (
        "<mj-txt>x</mj-txt>",
        ["unknown-element 'mj-txt': there is no element 'mj-txt'; did you mean 'mj-text'?"]
      ),
      ("<p>x<b>y</b><br></p>", ["unknown-element 'p': there is no element 'p'"]),
      (
        "<mj-section/>",
        ["element-not-allowed 'mj-section': 'mj-section' cannot stand in 'mj-column'"]
      ),
      (
        "<mj-image><mj-divider/></mj-image>",
        ["element-not-allowed 'mj-divider': 'mj-divider' cannot stand in 'mj-image'"]
      ),
      (
        "Hello <mj-text/> you",
        ["stray-text 'Hello': text cannot stand directly in 'mj-column'"]
      ),
      ("{% if a %}<mj-text/>{% endif %}<!-- b -->{% comment %}x{% endcomment %}", []),
      ("{% capture a %}<b>{{ c }}</b>{% endcapture %}", []),
      (
        "<mj-text colour=\"red\"/>",
        ["unknown-attribute 'colour': 'mj-text' has no attribute 'colour'; did you mean 'color'?"]
      ),
      (
        "<mj-text Color=\"red\"/>",
        ["unknown-attribute 'Color': 'mj-text' has no attribute 'Color'; did you mean 'color'?"]
      ),
      (
        "<mj-text xml:base=\"red\"/>",
        ["unknown-attribute 'xml:base': 'mj-text' has no attribute 'xml:base'"]
      ),
      (
        "<mj-text align=\"lefft\"/>",
        [
          "invalid-attribute-value 'lefft': 'align' is 'left', 'center' or 'right', not 'lefft'; did you mean 'left'?"
        ]
      ),
      ("<mj-text align=\"{{ a }}\" color=\"{% if a %}red{% endif %}\"/>", []),
      (
        "<mj-image width=\"80\"/>",
        ["invalid-attribute-value '80': 'width' is a length in px, not '80'"]
      ),
      (
        "<mj-text padding=\"1px 2px 3px 4px 5px\"/>",
        [
          "invalid-attribute-value '1px 2px 3px 4px 5px': 'padding' takes 1 to 4 lengths in px or %, not 5"
        ]
      ),
      (
        "<mj-text padding=\"10px auto\"/>",
        [
          "invalid-attribute-value 'auto': 'padding' is 1 to 4 lengths in px or %, not '10px auto'"
        ]
      ),
      (
        "<mj-text padding=\"1px  2px\"/>",
        [
          "invalid-attribute-value ' ': the lengths of 'padding' stand with one space between them"
        ]
      ),
      (
        "<mj-text padding=\"\"/>",
        [
          "invalid-attribute-value 'padding=\"': 'padding' is empty: 1 to 4 lengths in px or % is expected"
        ]
      ),
      (
        "<mj-image fluid-on-mobile/>",
        [
          "invalid-attribute-value 'fluid-on-mobile': 'fluid-on-mobile' needs a value: 'true' or 'false'"
        ]
      ),
      (
        "<mj-text color=\"#12\"/>",
        ["invalid-attribute-value '#12': 'color' is a colour, not '#12'"]
      ),
    ])
  func `in a column`(source: String, findings: [String]) {
    let (found, violations) = Self.check(
      "<mjml><mj-body><mj-section><mj-column>\(source)</mj-column></mj-section></mj-body></mjml>"
    )
    #expect(found == findings)
    // Values are the checker's alone.
    let isRefused = findings.contains { !$0.hasPrefix("invalid-") }
    #expect(!violations.isEmpty == isRefused, "\(violations)")
  }

  @Test(
    arguments: [
      (
        "<mj-body></mj-body>", ["element-not-allowed 'mj-body': a file cannot consist of 'mj-body'"]
      ),
      ("<mjm></mjm>", ["unknown-element 'mjm': there is no element 'mjm'; did you mean 'mjml'?"]),
      ("{% assign a = 1 %}<mjml></mjml>", []),
      (
        "<mjml><mj-head><mj-attributes><mj-all foo=\"1\"/><mj-class name=\"a\" bar=\"2\"><mj-text/></mj-class><mj-text colr=\"red\"/></mj-attributes></mj-head></mjml>",
        ["unknown-attribute 'colr': 'mj-text' has no attribute 'colr'; did you mean 'color'?"]
      ),
      (
        "<mjml><mj-body><div><mj-section foo=\"1\"/></div></mj-body></mjml>",
        [
          "unknown-element 'div': there is no element 'div'",
          "unknown-attribute 'foo': 'mj-section' has no attribute 'foo'",
        ]
      ),
    ])
  func `in a file`(source: String, findings: [String]) {
    #expect(Self.check(source).findings == findings)
  }

  @Test(
    arguments: [
      (
        "color",
        [
          "red", "transparent", "inherit", "#abc", "#ABCD", "#a1b2c3", "#a1b2c3d4", "rgb(1,2,3)",
          "rgba(1, 2, 3, .5)", "hsl(120deg, 50%, 50%)", "rgb(1 2 3 / 50%)", "{{ a }}", "x{% b %}y",
        ],
        ["", "Redd", "#12", "#ggg", "none", "rgb()", "rgb(", "rgb(1,2)", "url(x)", "1px", " red"]
      ),
      ("align", ["left", "{{ x }}"], ["", "Left", " left", "l"]),
      (
        "padding",
        [
          "0", "1px", "1px ", "10px 25px", "0 0 0 0", "1.5px", ".5%", "{{ a }}px",
        ],
        [
          "", " 1px", "1px  2px", "1 2", "-1px", "px", "1,5px", "1px 2px 3px 4px 5px", "1em",
          "auto",
        ]
      ),
    ])
  func `values`(name: String, good: [String], bad: [String]) {
    for (values, isGood) in [(good, true), (bad, false)] {
      for value in values {
        let (findings, _) = Self.check(
          "<mjml><mj-body><mj-section><mj-column><mj-text \(name)=\"\(value)\"/></mj-column></mj-section></mj-body></mjml>"
        )
        #expect(findings.isEmpty == isGood, "\(name)='\(value)': \(findings)")
      }
    }
  }

  @Test func `levels`() {
    let source = SourceFile(path: "test.mjml", text: "<mjml><mj-foo/></mjml>")
    let document = MarkupParser(catalog: testCatalog).parse(source, id: testFile).0
    func severities(_ level: ValidationLevel) -> [Severity] {
      document.map {
        ContentChecker(catalog: testCatalog, level: level).check($0, in: source).map(\.severity)
      } ?? []
    }
    #expect(severities(.strict) == [.error])
    #expect(severities(.soft) == [.warning])
    #expect(severities(.skip) == [])
  }

  @Test func `places and required attributes come from the catalogue`() {
    var catalog = testCatalog
    catalog.components["product-card"] = ComponentDeclaration(
      name: "product-card",
      content: .elements([]),
      attributes: [AttributeDeclaration(name: "cta", kind: .string, isRequired: true)],
      summary: "A product"
    )
    catalog.components["mj-section"]?.content = .elements(["mj-column", "product-card"])
    let source = SourceFile(
      path: "test.mjml",
      text: """
        <mjml><mj-body><mj-section><product-card cta="x"/><mj-column><product-card/></mj-column>
        </mj-section></mj-body></mjml>
        """
    )
    let result = MarkupParser(catalog: catalog).parse(
      source,
      id: testFile,
      validatingWith: Grammar(catalog: catalog)
    )
    let findings = result.document.map { ContentChecker(catalog: catalog).check($0, in: source) }
    #expect(
      findings?.map(\.message) == [
        "'product-card' cannot stand in 'mj-column'", "'product-card' needs the attribute 'cta'",
      ]
    )
    #expect(findings?.first?.notes == ["It stands in 'mj-section'."])
    #expect(result.violations.map(\.elementName) == ["product-card"])
  }

  @Test func `an included file is held against the element that includes it`() {
    let source = SourceFile(path: "part.mjml", text: "<mj-text>a</mj-text><mj-section/>")
    let document = MarkupParser(catalog: testCatalog).parse(source, id: testFile, as: .fragment).0
    let findings = document.map {
      ContentChecker(catalog: testCatalog).check($0, in: source, within: "mj-column")
    }
    #expect(findings?.map(\.message) == ["'mj-section' cannot stand in 'mj-column'"])
  }

  static func check(_ text: String) -> (findings: [String], violations: [GrammarViolation]) {
    let source = SourceFile(path: "test.mjml", text: text)
    let result = MarkupParser(catalog: testCatalog).parse(
      source,
      id: testFile,
      validatingWith: GrammarTests.grammar
    )
    guard let document = result.document else {
      return (result.diagnostics.map { "\($0.id): \($0.message)" }, [])
    }
    let findings = ContentChecker(catalog: testCatalog).check(
      document,
      in: source,
      violations: result.violations
    )
    return (
      findings.map {
        let place = String(decoding: source.bytes[$0.primary.range.bounds], as: UTF8.self)
        return "\($0.id) '\(place)': \($0.message)"
      }, result.violations
    )
  }
}
