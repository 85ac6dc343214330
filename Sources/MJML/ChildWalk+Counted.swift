import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

/// The children of a parent that counts them, one by one.
///
/// Conditions among them are asked and loops unrolled, so that in each variant it is known which children
/// there are; see `renderChildren`.
extension LayoutContext {
  mutating func renderCounted(
    _ family: Family,
    _ renderer: ChildRenderer,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    var children: [ConcreteChild] = []
    try collect(family.parent.typed.children, in: family.parent.path, turns: [], into: &children)
    let siblings = children.count { $0.isSibling }
    let nonRaw = children.count { $0.isSibling && !$0.isRaw }
    var index = 0
    for child in children {
      let position = SiblingPosition(index: index, siblings: siblings, nonRawSiblings: nonRaw)
      renderPiece(child, at: position, family, renderer, into: &html)
      if child.isSibling { index += 1 }
    }
  }

  /// The names of the elements among an element's children in this variant.
  mutating func childNames(
    of element: LayoutElement
  ) throws(LayoutInterruption) -> [String] {
    var children: [ConcreteChild] = []
    try collect(element.typed.children, in: element.path, turns: [], into: &children)
    return children.compactMap {
      if case .element(let child) = $0.content { child.name } else { nil }
    }
  }

  enum Flow { case on, next, leave }

  /// The children one by one, as they are under the answers of this variant.
  @discardableResult
  mutating func collect(
    _ nodes: [TypedNode],
    in path: InstancePath,
    turns: [HTMLFragment.Turn],
    into children: inout [ConcreteChild]
  ) throws(LayoutInterruption) -> Flow {
    func add(_ content: ConcreteChild.Content) {
      children.append(ConcreteChild(content, path: path, turns: turns, stack: stack))
    }
    for node in nodes {
      switch node {
      case .element(let typed): add(.element(typed))
      case .comment(let content, let range): add(.comment(content, range))
      case .raw(let range): add(.raw(range))
      case .statement(.interrupt(let leaves)): return leaves ? .leave : .next
      case .statement(let statement): add(.effect(.statement(statement)))
      case .branch(let branch) where !branch.affectsSiblings:
        add(.effect(lowered(branch, stack: stack)))
      case .branch(let branch):
        let body = try taken(branch, in: path)
        let flow = try collect(body, in: path, turns: turns, into: &children)
        if flow != .on { return flow }
      case .loop(let loop) where ![node].affectSiblings:
        add(
          .effect(
            .loop(
              HTMLLoop(
                head: loop.head,
                body: lowered(loop.body).nodes,
                otherwise: lowered(loop.otherwise).nodes
              )
            )
          )
        )
      case .loop(let loop):
        try collectTurns(of: loop, in: path, turns: turns, into: &children)
      case .scope(let scope):
        for (variable, value) in scope.bindings {
          add(.effect(.statement(.assign(variable, value))))
        }
        stack.insert(scope.frame, at: 0)
        defer { stack.removeFirst() }
        let inner = InstancePath(scope.step, in: path)
        let flow = try collect(scope.body, in: inner, turns: turns, into: &children)
        if flow != .on { return flow }
      case .text, .literal, .output: break
      }
    }
    return .on
  }

  private mutating func collectTurns(
    of loop: TypedLoop,
    in path: InstancePath,
    turns: [HTMLFragment.Turn],
    into children: inout [ConcreteChild]
  ) throws(LayoutInterruption) {
    guard let bound = loop.bound, bound < maximumVariants else {
      report(.unboundedLayoutLoop(bound: loop.bound, maximum: maximumVariants, at: loop.range))
      throw .failure
    }
    let count = try ask(
      Question(
        key: Question.Key(path: path, subject: .turns(loop.id)),
        answers: bound + 1,
        nodes: [],
        candidates: [],
        range: loop.range
      )
    )
    if count == 0 {
      try collect(loop.otherwise, in: path, turns: turns, into: &children)
    }
    for number in 0..<count {
      let inner = InstancePath(.turn(loop.id, number), in: path)
      let turn = HTMLFragment.Turn(loop: loop.head, number: number)
      let flow = try collect(loop.body, in: inner, turns: turns + [turn], into: &children)
      if flow == .leave { break }
    }
    let end = ConcreteChild(.effect(.loopEnd(loop.head)), path: path, turns: turns, stack: stack)
    children.append(end)
  }

  /// The body of the alternative that is taken in this variant.
  mutating func taken(
    _ branch: TypedBranch,
    in path: InstancePath
  ) throws(LayoutInterruption) -> [TypedNode] {
    let answer = try ask(
      Question(
        key: Question.Key(path: path, subject: .alternative(branch.number)),
        answers: branch.bodies.count,
        nodes: [],
        candidates: [],
        range: branch.range
      )
    )
    return branch.bodies[answer]
  }
}

/// A child that is known to be there in a variant, or an effect between two of them.
struct ConcreteChild {
  enum Content {
    case element(TypedElement)
    case comment([TypedNode], SourceRange)
    case raw(SourceRange)
    case effect(HTMLNode)
  }

  var content: Content
  var path: InstancePath
  var turns: [HTMLFragment.Turn]
  var stack: [Diagnostic.Frame]

  init(
    _ content: Content,
    path: InstancePath,
    turns: [HTMLFragment.Turn],
    stack: [Diagnostic.Frame]
  ) {
    self.content = content
    self.turns = turns
    self.stack = stack
    switch content {
    case .element(let typed):
      self.path = InstancePath(of: typed, in: path)
    case .comment(_, let range), .raw(let range):
      self.path = InstancePath(.element(range.file, range.start), in: path)
    case .effect: self.path = path
    }
  }

  var isSibling: Bool { if case .effect = content { false } else { true } }

  var isRaw: Bool {
    switch content {
    case .element(let typed): typed.name == "mj-raw"
    case .comment, .raw: true
    case .effect: false
    }
  }
}

extension TypedBranch {
  /// Whether the alternatives differ in more than what they assign.
  fileprivate var affectsSiblings: Bool {
    alternatives.contains { $0.body.affectSiblings } || otherwise.affectSiblings
  }
}

extension [TypedNode] {
  /// Whether there is a sibling among them, or a jump past one.
  fileprivate var affectSiblings: Bool {
    contains { node in
      switch node {
      case .element, .comment, .raw, .statement(.interrupt): true
      case .branch(let branch): branch.affectsSiblings
      case .loop(let loop): loop.body.affectSiblings || loop.otherwise.affectSiblings
      case .scope(let scope): scope.body.affectSiblings
      case .text, .literal, .output, .statement: false
      }
    }
  }
}
