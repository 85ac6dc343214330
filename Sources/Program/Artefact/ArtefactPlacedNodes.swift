import LetterpressDiagnostics
import LetterpressTyping

// HTML whose places are known, and the parts of it that are laid out by variants.

extension ArtefactWriter {
  func write(_ nodes: [PlacedNode]) { write(list: nodes) { write($0) } }

  private func write(_ node: PlacedNode) {
    switch node {
    case .bytes(let bytes):
      write(byte: 0)
      write(text: bytes)
    case .output(let expression, let sink):
      write(byte: 1)
      write(expression)
      write(sink)
    case .branch(let alternatives, let otherwise):
      write(byte: 2)
      write(list: alternatives) { alternative in
        write(alternative.condition)
        write(alternative.body)
        write(alternative.range)
      }
      write(otherwise)
    case .loop(let loop, let body, let otherwise):
      write(byte: 3)
      write(head: loop)
      write(body)
      write(otherwise)
    case .assign(let variable, let value):
      write(byte: 4)
      write(variable.index)
      write(value)
    case .capture(let variable, let body, let isMarkup):
      write(byte: 5)
      write(variable.index)
      write(body)
      write(isMarkup)
    case .counter(let counter, let step):
      write(byte: 6)
      write(counter.index)
      write(signed: step)
    case .cycle(let cycle, let values, let sink):
      write(byte: 7)
      write(cycle.index)
      write(list: values) { write($0) }
      write(sink)
    case .interrupt(let leaves):
      write(byte: 8)
      write(leaves)
    case .ifChanged(let index, let body):
      write(byte: 9)
      write(index)
      write(body)
    case .abort(let reason, let range):
      write(byte: 10)
      write(optional: reason) { write($0) }
      write(range)
    case .turn(let loop, let index, let body):
      write(byte: 11)
      write(head: loop)
      write(index)
      write(body)
    case .loopEnd(let loop):
      write(byte: 12)
      write(head: loop)
    case .transformed(let transform, let body):
      write(byte: 13)
      write(transform)
      write(body)
    case .specialised(let part, let variants):
      write(byte: 14)
      write(part)
      write(list: variants) { write($0) }
    }
  }

  private func write(_ sink: Sink) {
    write(byte: sink.kind.rawValue)
    write(byte: sink.use.rawValue)
    write(byte: sink.markup.rawValue)
    write(sink.isRawText)
    write(sink.isCSS)
    write(sink.isEncoded)
    write(sink.isForm)
  }

  private func write(_ transform: Transform) {
    switch transform {
    case .suffixWords(let suffix):
      write(byte: 0)
      write(suffix)
    case .expandColor: write(byte: 1)
    case .trim: write(byte: 2)
    }
  }

  // MARK: - Variants

  /// A part without its body, which the variants were made of.
  private func write(_ part: Specialisation) {
    write(part.id.index)
    write(part.skeleton)
    write(part.tree)
    write(part.range)
  }

  private func write(_ steps: [Specialisation.Step]) { write(list: steps) { write($0) } }

  private func write(_ step: Specialisation.Step) {
    switch step {
    case .statement(let statement):
      write(byte: 0)
      write(statement)
    case .branch(let answer, let alternatives, let otherwise):
      write(byte: 1)
      write(optional: answer) { write($0.index) }
      write(list: alternatives) { condition, steps in
        write(condition)
        write(steps)
      }
      write(otherwise)
    case .loop(let answer, let loop, let turns, let otherwise):
      write(byte: 2)
      write(optional: answer) { write($0.index) }
      write(head: loop)
      write(list: turns) { write($0) }
      write(otherwise)
    case .value(let answer, let nodes, let candidates):
      write(byte: 3)
      write(answer.index)
      write(nodes)
      write(list: candidates) { write($0) }
    case .emptiness(let answer, let nodes):
      write(byte: 4)
      write(answer.index)
      write(nodes)
    case .effects(let nodes):
      write(byte: 5)
      write(nodes)
    }
  }

  private func write(_ tree: Specialisation.Tree) {
    switch tree {
    case .variant(let number):
      write(byte: 0)
      write(number)
    case .question(let answer, let branches):
      write(byte: 1)
      write(answer.index)
      write(list: branches) { write($0) }
    }
  }
}

extension ArtefactReader {
  func placedNodes() throws(ArtefactFault) -> [PlacedNode] { try list(placedNode) }

