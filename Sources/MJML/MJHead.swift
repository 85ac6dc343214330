package import LetterpressMarkup

/// `mj-head`: what is not seen in the body: title, styles, fonts, defaults, the envelope.
package enum MJHead {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-head",
    content: .elements([
      "mj-attributes", "mj-breakpoint", "mj-html-attributes", "mj-font", "mj-preview", "mj-style",
      "mj-title", "mj-raw", "lp-subject", "lp-from", "lp-reply-to", "lp-header", "lp-unsubscribe",
      "lp-text",
    ]),
    summary: "Title, styles, fonts and defaults of the email, and its envelope"
  )
}
