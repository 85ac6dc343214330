package import LetterpressMarkup

/// `mj-breakpoint`: the width of a screen from which on columns stand side by side.
package enum MJBreakpoint {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-breakpoint",
    content: .raw,
    summary: "The screen width from which on columns stand side by side",
    attributes: [.length(.width, ["px"], role: .layout)]
  )
}
