import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

/// How a parent's children become HTML.
///
/// Most parents do not care how many children there are: `if` and `for` between them stay as they are in
/// the program, and each element is laid out once. A parent that counts (section, group, carousel, a
/// wrapper with a gap) needs to know its children one by one, so here the conditions are *asked* and the
/// loops are unrolled:
///
///     {% if a %}<mj-column/>{% endif %}<mj-column/>     not counted: branch[a → column] column
///                                                       counted: is a taken? → 1 or 2 columns
extension LayoutContext {
  package typealias ChildRenderer = (
    LayoutChild, inout LayoutContext, inout HTMLFragment
  ) throws(LayoutInterruption) -> Void

  /// Appends the layout of an element's children, one after the other.
  ///
  /// `counted` says whether the parent's layout depends on the number or order of its children. `passed`
  /// are attributes that the parent hands to its children, below their own. `renderer` lays out one
  /// child with whatever the parent puts around it, and calls `render(_:into:)` for the child's own HTML.
  package mutating func renderChildren(
    of element: LayoutElement,
    inheriting inherited: InheritedContext,
    counted: Bool,
    passing passed: [PassedAttribute] = [],
    into html: inout HTMLFragment,
    _ renderer: ChildRenderer
  ) throws(LayoutInterruption) {
    let family = Family(parent: element, inherited: inherited, passed: passed)
    if family.spacesChildren { html += " " }
    defer { if family.spacesChildren { html += " " } }
    if counted {
      try renderCounted(family, renderer, into: &html)
    } else {
      try renderInPlace(
        element.typed.children,
        in: element.path,
        family,
        renderer,
        into: &html
      )
    }
  }

  /// The layout of an element's children, each made apart.
  mutating func renderChildren(
    of element: LayoutElement,
    inheriting inherited: InheritedContext,
    counted: Bool,
    passing passed: [PassedAttribute] = [],
    _ renderer: (
      LayoutChild, inout LayoutContext
    ) throws(LayoutInterruption) -> HTMLFragment
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html = HTMLFragment()
    try renderChildren(
      of: element,
      inheriting: inherited,
      counted: counted,
      passing: passed,
      into: &html
    ) { child, context, html throws(LayoutInterruption) in
      html.append(try renderer(child, &context))
    }
    return html
  }

  /// What all children of one parent have in common.
  private final class Family {
    let parent: LayoutElement
    let inherited: InheritedContext
    let passed: [PassedAttribute]
    /// Whether white space stands around each child but mj-raw.
    ///
    /// MJML always has it; it shows only where it meets the text of an mj-raw.
    let spacesChildren: Bool

    init(parent: LayoutElement, inherited: InheritedContext, passed: [PassedAttribute]) {
      self.parent = parent
      self.inherited = inherited
      self.passed = passed
      spacesChildren = parent.typed.children.contains {
        if case .element(let child) = $0 { child.name == "mj-raw" } else { false }
      }
    }
  }

  // MARK: - In place

  private mutating func renderInPlace(
    _ nodes: [TypedNode],
    in path: InstancePath,
    _ family: Family,
    _ renderer: ChildRenderer
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html = HTMLFragment()
    try renderInPlace(nodes, in: path, family, renderer, into: &html)
    return html
  }

  private mutating func renderInPlace(
    _ nodes: [TypedNode],
    in path: InstancePath,
    _ family: Family,
    _ renderer: ChildRenderer,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    for node in nodes {
      switch node {
      case .element(let typed):
        let path = InstancePath(.element(typed.range.file, typed.range.start), in: path)
        if keepsPieces {
          var piece = HTMLFragment()
          renderElement(typed, at: path, .unknown, family, renderer, into: &piece)
          html.append(piece: piece, of: path, turns: [])
        } else {
          renderElement(typed, at: path, .unknown, family, renderer, into: &html)
        }
      case .comment(let content, let range):
        let raw = ConcreteChild(.comment(content, range), path: path, turns: [], stack: stack)
        renderPiece(raw, at: .unknown, family, renderer, into: &html)
      case .raw(let range):
        let raw = ConcreteChild(.raw(range), path: path, turns: [], stack: stack)
        renderPiece(raw, at: .unknown, family, renderer, into: &html)
      case .branch(let branch):
        var alternatives: [HTMLAlternative] = []
        for alternative in branch.alternatives {
          let body = try renderInPlace(alternative.body, in: path, family, renderer)
          alternatives.append(
            HTMLAlternative(
              condition: alternative.condition,
              body: body.nodes,
              range: branch.range
            )
          )
        }
        let otherwise = try renderInPlace(branch.otherwise, in: path, family, renderer)
        html.append(.branch(alternatives, otherwise: otherwise.nodes))
      case .loop where [node].containElementWithIdentity:
        var children: [ConcreteChild] = []
        try collect([node], in: path, turns: [], into: &children)
        for child in children {
          renderPiece(child, at: .unknown, family, renderer, into: &html)
        }
      case .loop(let loop):
        let inner = InstancePath(.anyTurn(loop.id), in: path)
        let body = try renderInPlace(loop.body, in: inner, family, renderer)
        let otherwise = try renderInPlace(loop.otherwise, in: path, family, renderer)
        html.append(
          .loop(HTMLLoop(head: loop.head, body: body.nodes, otherwise: otherwise.nodes))
        )
      case .statement(let statement): html.append(.statement(statement))
      case .scope(let scope):
        html.append(contentsOf: scope.bindings.map { .statement(.assign($0.0, $0.1)) })
        stack.insert(scope.frame, at: 0)
        defer { stack.removeFirst() }
        try renderInPlace(
          scope.body,
          in: InstancePath(scope.step, in: path),
          family,
          renderer,
          into: &html
        )
      case .text, .literal, .output: break
      }
    }
  }

