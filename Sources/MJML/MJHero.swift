package import LetterpressMarkup

/// `mj-hero`: content over a background picture.
package enum MJHero: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-hero",
    content: .flow,
    summary: "Content over a background picture",
    attributes: [
      .string(.mode, default: "fixed-height", role: .layout),
      .length(.height, ["px", "%"], default: "0px", role: .layout),
      .string(.backgroundURL, role: .url),
      .length(.backgroundWidth, ["px", "%"], role: .layout),
      .length(.backgroundHeight, ["px", "%"], role: .layout),
      .string(.backgroundPosition, default: "center center"),
      .string(.borderRadius),
      .color(.innerBackgroundColor),
      .length(.innerPadding, ["px", "%"], upTo: 4),
      .length(.innerPaddingTop, ["px", "%"]),
      .length(.innerPaddingLeft, ["px", "%"]),
      .length(.innerPaddingRight, ["px", "%"]),
      .length(.innerPaddingBottom, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "0px", role: .layout),
      .length(.paddingBottom, ["px", "%"], role: .layout),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"], role: .layout),
      .color(.backgroundColor, default: "#ffffff"),
      .choice(.verticalAlign, ["top", "bottom", "middle"], default: "top"),
      .color(.darkBackgroundColor, role: .layout),
      .string(.darkBackgroundURL, role: .layout),
      .color(.darkInnerBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let container = element.inherited.containerWidth
    var html: HTMLFragment =
      "\(Outlook.start)<table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\""
    html.declaration("width", text: container.text)
    html += "\" width=\"\(JSNumber.text(container.integer))\" ><tr>"
    html +=
      "<td style=\"line-height:0;font-size:0;mso-line-height-rule:exactly;\"><v:image style=\"border:0;"
    html.declaration("height", element[.backgroundHeight])
    html += "mso-position-horizontal:center;position:absolute;top:0;"
    let hasWidth = try context.isSet(.backgroundWidth, of: element)
    html.declaration(
      "width",
      hasWidth ? element[.backgroundWidth] : AttributeValue(container.text)
    )
    html += "z-index:-3;\""
    html.attribute("src", element[.backgroundURL])
    html += " xmlns:v=\"urn:schemas-microsoft-com:vml\" />"
    html.endOutlook()
    html += "<div"
    html.attribute("align", element[.align])
    html.attribute("class", element[.cssClass])
    html += " style=\"margin:0 auto;"
    html.declaration("max-width", text: container.text)
    html +=
      "\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"width:100%;\">"
    html += "<tbody><tr style=\"vertical-align:top;\">"
    html += try row(of: element, in: &context)
    html += "</tr></tbody></table></div>"
    html.startOutlook()
    html += "</td></tr></table>"
    html.endOutlook()
    return html
  }

  /// The cell with the background; between two others that keep its ratio in the mode `fluid-height`.
  private static func row(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let content = try content(of: element, in: &context)
    let background = try background(of: element, in: &context)
    var cell: HTMLFragment = "<td"
    cell.attribute("background", element[.backgroundURL])
    cell.attribute("class", text: try context.darkClass(of: element, .darkBackground))
    if try context.text(.mode, of: element) == "fluid-height" {
      let ratio = try ratio(of: element, in: &context)
      let side =
        "<td style=\"width:0.01%;padding-bottom:\(ratio)%;mso-padding-bottom-alt:0;\" />"
      return "\(side)\(cell) style=\"\(background)\">\(content)</td>\(side)"
    }
    let outer = try JSNumber.integer(context.text(.height, of: element) ?? "")
    let paddings =
      try context.padding(.top, of: element) + context.padding(.bottom, of: element)
    let height = JSNumber.text(outer - paddings)
    return
      "\(cell) style=\"\(background)height:\(height)px;\" height=\"\(height)\">\(content)</td>"
  }

  private static func background(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var style: HTMLFragment = "background:"
    style.append(element[.backgroundColor] ?? "")
    if try context.isSet(.backgroundURL, of: element), let url = element[.backgroundURL] {
      style += " url('"
      style.append(url)
      style += "') no-repeat "
      style.append(element[.backgroundPosition] ?? "")
      style += " / cover"
    }
    style += ";"
    style.declaration("background-position", element[.backgroundPosition])
    style += "background-repeat:no-repeat;"
    style.declaration("border-radius", element[.borderRadius])
    style.declarations(.paddingsLeftFirst, of: element)
    style.declaration("vertical-align", element[.verticalAlign])
    return style
  }

  /// The background's height in percent of its width.
  private static func ratio(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> String {
    let height = try JSNumber.integer(context.text(.backgroundHeight, of: element) ?? "")
    let width = try JSNumber.integer(context.text(.backgroundWidth, of: element) ?? "")
    return JSNumber.text(JSNumber.rounded(height / width * 100))
  }

  private static func content(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var inherited = element.inherited
    let padding = try context.padding(.left, of: element) + context.padding(.right, of: element)
    inherited.containerWidth = ContainerWidth(pixels: inherited.containerWidth.decimal - padding)
    inherited.keepsWidthOnMobile = false
    let width = inherited.containerWidth
    var innerPadding = HTMLFragment()
    innerPadding.declaration("padding", element[.innerPadding])
    innerPadding.declaration("padding-top", element[.innerPaddingTop])
    innerPadding.declaration("padding-left", element[.innerPaddingLeft])
    innerPadding.declaration("padding-right", element[.innerPaddingRight])
    innerPadding.declaration("padding-bottom", element[.innerPaddingBottom])
    var html: HTMLFragment = "\(Outlook.start)<table"
    html.attribute("align", element[.align])
    html += " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" style=\""
    html.declaration("width", text: width.text)
    html += "\" width=\"\(JSNumber.text(width.integer))\"><tr><td style=\""
    html.declaration("background-color", element[.innerBackgroundColor])
    html += innerPadding
    html += "\">"
    html.endOutlook()
    html += "<div"
    html.attribute("align", element[.align])
    let dark = try context.darkClass(
      of: element,
      [("background-color", .darkInnerBackgroundColor)]
    )
    html.attribute("class", AttributeValue?("mj-hero-content").adding(dark))
    html += " style=\""
    html.declaration("background-color", element[.innerBackgroundColor])
    html.declaration("float", element[.align])
    html += "margin:0px auto;"
    html.declaration("width", element[.width])
    html += innerPadding
    html += "\">"
    let table =
      "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"width:100%;margin:0px;\"><tbody>"
    html += "\(table)<tr><td style=\"\" >\(table)"
    html += try context.renderChildren(
      of: element,
      inheriting: inherited,
      // In a wrapper with a gap the first row differs from the others.
      counted: element.holdsColumns || inherited.gap != nil
    ) { child, context throws(LayoutInterruption) in
      guard let element = child.boxed else { return try context.render(child) }
      return "\(try contentRow(element, in: &context))\(try context.render(child)) </td></tr>"
    }
    html += "</tbody></table></td></tr></tbody></table></div>"
    html.startOutlook()
    html += "</td></tr></table>"
    html.endOutlook()
    return html
  }

  private static func contentRow(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment = "<tr><td"
    html.attribute("align", element[.align])
    html.attribute("background", element[.containerBackgroundColor])
    html.attribute("class", try context.cellClass(of: element))
    html += " style=\""
    html.declaration("background", element[.containerBackgroundColor])
    html += "font-size:0px;"
    html.declarations(.paddings, of: element)
    html += "word-break:break-word;\">"
    return html
  }
}
