package import LetterpressMarkup

/// `mj-divider`: a horizontal line.
package enum MJDivider: Component {
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
      .color(.darkBorderColor, role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    let margin =
      switch try context.text(.align, of: element) {
      case "left": "0px"
      case "right": "0px 0px 0px auto"
      default: "0px auto"
      }
    var line: HTMLFragment = "border-top:"
    line.append(element[.borderStyle] ?? "")
    line += " "
    line.append(element[.borderWidth] ?? "")
    line += " "
    line.append(element[.borderColor] ?? "")
    line += ";font-size:1px;margin:\(margin);"
    let outlookWidth = try outlookWidth(of: element, in: &context)
    let dark = try context.darkClass(of: element, [("border-color", .darkBorderColor)])
    html += "<p"
    html.attribute("class", text: dark)
    html += " style=\""
    html += line
    html.declaration("width", element[.width])
    html += "\"></p>"
    html.startOutlook()
    html += "<table"
    html.attribute("align", element[.align])
    html += " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" style=\""
    html += line
    html.declaration("width", text: outlookWidth)
    html += "\" role=\"presentation\""
    html.attribute("width", text: outlookWidth)
    html += "><tr><td style=\"height:0;line-height:0;\"> &nbsp; </td></tr></table>"
    html.endOutlook()
  }

  private static func outlookWidth(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> String {
    let text = try context.text(.width, of: element) ?? ""
    let width = Length(text, keepsDecimals: false)
    if width.unit == .pixels { return text }
    var room = try element.inherited.containerWidth.integer - context.horizontalPadding(of: element)
    if room < 0 { room = 0 }
    return JSNumber.text(width.unit == .percent ? room * (width.value / 100) : room) + "px"
  }
}
