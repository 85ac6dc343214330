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
      .color(.darkBackgroundColor, role: .layout),
      .color(.darkColor, role: .layout),
      .string(.darkIconWrappedURL, role: .url),
      .string(.darkIconUnwrappedURL, role: .url),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var title: HTMLFragment = "<td"
    let dark = try context.darkClass(
      of: element,
      [("background-color", .darkBackgroundColor), ("color", .darkColor)]
    )
    title.attribute("class", element[.cssClass].adding(dark))
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
    html += "\">"
    func icon(_ source: AttributeName, _ text: AttributeName, _ kind: HTMLText) -> HTMLFragment {
      var image: HTMLFragment = "<img"
      image.attribute("src", element[source])
      image.attribute("alt", element[text])
      image += " class=\""
      image += kind
      image += size
      return image
    }
    html += icon(.iconWrappedURL, .iconWrappedAlt, "mj-accordion-more")
      .orInTheDark(element[.darkIconWrappedURL])
    html += icon(.iconUnwrappedURL, .iconUnwrappedAlt, "mj-accordion-less")
      .orInTheDark(element[.darkIconUnwrappedURL])
    html += "</td>"
    html += Outlook.endOfOthers
    return html
  }
}
