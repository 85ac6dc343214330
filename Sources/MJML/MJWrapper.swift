package import LetterpressMarkup

/// `mj-wrapper`: several sections with one background and border around them.
package enum MJWrapper {
  package static let declaration = ComponentDeclaration(
    bodyComponent: "mj-wrapper",
    content: .elements(["mj-hero", "mj-raw", "mj-section"]),
    summary: "Sections that share a background, a border and their padding",
    attributes: MJSection.attributes + [.length(.gap, ["px"])]
  )
}
