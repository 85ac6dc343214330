package import LetterpressMarkup

/// `mj-accordion-text`: what a click on the title unfolds.
package enum MJAccordionText: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion-text",
    content: .raw,
    summary: "The text of an mj-accordion-element",
    attributes: [
      .color(.backgroundColor),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontFamily),
      .string(.fontWeight),
      .signedLength(.letterSpacing, ["px", "em"]),
      .length(.lineHeight, ["px", "%", ""], default: "1"),
      .color(.color),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "16px"),
      .color(.darkBackgroundColor, role: .layout),
      .color(.darkColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment =
      "<div class=\"mj-accordion-content\"><table cellspacing=\"0\" cellpadding=\"0\" style=\"width:100%;"
    html.declaration("border-bottom", element[.border])
    html += "\"><tbody><tr><td"
    let dark = try context.darkClass(
      of: element,
      [("background-color", .darkBackgroundColor), ("color", .darkColor)]
    )
    html.attribute("class", element[.cssClass].adding(dark))
    html += " style=\""
    html.declaration("background", element[.backgroundColor])
    html.declaration("font-size", element[.fontSize])
    context.head.use(family: MJAccordion.font(of: element))
    html.declaration("font-family", MJAccordion.font(of: element))
    html.declarations([.fontWeight, .letterSpacing, .lineHeight, .color], of: element)
    html.declarations(.paddingsBottomFirst, of: element)
    html += "\">\(context.content(of: element))</td></tr></tbody></table></div>"
    return html
  }
}
