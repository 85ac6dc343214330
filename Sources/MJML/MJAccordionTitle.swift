package import LetterpressMarkup

/// `mj-accordion-title`: what is seen of a folded element.
package enum MJAccordionTitle: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion-title",
    content: .raw,
    summary: "The title of an mj-accordion-element",
    attributes: [
      .color(.backgroundColor),
      .color(.color),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontFamily),
      .string(.fontWeight),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "16px"),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var title: HTMLFragment = "<td"
    title.attribute("class", element[.cssClass])
    title += " style=\"width:100%;"
    title.declarations([.backgroundColor, .color, .fontSize], of: element)
    context.head.use(family: MJAccordion.font(of: element))
    title.declaration("font-family", MJAccordion.font(of: element))
    title.declaration("font-weight", element[.fontWeight])
    title.declarations(.paddingsBottomFirst, of: element)
    title += "\">\(context.content(of: element))</td>"
    let icons = icons(of: element)
    let isRight = try context.text(.iconPosition, of: element) == "right"
    var html: HTMLFragment =
      "<div class=\"mj-accordion-title\"><table cellspacing=\"0\" cellpadding=\"0\" style=\"width:100%;"
    html.declaration("border-bottom", element[.border])
    html += "\"><tbody><tr>"
    html += isRight ? title : icons
    html += isRight ? icons : title
    html += "</tr></tbody></table></div>"
    return html
  }

  private static func icons(of element: LayoutElement) -> HTMLFragment {
    var size: HTMLFragment = "\" style=\"display:none;"
    size.declaration("width", element[.iconWidth])
    size.declaration("height", element[.iconHeight])
    size += "\" />"
    var html: HTMLFragment =
      "\(Outlook.startOfOthers)<td class=\"mj-accordion-ico\" style=\"padding:16px;"
    html.declaration("background", element[.backgroundColor])
    html.declaration("vertical-align", element[.iconAlign])
    html += "\"><img"
    html.attribute("src", element[.iconWrappedURL])
    html.attribute("alt", element[.iconWrappedAlt])
    html += " class=\"mj-accordion-more"
    html += size
    html += "<img"
    html.attribute("src", element[.iconUnwrappedURL])
    html.attribute("alt", element[.iconUnwrappedAlt])
    html += " class=\"mj-accordion-less"
    html += size
    html += "</td>"
    html += Outlook.endOfOthers
    return html
  }
}
