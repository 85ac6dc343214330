/// A place where a layout may skip a recipient: an `abort` in it, or in a block that it uses.
///
/// No finding: a template is meant to do this.
public struct SkipReason: Sendable {
  /// The layout's name.
  public let layout: String
  /// The reason that the tag gives; one that is made when the message is rendered as the placeholder is
  /// written, and empty where the tag gives none.
  public let text: String
  /// The tag.
  public let range: SourceRange

  package init(layout: String, text: String, range: SourceRange) {
    self.layout = layout
    self.text = text
    self.range = range
  }
}
