package import LetterpressMarkup

/// `mj-include`: another file's content, in the place of this element.
package enum MJInclude {
  package static let declaration = ComponentDeclaration(
    name: "mj-include",
    content: .empty,
    attributes: [
      .string(.path, role: .layout),
      .choice(.type, ["mjml", "css", "html"], role: .layout),
      .choice(.cssInline, ["inline"], role: .layout),
    ],
    summary: "The content of another file: MJML, CSS or HTML"
  )
}
