import LetterpressDiagnostics
package import LetterpressMarkup
import LetterpressTyping

/// `mj-body`: the email itself, all that is seen.
package enum MJBody: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-body",
    content: .elements(["mj-raw", "mj-section", "mj-wrapper", "mj-hero"]),
    summary: "Holds the sections of the email and sets its width",
    attributes: [
      .length(.width, ["px"], default: "600px", role: .layout),
      .color(.backgroundColor),
      .string(.id),
      .color(.darkBackgroundColor, role: .layout),
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    let document = context.document
    var html = HTMLFragment()
    // Layout makes up to twenty bytes of one. To grow is to copy them into fresh pages again and again; room
    // that is not used costs none.
    html.reserveRoom(for: 20 * element.typed.range.bounds.count)
    html += "<body"
    html.attribute("id", element[.id])
    let dark = try context.darkClass(of: element, [("background-color", .darkBackgroundColor)])
    html.attribute("class", element[.cssClass].adding(dark))
    var style: HTMLFragment = " style=\"word-spacing:normal;"
    style.declaration("background-color", element[.backgroundColor])
    style += "\""
    html += style
    html += ">"
    if let preview = document.preview, try !context.isEmpty(preview) {
      // Shown by inboxes, not in the mail.
      html +=
        "<div style=\"display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;"
      html += "max-width:0px;opacity:0;overflow:hidden;\">"
      let text = context.lowered(context.trimmed(preview.nodes))
      context.head.note(text)
      html += text
      html += "</div> "
    }
    html += "<div"
    if let title = document.title, try !context.isEmpty(title) {
      html += " aria-label=\"\(context.lowered(context.trimmed(title.nodes)))\""
    }
    html += " aria-roledescription=\"email\" role=\"article\""
    html.attribute("lang", document.language)
    html.attribute("dir", document.direction)
    html.attribute("class", text: dark)
    html += style
    // The space shows where a quote in the title leaves the tag's quotes open.
    html += " >"
    var inherited = element.inherited
    inherited.containerWidth = ContainerWidth(try context.text(.width, of: element) ?? "")
    try context.renderChildren(
      of: element,
      inheriting: inherited,
      counted: element.holdsColumns,
      into: &html
    ) { child, context, html throws(LayoutInterruption) in
      try context.render(child, into: &html)
    }
    html += "</div></body>"
    return html
  }
}
