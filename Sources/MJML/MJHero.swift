package import LetterpressMarkup

/// `mj-hero`: content over a background picture.
package enum MJHero {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-hero",
    content: .flow,
    summary: "Content over a background picture",
    attributes: [
      .string(.mode, default: "fixed-height", role: .layout),
      .length(.height, ["px", "%"], default: "0px", role: .layout),
      .string(.backgroundURL, role: .url),
      .length(.backgroundWidth, ["px", "%"], role: .layout),
      .length(.backgroundHeight, ["px", "%"], role: .layout),
      .string(.backgroundPosition, default: "center center"),
      .string(.borderRadius),
      .color(.innerBackgroundColor),
      .length(.innerPadding, ["px", "%"], upTo: 4),
      .length(.innerPaddingTop, ["px", "%"]),
      .length(.innerPaddingLeft, ["px", "%"]),
      .length(.innerPaddingRight, ["px", "%"]),
      .length(.innerPaddingBottom, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4, default: "0px", role: .layout),
      .length(.paddingBottom, ["px", "%"], role: .layout),
      .length(.paddingLeft, ["px", "%"], role: .layout),
      .length(.paddingRight, ["px", "%"], role: .layout),
      .length(.paddingTop, ["px", "%"], role: .layout),
      .color(.backgroundColor, default: "#ffffff"),
      .choice(.verticalAlign, ["top", "bottom", "middle"], default: "top"),
    ]
  )
}
