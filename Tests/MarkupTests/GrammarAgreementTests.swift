import LetterpressDiagnostics
import LetterpressMJML
import LetterpressMarkup
import Testing

/// The grammar and the checker say yes and no to the same documents.
///
/// Documents are made of the catalogue at random: right ones, and ones with mistakes planted of every kind
/// that both know of: elements, where they stand, the names of attributes, text between elements.
struct GrammarAgreementTests {
  /// MJML's elements and a project's blocks, more than a grammar of one automaton each would bear.
  static let blockCatalog: ComponentCatalog = {
    var catalog = MJMLCatalog.catalog
    let parents = [
      ["mj-body", "mj-wrapper"], ["mj-section"], ["mj-column", "mj-hero"], ["mj-social"],
    ]
    for number in 0..<300 {
      let name = "block-\(number)"
      for parent in parents[number % parents.count] + ["lp-block", "lp-slot", "lp-fill"] {
        guard let declaration = catalog[parent] else { continue }
        catalog.components[parent]?.content = .elements(declaration.childNames.union([name]))
      }
      catalog.components[name] = ComponentDeclaration(
        name: name,
        content: .elements(["lp-fill", "mj-text", "mj-column", "mj-section"]),
        attributes: [],
        takesAnyAttribute: true,
        summary: "A block"
      )
    }
    return catalog
  }()

  @Test(arguments: ["MJML", "blocks"])
  func `the grammar accepts what the checker accepts, and nothing else`(name: String) {
    let catalog = name == "MJML" ? MJMLCatalog.catalog : Self.blockCatalog
    let parser = MarkupParser(catalog: catalog)
    let grammar = Grammar(catalog: catalog)
    // An included file stands in an element, here in one that takes them all.
    var including = catalog
    including.components["anywhere"] = ComponentDeclaration(
      name: "anywhere",
      content: .elements(Set(catalog.components.keys)),
      attributes: [],
      summary: ""
    )
    let checker = ContentChecker(catalog: catalog)
    let fragmentChecker = ContentChecker(catalog: including)
    var (accepted, refused) = (0, 0)
    for seed in 0..<800 {
      var document = RandomDocument(catalog, seed: seed)
      let isFragment = seed % 5 == 4
      let text = isFragment ? document.fragment() : document.document()
      let source = SourceFile(path: "\(seed).mjml", text: text)
      let result = parser.parse(
        source,
        id: testFile,
        as: isFragment ? .fragment : .document,
        validatingWith: grammar
      )
      guard let tree = result.document else {
        Issue.record("\(name) \(seed) is not well-formed: \(result.diagnostics)\n\(text)")
        continue
      }
      let found = (isFragment ? fragmentChecker : checker).check(
        tree,
        in: source,
        violations: result.violations,
        within: isFragment ? "anywhere" : nil
      )
      #expect(
        found.isEmpty == result.violations.isEmpty,
        "\(name) \(seed): \(found.map(\.message)) \(result.violations.map(\.message))\n\(text)"
      )
      #expect(
        !found.contains { $0.id.name == "grammar-violation" },
        "\(name) \(seed): \(found.map(\.notes)) \(found.map(\.message))\n\(text)"
      )
      #expect(
        found.isEmpty == (document.mistakes == 0),
        "\(name) \(seed): \(document.mistakes) planted, \(found.map(\.message))\n\(text)"
      )
      if found.isEmpty { accepted += 1 } else { refused += 1 }
    }
    #expect(accepted > 150 && refused > 150, "\(accepted) accepted, \(refused) refused")
  }
}

/// A document of a catalogue's elements, with or without mistakes.
private struct RandomDocument {
  private let catalog: ComponentCatalog
  private let elements: [String]
  private var random: SplitMix
  private let hasMistakes: Bool
  /// How many mistakes were planted.
  private(set) var mistakes = 0
  /// How many elements were written; documents stay small.
  private var count = 0

