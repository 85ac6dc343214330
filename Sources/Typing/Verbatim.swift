import LetterpressDiagnostics
package import LetterpressMarkup

extension TypedElement {
  /// The tree of a template whose Liquid is kept as it stands (`letterpress compile`).
  ///
  /// Liquid in texts and attributes is text; between elements it is a raw sibling, as an mj-raw around it
  /// would be. Text between elements means nothing and is left out, as MJML does.
  package convenience init(verbatim element: Element) {
    self.init(
      name: element.name,
      attributes: element.attributes.map { attribute in
        TypedAttribute(
          name: attribute.name,
          nameRange: attribute.nameRange,
          text: attribute.value
        )
      },
      children: element.children.compactMap { node in
        switch node {
        case .element(let child): .element(TypedElement(verbatim: child))
        case .liquid(let range): .raw(range)
        case .comment(let range): .raw(range)
        case .text: nil
        }
      },
      content: element.content.map { $0.isEmpty ? [] : [.text($0)] },
      range: element.range,
      startTag: element.startTag,
      nameRange: element.nameRange,
      inclusion: element.inclusion
    )
  }
}
