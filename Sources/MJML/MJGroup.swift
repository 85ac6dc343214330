package import LetterpressMarkup

/// `mj-group`: columns that stay side by side on a phone.
package enum MJGroup {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-group",
    content: .elements(["mj-column", "mj-raw"]),
    summary: "Columns that stay side by side on narrow screens",
    attributes: [
      .color(.backgroundColor),
      .choice(.direction, ["ltr", "rtl"], default: "ltr"),
      .choice(.verticalAlign, ["top", "bottom", "middle"]),
      .length(.width, ["px", "%"], role: .layout),
    ]
  )
}
