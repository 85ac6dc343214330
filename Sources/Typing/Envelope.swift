/// Takes the envelope's elements out of a layout.
enum Envelope {
  /// The layout without them, for MJML counts siblings.
  static func removed(from nodes: [TypedNode]) -> [TypedNode] {
    nodes.compactMap { node in
      switch node {
      case .element(let element):
        if LetterpressNames.envelope.contains(element.name) { return nil }
        return .element(element.replacing(children: removed(from: element.children)))
      case .branch(var branch):
        for index in branch.alternatives.indices {
          branch.alternatives[index].body = removed(from: branch.alternatives[index].body)
        }
        branch.otherwise = removed(from: branch.otherwise)
        return .branch(branch)
      case .loop(var loop):
        loop.body = removed(from: loop.body)
        loop.otherwise = removed(from: loop.otherwise)
        return .loop(loop)
      case .scope(var scope):
        scope.body = removed(from: scope.body)
        return .scope(scope)
      case .comment, .raw, .text, .literal, .output, .statement: return node
      }
    }
  }

  /// The envelope's elements with the statements that come before the last of them.
  static func extracted(from nodes: [TypedNode]) -> [TypedNode] {
    var result = flattened(nodes)
    while let last = result.last, !holdsEnvelope([last]) { result.removeLast() }
    return result
  }

  /// Statements, envelope elements, and the branches and loops that hold any.
  private static func flattened(_ nodes: [TypedNode]) -> [TypedNode] {
    nodes.flatMap { node -> [TypedNode] in
      switch node {
      case .element(let element):
        if LetterpressNames.envelope.contains(element.name) { return [node] }
        return element.attributes.flatMap { flattened($0.value) }
          + flattened(element.content ?? []) + flattened(element.children)
      case .branch(var branch):
        for index in branch.alternatives.indices {
          branch.alternatives[index].body = flattened(branch.alternatives[index].body)
        }
        branch.otherwise = flattened(branch.otherwise)
        let isEmpty = branch.otherwise.isEmpty && branch.alternatives.allSatisfy(\.body.isEmpty)
        return isEmpty ? [] : [.branch(branch)]
      case .loop(var loop):
        loop.body = flattened(loop.body)
        loop.otherwise = flattened(loop.otherwise)
        let isEmpty = loop.otherwise.isEmpty && loop.body.isEmpty && loop.resumeGroup == nil
        return isEmpty ? [] : [.loop(loop)]
      case .scope(var scope):
        scope.body = flattened(scope.body)
        return scope.body.isEmpty ? [] : [.scope(scope)]
      case .comment(let nodes, _): return flattened(nodes)
      case .statement: return [node]
      case .raw, .text, .literal, .output: return []
      }
    }
  }

  private static func holdsEnvelope(_ nodes: [TypedNode]) -> Bool {
    nodes.contains { node in
      switch node {
      case .element: true
      case .branch(let branch):
        holdsEnvelope(branch.otherwise) || branch.alternatives.contains { holdsEnvelope($0.body) }
      case .loop(let loop): holdsEnvelope(loop.body) || holdsEnvelope(loop.otherwise)
      case .scope(let scope): holdsEnvelope(scope.body)
      default: false
      }
    }
  }
}
