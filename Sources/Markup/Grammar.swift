/// A RELAX NG grammar of a catalogue: the gate that every file passes, and what editors complete from.
///
/// It is generated from the declarations alone and says which elements there are, where they stand and
/// the names of the attributes that they take. What a value must be and which attributes are required is
/// the checker's: libxml2 doubles its work with every optional pattern that an element has an attribute
/// for (2^21 for a button with 21 attributes), so an element has one pattern for all of its attributes.
///
/// Made once for a catalogue and kept: the first validation compiles it.
///
/// There are two of it. The parser holds the scan's rewrite against one that is strict: Liquid is
/// instructions there, the content of ending tags is text. Editors see the file as it is written, so
/// theirs lets Liquid stand between elements, and HTML in ending tags.
///
///     let grammar = Grammar(catalog: catalog)
///     print(grammar.text)                                 letterpress grammar > letterpress.rng
///     parser.parse(file, id: id, validatingWith: grammar)
package struct Grammar: Sendable {
  /// The grammar of files as they are written, in XML syntax, for editors and `xmllint --relaxng`.
  package let text: String
  /// The grammar of rewrites, with a start for included files, whose elements have no root of their own.
  let compiled: CompiledGrammar

  /// Generates the grammar of a catalogue; blocks are in it as declarations (`ComponentCatalog.add`).
  package init(catalog: ComponentCatalog) {
    text = GrammarWriter(catalog, isForEditors: true).text()
    compiled = CompiledGrammar(text: GrammarWriter(catalog, isForEditors: false).text())
  }
}

/// Writes RELAX NG in XML syntax.
private struct GrammarWriter {
  let catalog: ComponentCatalog
  let components: [ComponentDeclaration]
  let isForEditors: Bool

  init(_ catalog: ComponentCatalog, isForEditors: Bool) {
    self.catalog = catalog
    self.isForEditors = isForEditors
    components = catalog.components.values.sorted { $0.name < $1.name }
  }

  func text() -> String {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<grammar xmlns="http://relaxng.org/ns/structure/1.0""#,
      #"    xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0">"#,
      "  <start>", "    <choice>",
    ]
    lines += catalog.rootNames.map { "      <ref name=\"element.\($0)\"/>" }
    if !isForEditors { lines += fragment() }
    lines += ["    </choice>", "  </start>"]
    for component in components { lines += definition(of: component) }
    if isForEditors { lines += html }
    lines.append("</grammar>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The element that the scan puts around an included file: any elements, and text.
  private func fragment() -> [String] {
    [
      "      <element name=\"fragment\">", "        <mixed>", "          <zeroOrMore>",
      "            <choice>",
    ]
      + components.map { "              <ref name=\"element.\($0.name)\"/>" }
      + [
        "            </choice>", "          </zeroOrMore>", "        </mixed>", "      </element>",
      ]
  }

  // MARK: - Elements

  private func definition(of component: ComponentDeclaration) -> [String] {
    var lines = ["  <define name=\"element.\(component.name)\">"]
    lines.append("    <element name=\"\(component.name)\">")
    lines.append("      <a:documentation>\(escaped(component.summary))</a:documentation>")
    lines += attributes(of: component)
    switch component.content {
    case .raw:
      lines.append(isForEditors ? "      <ref name=\"html\"/>" : "      <text/>")
    case .empty:
      lines.append("      <empty/>")
    case .elements(let names):
      let children = names.filter { catalog[$0] != nil }.sorted()
      if children.isEmpty {
        lines.append("      <empty/>")
      } else {
        if isForEditors { lines.append("      <mixed>") }
        lines += ["      <zeroOrMore>", "        <choice>"]
        lines += children.map { "          <ref name=\"element.\($0)\"/>" }
        lines += ["        </choice>", "      </zeroOrMore>"]
        if isForEditors { lines.append("      </mixed>") }
      }
    }
    return lines + ["    </element>", "  </define>"]
  }

  /// What ending tags hold: any elements with any attributes, and text.
  private let html = [
    "  <define name=\"html\">", "    <mixed>", "      <zeroOrMore>", "        <element>",
    "          <anyName/>", "          <zeroOrMore>", "            <attribute>",
    "              <anyName/>", "              <text/>", "            </attribute>",
    "          </zeroOrMore>", "          <ref name=\"html\"/>", "        </element>",
    "      </zeroOrMore>", "    </mixed>", "  </define>",
  ]

  // MARK: - Attributes

  /// One pattern for all attributes, which holds for each of them in turn.
  private func attributes(of component: ComponentDeclaration) -> [String] {
    if component.attributes.isEmpty, !component.takesAnyAttribute { return [] }
    var names = component.attributes.map { "            <name>\($0.name)</name>" }
    if component.takesAnyAttribute {
      names = ["            <anyName/>"]
    } else {
      // A pattern that repeats must have a name for ever more attributes (RELAX NG, 7.3): these are in a
      // namespace that nobody uses.
      names.append("            <nsName ns=\"\(unusedNamespace)\"/>")
    }
    return ["      <zeroOrMore>", "        <attribute>", "          <choice>"] + names
      + ["          </choice>", "          <text/>", "        </attribute>", "      </zeroOrMore>"]
  }

  private let unusedNamespace = "urn:letterpress:none"

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
