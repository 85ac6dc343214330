package import LetterpressDiagnostics
import LetterpressMarkup
import LetterpressProgram
import LetterpressTyping

/// What layout reads and collects while it walks a tree.
package struct LayoutContext: Sendable {
  package let sources: SourceSet
  /// The defaults that mj-attributes sets.
  package var cascade = AttributeCascade()
  /// What the head says about the document.
  var document = DocumentHead()
  /// What the body asks of the head: media queries, fonts, component styles.
  package var head = HeadContributions()
  package private(set) var diagnostics: [Diagnostic] = []

  /// The answers of the variant that is laid out now.
  var answers: [Question.Key: Int] = [:]
  /// Where each question's answer is noted at run time; kept over variants.
  var answerIDs: [Question.Key: Specialisation.AnswerID] = [:]
  /// The specialised parts; a part has one number in all variants of the parts around it.
  var specialisationIDs: [InstancePath: Specialisation.ID] = [:]
  /// How many variables the frame has; more where values are caught in some of layout's own.
  var variableCount = 0
  /// By where the value stands.
  var captureVariables: [SourceRange: VariableID] = [:]
  /// Blocks and includes on the way to the element, innermost first.
  package var stack: [Diagnostic.Frame] = []
  /// Whether the parts of children are kept apart: while a part is laid out in variants, to be merged.
  var keepsPieces = false
  /// Repeat the rules for wide screens for paper (MJML's `printerSupport`).
  package var repeatsRulesForPrint = false
  /// Web fonts in the place of MJML's own.
  var fonts: [DocumentHead.Font]?
  /// Variants of a part at most (DESIGN, Limits).
  package var maximumVariants = 64

  /// The content of each file; a `SourceFile` has more in it than layout wants to copy.
  private let files: [[UInt8]]

  package init(sources: SourceSet) {
    self.sources = sources
    files = sources.files.map(\.bytes)
  }

  package mutating func report(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    diagnostic.stack += stack
    diagnostics.append(diagnostic)
  }

  /// The source text of a range.
  package func text(_ range: SourceRange) -> String {
    String(decoding: bytes(range), as: UTF8.self)
  }

  func bytes(_ range: SourceRange) -> ArraySlice<UInt8> {
    files[Int(range.file.index)][range.bounds]
  }

  /// The answer to a question, or an interruption that has it asked.
  mutating func ask(_ question: Question) throws(LayoutInterruption) -> Int {
    if let answer = answers[question.key] { return answer }
    throw .question(question)
  }
}
