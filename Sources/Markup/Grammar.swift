package import LetterpressDiagnostics

package struct GrammarViolation: Sendable {
  package var range: SourceRange
}
package struct Grammar: Sendable {}
