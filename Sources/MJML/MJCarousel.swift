package import LetterpressMarkup

/// `mj-carousel`: pictures of which one is seen, with arrows and thumbnails.
package enum MJCarousel: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-carousel",
    content: .elements(["mj-carousel-image"]),
    summary: "Pictures of which one is seen, with arrows and thumbnails",
    attributes: [
      .choice(.align, ["left", "center", "right"], default: "center"),
      .string(.borderRadius, default: "6px"),
      .color(.containerBackgroundColor),
      .length(.iconWidth, ["px", "%"], default: "44px", role: .layout),
      .string(.leftIcon, default: "https://i.imgur.com/xTh3hln.png", role: .url),
      .length(.padding, ["px", "%"], upTo: 4),
      .length(.paddingTop, ["px", "%"]),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .string(.rightIcon, default: "https://i.imgur.com/os7o9kz.png", role: .url),
      .choice(.thumbnails, ["visible", "hidden", "supported"], default: "visible", role: .layout),
      .string(.tbBorder, default: "2px solid transparent"),
      .string(.tbBorderRadius, default: "6px"),
      .color(.tbHoverBorderColor, default: "#fead0d"),
      .color(.tbSelectedBorderColor, default: "#ccc"),
      .length(.tbWidth, ["px", "%"], role: .layout),
      .color(.darkContainerBackgroundColor, role: .layout),
      .string(.darkLeftIcon, role: .url),
      .string(.darkRightIcon, role: .url),
      .color(.darkTbBorderColor, role: .layout),
      .color(.darkTbHoverBorderColor, role: .layout),
      .color(.darkTbSelectedBorderColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let images = try context.childNames(of: element).count { $0 == "mj-carousel-image" }
    let iconWidth = try context.text(.iconWidth, of: element) ?? ""
    let carousel = CarouselContext(
      // Another number of images needs other rules, and so other ids.
      id: element.path.htmlID(mixing: [String(images), iconWidth]),
      thumbnails: try context.text(.thumbnails, of: element)
    )
    let style = CarouselStyle(element, id: carousel.id, images: images, iconWidth: iconWidth)
    context.head.addCarouselStyle(style.css)

    func part(
      _ context: inout LayoutContext,
      _ render: (LayoutElement, inout LayoutContext) throws(LayoutInterruption) -> HTMLFragment
    ) throws(LayoutInterruption) -> HTMLFragment {
      var inherited = element.inherited
      inherited.carousel = carousel
      return try context.renderChildren(
        of: element,
        inheriting: inherited,
        counted: true,
        passing: passedAttributes(of: element)
      ) { child, context throws(LayoutInterruption) in
        guard case .element(let image) = child, image.name == "mj-carousel-image" else {
          return HTMLFragment()
        }
        return try render(image, &context)
      }
    }
    var html: HTMLFragment = "\(Outlook.startOfNotWord)<div class=\"mj-carousel\">"
    html += try part(&context) { image, context throws(LayoutInterruption) in
      MJCarouselImage.radio(image)
    }
    html +=
      "<div class=\"mj-carousel-content mj-carousel-\(carousel.id)-content\" style=\"display:table;width:100%;table-layout:fixed;text-align:center;font-size:0px;\">"
    if carousel.thumbnails == "visible" || carousel.thumbnails == "supported" {
      html += try part(&context) { image, context throws(LayoutInterruption) in
        try MJCarouselImage.thumbnail(image, in: &context)
      }
    }
    let controls = { (direction: String, icon: AttributeValue?, dark: AttributeValue?) in
      Self.controls(
        direction,
        icon: icon,
        dark: dark,
        id: carousel.id,
        images: images,
        width: iconWidth
      )
    }
    html +=
      "<table style=\"caption-side:top;display:table-caption;table-layout:fixed;width:100%;\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" role=\"presentation\" class=\"mj-carousel-main\"><tbody><tr>"
    html += controls("previous", element[.leftIcon], element[.darkLeftIcon])
    html += "<td style=\"padding:0px;\"><div class=\"mj-carousel-images\">"
    html += try part(&context) { image, context throws(LayoutInterruption) in
      try MJCarouselImage.render(image, in: &context)
    }
    html += "</div></td>"
    html += controls("next", element[.rightIcon], element[.darkRightIcon])
    html += "</tr></tbody></table></div></div>"
    html += Outlook.endOfOthers
    if images > 0 {
      // Word shows the first image alone.
      html += Outlook.startOfWord
      html += try part(&context) { image, context throws(LayoutInterruption) in
        image.position.isFirst ? try MJCarouselImage.render(image, in: &context) : HTMLFragment()
      }
      html.endOutlook()
    }
    return html
  }

  private static func passedAttributes(of element: LayoutElement) -> [PassedAttribute] {
    var passed: [PassedAttribute] = []
    for name in [AttributeName.borderRadius, .tbBorder, .tbBorderRadius, .darkTbBorderColor] {
      if let value = element[name] { passed.append(PassedAttribute(name, value)) }
    }
    let width = element[.tbWidth]
    let isUnset = width == nil || width?.known == ""
    passed.append(PassedAttribute(.tbWidth, (isUnset ? nil : width) ?? "110px"))
    return passed
  }

  /// An arrow for each image, of which one is seen.
  private static func controls(
    _ direction: String,
    icon: AttributeValue?,
    dark: AttributeValue?,
    id: String,
    images: Int,
    width: String
  ) -> HTMLFragment {
    var html: HTMLFragment =
      "<td class=\"mj-carousel-\(id)-icons-cell\" style=\"font-size:0px;display:none;mso-hide:all;padding:0px;\"><div class=\"mj-carousel-\(direction)-icons\" style=\"display:none;mso-hide:all;\">"
    var image: HTMLFragment = "<img"
    image.attribute("src", icon)
    image +=
      " alt=\"\(direction)\" style=\"display:block;width:\(width);height:auto;\" width=\"\(JSNumber.text(JSNumber.integer(width)))\" />"
    for number in 0..<images {
      html +=
        "<label for=\"mj-carousel-\(id)-radio-\(number + 1)\" class=\"mj-carousel-\(direction) mj-carousel-\(direction)-\(number + 1)\">"
      html += image.orInTheDark(dark)
      html += "</label>"
    }
    html += "</div></td>"
    return html
  }
}
