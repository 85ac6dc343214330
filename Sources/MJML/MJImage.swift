package import LetterpressMarkup

/// `mj-image`: a picture, as wide as its column or as it is told.
package enum MJImage {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-image",
    content: .empty,
    summary: "A picture, with an optional link",
    attributes: [
      .string(.alt, default: ""),
      .string(.href, role: .url),
      .string(.name),
      .string(.src, role: .url),
      .string(.srcset),
      .string(.sizes),
      .string(.title),
      .string(.rel),
      .choice(.align, ["left", "center", "right"], default: "center"),
      .string(.border, default: "0"),
      .string(.borderBottom),
      .string(.borderLeft),
      .string(.borderRight),
      .string(.borderTop),
      .string(.borderRadius),
      .color(.containerBackgroundColor),
      .boolean(.fluidOnMobile, role: .layout),
      .length(.padding, ["px", "%"], upTo: 4, default: "10px 25px", role: .layout),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"]),
      .string(.target, default: "_blank"),
      .length(.width, ["px"], role: .layout),
      .length(.height, ["px", "auto"], default: "auto", role: .layout),
      .length(.maxHeight, ["px", "%"]),
      .length(.fontSize, ["px"], default: "13px"),
      .string(.usemap),
    ]
  )
}
