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
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    try RowLayout(element, in: &context).render(in: &context) {
      inherited,
      context throws(LayoutInterruption) in
      // With a gap the first section differs from the others.
      let isCounted = element[.gap] != nil || element.holdsColumns
      let width = element.inherited.containerWidth.text
      return try context.renderChildren(of: element, inheriting: inherited, counted: isCounted) {
        child,
        context throws(LayoutInterruption) in
        guard let row = child.boxed else { return try context.render(child) }
        var html: HTMLFragment = "\(Outlook.start)<tr><td"
        html.attribute("align", row[.align])
        html.attribute("class", row.suffixedClass("outlook"))
        html.attribute("width", text: width)
        html += ">"
        html.endOutlook()
        html += try context.render(child)
        html.startOutlook()
        html += "</td></tr>"
        html.endOutlook()
        return html
      }
    }
  }
}
