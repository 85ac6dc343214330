/// A RELAX NG grammar of a catalogue: the gate that every file passes, and what editors complete from.
///
/// It is generated from the declarations alone. Elements, where they stand and which attributes they
/// take are exact; values are held to patterns that accept whatever `AttributeValue` accepts, and any
/// value with Liquid in it. Made once for a catalogue and kept: the first validation compiles it.
///
///     let grammar = Grammar(catalog: catalog)
///     print(grammar.text)                                 letterpress grammar > letterpress.rng
///     parser.parse(file, id: id, validatingWith: grammar)
package struct Grammar: Sendable {
  /// The grammar in XML syntax, for `xmllint --relaxng` and editors.
  package let text: String
  /// The same with a start for included files, whose elements have no root of their own.
  let compiled: CompiledGrammar

  /// Generates the grammar of a catalogue; blocks are in it as declarations (`ComponentCatalog.add`).
  package init(catalog: ComponentCatalog) {
    let writer = GrammarWriter(catalog)
    text = writer.text(withFragments: false)
    compiled = CompiledGrammar(text: writer.text(withFragments: true))
  }
}

/// Writes RELAX NG in XML syntax.
private struct GrammarWriter {
  let catalog: ComponentCatalog
  let components: [ComponentDeclaration]

  init(_ catalog: ComponentCatalog) {
    self.catalog = catalog
    components = catalog.components.values.sorted { $0.name < $1.name }
  }

  func text(withFragments: Bool) -> String {
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<grammar xmlns="http://relaxng.org/ns/structure/1.0""#,
      #"    xmlns:a="http://relaxng.org/ns/compatibility/annotations/1.0""#,
      #"    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">"#,
      "  <start>", "    <choice>",
    ]
    lines += catalog.rootNames.map { "      <ref name=\"element.\($0)\"/>" }
    if withFragments { lines += fragment() }
    lines += ["    </choice>", "  </start>"]
    lines += valueDefinitions
    for component in components { lines += definition(of: component) }
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
    for attribute in component.attributes { lines += pattern(of: attribute) }
    if component.takesAnyAttribute { lines += anyOtherAttribute(than: component.attributes) }
    switch component.content {
    case .raw:
      lines.append("      <text/>")
    case .empty:
      lines.append("      <empty/>")
    case .elements(let names):
      let children = names.filter { catalog[$0] != nil }.sorted()
      if children.isEmpty {
        lines.append("      <empty/>")
      } else {
        lines += ["      <zeroOrMore>", "        <choice>"]
        lines += children.map { "          <ref name=\"element.\($0)\"/>" }
        lines += ["        </choice>", "      </zeroOrMore>"]
      }
    }
    return lines + ["    </element>", "  </define>"]
  }

  private func anyOtherAttribute(than declared: [AttributeDeclaration]) -> [String] {
    var lines = ["      <zeroOrMore>", "        <attribute>", "          <anyName>"]
    if !declared.isEmpty {
      lines.append("            <except>")
      lines += declared.map { "              <name>\($0.name)</name>" }
      lines.append("            </except>")
    }
    return lines + [
      "          </anyName>", "          <text/>", "        </attribute>", "      </zeroOrMore>",
    ]
  }

  // MARK: - Attributes

  private func pattern(of attribute: AttributeDeclaration) -> [String] {
    var lines = ["        <attribute name=\"\(attribute.name)\">"]
    if let value = attribute.defaultValue {
      lines.append("          <a:documentation>Default: \(escaped(value))</a:documentation>")
    }
    lines += values(of: attribute.kind).map { "          " + $0 }
    lines.append("        </attribute>")
    guard !attribute.isRequired else { return lines.map { String($0.dropFirst(2)) } }
    return ["      <optional>"] + lines + ["      </optional>"]
  }

  private func values(of kind: AttributeDeclaration.Kind) -> [String] {
    switch kind {
    case .string: ["<text/>"]
    case .color: ["<ref name=\"value.color\"/>"]
    case .boolean: ["<ref name=\"value.boolean\"/>"]
    case .integer: ["<ref name=\"value.integer\"/>"]
    case .enumeration(let words):
      ["<choice>"] + words.map { "  <value type=\"string\">\(escaped($0))</value>" }
        + ["  <ref name=\"value.liquid\"/>", "</choice>"]
    case .unit(let units, let most):
      choice(ofLengths(units, sign: "", most: most))
    case .signedUnit(let units):
      choice(ofLengths(units, sign: "-?", most: 1))
    }
  }

  /// One of some words, what matches a pattern, or anything with Liquid in it.
  private func choice(_ pattern: String, _ words: [String] = []) -> [String] {
    ["<choice>"] + words.map { "  <value type=\"string\">\($0)</value>" }
      + [
        "  <data type=\"string\"><param name=\"pattern\">\(pattern)</param></data>",
        "  <ref name=\"value.liquid\"/>", "</choice>",
      ]
  }

  /// One to `most` lengths with one space between.
  private func ofLengths(_ units: [String], sign: String, most: Int) -> String {
    let suffixes = units.filter { $0 != "auto" }.joined(separator: "|")
    let number = "\(sign)([0-9]+(\\.[0-9]*)?|\\.[0-9]+)"
    let length = "(\(number)(\(suffixes))|0\(units.contains("auto") ? "|auto" : ""))"
    return most > 1 ? "\(length)( \(length)){0,\(most - 1)} ?" : "\(length) ?"
  }

  /// The patterns that attributes share.
  ///
  /// XML Schema's patterns are anchored, and `.` is no line end; there is none in the value of an
  /// attribute. That of Liquid looks one character ahead at most, so that a long value costs no more than
  /// its length.
  private var valueDefinitions: [String] {
    let liquid = "([^{]|\\{[^{%])*\\{[{%].*"
    let hex = "#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
    let component = "-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(%|deg)?"
    let function = "(rgb|rgba|hsl|hsla)\\([ ,/]*\(component)([ ,/]+\(component)){2,3}[ ,/]*\\)"
    return define(
      "value.liquid",
      ["<data type=\"string\"><param name=\"pattern\">\(liquid)</param></data>"]
    )
      + define("value.color", choice("\(hex)|\(function)", CSSColor.names.sorted()))
      + define("value.boolean", choice("true|false"))
      + define("value.integer", choice("-?[0-9]+"))
  }

  private func define(_ name: String, _ lines: [String]) -> [String] {
    ["  <define name=\"\(name)\">"] + lines.map { "    " + $0 } + ["  </define>"]
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
