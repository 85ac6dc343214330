package import LetterpressMarkup

/// `mj-table`: a table of data, its rows written in HTML.
package enum MJTable: Component {
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
      .color(.darkBorderColor, role: .layout),
      .color(.darkColor, role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html += "<table"
    html.attributes([.cellpadding, .cellspacing, .role], of: element)
    html.attribute("width", text: try width(of: element, in: &context))
    html.attribute(
      "class",
      text: try context.darkClass(
        of: element,
        [("border-color", .darkBorderColor), ("color", .darkColor)]
      )
    )
    html += " border=\"0\" style=\""
    context.head.use(family: element[.fontFamily])
    html.declarations(properties, of: element)
    if try hasCellSpacing(element, in: &context) { html += "border-collapse:separate;" }
    html += "\">"
    html += context.content(of: element)
    html += "</table>"
  }

  private static func width(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> String {
    let text = try context.text(.width, of: element) ?? ""
    if text == "auto" { return text }
    let width = Length(text, keepsDecimals: false)
    return width.unit == .percent ? text : JSNumber.text(width.value)
  }

  private static func hasCellSpacing(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> Bool {
    guard let text = try context.text(.cellspacing, of: element) else { return false }
    let digits = text.utf8.filter { isDigit($0) || $0 == UInt8(ascii: ".") }
    return JSNumber.decimal(String(decoding: digits, as: UTF8.self)) > 0
  }

  private static let properties: [AttributeName] = [
    .color, .fontFamily, .fontSize, .lineHeight, .tableLayout, .width, .border,
  ]
}
