/// A RELAX NG grammar of a catalogue: the gate that every file passes, and what editors complete from.
///
/// It is generated from the declarations alone and says which elements there are, where they stand and
/// the names of the attributes that they take. What a value must be and which attributes are required is
/// the checker's: libxml2 doubles its work with every optional pattern that an element has an attribute
/// for (2^21 for a button with 21 attributes), so an element has one pattern for all of its attributes.
///
/// Made once for a catalogue and kept: the first validation compiles it.
///
/// libxml2 walks a grammar recursively, once for each reference between two elements, and makes an automaton
/// for each element. So what an element may hold is a definition of its own, which elements of equal content
/// share, and for the parser elements that differ in nothing but their name (a project's blocks) are one: a
/// project of a thousand blocks has a grammar as small as MJML's.
///
/// There are two of it. The parser holds the scan's rewrite against one that is strict: Liquid is
/// instructions there, the content of ending tags is text. Editors see the file as it is written, so
/// theirs lets Liquid stand between elements, and HTML in ending tags, and says what each element is for.
///
///     let grammar = Grammar(catalog: catalog)
///     print(grammar.text)                                 letterpress grammar > letterpress.rng
///     parser.parse(file, id: id, validatingWith: grammar)
package struct Grammar: Sendable {
  /// The grammar of files as they are written, in XML syntax, for editors and `xmllint --relaxng`.
  package var text: String { GrammarWriter(catalog, isForEditors: true).text() }
  private let catalog: ComponentCatalog
  /// The grammar of rewrites, with a start for included files, whose elements have no root of their own.
  let compiled: CompiledGrammar

  /// Generates the grammar of a catalogue; blocks are in it as declarations (`ComponentCatalog.add`).
  package init(catalog: ComponentCatalog) {
    self.catalog = catalog
    compiled = CompiledGrammar(text: GrammarWriter(catalog, isForEditors: false).text())
  }
}

/// Writes RELAX NG in XML syntax.
private struct GrammarWriter {
  let catalog: ComponentCatalog
  let isForEditors: Bool
  /// The elements, by name; those of one group differ only in their names.
  private var groups: [[ComponentDeclaration]] = []
  /// The number of each element's group.
  private var groupNumbers: [String: Int] = [:]
  /// What some element may hold, each list once.
  private var contents: [[String]] = []
  private var contentNumbers: [[String]: Int] = [:]

  init(_ catalog: ComponentCatalog, isForEditors: Bool) {
    self.catalog = catalog
    self.isForEditors = isForEditors
    let components = catalog.components.values.sorted { $0.name < $1.name }
    for component in components { addContent(children(of: component)) }
    var parents: [String: [Int]] = [:]
    for (number, names) in contents.enumerated() {
      for name in names { parents[name, default: []].append(number) }
    }
    var known: [Shape: Int] = [:]
    for component in components {
      let shape = Shape(
        attributes: component.holdsDefaults
          ? catalog.attributeNames(in: component)
          : component.takesAnyAttribute ? nil : component.attributes.map(\.name),
        content: component.content.isRaw ? nil : children(of: component),
        parents: parents[component.name] ?? []
      )
      // An element with a choice of names costs a little more; MJML's own are few.
      let isBlock = component.takesAnyAttribute && !component.holdsDefaults
      if !isForEditors, isBlock, let number = known[shape] {
        groups[number].append(component)
        groupNumbers[component.name] = number
      } else {
        known[shape] = groups.count
        groupNumbers[component.name] = groups.count
        groups.append([component])
      }
    }
    if !isForEditors { addContent(components.map(\.name)) }
  }

  /// All of an element but its name.
  private struct Shape: Hashable {
    /// Nil where it takes any.
    var attributes: [String]?
    /// Nil where it is raw.
    var content: [String]?
    /// The lists of contents that it is in.
    var parents: [Int]
  }

  private func children(of component: ComponentDeclaration) -> [String] {
    component.childNames.filter { catalog[$0] != nil }.sorted()
  }

  private mutating func addContent(_ names: [String]) {
    guard !names.isEmpty, contentNumbers[names] == nil else { return }
    contentNumbers[names] = contents.count
    contents.append(names)
  }

  func text() -> String {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<grammar xmlns="http://relaxng.org/ns/structure/1.0""#,
      #"    xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0">"#,
      "  <start>", "    <choice>",
    ]
    lines += references(to: catalog.rootNames, indentation: "      ")
    if !isForEditors { lines += fragment() }
    lines += ["    </choice>", "  </start>"]
    for (number, names) in contents.enumerated() {
      lines += ["  <define name=\"content.\(number)\">", "    <choice>"]
      lines += references(to: names, indentation: "      ")
      lines += ["    </choice>", "  </define>"]
    }
    for group in groups { lines += definition(of: group) }
    if isForEditors { lines += html }
    lines.append("</grammar>")
    return lines.joined(separator: "\n") + "\n"
  }

  /// References to the elements of some names, each group once.
  private func references(to names: [String], indentation: String) -> [String] {
    var seen: Set<Int> = []
    return names.compactMap { name in
      guard let number = groupNumbers[name], seen.insert(number).inserted else { return nil }
      return "\(indentation)<ref name=\"element.\(groups[number][0].name)\"/>"
    }
  }

  /// The element that the scan puts around an included file: any elements, and text.
  private func fragment() -> [String] {
    [
      "      <element name=\"fragment\">", "        <mixed>", "          <zeroOrMore>",
      "            <ref name=\"content.\(contents.count - 1)\"/>",
      "          </zeroOrMore>", "        </mixed>", "      </element>",
    ]
  }

  // MARK: - Elements

  private func definition(of group: [ComponentDeclaration]) -> [String] {
    let component = group[0]
    var lines = ["  <define name=\"element.\(component.name)\">"]
    if group.count == 1 {
      lines.append("    <element name=\"\(component.name)\">")
    } else {
      lines += ["    <element>", "      <choice>"]
      lines += group.map { "        <name>\($0.name)</name>" }
      lines.append("      </choice>")
    }
    if isForEditors {
      lines.append("      <a:documentation>\(escaped(component.summary))</a:documentation>")
    }
    lines += attributes(of: component)
    let children = children(of: component)
    if component.content.isRaw {
      lines.append(isForEditors ? "      <ref name=\"html\"/>" : "      <text/>")
    } else if let number = contentNumbers[children] {
      if isForEditors { lines.append("      <mixed>") }
      lines += [
        "      <zeroOrMore>", "        <ref name=\"content.\(number)\"/>", "      </zeroOrMore>",
      ]
      if isForEditors { lines.append("      </mixed>") }
    } else {
      lines.append("      <empty/>")
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
    let known =
      component.holdsDefaults
      ? catalog.attributeNames(in: component) : component.attributes.map(\.name)
    var names = known.map { "            <name>\($0)</name>" }
    if component.takesAnyAttribute, !component.holdsDefaults {
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
