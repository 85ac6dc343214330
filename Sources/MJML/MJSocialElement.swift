package import LetterpressMarkup

/// `mj-social-element`: one link of an `mj-social`.
package enum MJSocialElement {
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
    ]
  )
}
