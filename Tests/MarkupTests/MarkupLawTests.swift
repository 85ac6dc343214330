import Foundation
import LetterpressDiagnostics
import LetterpressMarkup
import TestSupport
import Testing

/// What holds for every input whatever.
struct MarkupLawTests {
  /// Every range lies in the file and covers what its name promises; an error for each missing tree.
  static func check(_ parsed: Parsed, sourceLocation: SourceLocation = #_sourceLocation) {
    let broken = broken(parsed)
    #expect(broken == [], "\(parsed.text)", sourceLocation: sourceLocation)
  }

  /// The laws that do not hold.
  private static func broken(_ parsed: Parsed) -> [String] {
    var broken: [String] = []
    let count = parsed.source.bytes.count
    for diagnostic in parsed.diagnostics {
      let places =
        [diagnostic.primary.range] + diagnostic.labels.map(\.range)
        + diagnostic.fixIts.flatMap { $0.edits.map(\.range) }
      if places.contains(where: { $0.start < 0 || $0.end > count }) {
        broken.append("\(diagnostic.id) lies outside of the file")
      }
      if diagnostic.id.name == "not-well-formed" {
        broken.append("the scan let through what libxml2 refuses: \(diagnostic.message)")
      }
    }
    if parsed.document == nil, !parsed.diagnostics.contains(where: { $0.severity == .error }) {
      broken.append("no tree and no error")
    }
    for node in parsed.document?.nodes ?? [] { check(node, in: parsed, &broken) }
    return broken
  }

  private static func check(_ node: MarkupNode, in parsed: Parsed, _ broken: inout [String]) {
    switch node {
    case .liquid(let range):
      if !parsed.text(range).hasPrefix("{") { broken.append("Liquid at \(range.start)") }
    case .comment(let range):
      if !parsed.text(range).hasPrefix("<!--") { broken.append("comment at \(range.start)") }
    case .text(let range):
      if range.isEmpty { broken.append("empty text at \(range.start)") }
    case .element(let element):
      check(element, in: parsed, &broken)
    }
  }

  private static func check(_ element: Element, in parsed: Parsed, _ broken: inout [String]) {
    let start = parsed.text(element.startTag)
    let end = parsed.text(element.endTag)
    let isRight =
      element.range.start == element.startTag.start && element.range.end == element.endTag.end
      && start.lowercased().hasPrefix("<\(element.name)") && start.hasSuffix(">")
      && (end.isEmpty || end.lowercased().hasPrefix("</\(element.name)"))
      && element.attributes.allSatisfy { parsed.text($0.nameRange) == $0.name }
    if !isRight { broken.append("<\(element.name)> at \(element.range.start)") }
    var last = element.startTag.end
    for child in element.children {
      let range = Self.range(child)
      if range.start < last || range.end > element.endTag.start {
        broken.append("child of <\(element.name)> at \(range.start)")
      }
      last = range.end
      check(child, in: parsed, &broken)
    }
  }

  private static func range(_ node: MarkupNode) -> SourceRange {
    switch node {
    case .element(let element): element.range
    case .liquid(let range), .comment(let range), .text(let range): range
    }
  }

  static let seed = """
    <?xml version="1.0"?><!-- a - b -- c --><mjml lang="en" xmlns:v='x'>
      <mj-head><mj-title>A &amp; B</mj-title><mj-style inline="inline">a > b { }</mj-style></mj-head>
      <mj-body>{% if a < b %}<mj-section background-url="{{ 'x' | append: "y" }}" PADDING=''>
        <mj-column><mj-text a b="&lt;" c='"'>x<br>y ]]> <mj-text/> <b title="</mj-text>">é</b>
        {% comment %} </mj-text> {% endcomment %}<!-- </mj-text> --></MJ-text></mj-column>
      </mj-section>{% endif %}<mj-raw><style>p{}</style>{% raw %}{{ {% endraw %}</mj-raw>
      stray & text <p>x<br>y</p><style>z</style>{{ profile.name }}</mj-body>
    </mjml>
    """.replacing("</MJ-text>", with: "</mj-text>")

  /// Nothing in it is a mistake.
  static let wellFormed = """
    <mjml lang="en"><mj-head><mj-title>A &amp; B</mj-title><mj-style inline="inline">a > b { }</mj-style>
      <mj-attributes><mj-all padding="0"/><mj-class name="x" y="z"><mj-text color="red"/></mj-class></mj-attributes>
      </mj-head><mj-body width="600px">{% if a < b %}<mj-section background-color="#abc">
        <mj-column width="50%"><mj-text padding="1px 2px" color="{{ x }}">x<br>y</mj-text><!-- c -->
        {% comment %} x {% endcomment %}{% capture y %}<b>{{ z }}</b>{% endcapture %}
        <mj-image width="100px" src="a" fluid-on-mobile="true"/></mj-column></mj-section>{% endif %}
      <mj-raw><style>p{}</style></mj-raw></mj-body></mjml>
    """

  @Test func `the seed parses`() {
    let parsed = Parsed(Self.seed)
    #expect(parsed.findings == [])
    Self.check(parsed)
  }

