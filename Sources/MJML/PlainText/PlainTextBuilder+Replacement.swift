import LetterpressProgram
import LetterpressTyping

/// `lp-text` in the head: a text part of the author's own.
extension PlainTextBuilder {
  /// Appends what stands in place of the derived text.
  ///
  /// - Returns: Whether it does for every recipient.
  mutating func appendReplacement(_ envelope: [TypedNode]) -> Bool {
    guard envelope.holdReplacement else { return false }
    var isCertain = false
    for node in envelope {
      text.append(replacement(node))
      if case .element(let element) = node, element.name == Self.replacementName {
        isCertain = true
      }
    }
    return isCertain
  }

  private static let replacementName = "lp-text"

  private func replacement(_ nodes: [TypedNode]) -> [HTMLNode] { nodes.flatMap { replacement($0) } }

  private func replacement(_ node: TypedNode) -> [HTMLNode] {
    switch node {
    case .element(let element):
      guard element.name == Self.replacementName else { return [] }
      var part = MarkedText()
      part.append([.replacement, .paragraph, .preserve])
      part.append(context.lowered(context.trimmed(element.content ?? [])).nodes.writtenText())
      part.append([.collapse, .paragraph])
      return part.finished()
    case .branch(let branch):
      let alternatives = branch.alternatives.map {
        HTMLAlternative(
          condition: $0.condition,
          body: replacement($0.body),
          range: branch.range
        )
      }
      return [.branch(alternatives, otherwise: replacement(branch.otherwise))]
    case .loop(let loop):
      return [
        .loop(
          HTMLLoop(
            head: loop,
            body: replacement(loop.body),
            otherwise: replacement(loop.otherwise)
          )
        )
      ]
    case .scope(let scope):
      return scope.bindings.map { .statement(.assign($0.0, $0.1)) } + replacement(scope.body)
    // They step again where the derived text runs.
    case .statement(.cycle), .statement(.counter): return []
    case .statement(let statement): return [.statement(statement)]
    case .comment, .raw, .text, .literal, .output: return []
    }
  }
}

extension [TypedNode] {
  fileprivate var holdReplacement: Bool { containElement(named: ["lp-text"]) }

  /// Whether an `abort` stands among them or in them.
  var containAbort: Bool {
    contains { node in
      switch node {
      case .statement(.abort): true
      case .statement(.ifChanged(_, let nodes)), .statement(.capture(_, let nodes, _)),
        .comment(let nodes, _):
        nodes.containAbort
      case .element(let element):
        element.attributes.contains { $0.value.containAbort }
          || (element.content ?? []).containAbort || element.children.containAbort
      case .branch(let branch):
        branch.alternatives.contains { $0.body.containAbort } || branch.otherwise.containAbort
      case .loop(let loop): loop.body.containAbort || loop.otherwise.containAbort
      case .scope(let scope): scope.body.containAbort || scope.text?.value.containAbort == true
      case .statement, .raw, .text, .literal, .output: false
      }
    }
  }
}
