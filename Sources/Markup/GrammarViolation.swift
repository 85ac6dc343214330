package import LetterpressDiagnostics

/// What the grammar refuses, at the element where libxml2 noticed.
package struct GrammarViolation: Sendable, Hashable {
  /// The element, from its `<` to the end of its end tag.
  package var range: SourceRange
  /// The element around it, in which the mistake may be: of siblings libxml2 names not always the one
  /// that it stumbled over.
  package var surroundings: SourceRange
  /// The element's name.
  package var elementName: String
  /// libxml2's words: for notes and tests, not for authors.
  package var message: String
}
