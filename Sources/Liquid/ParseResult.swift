package import LetterpressDiagnostics

/// A tag without its partner: a block that is never closed, or an `endif`, `else` or `when` that
/// belongs to none.
package struct UnmatchedTag: Sendable {
  package var name: Identifier
  /// The tag with its delimiters.
  package var range: SourceRange

  package init(name: Identifier, range: SourceRange) {
    self.name = name
    self.range = range
  }

  /// Whether this tag would close `opener`.
  package func closes(_ opener: UnmatchedTag) -> Bool {
    name.name.hasPrefix("end") && name.name.dropFirst(3) == opener.name.name
  }
}

/// What the parser makes of a list of items.
package struct ParseResult: Sendable {
  package var template: Template
  /// What is wrong, but for unmatched tags.
  package var diagnostics: [Diagnostic]
  /// Blocks that are open at the end of the items, outermost first; in `template` they end there.
  package var unclosed: [UnmatchedTag]
  /// Tags that close or continue no block of these items.
  package var stray: [UnmatchedTag]
  /// The place after the last item.
  package var end: SourceRange

  /// All that is wrong.
  ///
  /// A caller with several lists of items joins an `unclosed` of one to a `stray` of another first:
  /// an `if` that opens in one element and closes in the next is one mistake, not two.
  package var allDiagnostics: [Diagnostic] {
    diagnostics
      + unclosed.prefix(LiquidLimits.findings).map { .unclosedBlock($0, before: end) }
      + stray.prefix(LiquidLimits.findings).map { .strayTag($0) }
  }
}

/// Whose rules hold where Shopify's strict mode lets a mistake pass.
package enum Dialect: Sendable {
  /// `{% else if x %}`, `{% assign x = %}`, a `when` after `else` and their like are errors.
  case letterpress
  /// They are warnings, and mean what they mean to Shopify's Liquid.
  case shopify
}
