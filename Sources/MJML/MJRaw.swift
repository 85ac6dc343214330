package import LetterpressMarkup

/// `mj-raw`: HTML that is copied as it stands.
package enum MJRaw: Component {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-raw",
    content: .raw,
    summary: "HTML that is copied as it stands",
    attributes: [
      .choice(.position, ["file-start"], role: .layout)
    ]
  )

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    context.content(of: element)
  }
}
