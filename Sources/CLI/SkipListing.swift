import Letterpress
import LetterpressDiagnostics

/// The places where layouts may skip a recipient (`abort`), as `check` lists them.
///
/// They are no findings: a template is meant to do this.
struct SkipListing {
  let reasons: [SkipReason]
  let sources: SourceSet

  /// A line for each.
  var text: String {
    reasons.map { reason in
      let suffix = reason.text.isEmpty ? "without a reason" : reason.text
      return "\(place(of: reason)): '\(reason.layout)' skips the recipient: \(suffix)\n"
    }.joined()
  }

  private func place(of reason: SkipReason) -> String {
    let file = sources[reason.range.file]
    let position = file.position(at: reason.range.start)
    return "\(file.path):\(position.line):\(position.column)"
  }
}
