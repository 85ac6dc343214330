import LetterpressDiagnostics
import LetterpressMarkup

/// Walks a template and collects what has to change.
///
/// The recursion is bounded by the depth that the parser allows.
struct Migrator {
  private(set) var edits = SourceEdits()
  private(set) var diagnostics: [Diagnostic] = []
  let bytes: [UInt8]

  /// Elements that MJML 5 has under another name.
  private static let newNames = ["mj-inline-links": "mj-navbar", "mj-link": "mj-navbar-link"]
  /// Elements that went without a successor, and what an author can do.
  private static let gone = [
    "mj-html": "Put the HTML into an mj-text, or into an mj-raw with its own table cells.",
    "mj-invoice": "Write the lines as the rows of an mj-table.",
    "mj-invoice-item": "Write the lines as the rows of an mj-table.",
    "mj-list": "Write an HTML list into an mj-text.",
    "mj-location": "Write the address and its link into an mj-text, with an mj-image for the icon.",
  ]
  private static let placesOfDefaults: Set<String> = ["mj-attributes", "mj-class"]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func migrate(_ nodes: [MarkupNode], in parent: String?) {
    for case .element(let element) in nodes {
      migrate(element, in: parent)
      // The children of what is gone are gone too.
      if Self.gone[element.name] == nil { migrate(element.children, in: element.name) }
    }
  }

  private mutating func migrate(_ element: Element, in parent: String?) {
    if let note = Self.gone[element.name] {
      diagnostics.append(
        .notMigrated("'\(element.name)' is not in MJML 5", at: element.nameRange, note: note)
      )
      return
    }
    if let parent, Self.placesOfDefaults.contains(parent) {
      return migrateDefaults(element)
    }
    switch element.name {
    case "mj-body": migrateBody(element)
    case "mj-container" where parent == "mj-body": return
    case "mj-container":
      diagnostics.append(
        .notMigrated(
          "'mj-container' stands outside of 'mj-body'",
          at: element.nameRange,
          note: "It was the one element of mj-body."
        )
      )
    case "mj-hero": migrateHero(element)
    case "mj-hero-content" where parent == "mj-hero": return
    case "mj-navbar": migrateNavbar(element)
    case "mj-social": migrateSocial(element)
    default:
      if let name = Self.newNames[element.name] { rename(element, to: name) }
    }
    addUnits(element, as: Self.newNames[element.name] ?? element.name)
  }

  /// `mj-attributes` names elements to give them defaults.
  private mutating func migrateDefaults(_ element: Element) {
    let names = Self.newNames.merging(["mj-container": "mj-body", "mj-hero-content": "mj-hero"]) {
      first,
      _ in first
    }
    let name = names[element.name] ?? element.name
    if name != element.name { rename(element, to: name) }
    addUnits(element, as: name)
  }

  // MARK: - Elements that merge with the one around them

  private mutating func migrateBody(_ body: Element) {
    let containers = body.childElements.filter { $0.name == "mj-container" }
    guard let container = containers.first else { return }
    guard body.childElements.count == 1 else {
      diagnostics.append(
        .notMigrated(
          "'mj-container' has elements beside it",
          at: container.nameRange,
          note: "Move them into it, or its attributes to mj-body."
        )
      )
      return
    }
    dissolve(container, into: body, as: "mj-body")
  }

  private mutating func migrateHero(_ hero: Element) {
    let contents = hero.childElements.filter { $0.name == "mj-hero-content" }
    guard let content = contents.first else { return }
    guard hero.childElements.count == 1 else {
      diagnostics.append(
        .notMigrated(
          "'mj-hero-content' has elements beside it",
          at: content.nameRange,
          note: "Move them into it, or its attributes to mj-hero."
        )
      )
      return
    }
    dissolve(content, into: hero, as: "mj-hero")
  }

