package import LetterpressMarkup

/// `mj-preview`: the line that inboxes show after the subject.
package enum MJPreview {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-preview",
    content: .raw,
    summary: "The preheader: what inboxes show after the subject"
  )
}
