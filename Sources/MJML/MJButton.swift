package import LetterpressMarkup

/// `mj-button`: a link that looks like a button in every client.
package enum MJButton: Component {
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
      .color(.darkBackgroundColor, role: .layout),
      .color(.darkColor, role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
      .color(.darkBorderColor, role: .layout),
      .color(.darkBorderBottomColor, role: .layout),
      .color(.darkBorderLeftColor, role: .layout),
      .color(.darkBorderRightColor, role: .layout),
      .color(.darkBorderTopColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    let tag = try context.isSet(.href, of: element) ? "a" : "p"
    let background = element[.backgroundColor]
    html +=
      "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"border-collapse:separate;"
    html.declaration("width", element[.width])
    html += "line-height:100%;\"><tbody><tr><td align=\"center\""
    if background?.known != "none" { html.attribute("bgcolor", background) }
    html += " role=\"presentation\""
    html.attribute("class", text: try context.darkClass(of: element, cellDark))
    html += " style=\""
    html.declarations(cellBorders, of: element)
    html += "cursor:auto;"
    html.declarations([.fontStyle, .height], of: element)
    html.declaration("mso-padding-alt", element[.innerPadding])
    html.declaration("text-align", element[.textAlign])
    html.declaration("background", background)
    html += "\""
    html.attribute("valign", element[.verticalAlign])
    html += "><"
    html.append(tag)
    html.attributes([.href, .name, .rel, .title], of: element)
    html.attribute("class", text: try context.darkClass(of: element, linkDark))
    html += " style=\"display:inline-block;"
    if let width = try linkWidth(of: element, in: &context) {
      html.declaration("width", text: width)
    }
    html.declaration("background", background)
    context.head.use(family: element[.fontFamily])
    html.declarations(fontProperties, of: element)
    html += "margin:0;"
    html.declarations([.textDecoration, .textTransform], of: element)
    html.declaration("padding", element[.innerPadding])
    html += "mso-padding-alt:0px;"
    html.declaration("border-radius", element[.borderRadius])
    html += "\""
    if tag == "a" { html.attribute("target", element[.target]) }
    html += "> "
    html += context.content(of: element)
    html += " </"
    html.append(tag)
    html += "> </td></tr></tbody></table>"
  }

  /// A width in pixels without the inner paddings and borders.
  ///
  /// Nil for percentages, which depend on the text.
  private static func linkWidth(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> String? {
    guard let text = try context.setText(.width, of: element) else { return nil }
    let width = Length(text, keepsDecimals: false)
    guard width.unit == .pixels else { return nil }
    let borders = try context.horizontalBorder(of: element)
    let paddings =
      try context.shorthand(.innerPadding, own: .innerPaddingLeft, .left, of: element)
      + context.shorthand(.innerPadding, own: .innerPaddingRight, .right, of: element)
    return JSNumber.text(width.value - paddings - borders) + "px"
  }

  private static let cellDark =
    [(property: "background-color", name: AttributeName.darkBackgroundColor)] + .darkBorder
  private static let linkDark: [(property: String, name: AttributeName)] = [
    ("background", .darkBackgroundColor), ("background-color", .darkBackgroundColor),
    ("color", .darkColor),
  ]

  private static let cellBorders: [AttributeName] = [
    .border, .borderBottom, .borderLeft, .borderRadius, .borderRight, .borderTop,
  ]
  private static let fontProperties: [AttributeName] = [
    .color, .fontFamily, .fontSize, .fontStyle, .fontWeight, .lineHeight, .letterSpacing,
  ]
}
