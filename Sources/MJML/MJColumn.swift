package import LetterpressMarkup

/// `mj-column`: a column of a section; its content stands one below the other.
package enum MJColumn {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-column",
    content: .flow,
    summary: "A column of content; columns stack on narrow screens",
    attributes: [
      .color(.backgroundColor),
      .string(.border),
      .string(.borderBottom),
      .string(.borderLeft),
      .string(.borderRadius),
      .string(.borderRight),
      .string(.borderTop),
      .choice(.direction, ["ltr", "rtl"], default: "ltr"),
      .color(.innerBackgroundColor),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"]),
      .string(.innerBorder),
      .string(.innerBorderBottom),
      .string(.innerBorderLeft),
      .string(.innerBorderRadius),
      .string(.innerBorderRight),
      .string(.innerBorderTop),
      .length(.padding, ["px", "%"], upTo: 4, role: .layout),
      .choice(.verticalAlign, ["top", "bottom", "middle"], default: "top"),
      .length(.width, ["px", "%"], role: .layout),
    ]
  )
}
