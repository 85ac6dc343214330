package import LetterpressMarkup

/// `mj-text`: text with HTML in it.
package enum MJText {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-text",
    content: .raw,
    summary: "Text, with HTML in it",
    attributes: [
      .choice(.align, ["left", "right", "center", "justify"], default: "left"),
      .color(.backgroundColor),
      .color(.color, default: "#000000"),
      .color(.containerBackgroundColor),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontStyle),
      .string(.fontWeight),
      .length(.height, ["px", "%"]),
      .signedLength(.letterSpacing, ["px", "em"]),
      .length(.lineHeight, ["px", "%", ""], default: "1"),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .string(.textDecoration),
      .string(.textTransform),
      .choice(.verticalAlign, ["top", "bottom", "middle"]),
    ]
  )
}
