import LetterpressDiagnostics
import LetterpressMarkup

/// A few of MJML's elements, enough to write templates with.
let testCatalog: ComponentCatalog = {
  let content: Set = ["mj-text", "mj-button", "mj-image", "mj-divider", "mj-table", "mj-raw"]
  func component(
    _ name: String,
    _ content: ComponentDeclaration.Content,
    _ attributes: [AttributeDeclaration] = []
  ) -> ComponentDeclaration {
    ComponentDeclaration(
      name: name,
      content: content,
      attributes: attributes,
      summary: "The element \(name)"
    )
  }
  func attribute(_ name: String, _ kind: AttributeDeclaration.Kind) -> AttributeDeclaration {
    AttributeDeclaration(name: name, kind: kind)
  }
  let padding = attribute("padding", .unit(["px", "%"], most: 4))
  let color = attribute("color", .color)
  let align = attribute("align", .enumeration(["left", "center", "right"]))
  return ComponentCatalog([
    component(
      "mjml",
      .elements(["mj-head", "mj-body", "mj-raw"]),
      [attribute("lang", .string), attribute("owa", .string)]
    ),
    component(
      "mj-head",
      .elements(["mj-title", "mj-preview", "mj-style", "mj-attributes", "mj-raw"])
    ),
    component("mj-title", .raw),
    component("mj-preview", .raw),
    component("mj-style", .raw, [attribute("inline", .enumeration(["inline"]))]),
    component("mj-attributes", .elements(["mj-all", "mj-class", "mj-text", "mj-button"])),
    ComponentDeclaration(
      name: "mj-all",
      content: .empty,
      attributes: [],
      takesAnyAttribute: true,
      summary: "All"
    ),
    ComponentDeclaration(
      name: "mj-class",
      content: .elements(["mj-text", "mj-button"]),
      attributes: [attribute("name", .string)],
      takesAnyAttribute: true,
      summary: "A class"
    ),
    component(
      "mj-body",
      .elements(["mj-section", "mj-wrapper", "mj-raw"]),
      [attribute("background-color", .color), attribute("width", .unit(["px"], most: 1))]
    ),
    component("mj-wrapper", .elements(["mj-section", "mj-raw"]), [padding]),
    component(
      "mj-section",
      .elements(["mj-column", "mj-group", "mj-raw"]),
      [padding, attribute("background-color", .color), attribute("background-url", .string)]
    ),
    component("mj-group", .elements(["mj-column", "mj-raw"])),
    component(
      "mj-column",
      .elements(content),
      [padding, attribute("width", .unit(["px", "%"], most: 1))]
    ),
    component("mj-text", .raw, [padding, color, align]),
    component("mj-button", .raw, [padding, color, align, attribute("href", .string)]),
    component("mj-table", .raw, [padding, color]),
    component("mj-raw", .raw, [attribute("position", .enumeration(["file-start"]))]),
    component(
      "mj-image",
      .empty,
      [
        padding, attribute("src", .string), attribute("alt", .string),
        attribute("width", .unit(["px"], most: 1)), attribute("fluid-on-mobile", .boolean),
      ]
    ),
    component("mj-divider", .empty, [padding, attribute("border-color", .color)]),
    component(
      "mj-include",
      .empty,
      [attribute("path", .string), attribute("type", .string)]
    ),
  ])
}()

let testFile: SourceFile.ID = {
  var sources = SourceSet()
  return sources.add(SourceFile(path: "test.mjml", text: ""))
}()

/// The result of parsing one text, with what the tests ask of it.
struct Parsed {
  let source: SourceFile
  let document: Document?
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8], as kind: MarkupParser.Kind = .document) {
    source = SourceFile(path: "test.mjml", bytes: bytes)
    (document, diagnostics) = MarkupParser(catalog: testCatalog).parse(
      source,
      id: testFile,
      as: kind
    )
  }

  init(_ text: String, as kind: MarkupParser.Kind = .document) {
    self.init(Array(text.utf8), as: kind)
  }

  /// Parses what stands in a column.
  init(column content: String) {
    self.init(
      "<mjml><mj-body><mj-section><mj-column>\(content)</mj-column></mj-section></mj-body></mjml>"
    )
  }

  /// All of the source.
  var text: String { String(decoding: source.bytes, as: UTF8.self) }

  func text(_ range: SourceRange) -> String {
    String(decoding: source.bytes[range.bounds], as: UTF8.self)
  }

  /// `id 'text of the place'` for each finding.
  var findings: [String] { diagnostics.map { "\($0.id) '\(text($0.primary.range))'" } }

  /// What stands in the column that `init(column:)` made.
  var column: [MarkupNode] {
    var element = document?.root
    for _ in 0..<3 {
      guard case .element(let child)? = element?.children.first else { return [] }
      element = child
    }
    return element?.children ?? []
  }

  /// The tree on one line: `mj-text(color=red)["Hello"]`.
  var outline: String { document.map { outline($0.nodes) } ?? "none" }

  func outline(_ nodes: [MarkupNode]) -> String {
    nodes.map { node in
      switch node {
      case .element(let element): outline(element)
      case .liquid(let range): "L\"\(text(range))\""
      case .comment(let range): "C\"\(text(range))\""
      case .text(let range): "T\"\(text(range))\""
      }
    }.joined(separator: " ")
  }

  private func outline(_ element: Element) -> String {
    let attributes = element.attributes.map { attribute in
      attribute.hasValue ? "\(attribute.name)=\(text(attribute.value))" : attribute.name
    }
    var line = element.name
    if !attributes.isEmpty { line += "(\(attributes.joined(separator: ", ")))" }
    if let content = element.content {
      line += "[\"\(text(content))\"]"
    } else if !element.children.isEmpty {
      line += "{\(outline(element.children))}"
    }
    return line
  }
}
