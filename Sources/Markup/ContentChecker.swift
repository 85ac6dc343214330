package import LetterpressDiagnostics

/// How strictly a template is held against the catalogue; MJML's three levels.
package enum ValidationLevel: String, Sendable, CaseIterable {
  /// Mistakes are warnings: unknown elements and attributes are ignored, as MJML does by default.
  case soft
  /// Mistakes are errors.
  case strict
  /// Nothing is looked at.
  case skip
}

/// Holds a tree against the catalogue: which elements there are, where they stand, what they take.
///
/// One finding for each mistake, at the exact place, in the author's words. The grammar says no to the
/// same trees; what it refuses and nothing here explains gets a finding of its own, so that nothing
/// passes unseen.
package struct ContentChecker: Sendable {
  let catalog: ComponentCatalog
  private var level: ValidationLevel
  /// The elements that may be the one of a file.
  private let rootNames: [String]
  private let elements: CheckedElements

  package init(catalog: ComponentCatalog, level: ValidationLevel = .strict) {
    self.catalog = catalog
    self.level = level
    rootNames = catalog.rootNames
    elements = CheckedElements(catalog)
  }

  /// Whether it finds nothing, whatever it is given.
  package var isIdle: Bool { level == .skip }

  /// The same at another level.
  package func at(_ level: ValidationLevel) -> ContentChecker {
    var checker = self
    checker.level = level
    return checker
  }

  /// Checks a tree; `violations` is what the grammar said about it.
  ///
  /// Pass the element that includes a fragment as `parent`, for its children to be held against it.
  package func check(
    _ document: Document,
    in file: SourceFile,
    violations: [GrammarViolation] = [],
    within parent: String? = nil
  ) -> [Diagnostic] {
    guard level != .skip else { return [] }
    var check = Check(catalog: catalog, elements: elements, bytes: file.bytes)
    if let parent {
      check.checkChildren(document.nodes, of: elements.name(parent).flatMap { elements[$0] })
    } else {
      check.checkRoot(document.nodes, rootNames: rootNames)
    }
    check.explain(violations)
    guard level == .soft else { return check.diagnostics }
    return check.diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.severity = .warning
      return diagnostic
    }
  }
}

/// One check of one tree.
///
/// Recursion is bounded by the depth that the parser allows.
private struct Check {
  let catalog: ComponentCatalog
  let elements: CheckedElements
  let bytes: [UInt8]
  var diagnostics: [Diagnostic] = []

  // MARK: - Elements

  mutating func checkRoot(_ nodes: [MarkupNode], rootNames: [String]) {
    for node in nodes {
      switch node {
      case .element(let element):
        if catalog[element.name] != nil, !rootNames.contains(element.name) {
          diagnostics.append(.wrongRoot(element.name, at: element.nameRange, expected: rootNames))
        }
        check(element, within: nil)
      case .liquid, .comment, .text: break
      }
    }
  }

  mutating func checkChildren(_ nodes: [MarkupNode], of parent: CheckedElements.Known?) {
    var reportedText = false
    for node in nodes {
      switch node {
      case .element(let element): check(element, within: parent)
      case .text(let range):
        // Text around a tag is one mistake.
        if let parent, !reportedText { reportText(at: range, in: parent.declaration.name) }
        reportedText = true
      case .liquid, .comment: break
      }
    }
  }

  private mutating func check(_ element: Element, within parent: CheckedElements.Known?) {
    // Tags in upper case stand for those in lower case.
    let number =
      elements.name(element.nameRange.bounds, of: bytes) ?? elements.name(element.name)
    guard let number, let known = elements[number] else {
      reportUnknown(element, within: parent?.declaration)
      return checkInUnknown(element.children)
    }
    if let parent, !parent.mayHold(number) {
      diagnostics.append(
        .elementNotAllowed(
          element.name,
          at: element.nameRange,
          in: parent.declaration.name,
          isEmpty: parent.declaration.content.isEmpty,
          parents: shownParents(of: element.name)
        )
      )
    }
    checkAttributes(of: element, known)
    if !element.children.isEmpty, !known.declaration.content.isRaw {
      checkChildren(element.children, of: known)
    }
  }

  /// Within an unknown element only what is known is looked at: everything else would be a consequence.
  private mutating func checkInUnknown(_ nodes: [MarkupNode]) {
    for case .element(let child) in nodes {
      if catalog[child.name] != nil {
        check(child, within: nil)
      } else {
        if child.name.utf8.contains(UInt8(ascii: "-")) { reportUnknown(child, within: nil) }
        checkInUnknown(child.children)
      }
    }
  }

