package import LetterpressMarkup

/// `mj-raw`: HTML that is copied as it stands.
package enum MJRaw {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-raw",
    content: .raw,
    summary: "HTML that is copied as it stands",
    attributes: [
      .choice(.position, ["file-start"], role: .layout)
    ]
  )
}
