package import LetterpressMarkup

/// `mj-group`: columns that stay side by side on a phone.
package enum MJGroup: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-group",
    content: .elements(["mj-column", "mj-raw"]),
    summary: "Columns that stay side by side on narrow screens",
    attributes: [
      .color(.backgroundColor),
      .choice(.direction, ["ltr", "rtl"], default: "ltr"),
      .choice(.verticalAlign, ["top", "bottom", "middle"]),
      .length(.width, ["px", "%"], role: .layout),
      .color(.darkBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    let width = try ownWidth(of: element, in: &context)
    let kind = width.unit == .percent ? "per" : "px"
    let className = "mj-column-\(kind)-\(JSNumber.text(width.value.rounded(.towardZero)))"
    context.head.addMediaQuery(className, .width(width))
    html += "<div class=\""
    html.append(className)
    html += " mj-outlook-group-fix"
    if try context.isSet(.cssClass, of: element), let name = element[.cssClass] {
      html += " "
      html.append(name)
    }
    let dark = try context.darkClass(of: element, [("background-color", .darkBackgroundColor)])
    if let dark {
      html += " "
      html.append(dark)
    }
    html += "\" style=\"font-size:0;line-height:0;text-align:left;display:inline-block;width:100%;"
    html.declarations([.direction, .verticalAlign, .backgroundColor], of: element)
    html += "\">"
    html.startOutlook()
    html += "<table"
    if element[.backgroundColor]?.known != "none" {
      html.attribute("bgcolor", element[.backgroundColor])
    }
    html += " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\"><tr>"
    html.endOutlook()
    try children(of: element, in: &context, into: &html)
    html.startOutlook()
    html += "</tr></table>"
    html.endOutlook()
    html += "</div>"
  }

  /// The style of the cell that Outlook gets around a group.
  static func outlookCellStyle(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var style = HTMLFragment()
    style.declaration("vertical-align", element[.verticalAlign])
    style.declaration("width", text: try outlookWidth(of: element, in: &context))
    return style
  }

  /// The width that Outlook is told; unlike a column's it keeps its decimals.
  static func outlookWidth(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> String {
    let width = Length(try ownWidth(of: element, in: &context).text, keepsDecimals: true)
    let container = element.inherited.containerWidth.decimal
    let pixels = width.unit == .percent ? container * width.value / 100 : width.value
    return JSNumber.text(pixels) + "px"
  }

  private static func children(
    of element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    var inherited = element.inherited
    inherited.containerWidth = ContainerWidth(pixels: try contentPixels(of: element, in: &context))
    inherited.isInGroup = true
    inherited.keepsWidthOnMobile = true
    if inherited.gutter != nil {
      inherited.isRightToLeft = try context.text(.direction, of: element) == "rtl"
    }
    try context.renderChildren(
      of: element,
      inheriting: inherited,
      counted: true,
      into: &html
    ) { child, context, html throws(LayoutInterruption) in
      guard let column = child.boxed else { return try context.render(child, into: &html) }
      html.startOutlook()
      html += "<td style=\""
      html.declaration("align", column[.align])
      html.declaration("vertical-align", column[.verticalAlign])
      html.declaration("width", text: try cellWidth(of: column, in: element, &context))
      html += "\" >"
      html.endOutlook()
      try context.render(child, into: &html)
      html.startOutlook()
      html += "</td>"
      html.endOutlook()
    }
  }

  /// The width of the cell that Outlook gets around a child.
  private static func cellWidth(
    of column: LayoutElement,
    in group: LayoutElement,
    _ context: inout LayoutContext
  ) throws(LayoutInterruption) -> String {
    let text: String?
    switch column.name {
    case "mj-column": text = try ColumnWidth(column, in: &context).outlookText
    case "mj-group": text = try outlookWidth(of: column, in: &context)
    default: text = try context.setText(.width, of: column)
    }
    guard let text else {
      let share =
        group.inherited.containerWidth.integer / Double(group.position.nonRawSiblings)
      return JSNumber.text(share) + "px"
    }
    let width = Length(text, keepsDecimals: true)
    // MJML divides by the text of a width, which is no number.
    return width.unit == .percent ? "NaNpx" : width.text
  }

  private static func ownWidth(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> Length {
    if let text = try context.setText(.width, of: element) {
      return Length(text, keepsDecimals: true)
    }
    return Length(value: 100 / Double(element.position.nonRawSiblings), unit: .percent)
  }

  private static func contentPixels(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> Double {
    let container = element.inherited.containerWidth.decimal
    let padding = try context.horizontalPadding(of: element)
    guard let text = try context.setText(.width, of: element) else {
      return (container / Double(element.position.nonRawSiblings)).rounded(.towardZero) - padding
    }
    let width = Length(text, keepsDecimals: true)
    return (width.unit == .percent ? container * width.value / 100 : width.value) - padding
  }
}
