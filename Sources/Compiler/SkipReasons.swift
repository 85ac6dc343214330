public import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressTyping

extension ProjectCompiler {
  /// All places where a layout that was read may skip a recipient, in the order of the layouts and, within
  /// one, of the text.
  ///
  /// A layout with errors is left out.
  public func skipReasons() -> [SkipReason] {
    // Most projects have none: nothing has to be checked once more for that.
    guard sources.files.contains(where: { $0.bytes.holdAbort }) else { return [] }
    return loaded.layouts.flatMap { layout -> [SkipReason] in
      guard let document = layout.document else { return [] }
      let (typed, found) = Checking.check(document, with: loaded.input)
      guard !found.hasErrors else { return [] }
      var seen: Set<SourceRange> = []
      return (typed.envelope + typed.nodes).aborts
        .filter { seen.insert($0.range).inserted }
        .sorted { ($0.range.file.index, $0.range.start) < ($1.range.file.index, $1.range.start) }
        .map { SkipReason(layout: layout.name, text: text(of: $0.reason), range: $0.range) }
    }
  }

  private func text(of reason: TypedExpression?) -> String {
    guard let reason else { return "" }
    if case .literal(.string(let text)) = reason.kind { return text }
    return "{{ \(sources.text(reason.range)) }}"
  }
}

extension [UInt8] {
  /// Whether the word stands in it.
  fileprivate var holdAbort: Bool {
    let word = Array("abort".utf8)
    return indices.contains { self[$0] == word[0] && self[$0...].starts(with: word) }
  }
}

extension [TypedNode] {
  /// All `abort`s in them.
  fileprivate var aborts: [(reason: TypedExpression?, range: SourceRange)] {
    flatMap { node -> [(reason: TypedExpression?, range: SourceRange)] in
      switch node {
      case .statement(.abort(let reason, let range)): [(reason, range)]
      case .statement(.ifChanged(_, let nodes)), .statement(.capture(_, let nodes, _)),
        .comment(let nodes, _):
        nodes.aborts
      case .element(let element):
        element.attributes.flatMap(\.value.aborts) + (element.content ?? []).aborts
          + element.children.aborts
      case .branch(let branch):
        branch.alternatives.flatMap(\.body.aborts) + branch.otherwise.aborts
      case .loop(let loop): loop.body.aborts + loop.otherwise.aborts
      case .scope(let scope): scope.body.aborts
      case .statement, .raw, .text, .literal, .output: []
      }
    }
  }
}
