package import LetterpressMarkup

/// `mj-section`: a row that holds columns.
package enum MJSection {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-section",
    content: .elements(["mj-column", "mj-group", "mj-raw"]),
    summary: "A row of columns",
    attributes: attributes
  )

  static let attributes: [AttributeDeclaration] = [
    .color(.backgroundColor),
    .string(.backgroundURL, role: .url),
    .choice(.backgroundRepeat, ["repeat", "no-repeat"], default: "repeat", role: .layout),
    .string(.backgroundSize, default: "auto", role: .layout),
    .string(.backgroundPosition, default: "top center", role: .layout),
    .string(.backgroundPositionX, role: .layout),
    .string(.backgroundPositionY, role: .layout),
    .string(.border),
    .string(.borderBottom),
    .string(.borderLeft),
    .string(.borderRadius),
    .string(.borderRight),
    .string(.borderTop),
    .choice(.direction, ["ltr", "rtl"], default: "ltr"),
    .choice(.fullWidth, ["full-width", "false", ""], role: .layout),
    .length(.gutter, ["px", "%"], role: .layout),
    .length(.padding, ["px", "%"], upTo: 4, default: "20px 0", role: .layout),
    .length(.paddingTop, ["px", "%"]),
    .length(.paddingBottom, ["px", "%"]),
    .length(.paddingLeft, ["px", "%"], role: .layout),
    .length(.paddingRight, ["px", "%"], role: .layout),
    .choice(.textAlign, ["left", "center", "right"], default: "center"),
    .length(.textPadding, ["px", "%"], upTo: 4, default: "4px 4px 4px 0"),
  ]
}
