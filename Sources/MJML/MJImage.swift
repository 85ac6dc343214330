package import LetterpressMarkup
import LetterpressTyping

/// `mj-image`: a picture, as wide as its column or as it is told.
package enum MJImage: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-image",
    content: .empty,
    summary: "A picture, with an optional link",
    attributes: [
      .string(.alt, default: ""),
      .string(.href, role: .url),
      .string(.name),
      .string(.src, role: .url),
      .string(.srcset),
      .string(.sizes),
      .string(.title),
      .string(.rel),
      .choice(.align, ["left", "center", "right"], default: "center"),
      .string(.border, default: "0"),
      .string(.borderBottom),
      .string(.borderLeft),
      .string(.borderRight),
      .string(.borderTop),
      .string(.borderRadius),
      .color(.containerBackgroundColor),
      .boolean(.fluidOnMobile, role: .layout),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"]),
      .string(.target, default: "_blank"),
      .length(.width, ["px"], role: .layout),
      .length(.height, ["px", "auto"], default: "auto", role: .layout),
      .length(.maxHeight, ["px", "%"]),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.usemap),
      .string(.darkSrc, role: .url),
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
    context.head.addStyle(of: .image)
    // Undeclared, but read.
    let isFullWidth = try context.text(.fullWidth, of: element) == "full-width"
    let isFluid = try context.isSet(.fluidOnMobile, of: element)
    let width = try contentWidth(of: element, in: &context)
    let widthText = width.map { Length(JSNumber.text($0), keepsDecimals: false).text } ?? "NaNpx"
    let mobileClass = isFluid ? " class=\"mj-full-width-mobile\"" : ""
    html +=
      "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\""
    if isFullWidth { html += "min-width:100%;max-width:100%;width:\(widthText);" }
    html += "border-collapse:collapse;border-spacing:0px;\""
    html.append(mobileClass)
    html += "><tbody><tr><td style=\""
    if !isFullWidth { html.declaration("width", text: widthText) }
    html += "\""
    html.append(mobileClass)
    html += ">"
    let isLink = try context.isSet(.href, of: element)
    if isLink {
      html += "<a"
      html.attributes([.href, .target, .rel, .name, .title], of: element)
      html += "> "
    }
    let image = try image(
      element,
      width: width.map { JSNumber.text($0) },
      isFullWidth: isFullWidth,
      in: &context
    )
    html += image.orInTheDark(element[.darkSrc])
    if isLink { html += " </a>" }
    html += "</td></tr></tbody></table>"
  }

  private static func image(
    _ element: LayoutElement,
    width: String?,
    isFullWidth: Bool,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment = "<img"
    html.attributes([.alt, .src, .srcset, .sizes], of: element)
    html += " style=\""
    html.declarations(borders, of: element)
    html += "display:block;outline:none;text-decoration:none;"
    html.declarations([.height, .maxHeight], of: element)
    html += isFullWidth ? "min-width:100%;width:100%;max-width:100%;" : "width:100%;"
    html.declaration("font-size", element[.fontSize])
    html += "\""
    html.attribute("title", element[.title])
    html.attribute("width", text: width)
    html.attribute("usemap", element[.usemap])
    html.attribute("class", text: try context.darkClass(of: element, .darkBorder))
    if let height = try context.setText(.height, of: element) {
      html.attribute(
        "height",
        text: height == "auto" ? height : JSNumber.text(JSNumber.integer(height))
      )
    }
    html += " />"
    return html
  }

  /// The width that it is told, but never more than its box; nil where neither is a number.
  private static func contentWidth(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> Double? {
    let box = try context.boxWidth(of: element)
    if box < 0 { context.report(.noRoom(for: element.name, at: element.typed.startTag)) }
    let wanted = try context.setText(.width, of: element).map(JSNumber.integer) ?? .infinity
    if box.isNaN { return wanted.isNaN ? nil : wanted }
    return max(0, wanted < box ? wanted : box)
  }

  private static let borders: [AttributeName] = [
    .border, .borderLeft, .borderRight, .borderTop, .borderBottom, .borderRadius,
  ]
}
