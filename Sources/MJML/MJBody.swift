package import LetterpressMarkup

/// `mj-body`: the email itself, all that is seen.
package enum MJBody {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-body",
    content: .elements(["mj-raw", "mj-section", "mj-wrapper", "mj-hero"]),
    summary: "Holds the sections of the email and sets its width",
    attributes: [
      .length(.width, ["px"], default: "600px", role: .layout),
      .color(.backgroundColor),
      .string(.id),
    ]
  )
}
