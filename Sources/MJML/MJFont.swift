package import LetterpressMarkup

/// `mj-font`: where the style sheet of a font is; loaded where the body uses the font.
package enum MJFont {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-font",
    content: .empty,
    summary: "A web font, loaded if the email uses it",
    attributes: [.string(.name, role: .layout), .string(.href, role: .url)]
  )
}
