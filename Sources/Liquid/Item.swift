package import LetterpressDiagnostics

/// What the parser reads: a template cut at its Liquid.
///
/// The lexer makes items of a text; a tree of elements makes its own, with an `opaque` item for each
/// child and the tags between them lexed singly.
package enum Item: Sendable {
  /// Text as it stands, trimmed by the white-space control of its neighbours.
  case text(SourceRange)
  /// `{{ markup }}`.
  case output(markup: SourceRange, range: SourceRange)
  /// `{% name markup %}`. Ranges of `raw` reach the parser as `text`, comments with their content as `comment`.
  case tag(name: Identifier, markup: SourceRange, range: SourceRange)
  case comment(Comment)
  /// Something of the caller's, by its number.
  case opaque(Int)
}
