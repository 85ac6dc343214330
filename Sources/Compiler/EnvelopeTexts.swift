import LetterpressDiagnostics
import LetterpressTyping

/// The texts of a layout that are no HTML: subject, preheader, sender.
///
/// They stand in elements anywhere in the head, under conditions too. A text is the tree with everything
/// taken away but the content of one kind of element and the statements that it may depend on.
struct EnvelopeTexts {
  /// The content of all elements of a name; nil where there is none.
  static func text(of name: String, in nodes: [TypedNode]) -> [TypedNode]? {
    text(in: nodes) { $0.name == name ? $0.content ?? [] : nil }
  }

  /// What `content` gives of the elements; nil where it gives nothing of any.
  static func text(
    in nodes: [TypedNode],
    _ content: (TypedElement) -> [TypedNode]?
  ) -> [TypedNode]? {
    contains(content, nodes) ? kept(content, nodes) : nil
  }

  private typealias Content = (TypedElement) -> [TypedNode]?

  private static func kept(_ content: Content, _ nodes: [TypedNode]) -> [TypedNode] {
    nodes.flatMap { node -> [TypedNode] in
      switch node {
      case .element(let element):
        content(element) ?? kept(content, element.children)
      case .branch(var branch):
        keeping(content, &branch)
      case .loop(var loop):
        keeping(content, &loop)
      case .scope(var scope):
        keeping(content, &scope)
      case .statement(.cycle), .statement(.counter): []
      case .statement: [node]
      case .comment, .raw, .text, .literal, .output: []
      }
    }
  }

  private static func keeping(_ content: Content, _ branch: inout TypedBranch) -> [TypedNode] {
    for index in branch.alternatives.indices {
      branch.alternatives[index].body = kept(content, branch.alternatives[index].body)
    }
    branch.otherwise = kept(content, branch.otherwise)
    let isEmpty = branch.otherwise.isEmpty && branch.alternatives.allSatisfy(\.body.isEmpty)
    return isEmpty ? [] : [.branch(branch)]
  }

  private static func keeping(_ content: Content, _ loop: inout TypedLoop) -> [TypedNode] {
    loop.body = kept(content, loop.body)
    loop.otherwise = kept(content, loop.otherwise)
    return loop.body.isEmpty && loop.otherwise.isEmpty ? [] : [.loop(loop)]
  }

  private static func keeping(_ content: Content, _ scope: inout TypedScope) -> [TypedNode] {
    scope.body = kept(content, scope.body)
    return [.scope(scope)]
  }

  private static func contains(_ content: Content, _ nodes: [TypedNode]) -> Bool {
    nodes.contains { node in
      switch node {
      case .element(let element): content(element) != nil || contains(content, element.children)
      case .branch(let branch):
        contains(content, branch.otherwise)
          || branch.alternatives.contains { contains(content, $0.body) }
      case .loop(let loop): contains(content, loop.body) || contains(content, loop.otherwise)
      case .scope(let scope): contains(content, scope.body)
      case .statement, .comment, .raw, .text, .literal, .output: false
      }
    }
  }
}
