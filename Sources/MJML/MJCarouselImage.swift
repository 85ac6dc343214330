package import LetterpressMarkup

/// `mj-carousel-image`: a picture of an `mj-carousel`.
package enum MJCarouselImage: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-carousel-image",
    content: .raw,
    summary: "A picture of mj-carousel",
    attributes: [
      .string(.alt, default: ""),
      .string(.href, role: .url),
      .string(.rel),
      .string(.target, default: "_blank"),
      .string(.title),
      .string(.src, role: .url),
      .string(.thumbnailsSrc, role: .url),
      .string(.borderRadius),
      .string(.tbBorder),
      .string(.tbBorderRadius),
      .string(.darkSrc, role: .url),
      .color(.darkTbBorderColor, role: .layout),
      .string(.darkThumbnailsSrc, role: .url),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let container = element.inherited.containerWidth
    let index = element.position.index
    var html: HTMLFragment = "<div class=\"mj-carousel-image mj-carousel-image-\(index + 1) "
    html.append(element.addedClass ?? "")
    html += index == 0 ? "\" style=\"\">" : "\" style=\"display:none;mso-hide:all;\">"
    let isLink = try context.isSet(.href, of: element)
    if isLink {
      html += "<a"
      html.attributes([.href, .rel], of: element)
      html += " target=\"_blank\">"
    }
    var image: HTMLFragment = "<img"
    image.attributes([.title, .src, .alt], of: element)
    image += " style=\""
    image.declaration("border-radius", element[.borderRadius])
    image += "display:block;"
    image.declaration("width", text: container.text)
    image +=
      "max-width:100%;height:auto;\" width=\"\(JSNumber.text(container.integer))\" border=\"0\" />"
    html += image.orInTheDark(element[.darkSrc])
    if isLink { html += "</a>" }
    html += "</div>"
    return html
  }

  /// The radio button that says which image is seen.
  static func radio(_ element: LayoutElement) -> HTMLFragment {
    let id = element.inherited.carousel?.id ?? ""
    let number = element.position.index + 1
    let checked = number == 1 ? " checked=\"checked\"" : ""
    return
      "<input class=\"mj-carousel-radio mj-carousel-\(id)-radio mj-carousel-\(id)-radio-\(number)\"\(checked) type=\"radio\" name=\"mj-carousel-radio-\(id)\" id=\"mj-carousel-\(id)-radio-\(number)\" style=\"display:none;mso-hide:all;\" />"
  }

  static func thumbnail(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let id = element.inherited.carousel?.id ?? ""
    let number = element.position.index + 1
    let thumbnails =
      try context.setText(.thumbnails, of: element) ?? element.inherited.carousel?.thumbnails
    var html: HTMLFragment = "<a style=\""
    html.declaration("border", element[.tbBorder])
    html.declaration("border-radius", element[.tbBorderRadius])
    html += thumbnails == "supported" ? "display:none;" : "display:inline-block;"
    html += "overflow:hidden;"
    html.declaration("width", element[.tbWidth])
    html += "\" href=\"#\(number)\""
    html.attribute("target", element[.target])
    html +=
      " class=\"mj-carousel-thumbnail mj-carousel-\(id)-thumbnail mj-carousel-\(id)-thumbnail-\(number) "
    html.append(element.suffixedClass("thumbnail"))
    if let dark = try context.darkClass(of: element, [("border-color", .darkTbBorderColor)]) {
      html += " "
      html.append(dark)
    }
    html +=
      "\"><label for=\"mj-carousel-\(id)-radio-\(number)\"><img style=\"display:block;width:100%;height:auto;\""
    let hasOwnSource = try context.isSet(.thumbnailsSrc, of: element)
    html.attribute("src", hasOwnSource ? element[.thumbnailsSrc] : element[.src])
    html.attribute("alt", element[.alt])
    let width = JSNumber.integer(try context.text(.tbWidth, of: element) ?? "")
    html.attribute("width", text: JSNumber.text(width))
    html += " /></label></a>"
    return html
  }
}
