package import LetterpressMarkup

/// `mj-carousel`: pictures of which one is seen, with arrows and thumbnails.
package enum MJCarousel {
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
    ]
  )
}
