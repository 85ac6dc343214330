package import LetterpressMarkup

/// `mj-section`: a row that holds columns.
package enum MJSection: Component {
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
    .color(.darkBackgroundColor, role: .layout),
    .string(.darkBackgroundURL, role: .layout),
    .color(.darkBorderColor, role: .layout),
    .color(.darkBorderBottomColor, role: .layout),
    .color(.darkBorderLeftColor, role: .layout),
    .color(.darkBorderRightColor, role: .layout),
    .color(.darkBorderTopColor, role: .layout),
  ]

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    try RowLayout(element, in: &context).render(in: &context, into: &html) {
      inherited,
      context,
      html throws(LayoutInterruption) in
      try columns(of: element, inheriting: inherited, in: &context, into: &html)
    }
  }

  private static func columns(
    of element: LayoutElement,
    inheriting inherited: InheritedContext,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    var inherited = inherited
    if let gutter = try context.text(.gutter, of: element), !gutter.isEmpty {
      inherited.gutter = gutter
      inherited.isRightToLeft = try context.text(.direction, of: element) == "rtl"
    }
    html.startOutlook()
    html += "<tr>"
    html.endOutlook()
    try context.renderChildren(
      of: element,
      inheriting: inherited,
      counted: true,
      into: &html
    ) { child, context, html throws(LayoutInterruption) in
      guard let column = child.boxed else { return try context.render(child, into: &html) }
      html.startOutlook()
      html += "<td"
      html.attribute("align", column[.align])
      html.attribute("class", column.suffixedClass("outlook"))
      html += " style=\""
      switch column.name {
      case "mj-column":
        let width = try ColumnWidth(column, in: &context)
        MJColumn.appendOutlookCellStyle(of: column, width: width, to: &html)
        html += "\" >"
        html.endOutlook()
        try MJColumn.render(column, width: width, in: &context, into: &html)
      case "mj-group":
        html += try MJGroup.outlookCellStyle(of: column, in: &context)
        html += "\" >"
        html.endOutlook()
        try MJGroup.render(column, in: &context, into: &html)
      default:
        html += "\" >"
        html.endOutlook()
        try context.render(child, into: &html)
      }
      html.startOutlook()
      html += "</td>"
      html.endOutlook()
    }
    html.startOutlook()
    html += "</tr>"
    html.endOutlook()
  }
}
