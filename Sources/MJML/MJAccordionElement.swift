package import LetterpressMarkup
import LetterpressTyping

/// `mj-accordion-element`: a title with its text.
package enum MJAccordionElement: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion-element",
    content: .elements(["mj-accordion-title", "mj-accordion-text", "mj-raw"]),
    summary: "A title with its text in mj-accordion",
    attributes: [
      .color(.backgroundColor),
      .string(.border),
      .string(.fontFamily),
      .choice(.iconAlign, ["top", "middle", "bottom"]),
      .length(.iconWidth, ["px", "%"]),
      .length(.iconHeight, ["px", "%"]),
      .string(.iconWrappedURL, role: .url),
      .string(.iconWrappedAlt),
      .string(.iconUnwrappedURL, role: .url),
      .string(.iconUnwrappedAlt),
      .choice(.iconPosition, ["left", "right"], role: .layout),
      .color(.darkBackgroundColor, role: .layout),
      .color(.darkBorderColor, role: .layout),
      .string(.darkIconWrappedURL, role: .url),
      .string(.darkIconUnwrappedURL, role: .url),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment = "<tr"
    html.attribute("class", element[.cssClass])
    html += "><td"
    html.attribute(
      "class",
      text: try context.darkClass(of: element, [("background-color", .darkBackgroundColor)])
    )
    html += " style=\"padding:0px;"
    html.declaration("background-color", element[.backgroundColor])
    html += "\"><label class=\"mj-accordion-element\" style=\"font-size:13px;"
    context.head.use(family: element[.fontFamily])
    html.declaration("font-family", element[.fontFamily])
    html += "\">"
    html += Outlook.startOfOthers
    html += "<input class=\"mj-accordion-checkbox\" type=\"checkbox\" style=\"display:none;\" />"
    html += Outlook.endOfOthers
    html += "<div>"
    html += try titleAndText(of: element, in: &context)
    html += "</div></label></td></tr>"
    return html
  }

  /// Both are there in any case: the one that is missing is laid out without content.
  private static func titleAndText(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let children = element.typed.children
    let isCounted = ["mj-accordion-title", "mj-accordion-text"].contains {
      children.containElement(named: [$0]) && !children.alwaysContainElement(named: $0)
    }
    let names =
      isCounted ? try context.childNames(of: element) : children.namesOfElements
    var inherited = element.inherited
    inherited.accordionElementFont =
      try context.isSet(.fontFamily, of: element) ? element[.fontFamily] : nil
    let passed = MJAccordion.passedAttributes(of: element)
    var html = HTMLFragment()
    if !names.contains("mj-accordion-title") {
      html += try MJAccordionTitle.render(
        element.emptyChild("mj-accordion-title", inheriting: inherited, passed: passed),
        in: &context
      )
    }
    html += try context.renderChildren(
      of: element,
      inheriting: inherited,
      counted: isCounted,
      passing: passed
    ) { child, context throws(LayoutInterruption) in try context.render(child) }
    if !names.contains("mj-accordion-text") {
      html += try MJAccordionText.render(
        element.emptyChild("mj-accordion-text", inheriting: inherited, passed: passed),
        in: &context
      )
    }
    return html
  }
}