  init(_ catalog: ComponentCatalog, seed: Int) {
    self.catalog = catalog
    elements = catalog.components.keys.sorted()
    random = SplitMix(state: UInt64(seed) &* 104_729)
    hasMistakes = seed % 2 == 0
  }

  mutating func document() -> String {
    if plants(in: 12) {
      // Any element but a root, or one that nobody knows.
      let roots = catalog.rootNames
      let wrong = elements.filter { !roots.contains($0) } + ["mj-nothing"]
      return element(wrong[random.below(wrong.count)], depth: 0)
    }
    return element(catalog.rootNames[random.below(catalog.rootNames.count)], depth: 0)
  }

  mutating func fragment() -> String {
    (0...random.below(3)).map { _ in
      plants(in: 12) ? unknown() : element(elements[random.below(elements.count)], depth: 0)
    }.joined(separator: "\n")
  }

  /// Whether a mistake is to be made here, once in `chances` times; counted.
  private mutating func plants(in chances: Int) -> Bool {
    guard hasMistakes, random.below(chances) == 0 else { return false }
    mistakes += 1
    return true
  }

  private mutating func unknown() -> String {
    ["<mj-nothing/>", "<mj-txt>a</mj-txt>", "<b-lock x=\"1\"></b-lock>"][random.below(3)]
  }

  private mutating func element(_ name: String, depth: Int) -> String {
    count += 1
    guard let declaration = catalog[name] else { return "<\(name)></\(name)>" }
    var text = "<\(name)\(attributes(of: declaration))"
    switch declaration.content {
    case .empty:
      if plants(in: 12) { return text + "><mj-text>a</mj-text></\(name)>" }
      return text + (random.below(2) == 0 ? "/>" : "></\(name)>")
    case .raw:
      return text + ">Some <b>text</b> &nbsp; {{ a }} {% if a < b %}<br>{% endif %}</\(name)>"
    case .elements(let names):
      text += ">"
      let children = names.filter { catalog[$0] != nil }.sorted()
      for _ in 0..<random.below(depth < 2 ? 5 : 3) where depth < 7 && count < 60 {
        text += between()
        text += child(among: children, depth: depth)
      }
      return text + between() + "</\(name)>"
    }
  }

  private mutating func child(among names: [String], depth: Int) -> String {
    if plants(in: 25) { return unknown() }
    if plants(in: 25) {
      // A known element in the wrong place; one that may stand here is no mistake.
      let wrong = elements[random.below(elements.count)]
      if names.contains(wrong) { mistakes -= 1 }
      return element(wrong, depth: depth + 1)
    }
    return names.isEmpty ? "" : element(names[random.below(names.count)], depth: depth + 1)
  }

  /// What stands between elements: nothing that counts, or text.
  private mutating func between() -> String {
    if plants(in: 40) { return " stray &amp; text " }
    return ["", "\n  ", "<!-- note -->", "{% if a %}{% endif %}", "{% # note %}", " "][
      random.below(6)
    ]
  }

  private mutating func attributes(of declaration: ComponentDeclaration) -> String {
    var text = ""
    for attribute in declaration.attributes where attribute.isRequired || random.below(12) == 0 {
      text += " \(attribute.name)=\"\(Self.value(attribute.kind))\""
    }
    let takesAny = declaration.takesAnyAttribute && !declaration.holdsDefaults
    if takesAny, random.below(3) == 0 { text += " anything=\"x\"" }
    if declaration.holdsDefaults, random.below(3) == 0 { text += " line-height=\"1\"" }
    if !takesAny, plants(in: 20) {
      text += [" colour=\"red\"", " data-x=\"1\"", " paddingtop=\"1px\""][random.below(3)]
    }
    return text
  }

  /// A value that the checker has nothing against.
  private static func value(_ kind: AttributeDeclaration.Kind) -> String {
    switch kind {
    case .string: "text"
    case .color: "#123456"
    case .boolean: "true"
    case .integer: "3"
    case .enumeration(let words): words.first ?? ""
    case .unit(let units, _), .signedUnit(let units): "1\(units.first { $0 != "auto" } ?? "")"
    }
  }
}
