import LetterpressDiagnostics
import LetterpressTyping

/// The texts of a layout that are no HTML: subject, preheader, sender.
///
/// They stand in elements anywhere in the head, under conditions too. A text is the tree with everything
/// taken away but the content of one kind of element and the statements that it may depend on.
struct EnvelopeTexts {
  /// The content of all elements of a name; nil where there is none.
  static func text(of name: String, in nodes: [TypedNode]) -> [TypedNode]? {
    contains(name, nodes) ? kept(name, nodes) : nil
  }

  private static func kept(_ name: String, _ nodes: [TypedNode]) -> [TypedNode] {
    nodes.flatMap { node -> [TypedNode] in
      switch node {
      case .element(let element):
        element.name == name ? element.content ?? [] : kept(name, element.children)
      case .branch(var branch):
        keeping(name, &branch)
      case .loop(var loop):
        keeping(name, &loop)
      case .scope(var scope):
        keeping(name, &scope)
      case .statement(.cycle), .statement(.counter): []
      case .statement: [node]
      case .comment, .raw, .text, .literal, .output: []
      }
    }
  }

  private static func keeping(_ name: String, _ branch: inout TypedBranch) -> [TypedNode] {
    for index in branch.alternatives.indices {
      branch.alternatives[index].body = kept(name, branch.alternatives[index].body)
    }
    branch.otherwise = kept(name, branch.otherwise)
    let isEmpty = branch.otherwise.isEmpty && branch.alternatives.allSatisfy(\.body.isEmpty)
    return isEmpty ? [] : [.branch(branch)]
  }

  private static func keeping(_ name: String, _ loop: inout TypedLoop) -> [TypedNode] {
    loop.body = kept(name, loop.body)
    loop.otherwise = kept(name, loop.otherwise)
    return loop.body.isEmpty && loop.otherwise.isEmpty ? [] : [.loop(loop)]
  }

  private static func keeping(_ name: String, _ scope: inout TypedScope) -> [TypedNode] {
    scope.body = kept(name, scope.body)
    return [.scope(scope)]
  }

  private static func contains(_ name: String, _ nodes: [TypedNode]) -> Bool {
    nodes.contains { node in
      switch node {
      case .element(let element): element.name == name || contains(name, element.children)
      case .branch(let branch):
        contains(name, branch.otherwise)
          || branch.alternatives.contains { contains(name, $0.body) }
      case .loop(let loop): contains(name, loop.body) || contains(name, loop.otherwise)
      case .scope(let scope): contains(name, scope.body)
      case .statement, .comment, .raw, .text, .literal, .output: false
      }
    }
  }
}
