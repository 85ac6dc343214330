package import LetterpressMarkup

/// `mj-spacer`: empty space of a height.
package enum MJSpacer {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-spacer",
    content: .empty,
    summary: "Empty space of a given height",
    attributes: [
      .string(.border),
      .string(.borderBottom),
      .string(.borderLeft),
      .string(.borderRight),
      .string(.borderTop),
      .color(.containerBackgroundColor),
      .length(.paddingBottom, ["px", "%"]),
      .length(.paddingLeft, ["px", "%"]),
      .length(.paddingRight, ["px", "%"]),
      .length(.paddingTop, ["px", "%"]),
      .length(.padding, ["px", "%"], upTo: 4),
      .length(.height, ["px", "%"], default: "20px"),
    ]
  )
}
