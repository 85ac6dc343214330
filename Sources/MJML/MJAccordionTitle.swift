package import LetterpressMarkup

/// `mj-accordion-title`: what is seen of a folded element.
package enum MJAccordionTitle {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion-title",
    content: .raw,
    summary: "The title of an mj-accordion-element",
    attributes: [
      .color(.backgroundColor),
      .color(.color),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontFamily),
      .string(.fontWeight),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "16px"),
    ]
  )
}
