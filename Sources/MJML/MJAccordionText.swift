package import LetterpressMarkup

/// `mj-accordion-text`: what a click on the title unfolds.
package enum MJAccordionText {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion-text",
    content: .raw,
    summary: "The text of an mj-accordion-element",
    attributes: [
      .color(.backgroundColor),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontFamily),
      .string(.fontWeight),
      .signedLength(.letterSpacing, ["px", "em"]),
      .length(.lineHeight, ["px", "%", ""], default: "1"),
      .color(.color),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "16px"),
    ]
  )
}
