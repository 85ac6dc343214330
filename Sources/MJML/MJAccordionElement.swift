package import LetterpressMarkup

/// `mj-accordion-element`: a title with its text.
package enum MJAccordionElement {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion-element",
    content: .elements(["mj-accordion-title", "mj-accordion-text", "mj-raw"]),
    summary: "A title with its text in mj-accordion",
    attributes: [
      .color(.backgroundColor),
      .string(.border),
      .string(.fontFamily),
      .choice(.iconAlign, ["top", "middle", "bottom"]),
      .length(.iconWidth, ["px", "%"]),
      .length(.iconHeight, ["px", "%"]),
      .string(.iconWrappedURL, role: .url),
      .string(.iconWrappedAlt),
      .string(.iconUnwrappedURL, role: .url),
      .string(.iconUnwrappedAlt),
      .choice(.iconPosition, ["left", "right"], role: .layout),
    ]
  )
}
