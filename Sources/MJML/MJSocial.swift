package import LetterpressMarkup

/// `mj-social`: a row or a column of links to social networks.
package enum MJSocial {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-social",
    content: .elements(["mj-social-element", "mj-raw"]),
    summary: "Links to social networks, with their icons",
    attributes: [
      .choice(.align, ["left", "right", "center"], default: "center"),
      .string(.border),
      .string(.borderRadius, default: "3px"),
      .color(.containerBackgroundColor),
      .color(.color, default: "#333333"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontStyle),
      .string(.fontWeight),
      .length(.iconSize, ["px", "%"], default: "20px", role: .layout),
      .length(.iconHeight, ["px", "%"]),
      .length(.iconPadding, ["px", "%"], upTo: 4),
      .length(.innerPadding, ["px", "%"], upTo: 4),
      .length(.lineHeight, ["px", "%", ""], default: "22px"),
      .choice(.mode, ["horizontal", "vertical"], default: "horizontal", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .choice(.tableLayout, ["auto", "fixed"]),
      .length(.textPadding, ["px", "%"], upTo: 4),
      .string(.textDecoration, default: "none"),
      .choice(.verticalAlign, ["top", "bottom", "middle"]),
    ]
  )
}
