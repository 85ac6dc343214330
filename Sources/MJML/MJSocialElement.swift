package import LetterpressMarkup

/// `mj-social-element`: one link of an `mj-social`.
package enum MJSocialElement: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-social-element",
    content: .raw,
    summary: "One network of mj-social, with an optional text",
    attributes: [
      .choice(.align, ["left", "center", "right"], default: "left"),
      .choice(.iconPosition, ["left", "right"], default: "left", role: .layout),
      .color(.backgroundColor),
      .color(.color, default: "#000"),
      .string(.border, default: "0"),
      .string(.borderRadius, default: "3px"),
      .string(.fontFamily, default: "Ubuntu, Helvetica, Arial, sans-serif"),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.fontStyle),
      .string(.fontWeight),
      .string(.href, role: .url),
      .length(.iconSize, ["px", "%"], role: .layout),
      .length(.iconHeight, ["px", "%"]),
      .length(.iconPadding, ["px", "%"], upTo: 4),
      .length(.lineHeight, ["px", "%", ""], default: "1"),
      .string(.name, role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "4px"),
      .length(.textPadding, ["px", "%"], upTo: 4, default: "4px 4px 4px 0"),
      .string(.rel),
      .string(.src, role: .url),
      .string(.srcset),
      .string(.sizes),
      .string(.alt, default: ""),
      .string(.title),
      .string(.target, default: "_blank"),
      .string(.textDecoration, default: "none"),
      .choice(.verticalAlign, ["top", "middle", "bottom"], default: "middle"),
      .color(.darkBackgroundColor, role: .layout),
      .color(.darkColor, role: .layout),
      .string(.darkSrc, role: .url),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let network = try context.text(.name, of: element).flatMap(SocialNetwork.named)
    var link = HTMLFragment()
    let isLink = try context.isSet(.href, of: element)
    if isLink, let href = element[.href] {
      link += " href=\""
      link += network?.shareLink(to: href) ?? href.html
      link += "\""
    }
    let icon = try icon(of: element, network: network, link: isLink ? link : nil, in: &context)
    let text = try text(of: element, link: isLink ? link : nil, in: &context)
    var html: HTMLFragment = "<tr"
    html.attribute("class", element[.cssClass])
    html += ">"
    let isLeft = try context.text(.iconPosition, of: element) == "left"
    html += isLeft ? icon : text
    html += isLeft ? text : icon
    html += "</tr>"
    return html
  }

  private static func icon(
    of element: LayoutElement,
    network: SocialNetwork?,
    link: HTMLFragment?,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let size = try context.setText(.iconSize, of: element)
    var source = network.map { AttributeValue($0.icon) }
    if try context.isSet(.src, of: element) { source = element[.src] }
    var background = network.map { AttributeValue($0.color) }
    if try context.isSet(.backgroundColor, of: element) { background = element[.backgroundColor] }
    var height = size.map { AttributeValue($0) }
    if try context.isSet(.iconHeight, of: element) { height = element[.iconHeight] }

    var html: HTMLFragment = "<td style=\""
    html.declarations(.paddings, of: element)
    html.declaration("vertical-align", element[.verticalAlign])
    html +=
      "\"><table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\""
    html.attribute(
      "class",
      text: try context.darkClass(of: element, [("background-color", .darkBackgroundColor)])
    )
    html += " style=\""
    html.declaration("background", background)
    html.declaration("border-radius", element[.borderRadius])
    if let size { html.declaration("width", text: size) }
    html += "\"><tbody><tr><td style=\""
    html.declaration("padding", element[.iconPadding])
    html += "font-size:0;"
    html.declaration("height", height)
    html += "vertical-align:middle;"
    if let size { html.declaration("width", text: size) }
    html += "\">"
    if let link {
      html += "<a\(link)"
      html.attributes([.rel, .target], of: element)
      html += "> "
    }
    var image: HTMLFragment = "<img"
    image.attributes([.alt, .title], of: element)
    image.attribute("src", source)
    image += " style=\""
    image.declarations([.border, .borderRadius], of: element)
    image += "display:block;\""
    image.attribute("width", text: JSNumber.text(JSNumber.integer(size ?? "")))
    for name in [AttributeName.sizes, .srcset] where try context.isSet(name, of: element) {
      image.attributes([name], of: element)
    }
    image += " />"
    html += image.orInTheDark(element[.darkSrc])
    if link != nil { html += " </a>" }
    html += "</td></tr></tbody></table></td>"
    return html
  }

  private static func text(
    of element: LayoutElement,
    link: HTMLFragment?,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    if try context.isEmpty(LayoutText(element)) { return HTMLFragment() }
    var html: HTMLFragment = "<td style=\"vertical-align:middle;"
    html.declaration("padding", element[.textPadding])
    html.declaration("text-align", element[.align])
    html += "\">"
    var style = HTMLFragment()
    style.attribute("class", text: try context.darkClass(of: element, [("color", .darkColor)]))
    style += " style=\""
    context.head.use(family: element[.fontFamily])
    style.declarations(textProperties, of: element)
    style += "\""
    if let link {
      html += "<a\(link)\(style)"
      html.attributes([.rel, .target], of: element)
    } else {
      html += "<span\(style)"
    }
    html += "> "
    html += context.content(of: element)
    html += link == nil ? " </span> </td>" : " </a> </td>"
    return html
  }

  private static let textProperties: [AttributeName] = [
    .color, .fontSize, .fontWeight, .fontStyle, .fontFamily, .lineHeight, .textDecoration,
  ]
}
