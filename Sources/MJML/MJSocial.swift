package import LetterpressMarkup

/// `mj-social`: a row or a column of links to social networks.
package enum MJSocial: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-social",
    content: .elements(["mj-social-element", "mj-raw"]),
    summary: "Links to social networks, with their icons",
    attributes: [
      .choice(.align, ["left", "right", "center"], default: "center"),
      .string(.border),
      .string(.borderRadius, default: "3px"),
      .color(.containerBackgroundColor),
      .color(.color, default: "#333333"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontStyle),
      .string(.fontWeight),
      .length(.iconSize, ["px", "%"], default: "20px", role: .layout),
      .length(.iconHeight, ["px", "%"]),
      .length(.iconPadding, ["px", "%"], upTo: 4),
      .length(.innerPadding, ["px", "%"], upTo: 4),
      .length(.lineHeight, ["px", "%", ""], default: "22px"),
      .choice(.mode, ["horizontal", "vertical"], default: "horizontal", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px"),
      .choice(.tableLayout, ["auto", "fixed"]),
      .length(.textPadding, ["px", "%"], upTo: 4),
      .string(.textDecoration, default: "none"),
      .choice(.verticalAlign, ["top", "bottom", "middle"]),
      .color(.darkColor, role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let passed = try passedAttributes(of: element, in: &context)
    guard try context.text(.mode, of: element) == "horizontal" else {
      let rows = try context.renderChildren(
        of: element,
        inheriting: element.inherited,
        counted: false,
        passing: passed
      ) { child, context throws(LayoutInterruption) in try context.render(child) }
      return
        "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\"margin:0px;\"><tbody>\(rows)</tbody></table>"
    }
    var frame: HTMLFragment = "<table"
    frame.attribute("align", element[.align])
    frame += " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\""
    let links = try context.renderChildren(
      of: element,
      inheriting: element.inherited,
      counted: false,
      passing: passed
    ) { child, context throws(LayoutInterruption) in
      guard child.boxed != nil else { return try context.render(child) }
      var html: HTMLFragment = "\(Outlook.start)<td>\(Outlook.end)"
      html += frame
      html += " style=\"float:none;display:inline-table;\"><tbody>"
      html += try context.render(child)
      html += "</tbody></table>\(Outlook.start)</td>\(Outlook.end)"
      return html
    }
    return
      "\(Outlook.start)\(frame)><tr>\(Outlook.end)\(links)\(Outlook.start)</tr></table>\(Outlook.end)"
  }

  private static func passedAttributes(
    of element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> [PassedAttribute] {
    var passed: [PassedAttribute] = []
    if try context.isSet(.innerPadding, of: element), let padding = element[.innerPadding] {
      passed.append(PassedAttribute(.padding, padding))
    }
    for name in passedNames {
      if let value = element[name] { passed.append(PassedAttribute(name, value)) }
    }
    return passed
  }

  private static let passedNames: [AttributeName] = [
    .border, .borderRadius, .color, .fontFamily, .fontSize, .fontWeight, .fontStyle, .iconSize,
    .iconHeight, .iconPadding, .textPadding, .lineHeight, .textDecoration, .darkColor,
  ]
}
