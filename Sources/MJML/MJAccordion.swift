package import LetterpressMarkup

/// `mj-accordion`: titles that unfold their text on a click.
package enum MJAccordion {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion",
    content: .elements(["mj-accordion-element", "mj-raw"]),
    summary: "Titles that unfold a text on a click",
    attributes: [
      .color(.containerBackgroundColor),
      .string(.border, default: "2px solid black"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .choice(.iconAlign, ["top", "middle", "bottom"], default: "middle"),
      .length(.iconWidth, ["px", "%"], default: "32px"),
      .length(.iconHeight, ["px", "%"], default: "32px"),
      .string(.iconWrappedURL, default: "https://i.imgur.com/bIXv1bk.png", role: .url),
      .string(.iconWrappedAlt, default: "+"),
      .string(.iconUnwrappedURL, default: "https://i.imgur.com/w4uTygT.png", role: .url),
      .string(.iconUnwrappedAlt, default: "-"),
      .choice(.iconPosition, ["left", "right"], default: "right", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
    ]
  )
}