  /// Drops, doubles and swaps pieces of a template: never a trap, never a refusal without a reason.
  @Test func `mutilated templates never trap`() {
    var random = SplitMix(state: 20_260_101)
    let bytes = Array(Self.seed.utf8)
    let tokens = [
      "<", ">", "</", "/>", "\"", "'", "{{", "}}", "{%", "%}", "<!--", "-->", "]]>", "<![CDATA[",
      "=", "&", "?>", "<?", "<mj-text>", "</mj-text>", "</mj-body>", "{% raw %}", "<br>", ":",
      "{% comment %}", "\u{FEFF}", "\r\n", "<!doctype html>",
    ].map { Array($0.utf8) }
    for _ in 0..<1500 {
      var mutant = bytes
      for _ in 0...random.below(3) {
        let start = random.below(mutant.count)
        let end = min(mutant.count, start + random.below(12))
        switch random.below(4) {
        case 0: mutant.removeSubrange(start..<end)
        case 1: mutant.insert(contentsOf: mutant[start..<end], at: random.below(mutant.count))
        case 2: mutant.replaceSubrange(start..<end, with: tokens[random.below(tokens.count)])
        default: mutant.insert(contentsOf: tokens[random.below(tokens.count)], at: start)
        }
      }
      Self.check(Parsed(mutant))
      Self.check(Parsed(mutant, as: .fragment))
    }
  }

  @Test func `every prefix of a template parses or says why not`() {
    let bytes = Array(Self.seed.utf8)
    for end in bytes.indices { Self.check(Parsed(Array(bytes[..<end]))) }
  }

  /// Input that makes a careless scan quadratic; each of these would run for minutes then.
  @Test(
    arguments: [
      "{{ ", "{% ", "{% # ", "{{ '", "{% comment %}", "{% raw %}", "{% capture x %}<mj-raw/>",
      "<mj-raw>x</mj-raw>", "<mj-text a=\"{{ b }}\">{{ c }}</mj-text>", "<mj-image/>", "{{ a }}",
      "<!-- a -->",
      "<!--", "<a b=\"", "<a ",
      "<mj-text>",
      "<mj-text a='", "</mj-text>", "<style>", "<mj-group>", "<![CDATA[", "&", "<", "a=b ",
      "{% liquid ",
      "<?", "<!", "]]>", "<mj-raw>{{ \"", "<p>", "</p>", "{{}}", "<br>",
    ])
  func `repetition costs no more than its length`(piece: String) {
    for context in ["<mjml>", "<mjml><mj-raw>", "<mjml a=\"", "<mjml "] {
      let text = context + String(repeating: piece, count: 60_000 / piece.utf8.count)
      let parsed = Parsed(text)
      #expect(parsed.diagnostics.count <= 101)
    }
  }
}

/// A small deterministic source of numbers.
struct SplitMix {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return limit < 1 ? 0 : Int((z ^ (z >> 31)) % UInt64(limit))
  }
}

/// The hostile and the wild: data outside of the repository.
@Suite(.enabled(if: Conformance.isPresent, "no conformance data on this machine"))
struct MarkupConformanceTests {
  /// Names of the elements with raw content in MJML; all others hold elements.
  static let catalog: ComponentCatalog = {
    let raw = [
      "mj-text", "mj-button", "mj-table", "mj-raw", "mj-style", "mj-title", "mj-preview",
      "mj-breakpoint", "mj-accordion-title", "mj-accordion-text", "mj-navbar-link",
      "mj-social-element", "mj-carousel-image",
    ]
    return ComponentCatalog(
      raw.map { ComponentDeclaration(name: $0, content: .raw, attributes: [], summary: "") }
        + testCatalog.components.values.filter { !raw.contains($0.name) }
    )
  }()

  /// What MJML reads and we refuse, on purpose: two roots, a missing space, an element without end.
  static let refused: Set = [
    "mjml-net-BugReportTests-2", "mjml-net-HeroTests-5", "mjml4j-carousel",
    "mjml-net-ValidationTests-2",
  ]

  @Test(
    arguments: [
      "docs", "includes", "liquid", "mjml-net", "mjml-tests", "mrml-compare", "mrml-templates",
      "official", "ports", "probes",
    ])
  func `templates in the wild parse`(set: String) throws {
    for fixture in Conformance.files(in: "mjml/\(set)", withExtension: "mjml") {
      let source = SourceFile(path: fixture.url.lastPathComponent, bytes: try fixture.bytes())
      let (document, diagnostics) = MarkupParser(catalog: Self.catalog).parse(source, id: testFile)
      let errors = diagnostics.filter { $0.severity == .error }.map {
        "\($0.id) at \(source.position(at: $0.primary.range.start))"
      }
      #expect(
        (document == nil) == Self.refused.contains(fixture.name),
        "\(set)/\(fixture.name): \(errors)"
      )
    }
  }

  /// The classes of outcome in hostile-mjml/INDEX.tsv, as far as parsing decides them.
  @Test func `hostile markup is refused`() throws {
    let refused = Set(
      [
        "X01", "X02", "X03", "X04", "X05", "X06", "X09", "X12", "X13", "X16", "X17", "X18", "X21",
        "X23", "X26", "X27", "X32", "E02", "E05", "E07", "E08", "E10", "E11", "E12", "E13", "E14",
        "W01", "W03", "W04", "W06", "W07", "W10", "W11", "W12", "W13", "W15", "W17", "W20", "W22",
        "W23", "W28", "R07", "L01", "L02", "L10", "Z01",
      ])
    for fixture in Conformance.files(in: "hostile-mjml", withExtension: "mjml") {
      let source = SourceFile(path: fixture.url.lastPathComponent, bytes: try fixture.bytes())
      let (document, diagnostics) = MarkupParser(catalog: Self.catalog).parse(source, id: testFile)
      let isRefused = refused.contains(String(fixture.name.prefix(3)))
      #expect((document == nil) == isRefused, "\(fixture.name): \(diagnostics.map(\.id.name))")
      // One finding for each mistake: X27 makes the same one three times.
      let errors = diagnostics.filter { $0.severity == .error }
      #expect(errors.count <= (fixture.name.hasPrefix("X27") ? 3 : 1), "\(fixture.name)")
    }
  }
}
