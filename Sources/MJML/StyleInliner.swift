import LetterpressProgram

/// Writes the rules of `<mj-style inline="inline">` into the elements that they select.
///
/// The result is what Juice makes for MJML: the style of each element that a rule selects is written anew,
/// sorted by specificity, and some properties of tables and images are set as attributes too, for Outlook.
struct StyleInliner {
  private var tree: HTMLTree
  private let rules: [CSSRule]
  private let work: MatchingWork
  /// The styles of the elements that some rule selected.
  private var styles: [Place: ElementStyle] = [:]
  private var order: [Place] = []
  /// The rules that can only be decided when a message is rendered.
  private(set) var undecided: [CSSRule] = []

  private struct Place: Hashable {
    var element: Int
    var form: Int
  }

  /// The document with the rules written into it.
  ///
  /// Rules that depend on which siblings an element has are not known under control flow; they come back
  /// as `undecided`, to stay a style sheet.
  static func inline(
    _ css: PatchedText,
    into nodes: [HTMLNode],
    undecided: inout [CSSRule],
    _ work: MatchingWork
  ) -> [HTMLNode] {
    var inliner = StyleInliner(tree: HTMLTree(nodes), rules: CSSRule.rules(in: css), work)
    inliner.applyRules()
    inliner.writeStyles()
    undecided = inliner.undecided
    return inliner.tree.nodes
  }

  private init(tree: HTMLTree, rules: [CSSRule], _ work: MatchingWork) {
    self.work = work
    self.tree = tree
    self.rules = rules
  }

  private mutating func applyRules() {
    var number = 0
    let visible = tree.elements.indices.filter { !Self.invisible.contains(tree.elements[$0].name) }
    for rule in rules {
      for text in rule.selectors {
        number += 1
        guard !work.isExhausted else { return }
        guard let selector = CSSSelector(text), !selector.isDynamic else { continue }
        var isUndecided = false
        let memo = HTMLTree.Memo(work)
        for element in visible {
          for form in tree.elements[element].forms.indices {
            switch tree.matches(selector, element: element, form: form, memo: memo) {
            case true:
              add(
                rule.declarations,
                specificity: [0] + selector.specificity,
                rule: number,
                to: Place(element: element, form: form)
              )
            case nil: isUndecided = true
            default: break
            }
          }
        }
        if isUndecided {
          undecided.append(CSSRule(selectors: [text], declarations: rule.declarations))
        }
      }
    }
  }

  private static let invisible: Set = [
    "head", "title", "base", "link", "style", "meta", "script", "noscript",
  ]

  private mutating func add(
    _ declarations: [CSSDeclaration],
    specificity: [Int],
    rule: Int,
    to place: Place
  ) {
    if styles[place] == nil {
      var style = ElementStyle()
      if let own = tree.elements[place.element].forms[place.form]["style"], !own.isEmpty {
        style.add(
          CSSDeclaration.declarations(inStyle: own),
          specificity: [1, 0, 0, 0],
          rule: 0
        )
      }
      styles[place] = style
      order.append(place)
    }
    styles[place]?.add(declarations, specificity: specificity, rule: rule)
  }

  private mutating func writeStyles() {
    var resolved: [Place: ElementStyle] = [:]
    for place in order {
      guard var style = styles[place] else { continue }
      style.mapValues { CSSVariables(of: place.element, in: self).resolved($0) }
      resolved[place] = style
      set("style", to: style.text, at: place)
    }
    for place in order {
      guard let style = resolved[place] else { continue }
      let name = tree.elements[place.element].name
      for dimension in ["width", "height"] where ["table", "td", "th", "img"].contains(name) {
        if let value = style.dimension(dimension, allowsPercentage: name != "img") {
          set(dimension, to: value, at: place)
        }
      }
      guard Self.tableElements.contains(name) else { continue }
      for (property, attribute) in Self.tableAttributes {
        if let value = style[property]?.asTableAttribute { set(attribute, to: value, at: place) }
      }
    }
  }

  private mutating func set(_ name: String, to value: PatchedText?, at place: Place) {
    guard let value else { return }
    tree.set(name, to: value, element: place.element, form: place.form)
  }

  /// The value of a custom property at an element: its own, or that of the nearest ancestor that a rule
  /// selected.
  fileprivate func variable(_ name: String, at element: Int) -> PatchedText? {
    var next: Int? = element
    while let index = next {
      for form in tree.elements[index].forms.indices {
        if let value = styles[Place(element: index, form: form)]?[name] { return value }
      }
      next = tree.elements[index].parent
    }
    return nil
  }

  private static let tableElements: Set = [
    "table", "th", "tr", "td", "caption", "colgroup", "col", "thead", "tbody", "tfoot",
  ]
  private static let tableAttributes = [
    ("background-color", "bgcolor"), ("background-image", "background"), ("text-align", "align"),
    ("vertical-align", "valign"),
  ]
}

/// The declarations of one element, as they add up.
private struct ElementStyle {
  private struct Declaration {
    var property: String
    var value: PatchedText
    /// Specificity with what an attribute and `!important` add in the first place, then the position.
    var weight: [Int]
    var rule: Int
  }

  /// By property, in the order in which they were set last; more than one where a rule has it twice.
  private var entries: [[Declaration]] = []

