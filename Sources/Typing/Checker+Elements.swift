import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// Elements, their attributes and what they hold.
extension Checker {
  func element(_ element: Element, in region: Region, to result: inout [TypedNode]) {
    if LetterpressNames.isOurs(element.name) {
      if element.name == LetterpressNames.slot, case .block = scope.kind {
        result += slot(element)
        return
      }
      guard checkPlace(of: element, in: region) else { return }
    }
    if let block = input.blocks[element.name] {
      result += use(of: block, at: element)
      return
    }
    guard let roles = input.roles[element.name] else {
      result += unknownElement(element, in: region)
      return
    }
    let attributes = element.attributes.map { attribute in
      self.attribute(attribute, of: element, roles)
    }
    let typed = TypedElement(
      name: element.name,
      attributes: attributes,
      children: element.content == nil ? children(of: element) : [],
      content: element.content.map { content($0, of: element) },
      range: element.range,
      startTag: element.startTag,
      nameRange: element.nameRange,
      inclusion: element.inclusion
    )
    expansionSize += 1
    result.append(.element(typed))
  }

  /// Whether one of our own elements counts where it stands.
  private func checkPlace(of element: Element, in region: Region) -> Bool {
    switch element.name {
    case LetterpressNames.parameter, LetterpressNames.example:
      if case .layout = scope.kind { report(.misplacedElement(element, "a block's file")) }
      return false
    case LetterpressNames.fill:
      if input.blocks[region.element] == nil, region.element != LetterpressNames.example {
        report(.misplacedElement(element, "the use of a block"))
      }
    case LetterpressNames.slot: report(.misplacedElement(element, "a block"))
    default: if LetterpressNames.envelope.contains(element.name) { hasEnvelope = true }
    }
    return true
  }

  /// An element that there is not: the catalogue says so, and nothing more is known of what it takes.
  private func unknownElement(_ element: Element, in region: Region) -> [TypedNode] {
    if let near = suggestion(for: element.name, among: input.blocks.names) {
      usedBlocks.insert(near)
    }
    let attributes = muted {
      element.attributes.map { self.attribute($0, of: element, [:]) }
    }
    return [
      .element(
        TypedElement(
          name: element.name,
          attributes: attributes,
          children: element.content == nil ? children(of: element) : [],
          content: element.content.map { content($0, of: element) },
          range: element.range,
          startTag: element.startTag,
          nameRange: element.nameRange
        )
      )
    ]
  }

  /// What stands between an element's tags.
  func children(of element: Element) -> [TypedNode] {
    list(
      structure.children[element.range],
      in: Region(kind: .elements, children: element.children, element: element.name)
    )
  }

  private func content(_ range: SourceRange, of element: Element) -> [TypedNode] {
    guard !range.isEmpty else { return [] }
    var region = Region.text
    region.element = element.name
    region.findsMergeTags = findsMergeTags(in: element)
    let nodes = self.text(at: range, in: region)
    if LetterpressNames.headers.contains(element.name) {
      reportPersonalData(in: nodes, reaching: .header("<\(element.name)>"))
    }
    return nodes
  }

  // MARK: Attributes

  func attribute(
    _ attribute: Attribute,
    of element: Element,
    _ roles: [String: AttributeDeclaration.Role]
  ) -> TypedAttribute {
    var nodes: [TypedNode] = []
    if attribute.hasValue, !attribute.value.isEmpty {
      var region = Region.text
      region.element = element.name
      nodes = text(at: attribute.value, in: region)
      if !nodes.isText { check(nodes, of: attribute, of: element, roles[attribute.name]) }
    }
    return TypedAttribute(
      name: attribute.name,
      nameRange: attribute.nameRange,
      value: nodes,
      valueRange: attribute.value
    )
  }

  /// Whether what stands for an attribute's value may stand there.
  private func check(
    _ nodes: [TypedNode],
    of attribute: Attribute,
    of element: Element,
    _ role: AttributeDeclaration.Role?
  ) {
    switch role {
    case .layout?: checkLayoutValue(nodes, of: attribute, element)
    case .url?:
      checkURL(nodes)
      let isHeader = LetterpressNames.headers.contains(element.name)
      reportPersonalData(
        in: nodes,
        reaching: isHeader ? .header("<\(element.name)>") : .url(attribute.name)
      )
    case .value?, nil: break
    }
  }

  private func findsMergeTags(in element: Element) -> Bool {
    // CSS and what is copied as it stands may hold any brackets.
    !input.verbatimElements.contains(element.name) && !element.name.hasSuffix("style")
  }
}

/// The names of the elements that are ours.
enum LetterpressNames {
  static func isOurs(_ name: String) -> Bool { name.utf8.starts(with: "lp-".utf8) }

  static let block = "lp-block"
  /// Of any element of the body, and of the use of a block: what the text part says in its place.
  static let text = "lp-text"
  static let parameter = "lp-param"
  static let example = "lp-example"
  static let slot = "lp-slot"
  static let fill = "lp-fill"
  /// In the head, taken out for the message's own header and text part.
  static let envelope: Set<String> = [
    "lp-subject", "lp-from", "lp-reply-to", "lp-header", "lp-unsubscribe", "lp-text",
  ]
  /// Those whose value stands in a header field that servers on the way write down.
  static let headers: Set<String> = ["lp-from", "lp-reply-to", "lp-header", "lp-unsubscribe"]
}
