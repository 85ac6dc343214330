package import LetterpressMarkup

/// `mj-divider`: a horizontal line.
package enum MJDivider {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-divider",
    content: .empty,
    summary: "A horizontal line",
    attributes: [
      .color(.borderColor, default: "#000000"),
      .string(.borderStyle, default: "solid"),
      .length(.borderWidth, ["px"], default: "4px"),
      .color(.containerBackgroundColor),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"]),
      .length(.width, ["px", "%"], default: "100%", role: .layout),
      .choice(.align, ["left", "center", "right"], default: "center", role: .layout),
    ]
  )
}
