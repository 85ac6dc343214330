import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

/// Lays a part out once for each combination of answers to what it asks.
///
/// The part is run as if nothing depended on the recipient. When it asks, it is run again for each answer
/// (with the answers before kept), which makes a tree of questions whose leaves are the variants:
///
///     section [ if a: column ] [ if b: column ]        a? ─ taken ── b? ─ taken ── variant 0: two columns
///                                                       │             └─ not ──── variant 1: one column
///                                                       └─ not ──── b? …
///
/// Each child is a part of its own, so that what only concerns a child multiplies nothing.
extension LayoutContext {
  /// Appends the layout of the part at `path`; a choice between variants where it asked.
  mutating func specialised(
    _ path: InstancePath,
    typed: TypedElement?,
    range: SourceRange,
    into html: inout HTMLFragment,
    _ render: Part
  ) {
    let before = head.mark
    let start = html.mark
    do {
      try render(&self, &html)
    } catch {
      html.revert(to: start)
      guard case .question(let first) = error else { return }
      head.revert(to: before)
      let outer = keepsPieces
      keepsPieces = true
      defer { keepsPieces = outer }
      var exploration = Exploration()
      guard let tree = explore(first, &exploration, render) else { return }
      let id = specialisationID(of: path)
      let skeleton = SkeletonBuilder(asked: exploration.asked, answerIDs: answerIDs)
      let steps = typed.map { skeleton.steps(for: $0, at: path) } ?? []
      let merger = VariantMerger(id: id, variants: exploration.variants.count)
      let body = merger.merge(exploration.variants)
      html.append(
        .specialised(
          Specialisation(
            id: id,
            skeleton: steps,
            tree: tree,
            variants: exploration.variants.count,
            body: body,
            range: range
          )
        )
      )
    }
  }

  /// Appends the layout of a part.
  typealias Part = (
    inout LayoutContext, inout HTMLFragment
  ) throws(LayoutInterruption) -> Void

  private struct Exploration {
    var variants: [HTMLFragment] = []
    var asked: [Question] = []
  }

  /// Runs the part for each answer to a question; nil where it failed (reported).
  private mutating func explore(
    _ question: Question,
    _ exploration: inout Exploration,
    _ render: Part
  ) -> Specialisation.Tree? {
    if !exploration.asked.contains(where: { $0.key == question.key }) {
      exploration.asked.append(question)
    }
    let answerID = answerID(of: question.key)
    var branches: [Specialisation.Tree] = []
    defer { answers[question.key] = nil }
    for answer in 0..<question.answers {
      answers[question.key] = answer
      let before = head.mark
      do {
        var variant = HTMLFragment()
        try render(&self, &variant)
        guard exploration.variants.count < maximumVariants else {
          report(
            .tooManyVariants(
              maximum: maximumVariants,
              asked: exploration.asked.map(\.range),
              at: question.range
            )
          )
          return nil
        }
        branches.append(.variant(exploration.variants.count))
        exploration.variants.append(variant)
      } catch {
        guard case .question(let next) = error else { return nil }
        head.revert(to: before)
        guard let tree = explore(next, &exploration, render) else { return nil }
        branches.append(tree)
      }
    }
    return .question(answerID, branches)
  }

  private mutating func answerID(of key: Question.Key) -> Specialisation.AnswerID {
    if let id = answerIDs[key] { return id }
    let id = Specialisation.AnswerID(index: answerIDs.count)
    answerIDs[key] = id
    return id
  }

  /// One for each part, the same in all variants of the parts around it.
  private mutating func specialisationID(of path: InstancePath) -> Specialisation.ID {
    if let id = specialisationIDs[path] { return id }
    let id = Specialisation.ID(index: specialisationIDs.count)
    specialisationIDs[path] = id
    return id
  }
}
