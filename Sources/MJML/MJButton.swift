package import LetterpressMarkup

/// `mj-button`: a link that looks like a button in every client.
package enum MJButton {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-button",
    content: .raw,
    summary: "A button: a link with a background",
    attributes: [
      .choice(.align, ["left", "center", "right"], default: "center"),
      .color(.backgroundColor, default: "#414141"),
      .string(.borderBottom),
      .string(.borderLeft),
      .string(.borderRadius, default: "3px"),
      .string(.borderRight),
      .string(.borderTop),
      .string(.border, default: "none"),
      .color(.color, default: "#ffffff"),
      .color(.containerBackgroundColor),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontStyle),
      .string(.fontWeight, default: "normal"),
      .length(.height, ["px", "%"]),
      .string(.href, role: .url),
      .string(.name),
      .string(.title),
      .length(.innerPadding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .signedLength(.letterSpacing, ["px", "em"]),
      .length(.lineHeight, ["px", "%", ""], default: "120%"),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .string(.rel),
      .string(.target, default: "_blank"),
      .string(.textDecoration, default: "none"),
      .string(.textTransform, default: "none"),
      .choice(.verticalAlign, ["top", "bottom", "middle"], default: "middle"),
      .choice(.textAlign, ["left", "right", "center"]),
      .length(.width, ["px", "%"], role: .layout),
    ]
  )
}
