/// The bounds of a template's Liquid; what is beyond them is an error.
///
/// Real templates stay far below: the defaults are Shopify's block depth, and for the rest what
/// keeps a hostile file from overflowing the stack or taking a second to check.
package struct LiquidLimits: Sendable {
  /// Blocks within blocks, in one text or list of elements.
  package var blockDepth = 100
  /// Brackets within brackets.
  package var bracketDepth = 100
  /// Operands of one tag.
  package var operands = 500
  /// Filters after one operand.
  package var filters = 100

  /// The most operands that any project may allow: what reads conditions recurses over them.
  package static let mostOperands = 1_000
  /// `else`s in one `case` that a `when` follows; each makes the ones before it cost again.
  static let casesInCase = 50
  /// Findings of one parse; a file with more of them is broken in one and the same way.
  package static let findings = 100

  package init() {}
}
