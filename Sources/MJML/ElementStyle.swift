/// The declarations of one element, as they add up.
struct ElementStyle {
  /// What decides between two declarations of one property.
  private struct Weight: Comparable {
    /// 1 for the element's own, 2 more with `!important`.
    var precedence: Int
    var specificity = CSSSelector.Specificity()
    var position: Int

    static func < (a: Self, b: Self) -> Bool {
      (a.precedence, a.specificity, a.position) < (b.precedence, b.specificity, b.position)
    }
  }

  private struct Entry {
    var property: CSSProperty
    var value: PatchedText
    var weight: Weight
    var rule: Int
  }

  /// In the order in which their properties were set last; those of one property, of which a rule may have
  /// several, stand together, the heaviest first.
  private var entries: [Entry] = []

  /// How many declarations it has.
  var count: Int { entries.count }

  /// Adds the declarations of the element's own `style`.
  mutating func add(ownDeclarations declarations: [CSSDeclaration]) {
    add(declarations, precedence: 1, CSSSelector.Specificity(), rule: 0)
  }

  /// Adds those of a rule that selects the element; rules are counted from 1.
  mutating func add(
    _ declarations: [CSSDeclaration],
    _ specificity: CSSSelector.Specificity,
    rule: Int
  ) {
    add(declarations, precedence: 0, specificity, rule: rule)
  }

  private mutating func add(
    _ declarations: [CSSDeclaration],
    precedence: Int,
    _ specificity: CSSSelector.Specificity,
    rule: Int
  ) {
    for declaration in declarations {
      let new = Entry(
        property: declaration.property,
        value: declaration.plainValue,
        weight: Weight(
          precedence: declaration.isImportant ? precedence + 2 : precedence,
          specificity: specificity,
          position: declaration.position
        ),
        rule: rule
      )
      guard new.property != .none, let index = firstIndex(of: new.property) else {
        entries.append(new)
        continue
      }
      if new.weight < entries[index].weight { continue }
      if entries[index].rule == rule {
        entries.insert(new, at: index)
      } else {
        var end = index + 1
        while end < entries.count, entries[end].property == new.property { end += 1 }
        entries.removeSubrange(index..<end)
        entries.append(new)
      }
    }
  }

  private func firstIndex(of property: CSSProperty) -> Int? {
    entries.firstIndex { $0.property == property }
  }

  /// The same with the values of custom properties in place of `var(…)`.
  func resolvingVariables(_ variables: CSSVariables) -> ElementStyle {
    var style = self
    for index in entries.indices where entries[index].value.bytes.firstVariable != nil {
      style.entries[index].value = variables.resolved(entries[index].value)
    }
    return style
  }

  /// The value of a property; nil where nothing declares it.
  subscript(property: CSSProperty) -> PatchedText? {
    firstIndex(of: property).map { entries[$0].value }
  }

  /// The `style` attribute; nil where there is nothing to say.
  var text: PatchedText? {
    let order = entries.indices.sorted { a, b in
      let (first, second) = (entries[a].weight, entries[b].weight)
      return first == second ? a < b : first < second
    }
    var text = PatchedText()
    for index in order {
      let property = entries[index].property
      if property == Self.content || property.isCustom { continue }
      if !text.isEmpty { text.append(UInt8(ascii: " ")) }
      if property != .none {
        text.append(bytes: property.name)
        text.append(bytes: ": ".utf8)
      }
      text.append(
        entries[index].value,
        replacing: UInt8(ascii: "\""),
        by: UInt8(ascii: "'")
      )
      text.append(UInt8(ascii: ";"))
    }
    return text.isEmpty ? nil : text
  }

  private static let content = CSSProperty("content")

  /// The value of the attribute `width` or `height`; nil where the style gives none.
  func dimension(_ property: CSSProperty, allowsPercentage: Bool) -> PatchedText? {
    guard let value = self[property] else { return nil }
    let bytes = value.bytes
    if let start = bytes.firstPlace(of: "px") {
      var result = value[0..<start]
      result.append(value[(start + 2)..<bytes.count])
      return result
    }
    if allowsPercentage, bytes.contains(UInt8(ascii: "%")) { return value }
    return bytes.firstPlace(of: "auto") != nil ? value : nil
  }
}

extension PatchedText {
  /// As an attribute of a table has it: of an image its URL alone; nil for a gradient, which no attribute
  /// can say.
  var asTableAttribute: PatchedText? {
    guard bytes.contains(UInt8(ascii: "(")) else { return self }
    let lowercased = bytes.map(\.lowercased)
    if lowercased.firstPlace(of: "linear-gradient(") != nil
      || lowercased.firstPlace(of: "radial-gradient(") != nil
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
}

/// Puts the values of custom properties in place of `var(…)`.
struct CSSVariables {
  private let element: Int
  private let inliner: StyleInliner
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
      let start = value.bytes.firstVariable,
      let end = closing(in: value.bytes, from: start + 4)
    else { return value }
    let content = start + 4..<end
    let comma = value.bytes[content].firstIndex(of: UInt8(ascii: ","))
    let name = value.trimmed(content.lowerBound..<(comma ?? end))
    let fallback = comma.map { value[value.trimmed($0 + 1..<end)] }
    guard
      let replacement = inliner.variable(CSSProperty(value.bytes[name]), at: element) ?? fallback
    else { return value }
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

extension [UInt8] {
  /// Where the first `var(` starts.
  fileprivate var firstVariable: Int? { firstPlace(of: "var(") }

  /// Where a text starts for the first time.
  fileprivate func firstPlace(of text: String) -> Int? {
    let text = text.utf8.span
    guard text.count > 0, count >= text.count else { return nil }
    for start in 0...(count - text.count) where self[start] == text[0] {
      if text.indices.allSatisfy({ self[start + $0] == text[$0] }) { return start }
    }
    return nil
  }
}
