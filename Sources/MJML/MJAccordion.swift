package import LetterpressMarkup

/// `mj-accordion`: titles that unfold their text on a click.
package enum MJAccordion: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-accordion",
    content: .elements(["mj-accordion-element", "mj-raw"]),
    summary: "Titles that unfold a text on a click",
    attributes: [
      .color(.containerBackgroundColor),
      .string(.border, default: "2px solid black"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .choice(.iconAlign, ["top", "middle", "bottom"], default: "middle"),
      .length(.iconWidth, ["px", "%"], default: "32px"),
      .length(.iconHeight, ["px", "%"], default: "32px"),
      .string(.iconWrappedURL, default: "https://i.imgur.com/bIXv1bk.png", role: .url),
      .string(.iconWrappedAlt, default: "+"),
      .string(.iconUnwrappedURL, default: "https://i.imgur.com/w4uTygT.png", role: .url),
      .string(.iconUnwrappedAlt, default: "-"),
      .choice(.iconPosition, ["left", "right"], default: "right", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .color(.darkBorderColor, role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
      .string(.darkIconWrappedURL, role: .url),
      .string(.darkIconUnwrappedURL, role: .url),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    context.head.addStyle(of: .accordion)
    var html: HTMLFragment =
      "<table cellspacing=\"0\" cellpadding=\"0\" class=\"mj-accordion"
    if let dark = try context.darkClass(of: element, [("border-color", .darkBorderColor)]) {
      html += " "
      html.append(dark)
    }
    html += "\" style=\"width:100%;border-collapse:collapse;"
    html.declaration("border", element[.border])
    html += "border-bottom:none;"
    context.head.use(family: element[.fontFamily])
    html.declaration("font-family", element[.fontFamily])
    html += "\"><tbody>"
    var inherited = element.inherited
    inherited.accordionFont =
      try context.isSet(.fontFamily, of: element) ? element[.fontFamily] : nil
    html += try context.renderChildren(
      of: element,
      inheriting: inherited,
      counted: false,
      passing: passedAttributes(of: element)
    ) { child, context throws(LayoutInterruption) in try context.render(child) }
    html += "</tbody></table>"
    return html
  }

  /// What an accordion hands to its elements, and an element to its title and text.
  static func passedAttributes(of element: LayoutElement) -> [PassedAttribute] {
    passedNames.compactMap { name in element[name].map { PassedAttribute(name, $0) } }
  }

  private static let passedNames: [AttributeName] = [
    .border, .iconAlign, .iconWidth, .iconHeight, .iconPosition, .iconWrappedURL, .iconWrappedAlt,
    .iconUnwrappedURL, .iconUnwrappedAlt, .darkBorderColor, .darkIconWrappedURL,
    .darkIconUnwrappedURL,
  ]

  /// The font of a title or text: its own attribute's, else the element's, else the accordion's.
  ///
  /// Defaults from mj-attributes and mj-class do not count.
  static func font(of element: LayoutElement) -> AttributeValue? {
    if element.typed.attribute("font-family") != nil { return element[.fontFamily] }
    return element.inherited.accordionElementFont ?? element.inherited.accordionFont
  }
}