  // MARK: - Counted

  private mutating func renderCounted(
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

  /// How many children an element has in this variant, comments and mj-raw included and without them.
  package mutating func countChildren(
    of element: LayoutElement
  ) throws(LayoutInterruption) -> (siblings: Int, nonRawSiblings: Int) {
    var children: [ConcreteChild] = []
    try collect(element.typed.children, in: element.path, turns: [], into: &children)
    return (children.count { $0.isSibling }, children.count { $0.isSibling && !$0.isRaw })
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

  private enum Flow { case on, next, leave }

  /// The children one by one, as they are under the answers of this variant.
  @discardableResult
  private mutating func collect(
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
  private mutating func taken(
    _ branch: TypedBranch,
    in path: InstancePath
  ) throws(LayoutInterruption) -> [TypedNode] {
    let bodies = branch.alternatives.map(\.body) + [branch.otherwise]
    let answer = try ask(
      Question(
        key: Question.Key(
          path: path,
          subject: .alternative(branch.range.file, branch.range.start)
        ),
        answers: bodies.count,
        nodes: [],
        candidates: [],
        range: branch.range
      )
    )
    return bodies[answer]
  }

  // MARK: - One child

  private mutating func renderPiece(
    _ child: ConcreteChild,
    at position: SiblingPosition,
    _ family: Family,
    _ renderer: ChildRenderer,
    into html: inout HTMLFragment
  ) {
    let outer = stack
    stack = child.stack
    defer { stack = outer }
    guard child.isSibling, keepsPieces || !child.turns.isEmpty else {
      return renderChild(child, at: position, family, renderer, into: &html)
    }
    var piece = HTMLFragment()
    renderChild(child, at: position, family, renderer, into: &piece)
    html.append(piece: piece, of: child.path, turns: child.turns)
  }

  private mutating func renderChild(
    _ child: ConcreteChild,
    at position: SiblingPosition,
    _ family: Family,
    _ renderer: ChildRenderer,
    into html: inout HTMLFragment
  ) {
    switch child.content {
    case .effect(let node): html.append(contentsOf: wrap([node], in: child.turns))
    case .raw(let range):
      specialised(child.path, typed: nil, range: range, into: &html) {
        context,
        html throws(LayoutInterruption) in
        try renderer(.raw(HTMLFragment(context.text(range)), position), &context, &html)
      }
    case .comment(let content, let range):
      specialised(child.path, typed: nil, range: range, into: &html) {
        context,
        html throws(LayoutInterruption) in
        let comment: HTMLFragment = "<!--\(context.lowered(content))-->"
        try renderer(.raw(comment, position), &context, &html)
      }
    case .element(let typed):
      renderElement(typed, at: child.path, position, family, renderer, into: &html)
    }
  }

  private mutating func renderElement(
    _ typed: TypedElement,
    at path: InstancePath,
    _ position: SiblingPosition,
    _ family: Family,
    _ renderer: ChildRenderer,
    into html: inout HTMLFragment
  ) {
    specialised(path, typed: typed, range: typed.range, into: &html) {
      context,
      html throws(LayoutInterruption) in
      let element = try context.element(
        typed,
        at: path,
        position: position,
        parent: family.parent,
        inheriting: family.inherited,
        passed: family.passed
      )
      html.append(contentsOf: element.prologue)
      let isSpaced = family.spacesChildren && LayoutChild.element(element).boxed != nil
      if isSpaced { html += " " }
      try renderer(.element(element), &context, &html)
      if isSpaced { html += " " }
    }
  }
}

/// A child that is known to be there in a variant, or an effect between two of them.
private struct ConcreteChild {
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
      self.path = InstancePath(.element(typed.range.file, typed.range.start), in: path)
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

extension TypedLoop {
  /// The loop without its bodies.
  var head: TypedLoop {
    var head = self
    head.body = []
    head.otherwise = []
    return head
  }
}

extension TypedScope {
  var step: InstancePath.Step { .scope(use.file, use.start) }
  var frame: Diagnostic.Frame { Diagnostic.Frame("in '\(name)'", use) }
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

  /// Whether one of the elements has ids of its own, so that each turn of a loop needs its own HTML.
  fileprivate var containElementWithIdentity: Bool {
    contains { node in
      switch node {
      case .element(let element):
        element.name == "mj-carousel" || element.children.containElementWithIdentity
      case .branch(let branch):
        branch.alternatives.contains { $0.body.containElementWithIdentity }
          || branch.otherwise.containElementWithIdentity
      case .loop(let loop):
        loop.body.containElementWithIdentity || loop.otherwise.containElementWithIdentity
      case .scope(let scope): scope.body.containElementWithIdentity
      default: false
      }
    }
  }
}
