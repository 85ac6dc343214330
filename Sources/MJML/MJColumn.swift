package import LetterpressMarkup

/// `mj-column`: a column of a section; its content stands one below the other.
package enum MJColumn: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-column",
    content: .flow,
    summary: "A column of content; columns stack on narrow screens",
    attributes: [
      .color(.backgroundColor),
      .string(.border),
      .string(.borderBottom),
      .string(.borderLeft),
      .string(.borderRadius),
      .string(.borderRight),
      .string(.borderTop),
      .choice(.direction, ["ltr", "rtl"], default: "ltr"),
      .color(.innerBackgroundColor),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"]),
      .string(.innerBorder),
      .string(.innerBorderBottom),
      .string(.innerBorderLeft),
      .string(.innerBorderRadius),
      .string(.innerBorderRight),
      .string(.innerBorderTop),
      .length(.padding, ["px", "%"], upTo: 4, role: .layout),
      .choice(.verticalAlign, ["top", "bottom", "middle"], default: "top"),
      .length(.width, ["px", "%"], role: .layout),
      .color(.darkBackgroundColor, role: .layout),
      .color(.darkBorderColor, role: .layout),
      .color(.darkBorderBottomColor, role: .layout),
      .color(.darkBorderLeftColor, role: .layout),
      .color(.darkBorderRightColor, role: .layout),
      .color(.darkBorderTopColor, role: .layout),
      .color(.darkInnerBackgroundColor, role: .layout),
      .color(.darkInnerBorderColor, role: .layout),
      .color(.darkInnerBorderBottomColor, role: .layout),
      .color(.darkInnerBorderLeftColor, role: .layout),
      .color(.darkInnerBorderRightColor, role: .layout),
      .color(.darkInnerBorderTopColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    let width = try ColumnWidth(element, in: &context)
    try render(element, width: width, in: &context, into: &html)
  }

  /// The HTML of a column whose width is computed already.
  static func render(
    _ element: LayoutElement,
    width: ColumnWidth,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    width.addMediaQueries(to: &context.head)
    html += "<div class=\""
    html.append(width.className)
    if let gutter = width.gutter {
      html += " "
      html.append(gutter.className)
    }
    html += " mj-outlook-group-fix"
    if try context.isSet(.cssClass, of: element), let name = element[.cssClass] {
      html += " "
      html.append(name)
    }
    html += "\" style=\"font-size:0px;text-align:left;"
    html.declaration("direction", element[.direction])
    html += "display:inline-block;"
    html.declaration("vertical-align", element[.verticalAlign])
    html.declaration("width", text: width.mobileText)
    if let gutter = width.gutter { html.declaration("padding", text: gutter.mobilePadding) }
    html += "\">"
    let hasPadding = [AttributeName].paddings.contains { element[$0] != nil }
    if hasPadding {
      try paddedContent(element, width: width, in: &context, into: &html)
    } else {
      try content(element, width: width, isPadded: false, in: &context, into: &html)
    }
    html += "</div>"
  }

  /// The style of the cell that Outlook gets around a column.
  static func appendOutlookCellStyle(
    of element: LayoutElement,
    width: ColumnWidth,
    to html: inout HTMLFragment
  ) {
    html.declaration("vertical-align", element[.verticalAlign])
    html.declaration("width", text: width.outlookText)
    if let gutter = width.gutter { html.declaration("padding", text: gutter.outlookPadding) }
  }

  private static func paddedContent(
    _ element: LayoutElement,
    width: ColumnWidth,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html +=
      "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" width=\"100%\""
    let isRounded = try !context.isEmpty(.borderRadius, of: element)
    if isRounded { html += " style=\"border-collapse:separate;\"" }
    html += "><tbody><tr><td"
    html.attribute("class", text: try context.darkClass(of: element, outerDark))
    html += " style=\""
    html.declarations(outerStyle, of: element)
    if isRounded { html += "border-collapse:separate;" }
    html.declarations(.paddings, of: element)
    html += "\">"
    try content(element, width: width, isPadded: true, in: &context, into: &html)
    html += "</td></tr></tbody></table>"
  }

  private static func content(
    _ element: LayoutElement,
    width: ColumnWidth,
    isPadded: Bool,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html +=
      "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\""
    html.attribute(
      "class",
      text: try context.darkClass(of: element, isPadded ? .darkInnerBox : outerDark)
    )
    html += " style=\""
    let innerIsRounded = try !context.isEmpty(.innerBorderRadius, of: element)
    var isRounded = innerIsRounded
    if isPadded {
      html.declaration("background-color", element[.innerBackgroundColor])
      html.declaration("border", element[.innerBorder])
      html.declaration("border-bottom", element[.innerBorderBottom])
      html.declaration("border-left", element[.innerBorderLeft])
      html.declaration("border-radius", element[.innerBorderRadius])
      html.declaration("border-right", element[.innerBorderRight])
      html.declaration("border-top", element[.innerBorderTop])
    } else {
      html.declarations(outerStyle, of: element)
      if try !context.isEmpty(.borderRadius, of: element) { isRounded = true }
    }
    if isRounded { html += "border-collapse:separate;" }
    html += "\" width=\"100%\"><tbody>"
    var inherited = element.inherited
    inherited.containerWidth = ContainerWidth(pixels: width.contentPixels)
    inherited.keepsWidthOnMobile = false
    try context.renderChildren(
      of: element,
      inheriting: inherited,
      counted: element.holdsColumns,
      into: &html
    ) { child, context, html throws(LayoutInterruption) in
      guard let element = child.boxed else { return try context.render(child, into: &html) }
      try startContentRow(element, in: &context, into: &html)
      try context.render(child, into: &html)
      // After a `<b>` that the author did not close, browsers make a `<b>` of the white space, too.
      html += " </td></tr>"
    }
    html += "</tbody></table>"
  }

  /// The start of the row that holds a content element.
  private static func startContentRow(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html += "<tr><td"
    html.attribute("align", element[.align])
    html.attribute("class", try context.cellClass(of: element))
    html += " style=\""
    html.declaration("background", element[.containerBackgroundColor])
    html += "font-size:0px;"
    html.declarations(.paddings, of: element)
    html += "word-break:break-word;\">"
  }

  private static let outerDark =
    [(property: "background-color", name: AttributeName.darkBackgroundColor)] + .darkBorder

  private static let outerStyle: [AttributeName] = [
    .backgroundColor, .border, .borderBottom, .borderLeft, .borderRadius, .borderRight, .borderTop,
    .verticalAlign,
  ]
}
