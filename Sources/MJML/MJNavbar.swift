package import LetterpressMarkup

/// `mj-navbar`: a menu of links, with a hamburger on phones.
package enum MJNavbar: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-navbar",
    content: .elements(["mj-navbar-link", "mj-raw"]),
    summary: "A menu of links, with an optional hamburger on narrow screens",
    attributes: [
      .choice(.align, ["left", "center", "right"], default: "center"),
      .string(.baseURL, role: .url),
      .string(.hamburger, role: .layout),
      .choice(.icoAlign, ["left", "center", "right"], default: "center"),
      .string(.icoOpen, default: "&#9776;"),
      .string(.icoClose, default: "&#8855;"),
      .color(.icoColor, default: "#000000"),
      .length(.icoFontSize, ["px", "%"], default: "30px"),
      .string(.icoFontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .string(.icoTextTransform, default: "uppercase"),
      .length(.icoPadding, ["px", "%"], upTo: 4, default: "10px"),
      .length(.icoPaddingLeft, ["px", "%"]),
      .length(.icoPaddingTop, ["px", "%"]),
      .length(.icoPaddingRight, ["px", "%"]),
      .length(.icoPaddingBottom, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingBottom, ["px", "%"]),
      .string(.icoTextDecoration, default: "none"),
      .length(.icoLineHeight, ["px", "%", ""], default: "30px"),
      .color(.darkIcoColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    context.head.addStyle(of: .navbar)
    var html = HTMLFragment()
    if try context.text(.hamburger, of: element) == "hamburger" {
      context.head.use(family: element[.icoFontFamily])
      let dark = try context.darkClass(of: element, [("color", .darkIcoColor)])
      html += hamburger(element, dark: dark)
    }
    // The empty style is MJML's.
    html += "<div class=\"mj-inline-links\" style=\"\">"
    html.startOutlook()
    html += "<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\""
    html.attribute("align", element[.align])
    html += "><tr>"
    html.endOutlook()
    var inherited = element.inherited
    inherited.navbarBaseURL =
      try context.isSet(.baseURL, of: element) ? element[.baseURL] : nil
    html += try context.renderChildren(of: element, inheriting: inherited, counted: false) {
      child,
      context throws(LayoutInterruption) in
      // Links stand in a line, so that white space around other HTML shows.
      let html = try context.render(child)
      return child.boxed == nil ? " \(html) " : html
    }
    html.startOutlook()
    html += "</tr></table>"
    html.endOutlook()
    html += "</div>"
    return html
  }

  /// A check box that nobody sees, whose label unfolds the links.
  private static func hamburger(_ element: LayoutElement, dark: String?) -> HTMLFragment {
    let id = element.path.htmlID
    var html: HTMLFragment =
      "\(Outlook.startOfNotWord)<input type=\"checkbox\" id=\"\(id)\" class=\"mj-menu-checkbox\" style=\"display:none !important; max-height:0; visibility:hidden;\" />\(Outlook.endOfOthers)"
    html += "<div class=\"mj-menu-trigger\" style=\"display:none;max-height:0px;max-width:0px;"
    html +=
      "font-size:0px;overflow:hidden;\"><label for=\"\(id)\" class=\"mj-menu-label\(dark.map { " " + $0 } ?? "")\" style=\""
    html += "display:block;cursor:pointer;mso-hide:all;-moz-user-select:none;user-select:none;"
    for (property, name) in labelProperties { html.declaration(property, element[name]) }
    html += "\""
    html.attribute("align", element[.icoAlign])
    html += "> <span class=\"mj-menu-icon-open\" style=\"mso-hide:all;\"> "
    html.append(element[.icoOpen] ?? "")
    html += " </span> <span class=\"mj-menu-icon-close\" style=\"display:none;mso-hide:all;\"> "
    html.append(element[.icoClose] ?? "")
    html += " </span> </label></div>"
    return html
  }

  private static let labelProperties: [(HTMLText, AttributeName)] = [
    ("color", .icoColor), ("font-size", .icoFontSize), ("font-family", .icoFontFamily),
    ("text-transform", .icoTextTransform), ("text-decoration", .icoTextDecoration),
    ("line-height", .icoLineHeight), ("padding", .icoPadding), ("padding-top", .icoPaddingTop),
    ("padding-right", .icoPaddingRight), ("padding-bottom", .icoPaddingBottom),
    ("padding-left", .icoPaddingLeft),
  ]
}
