package import LetterpressMarkup

/// `mj-html-attributes`: attributes to set on elements of the resulting HTML, found by CSS selectors.
package enum MJHTMLAttributes {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-html-attributes",
    content: .elements(["mj-selector"]),
    summary: "Attributes set on the resulting HTML, by CSS selectors"
  )

  /// `mj-selector`: the elements that get the attributes.
  package static let selector = ComponentDeclaration(
    name: "mj-selector",
    content: .elements(["mj-html-attribute"]),
    attributes: [.string(.path, role: .layout)],
    summary: "The elements of the resulting HTML that get attributes"
  )

  /// `mj-html-attribute`: an attribute's name, and its value as content.
  package static let attribute = ComponentDeclaration(
    name: "mj-html-attribute",
    content: .raw,
    attributes: [.string(.name, role: .layout)],
    summary: "An attribute to set, with its value as content"
  )
}
