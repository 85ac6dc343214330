package import LetterpressMarkup

/// `mj-text`: text with HTML in it.
package enum MJText: Component {
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
      .color(.darkColor, role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    let hasHeight = try context.isSet(.height, of: element)
    if hasHeight {
      // Word ignores the height of a div, but not that of a cell.
      html.startOutlook()
      html +=
        "<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr><td"
      html.attribute("height", element[.height])
      html += " style=\"vertical-align:top;"
      html.declaration("height", element[.height])
      html += "\">"
      html.endOutlook()
    }
    html += "<div"
    html.attribute("class", text: try context.darkClass(of: element, [("color", .darkColor)]))
    html += " style=\""
    context.head.use(family: element[.fontFamily])
    html.declarations(fontProperties, of: element)
    html.declaration("text-align", element[.align])
    html.declarations([.textDecoration, .textTransform, .color, .height], of: element)
    html += "\">"
    html += context.content(of: element)
    html += "</div>"
    if hasHeight {
      html.startOutlook()
      html += "</td></tr></table>"
      html.endOutlook()
    }
  }

  private static let fontProperties: [AttributeName] = [
    .fontFamily, .fontSize, .fontStyle, .fontWeight, .letterSpacing, .lineHeight,
  ]
}
