package import LetterpressMarkup

/// `mj-navbar`: a menu of links, with a hamburger on phones.
package enum MJNavbar {
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
    ]
  )
}
