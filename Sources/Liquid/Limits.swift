/// The bounds of a template's text; what is beyond them is an error.
///
/// Real templates stay far below: the figures are Shopify's block depth, and for the rest what
/// keeps a hostile file from overflowing the stack or taking a second to check.
package enum Limits {
  /// Blocks within blocks.
  package static let blockDepth = 100
  /// Brackets within brackets.
  package static let expressionDepth = 100
  /// Operands of one tag.
  package static let operands = 500
  /// Filters after one operand.
  package static let filters = 100
  /// `else`s in one `case` that a `when` follows; each makes the ones before it cost again.
  static let casesInCase = 50
  /// Findings of one parse; a file with more of them is broken in one and the same way.
  package static let findings = 100
}