  private mutating func reportUnknown(_ element: Element, within parent: ComponentDeclaration?) {
    let near =
      suggestion(for: element.name, among: parent?.childNames ?? [])
      ?? suggestion(for: element.name, among: catalog.components.keys)
    var edits: [Diagnostic.FixIt.Edit] = []
    if let near {
      edits.append(.init(element.nameRange, near))
      let end = element.endTag
      if !end.isEmpty {
        let name = SourceRange(
          file: end.file,
          start: end.start + 2,
          end: end.start + 2 + element.name.utf8.count
        )
        edits.append(.init(name, near))
      }
    }
    let isHTML = !element.name.utf8.contains(UInt8(ascii: "-"))
    diagnostics.append(
      .unknownElement(
        element.name,
        at: element.nameRange,
        near: near,
        edits: edits,
        textElement: isHTML ? parent.flatMap { textElement(in: $0.name) } ?? "mj-raw" : nil
      )
    )
  }

  /// Where an element may stand.
  ///
  /// The elements that hold nearly everything (`mj-attributes`, slots) are no help and are left
  /// out, if others remain.
  private func shownParents(of name: String) -> [String] {
    let parents = catalog.parents(of: name)
    let telling = parents.filter { (catalog[$0]?.childNames.count ?? 0) <= 16 }
    return telling.isEmpty ? parents : telling
  }

  // MARK: - Text

  private mutating func reportText(at range: SourceRange, in name: String) {
    diagnostics.append(.textNotAllowed(at: range, in: name, textElement: textElement(in: name)))
  }

  /// An element for text that may stand in an element of this name.
  private func textElement(in name: String) -> String? {
    let raw = (catalog[name]?.childNames ?? []).filter { catalog[$0]?.content.isRaw == true }
    return ["-text", "-raw"].lazy.compactMap { suffix in raw.sorted().first { $0.hasSuffix(suffix) }
    }
    .first
  }

  // MARK: - Attributes

  private mutating func checkAttributes(of element: Element, _ known: CheckedElements.Known) {
    for attribute in element.attributes {
      let own = elements.name(attribute.nameRange.bounds, of: bytes).flatMap(known.kind)
      let others = own == nil ? known.defaults[attribute.name] ?? [] : []
      guard let kind = own ?? others.first?.kind else {
        if known.declaration.holdsDefaults || !known.declaration.takesAnyAttribute {
          reportUnknown(attribute, of: known.declaration)
        }
        continue
      }
      if case .string = kind { continue }
      let value = bytes[attribute.value.bounds]
      // A default for many elements is right if it is for one of them.
      guard let mistake = kind.mistake(in: value), !holdsLiquid(value),
        others.allSatisfy({ $0.kind.mistake(in: value) != nil })
      else { continue }
      diagnostics.append(
        .attributeValue(mistake, attribute, kind, String(decoding: value, as: UTF8.self))
      )
    }
    for declared in known.required where element.attribute(declared.name) == nil {
      diagnostics.append(
        .missingAttribute(declared.name, of: element.name, at: element.nameRange)
      )
    }
  }

  private mutating func reportUnknown(_ attribute: Attribute, of declaration: ComponentDeclaration)
  {
    let names = catalog.attributeNames(in: declaration)
    let lower = attribute.name.lowercased()
    let near =
      names.contains(lower) ? lower : suggestion(for: attribute.name, among: names)
    diagnostics.append(
      .unknownAttribute(
        attribute.name,
        of: declaration.name,
        known: names,
        at: attribute.nameRange,
        near: near
      )
    )
  }

  private func holdsLiquid(_ value: ArraySlice<UInt8>) -> Bool {
    var index = value.startIndex
    while index + 1 < value.endIndex {
      if value[index] == UInt8(ascii: "{"),
        value[index + 1] == UInt8(ascii: "{") || value[index + 1] == UInt8(ascii: "%")
      {
        return true
      }
      index += 1
    }
    return false
  }

  // MARK: - The grammar

  /// Gives each violation that nothing found so far lies in a finding of its own.
  ///
  /// libxml2 reports a mistake at its element or at a sibling, and once more at elements around it.
  mutating func explain(_ violations: [GrammarViolation]) {
    for violation in violations.sorted(by: { $0.range.bounds.count < $1.range.bounds.count }) {
      let isExplained = diagnostics.contains {
        violation.surroundings.bounds.contains($0.primary.range.start)
      }
      if !isExplained { diagnostics.append(.grammarViolation(violation)) }
    }
    diagnostics = diagnostics.enumerated().sorted {
      ($0.element.primary.range.start, $0.offset) < ($1.element.primary.range.start, $1.offset)
    }.map(\.element)
  }
}