  /// Takes the tags of an element away and gives its attributes to the one around it, where they win.
  private mutating func dissolve(_ inner: Element, into outer: Element, as name: String) {
    let names = Set(inner.attributes.map(\.name))
    for attribute in outer.attributes where names.contains(attribute.name) {
      edits.remove(rangeWithSpace(of: attribute))
    }
    var moved: [UInt8] = []
    for attribute in inner.attributes { moved += migrated(attribute, of: name) }
    edits.insert(moved, at: outer.nameRange.end)
    edits.remove(wholeLine(of: inner.startTag.bounds))
    if !inner.endTag.isEmpty { edits.remove(wholeLine(of: inner.endTag.bounds)) }
  }

  /// A tag that has its line to itself, with that line.
  private func wholeLine(of tag: Range<Int>) -> Range<Int> {
    var start = tag.lowerBound
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
    var end = tag.upperBound
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    if end < bytes.count, bytes[end] == 0x0D { end += 1 }
    guard start == 0 || bytes[start - 1] == 0x0A, end < bytes.count, bytes[end] == 0x0A else {
      return tag
    }
    return start..<end + 1
  }

  // MARK: - Navigation

  /// What was a section with the links in its columns; MJML 4 has the name for the links themselves.
  private mutating func migrateNavbar(_ navbar: Element) {
    let hasColumns = navbar.childElements.contains {
      ["mj-column", "mj-inline-links", "mj-group"].contains($0.name)
    }
    guard hasColumns else { return }
    rename(navbar, to: "mj-section")
    if navbar.attribute("full-width") == nil {
      edits.insert(Array(" full-width=\"full-width\"".utf8), at: navbar.nameRange.end)
    }
  }

  private mutating func rename(_ element: Element, to name: String) {
    edits.replace(element.nameRange, by: name)
    guard !element.endTag.isEmpty else { return }
    let start = element.endTag.start + 2
    edits.replace(
      SourceRange(
        file: element.endTag.file,
        start: start,
        end: start + element.name.utf8.count
      ),
      by: name
    )
  }

  // MARK: - Social networks

  /// `display="facebook twitter:url" facebook-href="…"`: each network became an element.
  private mutating func migrateSocial(_ social: Element) {
    guard social.childElements.isEmpty else { return }
    let display = social.attribute("display")
    let value = display.map { text($0.value) } ?? "facebook twitter google"
    guard !value.contains("{") else {
      diagnostics.append(
        .notMigrated(
          "the networks of 'mj-social' are chosen by Liquid",
          at: display?.value ?? social.nameRange,
          note: "Write an mj-social-element for each, and {% if … %} around it."
        )
      )
      return
    }
    var removed = Set(display.map { [$0.name] } ?? [])
    var lines: [[UInt8]] = []
    for network in value.split(whereSeparator: \.isWhitespace) {
      lines.append(element(of: String(network), in: social, removing: &removed))
    }
    for attribute in social.attributes where removed.contains(attribute.name) {
      edits.remove(rangeWithSpace(of: attribute))
    }
    let indent = indentation(at: social.range.start)
    var content: [UInt8] = []
    for line in lines { content += [0x0A] + indent + [0x20, 0x20] + line }
    content += [0x0A] + indent
    if social.endTag.isEmpty {
      // `<mj-social …/>` opens now.
      var slash = social.startTag.end - 2
      while bytes[slash - 1].isHTMLSpace { slash -= 1 }
      edits.remove(slash..<social.startTag.end)
      edits.insert(Array(">".utf8) + content + Array("</mj-social>".utf8), at: social.startTag.end)
    } else {
      edits.remove(social.startTag.end..<social.endTag.start)
      edits.insert(content, at: social.startTag.end)
    }
  }

  private func element(
    of network: String,
    in social: Element,
    removing removed: inout Set<String>
  ) -> [UInt8] {
    let parts = network.split(separator: ":", maxSplits: 1)
    let base = parts.first.map(String.init) ?? network
    let name = parts.count > 1 && parts[1] == "url" ? base + "-noshare" : base
    var tag = Array("<mj-social-element name=\"\(name)\"".utf8)
    var content: [UInt8] = []
    for attribute in social.attributes where attribute.name.hasPrefix(base + "-") {
      removed.insert(attribute.name)
      if attribute.name == base + "-content" {
        content = Array(bytes[attribute.value.bounds])
      } else {
        tag += Array(" ".utf8) + Array(attribute.name.utf8.dropFirst(base.utf8.count + 1))
        tag += bytes[attribute.nameRange.end..<end(of: attribute)]
      }
    }
    return tag + Array(">".utf8) + content + Array("</mj-social-element>".utf8)
  }

