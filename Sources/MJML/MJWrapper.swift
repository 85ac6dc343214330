package import LetterpressMarkup

/// `mj-wrapper`: several sections with one background and border around them.
package enum MJWrapper: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-wrapper",
    content: .elements(["mj-hero", "mj-raw", "mj-section"]),
    summary: "Sections that share a background, a border and their padding",
    attributes: MJSection.attributes + [.length(.gap, ["px"])]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    try RowLayout(element, in: &context).render(in: &context, into: &html) {
      inherited,
      context,
      html throws(LayoutInterruption) in
      // With a gap the first section differs from the others.
      let isCounted = element[.gap] != nil || element.holdsColumns
      let width = element.inherited.containerWidth.text
      try context.renderChildren(
        of: element,
        inheriting: inherited,
        counted: isCounted,
        into: &html
      ) { child, context, html throws(LayoutInterruption) in
        guard let row = child.boxed else { return try context.render(child, into: &html) }
        html.startOutlook()
        html += "<tr><td"
        html.attribute("align", row[.align])
        html.attribute("class", row.suffixedClass("outlook"))
        html.attribute("width", text: width)
        html += " >"
        html.endOutlook()
        try context.render(child, into: &html)
        html.startOutlook()
        html += "</td></tr>"
        html.endOutlook()
      }
    }
  }
}
