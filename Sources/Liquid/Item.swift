package import LetterpressDiagnostics

/// What the parser reads: a template cut at its Liquid.
///
/// The lexer makes items of a text; a tree of elements makes its own, with an `opaque` item for
/// each child and the tags between them lexed singly.
package enum Item: Sendable {
  /// Text as it stands, trimmed by the white-space control of its neighbours.
  case text(SourceRange)
  /// The content of `raw`. Unlike text it is printed even where it is white space in a blank block.
  case verbatim(SourceRange)
  /// `{{ markup }}`.
  case output(markup: SourceRange, range: SourceRange)
  /// `{% name markup %}`. The lexer hands comments with their content over as `comment`; a
  /// `comment`, `raw` or `doc` that arrives as a tag takes all items up to its end.
  case tag(name: Identifier, markup: SourceRange, range: SourceRange)
  case comment(Comment)
  /// A tag without its end, which has been reported: what closes or continues it is no second mistake.
  case broken(name: Identifier)
  /// Something of the caller's, by its number.
  case opaque(Int)
}
