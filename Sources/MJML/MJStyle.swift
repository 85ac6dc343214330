package import LetterpressMarkup

/// `mj-style`: CSS, for a `<style>` in the head or written into the elements it selects.
package enum MJStyle {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-style",
    content: .raw,
    summary: "CSS of the email; with inline=\"inline\" written into the elements",
    attributes: [.string(.inline, role: .layout)]
  )
}
