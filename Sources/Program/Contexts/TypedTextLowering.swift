package import LetterpressDiagnostics
package import LetterpressTyping

/// Turns typed text into nodes of HTML: a run of the source becomes its bytes, a use of a block its
/// bindings and its content.
package struct TypedTextLowering: Sendable {
  package let sources: SourceSet
  /// References in runs of the source stand for their characters: text that came from an attribute and
  /// is a string from now on.
  package var decodesReferences = false

  package init(sources: SourceSet) { self.sources = sources }

  package func nodes(_ typed: [TypedNode], stack: [Diagnostic.Frame] = []) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    for node in typed { append(node, stack, to: &nodes) }
    return nodes
  }

  private func append(_ node: TypedNode, _ stack: [Diagnostic.Frame], to nodes: inout [HTMLNode]) {
    switch node {
    case .text(let range):
      let bytes = Array(sources[range.file].bytes[range.bounds])
      nodes.append(.bytes(decodesReferences ? decoded(bytes) : bytes))
    case .literal(let text):
      nodes.append(.bytes(Array(text.utf8)))
    case .output(let expression):
      nodes.append(.output(HTMLOutput(expression, stack: stack)))
    case .branch(let branch):
      let alternatives = branch.alternatives.map { alternative in
        HTMLAlternative(
          condition: alternative.condition,
          body: self.nodes(alternative.body, stack: stack),
          range: alternative.body.firstRange ?? branch.range
        )
      }
      nodes.append(
        .branch(alternatives, otherwise: self.nodes(branch.otherwise, stack: stack))
      )
    case .loop(let loop):
      nodes.append(
        .loop(
          HTMLLoop(
            head: loop,
            body: self.nodes(loop.body, stack: stack),
            otherwise: self.nodes(loop.otherwise, stack: stack)
          )
        )
      )
    case .statement(let statement):
      nodes.append(.statement(statement))
    case .scope(let scope):
      for (variable, value) in scope.bindings {
        nodes.append(.statement(.assign(variable, value)))
      }
      let frame = Diagnostic.Frame("in block '\(scope.name)'", scope.use)
      nodes.append(contentsOf: self.nodes(scope.body, stack: [frame] + stack))
    case .element, .comment, .raw:
      // Only between elements, where layout reads them.
      break
    }
  }

  private func decoded(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(UInt8(ascii: "&")) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"),
        let reference = CharacterReference(in: bytes.span, at: index, end: bytes.count)
      {
        result.append(contentsOf: String(reference.scalar).utf8)
        index = reference.end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}

extension [TypedNode] {
  /// The place of the first node that has one.
  var firstRange: SourceRange? {
    for node in self {
      switch node {
      case .text(let range), .comment(_, let range), .raw(let range): return range
      case .output(let expression): return expression.range
      case .branch(let branch): return branch.range
      case .loop(let loop): return loop.range
      case .element(let element): return element.range
      case .scope(let scope): return scope.use
      case .statement, .literal: continue
      }
    }
    return nil
  }
}
