package import LetterpressDiagnostics
package import LetterpressProgram
package import LetterpressTyping

/// The text part of a mail, derived from its typed tree: text with marks and holes.
///
/// No layout questions come up: what is a branch or a loop in the tree stays one. Attributes under a
/// condition in `mj-attributes` count by their first alternative.
package struct PlainTextMail: Sendable {
  package let nodes: [HTMLNode]

  /// Derives the text of a layout without its envelope, and of the envelope, in which `lp-text` stands.
  package init(_ nodes: [TypedNode], envelope: [TypedNode] = [], sources: SourceSet) {
    var builder = PlainTextBuilder(sources: sources)
    self.nodes = builder.mail(nodes, envelope: envelope)
  }
}

/// Walks a typed tree and collects its text.
struct PlainTextBuilder {
  var context: LayoutContext
  var reduction: TextReduction
  var text = MarkedText()
  /// The mj-class of the nearest element around that has one, for `AttributeCascade.byClassAndTag`.
  private var classesAround: [String] = []
  /// What stands before the links of the navbar around.
  var navbarBase: AttributeValue?

  init(sources: SourceSet) {
    context = LayoutContext(sources: sources)
    reduction = TextReduction(sources: sources)
  }

  mutating func mail(_ nodes: [TypedNode], envelope: [TypedNode]) -> [HTMLNode] {
    let isReplaced = appendReplacement(envelope)
    // Whom the body skips gets no text either.
    if isReplaced, !nodes.containAbort { return text.finished() }
    if !text.isEmpty { text.append(.derived) }
    readDefaults(nodes)
    walk(nodes)
    return text.finished()
  }

  // MARK: - The tree

  /// Appends the text of nodes between elements.
  mutating func walk(_ nodes: [TypedNode]) {
    for node in nodes {
      switch node {
      case .element(let element): append(element)
      case .branch(let branch):
        let alternatives = branch.alternatives.map {
          HTMLAlternative(
            condition: $0.condition,
            body: walked($0.body),
            range: branch.range
          )
        }
        text.append(.branch(alternatives, otherwise: walked(branch.otherwise)))
      case .loop(let loop):
        text.append(
          .loop(
            HTMLLoop(head: loop, body: walked(loop.body), otherwise: walked(loop.otherwise))
          )
        )
      case .statement(let statement): text.append(.statement(statement))
      case .scope(let scope):
        if let replacement = scope.text {
          append(context.value(of: replacement), as: .paragraph)
          run([node])
          continue
        }
        for (variable, value) in scope.bindings {
          text.append(.statement(.assign(variable, value)))
        }
        context.stack.insert(scope.frame, at: 0)
        walk(scope.body)
        context.stack.removeFirst()
      case .comment(let content, _): run(content)
      case .raw, .text, .literal, .output: break
      }
    }
  }

  private mutating func walked(_ nodes: [TypedNode]) -> [HTMLNode] {
    let outer = text
    text = MarkedText()
    defer { text = outer }
    walk(nodes)
    return text.finished()
  }

  private mutating func append(_ element: TypedElement) {
    let outer = classesAround
    defer { classesAround = outer }
    let own = classes(of: element)
    let attributes = TextAttributes(
      element: element,
      classes: own ?? [],
      classesAround: classesAround
    )
    if let own { classesAround = own }
    for attribute in element.attributes
    where !attribute.value.isPlain && !TextAttributes.printed.contains(attribute.name) {
      run(attribute.value)
    }
    if let replacement = value(of: .lpText, attributes) {
      replace(element, with: replacement)
    } else {
      append(element, attributes)
    }
  }

  /// What `lp-text="…"` says in place of an element.
  private mutating func replace(_ element: TypedElement, with replacement: AttributeValue) {
    let isLine = ["mj-social-element", "mj-navbar-link", "mj-carousel-image"].contains(element.name)
    append(replacement, as: isLine ? .line : .paragraph)
    run(element.content ?? [])
    run(element.children)
  }

  private mutating func append(_ replacement: AttributeValue, as mark: TextMark) {
    let nodes = replacement.html.nodes.decodingText()
    guard !nodes.isEmpty else { return }
    text.append(mark)
    text.append(nodes)
    text.append(mark)
  }

  /// The words of an element's own mj-class; nil where it has none, or one that depends on the recipient.
  private func classes(of element: TypedElement) -> [String]? {
    guard let attribute = element.attribute("mj-class") else { return nil }
    return context.value(of: attribute).known?.split(separator: " ").map(String.init)
  }

  // MARK: - Defaults

  /// Reads `mj-attributes`.
  private mutating func readDefaults(_ nodes: [TypedNode]) {
    for node in nodes {
      switch node {
      case .element(let element):
        switch element.name {
        case "mjml", "mj-head": readDefaults(element.children)
        case "mj-attributes": context.cascade.add(element, in: context)
        default: break
        }
      case .branch(let branch):
        if let first = branch.alternatives.first { readDefaults(first.body) }
      case .scope(let scope): readDefaults(scope.body)
      default: break
      }
    }
  }

  // MARK: - What is run and not shown

  /// Appends the statements of nodes whose text is not shown: variables live in the whole layout.
  mutating func run(_ nodes: [TypedNode]) {
    let effects = effects(nodes)
    guard !effects.isEmpty else { return }
    text.append(.hide)
    text.append(effects)
    text.append(.show)
  }

  private func effects(_ nodes: [TypedNode]) -> [HTMLNode] {
    var effects: [HTMLNode] = []
    for node in nodes {
      switch node {
      case .element(let element):
        for attribute in element.attributes { effects += self.effects(attribute.value) }
        effects += self.effects(element.content ?? []) + self.effects(element.children)
      case .branch(let branch):
        let alternatives = branch.alternatives.map {
          HTMLAlternative(
            condition: $0.condition,
            body: self.effects($0.body),
            range: branch.range
          )
        }
        let otherwise = self.effects(branch.otherwise)
        if !otherwise.isEmpty || alternatives.contains(where: { !$0.body.isEmpty }) {
          effects.append(.branch(alternatives, otherwise: otherwise))
        }
      case .loop(let loop):
        let part = HTMLLoop(
          head: loop,
          body: self.effects(loop.body),
          otherwise: self.effects(loop.otherwise)
        )
        if loop.resumeGroup != nil || !part.body.isEmpty || !part.otherwise.isEmpty {
          effects.append(.loop(part))
        }
      case .scope(let scope):
        let body = self.effects(scope.body)
        guard !body.isEmpty else { continue }
        effects += scope.bindings.map { .statement(.assign($0.0, $0.1)) } + body
      case .statement(let statement): effects.append(.statement(statement))
      case .comment(let content, _): effects += self.effects(content)
      case .raw, .text, .literal, .output: break
      }
    }
    return effects
  }
}

extension [TypedNode] {
  /// Whether they are text and nothing else, as most attributes are.
  fileprivate var isPlain: Bool {
    switch count {
    case 0: true
    case 1: if case .text = self[0] { true } else { false }
    default: false
    }
  }
}
