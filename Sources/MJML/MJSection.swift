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
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    try RowLayout(element, in: &context).render(in: &context) {
      inherited,
      context throws(LayoutInterruption) in
      try columns(of: element, inheriting: inherited, in: &context)
    }
  }

  private static func columns(
    of element: LayoutElement,
    inheriting inherited: InheritedContext,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var inherited = inherited
    if let gutter = try context.text(.gutter, of: element), !gutter.isEmpty {
      inherited.gutter = gutter
      inherited.isRightToLeft = try context.text(.direction, of: element) == "rtl"
    }
    var html: HTMLFragment = "\(Outlook.start)<tr>\(Outlook.end)"
    html += try context.renderChildren(of: element, inheriting: inherited, counted: true) {
      child,
      context throws(LayoutInterruption) in
      guard let column = child.boxed else { return try context.render(child) }
      var html: HTMLFragment = "\(Outlook.start)<td"
      html.attribute("align", column[.align])
      html.attribute("class", column.suffixedClass("outlook"))
      html += " style=\""
      switch column.name {
      case "mj-column":
        let width = try ColumnWidth(column, in: &context)
        html += MJColumn.outlookCellStyle(of: column, width: width)
        html += "\">"
        html.endOutlook()
        html += try MJColumn.render(column, width: width, in: &context)
      case "mj-group":
        html += try MJGroup.outlookCellStyle(of: column, in: &context)
        html += "\">"
        html.endOutlook()
        html += try MJGroup.render(column, in: &context)
      default:
        html += "\">"
        html.endOutlook()
        html += try context.render(child)
      }
      html.startOutlook()
      html += "</td>"
      html.endOutlook()
      return html
    }
    html.startOutlook()
    html += "</tr>"
    html.endOutlook()
    return html
  }
}