  /// The white space before the first thing on the line.
  private func indentation(at offset: Int) -> [UInt8] {
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    var end = start
    while end < offset, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    return Array(bytes[start..<end])
  }

  // MARK: - Attributes

  private mutating func addUnits(_ element: Element, as name: String) {
    for attribute in element.attributes {
      for place in placesOfUnits(in: attribute, of: name) {
        edits.insert(Array("px".utf8), at: place)
      }
    }
  }

  /// An attribute with the white space before it, and units where they are missing.
  private func migrated(_ attribute: Attribute, of name: String) -> [UInt8] {
    var text: [UInt8] = []
    var copied = rangeWithSpace(of: attribute).lowerBound
    for place in placesOfUnits(in: attribute, of: name) {
      text += bytes[copied..<place] + Array("px".utf8)
      copied = place
    }
    return text + bytes[copied..<end(of: attribute)]
  }

  /// Where `px` has to stand: after the bare numbers of a value that MJML 5 refuses for their sake.
  private func placesOfUnits(in attribute: Attribute, of name: String) -> [Int] {
    let places = bareNumbers(in: attribute.value.bounds)
    guard !places.isEmpty else { return [] }
    guard let declared = MigrationCatalog.catalog[name]?.attribute(attribute.name) else {
      return UnitAttributes.names.contains(attribute.name) ? places : []
    }
    switch declared.kind {
    case .unit(let units, _), .signedUnit(let units):
      return units.contains("px") && !units.contains("") ? places : []
    case .string: return UnitAttributes.names.contains(attribute.name) ? places : []
    case .color, .boolean, .integer, .enumeration: return []
    }
  }

  /// The ends of the numbers of a value that is made of nothing but lengths; 0 needs no unit.
  private func bareNumbers(in value: Range<Int>) -> [Int] {
    var places: [Int] = []
    var index = value.lowerBound
    while true {
      index = bytes.afterSpace(from: index, before: value.upperBound)
      guard index < value.upperBound else { return places }
      let start = index
      while index < value.upperBound, bytes[index].isNumberByte { index += 1 }
      let end = index
      guard end > start else { return [] }
      while index < value.upperBound, bytes[index].isASCIILetter || bytes[index] == 0x25 {
        index += 1
      }
      if index < value.upperBound, !bytes[index].isHTMLSpace { return [] }
      let isZero = bytes[start..<end].allSatisfy { $0 == 0x30 || $0 == UInt8(ascii: ".") }
      if end == index, !isZero { places.append(end) }
    }
  }

  private func text(_ range: SourceRange) -> String {
    String(decoding: bytes[range.bounds], as: UTF8.self)
  }

  private func end(of attribute: Attribute) -> Int {
    attribute.hasValue ? attribute.value.end + 1 : attribute.nameRange.end
  }

  private func rangeWithSpace(of attribute: Attribute) -> Range<Int> {
    var start = attribute.nameRange.start
    while start > 0, bytes[start - 1].isHTMLSpace { start -= 1 }
    return start..<end(of: attribute)
  }
}

/// Attributes that MJML 3 read with a bare number, for the places that take any attribute (`mj-all`,
/// `mj-class`).
private enum UnitAttributes {
  static let names: Set<String> = [
    "background-size", "border-radius", "border-width", "font-size", "height", "icon-height",
    "icon-size", "icon-width", "inner-padding", "letter-spacing", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "tb-border-radius", "tb-width", "width",
  ]
}

extension UInt8 {
  fileprivate var isNumberByte: Bool { self &- 0x30 < 10 || self == UInt8(ascii: ".") }
}

extension Element {
  fileprivate var childElements: [Element] {
    children.compactMap { node in
      if case .element(let element) = node { element } else { nil }
    }
  }
}
