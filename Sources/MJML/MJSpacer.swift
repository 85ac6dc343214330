package import LetterpressMarkup

/// `mj-spacer`: empty space of a height.
package enum MJSpacer: Component {
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
      .color(.darkContainerBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html += "<div style=\""
    html.declaration("height", element[.height])
    html.declaration("line-height", element[.height])
    html += "\">&#8202;</div>"
  }
}
