package import LetterpressMarkup

/// `mj-title`: the document's title, which screen readers say.
package enum MJTitle {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-title",
    content: .raw,
    summary: "The title of the document, for screen readers and browsers"
  )
}
