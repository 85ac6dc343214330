import LetterpressDiagnostics
import LetterpressProgram
package import LetterpressTyping

extension LayoutContext {
  /// Text with Liquid in it (the content of an ending tag, an attribute's value) as HTML with holes.
  package func lowered(_ nodes: [TypedNode]) -> HTMLFragment {
    var html = HTMLFragment()
    lower(nodes, stack: stack, into: &html)
    return html
  }

  private func lower(
    _ nodes: [TypedNode],
    stack: [Diagnostic.Frame],
    into html: inout HTMLFragment
  ) {
    for node in nodes {
      switch node {
      case .text(let range), .raw(let range):
        html.append(bytes: bytes(range))
      case .literal(let text): html.append(text)
      case .output(let expression):
        html.append(.output(HTMLOutput(expression, stack: stack)))
      case .branch(let branch): html.append(lowered(branch, stack: stack))
      case .loop(let loop):
        html.append(
          .loop(
            HTMLLoop(
              head: loop.head,
              body: lowered(loop.body, stack: stack).nodes,
              otherwise: lowered(loop.otherwise, stack: stack).nodes
            )
          )
        )
      case .statement(let statement): html.append(.statement(statement))
      case .scope(let scope):
        html.append(contentsOf: scope.bindings.map { .statement(.assign($0.0, $0.1)) })
        lower(scope.body, stack: [scope.frame] + stack, into: &html)
      case .comment(let content, _):
        html += "<!--"
        lower(content, stack: stack, into: &html)
        html += "-->"
      case .element: break
      }
    }
  }

  /// A branch of text.
  func lowered(_ branch: TypedBranch, stack: [Diagnostic.Frame]) -> HTMLNode {
    .branch(
      branch.alternatives.map {
        HTMLAlternative(
          condition: $0.condition,
          body: lowered($0.body, stack: stack).nodes,
          range: branch.range
        )
      },
      otherwise: lowered(branch.otherwise, stack: stack).nodes
    )
  }

  private func lowered(_ nodes: [TypedNode], stack: [Diagnostic.Frame]) -> HTMLFragment {
    var html = HTMLFragment()
    lower(nodes, stack: stack, into: &html)
    return html
  }
}