  mutating func add(_ declarations: [CSSDeclaration], specificity: [Int], rule: Int) {
    for declaration in declarations {
      var value = declaration.value
      var weight = specificity + [declaration.position]
      if value.dropImportant() { weight[0] += 2 }
      let new = Declaration(
        property: declaration.property,
        value: value,
        weight: weight,
        rule: rule
      )
      guard !new.property.isEmpty,
        let index = entries.firstIndex(where: { $0[0].property == new.property })
      else {
        entries.append([new])
        continue
      }
      let old = entries[index][0]
      if new.weight.lexicographicallyPrecedes(old.weight) { continue }
      if old.rule == new.rule {
        entries[index].insert(new, at: 0)
      } else {
        entries.remove(at: index)
        entries.append([new])
      }
    }
  }

  mutating func mapValues(_ transform: (PatchedText) -> PatchedText) {
    for index in entries.indices {
      for place in entries[index].indices {
        entries[index][place].value = transform(entries[index][place].value)
      }
    }
  }

  subscript(property: String) -> PatchedText? {
    entries.first { $0[0].property == property }?[0].value
  }

  /// The `style` attribute; nil where there is nothing to say.
  var text: PatchedText? {
    let sorted = entries.joined().enumerated().sorted { a, b in
      a.element.weight == b.element.weight
        ? a.offset < b.offset : a.element.weight.lexicographicallyPrecedes(b.element.weight)
    }
    var text = PatchedText()
    for (_, declaration) in sorted
    where declaration.property != "content" && !declaration.property.hasPrefix("--") {
      if !text.isEmpty { text.append(UInt8(ascii: " ")) }
      if !declaration.property.isEmpty {
        text.append(.bytes(Array("\(declaration.property): ".utf8)))
      }
      text.append(
        declaration.value.mapBytes { $0 == UInt8(ascii: "\"") ? UInt8(ascii: "'") : $0 }
      )
      text.append(UInt8(ascii: ";"))
    }
    return text.isEmpty ? nil : text
  }

  /// The value of the attribute `width` or `height`; nil where the style gives none.
  func dimension(_ name: String, allowsPercentage: Bool) -> PatchedText? {
    guard let value = self[name] else { return nil }
    if let start = value.bytes.firstRange(of: "px") {
      var result = value[0..<start]
      result.append(value[(start + 2)..<value.bytes.count])
      return result
    }
    if allowsPercentage, value.bytes.contains(UInt8(ascii: "%")) { return value }
    return value.bytes.firstRange(of: "auto") != nil ? value : nil
  }
}

extension PatchedText {
  /// As an attribute of a table has it: of an image its URL alone; nil for a gradient, which no attribute
  /// can say.
  fileprivate var asTableAttribute: PatchedText? {
    let lowercased = bytes.map(\.lowercased)
    if lowercased.firstRange(of: "linear-gradient(") != nil
      || lowercased.firstRange(of: "radial-gradient(") != nil
    {
      return nil
    }
    guard bytes.starts(with: "url(".utf8), bytes.last == UInt8(ascii: ")") else { return self }
    let inner = self[4..<(bytes.count - 1)]
    guard let quote = inner.bytes.first else { return self }
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    if isQuoted, inner.bytes.count < 3 || inner.bytes.last != quote { return self }
    let url = isQuoted ? inner[1..<(inner.bytes.count - 1)] : inner
    let hasQuotes = url.bytes.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
    return hasQuotes ? self : url
  }

  /// Takes `!important` off the end; whether it was there.
  fileprivate mutating func dropImportant() -> Bool {
    let important = "!important".utf8
    guard bytes.suffix(important.count).elementsEqual(important) else { return false }
    self = self[0..<(bytes.count - important.count)].trimmed
    return true
  }
}

extension [UInt8] {
  /// Where a text starts for the first time.
  fileprivate func firstRange(of text: String) -> Int? {
    indices.first { self[$0...].starts(with: text.utf8) }
  }
}

/// Puts the values of custom properties in place of `var(…)`.
private struct CSSVariables {
  let element: Int
  let inliner: StyleInliner
  /// Properties that refer to each other in a circle end here.
  private let maximumDepth = 16
  /// How many references of one value are followed; more make only size.
  private let maximumReferences = 256

  init(of element: Int, in inliner: StyleInliner) {
    self.element = element
    self.inliner = inliner
  }

  func resolved(_ value: PatchedText) -> PatchedText {
    var references = 0
    return resolved(value, depth: 0, &references)
  }

  private func resolved(
    _ value: PatchedText,
    depth: Int,
    _ references: inout Int
  ) -> PatchedText {
    references += 1
    guard depth < maximumDepth, references < maximumReferences,
      let start = value.bytes.firstRange(of: "var("),
      let end = closing(in: value.bytes, from: start + 4)
    else { return value }
    let content = value[(start + 4)..<end]
    let comma = content.bytes.firstIndex(of: UInt8(ascii: ","))
    let name = content[0..<(comma ?? content.bytes.count)].trimmed.known ?? ""
    let fallback = comma.map { content[($0 + 1)..<content.bytes.count].trimmed }
    guard let replacement = inliner.variable(name, at: element) ?? fallback else { return value }
    var result = value[0..<start]
    result.append(resolved(replacement, depth: depth + 1, &references))
    result.append(resolved(value[(end + 1)..<value.bytes.count], depth: depth + 1, &references))
    return result
  }

  private func closing(in bytes: [UInt8], from start: Int) -> Int? {
    var depth = 0
    for index in start..<bytes.count {
      if bytes[index] == UInt8(ascii: "(") { depth += 1 }
      if bytes[index] == UInt8(ascii: ")") {
        if depth == 0 { return index }
        depth -= 1
      }
    }
    return nil
  }
}