  private func placedNode() throws(ArtefactFault) -> PlacedNode { try nested(node) }

  private func node() throws(ArtefactFault) -> PlacedNode {
    switch try byte() {
    case 0: return .bytes(try text())
    case 1: return .output(try expression(), try sink())
    case 2:
      return .branch(
        try list { () throws(ArtefactFault) in
          PlacedAlternative(
            condition: try condition(),
            body: try placedNodes(),
            range: try range()
          )
        },
        otherwise: try placedNodes()
      )
    case 3: return .loop(try loopHead(), body: try placedNodes(), otherwise: try placedNodes())
    case 4: return .assign(try variable(), try expression())
    case 5: return .capture(try variable(), try placedNodes(), isMarkup: try bool())
    case 6: return .counter(try counter(), step: try signed())
    case 7: return .cycle(try cycle(), try list(expression), try sink())
    case 8: return .interrupt(leaves: try bool())
    case 9: return .ifChanged(try change(), try placedNodes())
    case 10: return .abort(try optional(expression), try range())
    case 11:
      return .turn(try loopHead(), try number(upTo: 1 << 20, "a turn"), try placedNodes())
    case 12: return .loopEnd(try loopHead())
    case 13: return .transformed(try transform(), try placedNodes())
    case 14: return try specialised()
    case let other: throw fault("a node of kind \(other)")
    }
  }

  func decodeSink() throws(ArtefactFault) -> Sink {
    guard let kind = Sink.Kind(rawValue: try byte()), let use = Sink.URLUse(rawValue: try byte()),
      let markup = Sink.Markup(rawValue: try byte())
    else { throw fault("a place for values that this compiler does not have") }
    var sink = Sink(
      kind,
      use: use,
      markup: markup,
      isRawText: try bool(),
      isCSS: try bool()
    )
    sink.isEncoded = try bool()
    sink.isForm = try bool()
    return sink
  }

  private func transform() throws(ArtefactFault) -> Transform {
    switch try byte() {
    case 0: return .suffixWords(try string())
    case 1: return .expandColor
    case 2: return .trim
    case let other: throw fault("a change of text of kind \(other)")
    }
  }

  // MARK: - Variants

  private func specialised() throws(ArtefactFault) -> PlacedNode {
    let id = Specialisation.ID(index: try number())
    let skeleton = try list(step)
    let tree = try nested(tree)
    let range = try range()
    let variants = try list(placedNodes)
    guard tree.isWithin(variants.count) else { throw fault("a variant that is not there") }
    let part = Specialisation(
      id: id,
      skeleton: skeleton,
      tree: tree,
      variants: variants.count,
      body: [],
      range: range
    )
    return .specialised(part, variants: variants)
  }

  private func step() throws(ArtefactFault) -> Specialisation.Step { try nested(stepItself) }

  private func stepItself() throws(ArtefactFault) -> Specialisation.Step {
    switch try byte() {
    case 0: return .statement(try statement())
    case 1:
      return .branch(
        try optional(answer),
        try list { () throws(ArtefactFault) in
          (condition: try condition(), steps: try list(step))
        },
        otherwise: try list(step)
      )
    case 2:
      return .loop(
        try optional(answer),
        try loopHead(),
        turns: try list { () throws(ArtefactFault) in try list(step) },
        otherwise: try list(step)
      )
    case 3: return .value(try answer(), try typedNodes(), candidates: try list(string))
    case 4: return .emptiness(try answer(), try typedNodes())
    case 5: return .effects(try typedNodes())
    case let other: throw fault("a step of kind \(other)")
    }
  }

  private func answer() throws(ArtefactFault) -> Specialisation.AnswerID {
    Specialisation.AnswerID(index: try number(upTo: 65_000, "answers"))
  }

  private func tree() throws(ArtefactFault) -> Specialisation.Tree {
    switch try byte() {
    case 0: return .variant(try number())
    case 1:
      return .question(
        try answer(),
        try list { () throws(ArtefactFault) in try nested(tree) }
      )
    case let other: throw fault("an answer of kind \(other)")
    }
  }
}

extension Specialisation.Tree {
  /// Whether all of its variants are among so many.
  fileprivate func isWithin(_ count: Int) -> Bool {
    switch self {
    case .variant(let number): number < count
    case .question(_, let branches): branches.allSatisfy { $0.isWithin(count) }
    }
  }
}
