import LetterpressDiagnostics
import LetterpressTyping

// Typed text: what captures, blocks' arguments and skeletons are made of. Elements, comments and kept Liquid
// stand between elements only and are gone once a message is laid out.

extension ArtefactWriter {
  func write(_ nodes: [TypedNode]) {
    write(list: nodes.filter(\.isText)) { write($0) }
  }

  private func write(_ node: TypedNode) {
    switch node {
    case .element, .comment, .raw: break
    case .text(let range):
      write(byte: 0)
      write(range)
    case .literal(let text):
      write(byte: 1)
      write(text)
    case .output(let expression):
      write(byte: 2)
      write(expression)
    case .branch(let branch):
      write(byte: 3)
      write(list: branch.alternatives) { alternative in
        write(alternative.condition)
        write(alternative.body)
      }
      write(branch.otherwise)
      write(branch.range)
    case .loop(let loop):
      write(byte: 4)
      write(head: loop)
      write(loop.body)
      write(loop.otherwise)
    case .statement(let statement):
      write(byte: 5)
      write(statement)
    case .scope(let scope):
      write(byte: 6)
      write(scope.name)
      write(list: scope.bindings) { variable, value in
        write(variable.index)
        write(value)
      }
      write(scope.body)
      write(scope.use)
    }
  }

  /// A loop without what it repeats.
  func write(head loop: TypedLoop) {
    write(loop.id.index)
    write(loop.variable.index)
    write(loop.collection)
    write(optional: loop.limit) { write($0) }
    write(optional: loop.offset) { write($0) }
    write(loop.resumes)
    write(optional: loop.resumeGroup) { write($0) }
    write(loop.isReversed)
    write(optional: loop.bound) { write(signed: $0) }
    write(loop.range)
    write(optional: loop.columns) { write($0) }
  }

  func write(_ statement: TypedStatement) {
    switch statement {
    case .assign(let variable, let value):
      write(byte: 0)
      write(variable.index)
      write(value)
    case .capture(let variable, let nodes, let isMarkup):
      write(byte: 1)
      write(variable.index)
      write(nodes)
      write(isMarkup)
    case .counter(let counter, let step):
      write(byte: 2)
      write(counter.index)
      write(signed: step)
    case .cycle(let cycle, let values):
      write(byte: 3)
      write(cycle.index)
      write(list: values) { write($0) }
    case .interrupt(let leaves):
      write(byte: 4)
      write(leaves)
    case .ifChanged(let index, let nodes):
      write(byte: 5)
      write(index)
      write(nodes)
    case .abort(let reason, let range):
      write(byte: 6)
      write(optional: reason) { write($0) }
      write(range)
    }
  }
}

extension TypedNode {
  fileprivate var isText: Bool {
    switch self {
    case .element, .comment, .raw: false
    case .text, .literal, .output, .branch, .loop, .statement, .scope: true
    }
  }
}

extension ArtefactReader {
  func typedNodes() throws(ArtefactFault) -> [TypedNode] { try list(typedNode) }

  private func typedNode() throws(ArtefactFault) -> TypedNode { try nested(textNode) }

  private func textNode() throws(ArtefactFault) -> TypedNode {
    switch try byte() {
    case 0:
      let range = try range()
      try charge(range.bounds.count)
      return .text(range)
    case 1: return .literal(try string())
    case 2: return .output(try expression())
    case 3:
      return .branch(
        TypedBranch(
          alternatives: try list { () throws(ArtefactFault) in
            TypedBranch.Alternative(condition: try condition(), body: try typedNodes())
          },
          otherwise: try typedNodes(),
          range: try range()
        )
      )
    case 4:
      var loop = try loopHead()
      loop.body = try typedNodes()
      loop.otherwise = try typedNodes()
      return .loop(loop)
    case 5: return .statement(try statement())
    case 6:
      return .scope(
        TypedScope(
          name: try string(),
          bindings: try list { () throws(ArtefactFault) in (try variable(), try expression()) },
          body: try typedNodes(),
          use: try range()
        )
      )
    case let other: throw fault("a text of kind \(other)")
    }
  }

  func loopHead() throws(ArtefactFault) -> TypedLoop {
    let loop = TypedLoop(
      id: try loopID(),
      variable: try variable(),
      collection: try expression(),
      limit: try optional(expression),
      offset: try optional(expression),
      resumes: try bool(),
      resumeGroup: try optional(resumeGroup),
      isReversed: try bool(),
      bound: try optional(signed),
      body: [],
      otherwise: [],
      range: try range(),
      columns: try optional(expression)
    )
    // `forloop.name` is made of both.
    try charge(loop.range.bounds.count)
    try charge(loop.collection.range.bounds.count)
    return loop
  }

  func statement() throws(ArtefactFault) -> TypedStatement {
    switch try byte() {
    case 0: return .assign(try variable(), try expression())
    case 1: return .capture(try variable(), try typedNodes(), isMarkup: try bool())
    case 2: return .counter(try counter(), step: try signed())
    case 3: return .cycle(try cycle(), try list(expression))
    case 4: return .interrupt(leaves: try bool())
    case 5: return .ifChanged(try change(), try typedNodes())
    case 6: return .abort(try optional(expression), try range())
    case let other: throw fault("a statement of kind \(other)")
    }
  }
}
