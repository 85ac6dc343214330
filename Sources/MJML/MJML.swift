package import LetterpressMarkup

/// `mjml`: the root; with language and direction of the document.
package enum MJML {
  /// Takes any attribute: MJML never looks at the root's (`version`, `xmlns`).
  package static let declaration = ComponentDeclaration(
    name: "mjml",
    content: .elements(["mj-body", "mj-head", "mj-raw"]),
    attributes: [
      .string(.lang, default: "und"),
      .choice(.dir, ["ltr", "rtl", "auto"], default: "auto"),
      .choice(.owa, ["desktop", "mobile"], default: "mobile", role: .layout),
      .boolean(.supportDarkMode, role: .layout),
    ],
    takesAnyAttribute: true,
    summary: "An email"
  )
}
