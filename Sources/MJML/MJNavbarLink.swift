package import LetterpressMarkup

/// `mj-navbar-link`: a link of an `mj-navbar`.
package enum MJNavbarLink {
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
    ]
  )
}
