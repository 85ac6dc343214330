import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

extension LayoutContext {
  /// The text of an attribute that layout computes with; nil where nothing sets it.
  ///
  /// - Throws: a question where its text depends on the recipient; a failure, reported, where it could be
  ///   any text.
  package mutating func text(
    _ name: AttributeName,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> String? {
    guard let value = element.attributes[name] else { return nil }
    switch value.content {
    case .known(let text): return text
    case .dynamic(let nodes, _):
      let range = element.typed.valueRange(of: name)
      guard let candidates = PossibleTexts(sources: sources).texts(of: nodes) else {
        report(.dynamicLayoutAttribute(name.text, of: element.name, at: range))
        throw .failure
      }
      if candidates.count == 1 { return candidates[0] }
      let question = Question(
        key: Question.Key(path: element.path, subject: .text(name)),
        answers: candidates.count,
        nodes: nodes,
        candidates: candidates,
        range: range
      )
      return candidates[try ask(question)]
    }
  }

  /// Whether an attribute is absent or the empty text.
  ///
  /// - Throws: a question where that depends on the recipient.
  package mutating func isEmpty(
    _ name: AttributeName,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> Bool {
    guard let value = element.attributes[name] else { return true }
    switch value.content {
    case .known(let text): return text.isEmpty
    case .dynamic(let nodes, _):
      if let isEmpty = PossibleTexts(sources: sources).emptiness(of: nodes) { return isEmpty }
      let question = Question(
        key: Question.Key(path: element.path, subject: .emptiness(name)),
        answers: 2,
        nodes: nodes,
        candidates: [],
        range: element.typed.valueRange(of: name)
      )
      return try ask(question) == 1
    }
  }
}

extension TypedElement {
  /// Where the value of an attribute stands: between its quotes, or the start tag where it comes from
  /// elsewhere.
  func valueRange(of name: AttributeName) -> SourceRange {
    attributes.first { $0.name == name.text }?.valueRange ?? startTag
  }
}
