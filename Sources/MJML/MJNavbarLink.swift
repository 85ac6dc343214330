package import LetterpressMarkup

/// `mj-navbar-link`: a link of an `mj-navbar`.
package enum MJNavbarLink: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-navbar-link",
    content: .raw,
    summary: "A link of mj-navbar",
    attributes: [
      .color(.color, default: "#000000"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontStyle),
      .string(.fontWeight, default: "normal"),
      .string(.href, role: .url),
      .string(.name),
      .string(.target, default: "_blank"),
      .string(.rel),
      .signedLength(.letterSpacing, ["px", "em"]),
      .length(.lineHeight, ["px", "%", ""], default: "22px"),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "15px 10px"),
      .string(.textDecoration, default: "none"),
      .string(.textTransform, default: "uppercase"),
      .color(.darkColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment = "\(Outlook.start)<td style=\""
    html.declarations(.paddingsLeftFirst, of: element)
    html += "\""
    html.attribute("class", element.suffixedClass("outlook"))
    html += ">"
    html.endOutlook()
    html += " <a class=\"mj-link"
    if try context.isSet(.cssClass, of: element), let name = element[.cssClass] {
      html += " "
      html.append(name)
    }
    if let dark = try context.darkClass(of: element, [("color", .darkColor)]) {
      html += " "
      html.append(dark)
    }
    html += "\""
    if element[.href] != nil || element.inherited.navbarBaseURL != nil {
      html += " href=\""
      // MJML prints `undefined` for a link that is missing.
      if let base = element.inherited.navbarBaseURL { html.append(base) }
      if let href = element[.href] { html.append(href) }
      html += "\""
    }
    html.attributes([.rel, .target, .name], of: element)
    html += " style=\"display:inline-block;"
    context.head.use(family: element[.fontFamily])
    html.declarations(properties, of: element)
    html.declarations(.paddingsLeftFirst, of: element)
    html += "\"> "
    html += context.content(of: element)
    html += " </a> "
    html.startOutlook()
    html += "</td>"
    html.endOutlook()
    return html
  }

  private static let properties: [AttributeName] = [
    .color, .fontFamily, .fontSize, .fontStyle, .fontWeight, .letterSpacing, .lineHeight,
    .textDecoration, .textTransform,
  ]
}
