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
  final class Family {
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
        let path = InstancePath(of: typed, in: path)
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

  // MARK: - One child

  mutating func renderPiece(
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
  var step: InstancePath.Step { .scope(use.file, use.start, inclusion: inclusion) }
  var frame: Diagnostic.Frame { Diagnostic.Frame("in '\(name)'", use) }
}

extension [TypedNode] {
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
