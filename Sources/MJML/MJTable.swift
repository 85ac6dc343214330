package import LetterpressMarkup

/// `mj-table`: a table of data, its rows written in HTML.
package enum MJTable {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-table",
    content: .raw,
    summary: "A table of data, with HTML rows",
    attributes: [
      .choice(.align, ["left", "right", "center"], default: "left"),
      .string(.border, default: "none"),
      .integer(.cellpadding, default: "0"),
      .integer(.cellspacing, default: "0", role: .layout),
      .color(.containerBackgroundColor),
      .color(.color, default: "#000000"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontWeight),
      .length(.lineHeight, ["px", "%", ""], default: "22px"),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .choice(.role, ["none", "presentation"]),
      .choice(.tableLayout, ["auto", "fixed", "initial", "inherit"], default: "auto"),
      .choice(.verticalAlign, ["top", "bottom", "middle"]),
      .length(.width, ["px", "%", "auto"], default: "100%", role: .layout),
    ]
  )
}
