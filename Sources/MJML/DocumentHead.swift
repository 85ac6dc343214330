import LetterpressDiagnostics
import LetterpressProgram
import LetterpressTyping

/// What `mjml` and `mj-head` say about the document.
struct DocumentHead: Sendable {
  struct Font: Sendable {
    var name: String
    var url: AttributeValue
  }

  var language: AttributeValue = "und"
  var direction: AttributeValue = "auto"
  var title: LayoutText?
  var preview: LayoutText?
  var breakpoint = "480px"
  /// MJML's own come first; one that the author names again keeps its place.
  var fonts = Self.ownFonts
  /// The author's CSS for `<style>`.
  var styles: [HTMLFragment] = []
  /// The author's CSS that is written into elements.
  var inlineStyles: [HTMLFragment] = []
  /// What mj-html-attributes sets on elements, in order.
  var htmlAttributes: [MJHTMLAttributes.Setting] = []
  /// mj-raw and comments.
  var raw: [HTMLFragment] = []
  /// What stands before the doctype.
  var prolog: [HTMLFragment] = []
  /// Assignments between the elements of the head.
  var statements = HTMLFragment()
  /// Tell clients that the document knows how to be dark.
  var supportsDarkMode = false
  /// Repeat the rules for wide screens for Outlook on the web.
  var repeatsRulesForOWA = false
  /// Repeat them for paper.
  var repeatsRulesForPrint = false

  private static let ownFonts: [Font] = [
    .google("Open Sans"), .google("Droid Sans"), .google("Lato"), .google("Roboto"),
    .google("Ubuntu"),
  ]

  /// The breakpoint less one pixel: the widest narrow screen.
  var lowerBreakpoint: String {
    guard let digit = breakpoint.utf8.firstIndex(where: isDigit) else { return breakpoint }
    return JSNumber.text(JSNumber.integer(String(breakpoint[digit...])) - 1) + "px"
  }
}

extension DocumentHead.Font {
  fileprivate static func google(_ name: String) -> Self {
    let query = String(name.map { $0 == " " ? "+" : $0 })
    return Self(
      name: name,
      url: AttributeValue("https://fonts.googleapis.com/css?family=\(query):300,400,500,700")
    )
  }
}

/// Reads `mj-head`.
///
/// What only stands in the head of the document keeps its conditions (styles, raw HTML). What the layout of
/// the body depends on (defaults of attributes, the breakpoint, CSS that is written into elements) is
/// asked for.
struct DocumentHeadReader {
  var head = DocumentHead()

  mutating func read(
    _ nodes: [TypedNode],
    in path: InstancePath,
    _ context: inout LayoutContext
  ) throws(LayoutInterruption) {
    for node in nodes {
      switch node {
      case .element(let element):
        let path = InstancePath(of: element, in: path)
        try read(element, at: path, &context)
      case .comment(let content, _): head.raw.append("<!--\(context.lowered(content))-->")
      case .raw(let range): head.raw.append(HTMLFragment(context.text(range)))
      case .branch(let branch): try read(branch, in: path, &context)
      case .loop(let loop): try read(loop, in: path, &context)
      case .statement(let statement): head.statements.append(.statement(statement))
      case .scope(let scope):
        for (variable, value) in scope.bindings {
          head.statements.append(.statement(.assign(variable, value)))
        }
        try read(scope.body, in: InstancePath(scope.step, in: path), &context)
      case .text, .literal, .output: break
      }
    }
  }

  private mutating func read(
    _ element: TypedElement,
    at path: InstancePath,
    _ context: inout LayoutContext
  ) throws(LayoutInterruption) {
    switch element.name {
    case "mj-title": head.title = LayoutText(element, at: path)
    case "mj-preview": head.preview = LayoutText(element, at: path)
    case "mj-attributes": context.cascade.add(element, in: context)
    case "mj-raw": head.raw.append(context.content(element))
    case "mj-style":
      let css = context.content(element)
      if try context.text(.inline, of: element, at: path) == "inline" {
        head.inlineStyles.append(css)
      } else {
        head.styles.append(css)
      }
    case "mj-html-attributes":
      head.htmlAttributes += MJHTMLAttributes.settings(of: element, in: context)
    case "mj-breakpoint":
      if let width = try context.text(.width, of: element, at: path) { head.breakpoint = width }
    case "mj-font":
      let attributes = context.named(element.attributes)
      guard let name = try context.text(.name, of: element, at: path),
        let url = attributes.first(where: { $0.name == .href })?.value
      else { return }
      if let index = head.fonts.firstIndex(where: { $0.name == name }) {
        head.fonts[index].url = url
      } else {
        head.fonts.append(DocumentHead.Font(name: name, url: url))
      }
    default: break
    }
  }

  private mutating func read(
    _ branch: TypedBranch,
    in path: InstancePath,
    _ context: inout LayoutContext
  ) throws(LayoutInterruption) {
    let isAsked = branch.bodies.contains {
      $0.containElement(named: Self.asked) || $0.containInlineStyle
    }
    guard isAsked else {
      return try readInPlace(branch, in: path, &context)
    }
    try read(context.taken(branch, in: path), in: path, &context)
  }

  /// Elements of which the body must know whether they are there.
  private static let asked = [
    "mj-attributes", "mj-breakpoint", "mj-font", "mj-html-attributes", "mj-title", "mj-preview",
  ]

  /// Keeps the conditions of what is only copied.
  private mutating func readInPlace(
    _ branch: TypedBranch,
    in path: InstancePath,
    _ context: inout LayoutContext
  ) throws(LayoutInterruption) {
    var parts: [DocumentHead] = []
    for body in branch.bodies {
      var reader = DocumentHeadReader()
      try reader.read(body, in: path, &context)
      parts.append(reader.head)
    }
    func merge(_ list: WritableKeyPath<DocumentHead, [HTMLFragment]>) {
      let contents = parts.map { $0[keyPath: list].joined() }
      guard contents.contains(where: { !$0.isEmpty }) else { return }
      head[keyPath: list].append(branched(branch, contents))
    }
    merge(\.styles)
    merge(\.raw)
    let statements = parts.map(\.statements)
    if statements.contains(where: { !$0.isEmpty }) {
      head.statements += branched(branch, statements)
    }
  }

  private func branched(_ branch: TypedBranch, _ contents: [HTMLFragment]) -> HTMLFragment {
    let alternatives = zip(branch.alternatives, contents).map { alternative, content in
      HTMLAlternative(
        condition: alternative.condition,
        body: content.nodes,
        range: branch.range
      )
    }
    return HTMLFragment(
      node: .branch(alternatives, otherwise: contents.last?.nodes ?? [])
    )
  }

  private mutating func read(
    _ loop: TypedLoop,
    in path: InstancePath,
    _ context: inout LayoutContext
  ) throws(LayoutInterruption) {
    var reader = DocumentHeadReader()
    try reader.read(loop.body, in: InstancePath(.anyTurn(loop.id), in: path), &context)
    let part = reader.head
    for list in [\DocumentHead.styles, \DocumentHead.raw] {
      let body = part[keyPath: list].joined()
      guard !body.isEmpty else { continue }
      head[keyPath: list].append(
        HTMLFragment(
          node: .loop(HTMLLoop(head: loop.head, body: body.nodes, otherwise: []))
        )
      )
    }
  }
}

extension [HTMLFragment] {
  /// All of them, a line break between two.
  func joined() -> HTMLFragment {
    var html = HTMLFragment()
    for (index, fragment) in enumerated() {
      if index > 0 { html += "\n" }
      html += fragment
    }
    return html
  }
}

extension AttributeCascade {
  /// Adds what an `mj-attributes` sets; of attributes set twice the later value counts.
  mutating func add(_ element: TypedElement, in context: LayoutContext) {
    for case .element(let child) in element.children {
      let attributes = context.named(child.attributes)
      switch child.name {
      case "mj-all": all.add(attributes)
      case "mj-class":
        guard let name = child.attribute("name").flatMap({ context.value(of: $0).known }) else {
          continue
        }
        byClass[name, default: []].add(attributes.filter { $0.name != .name })
        for case .element(let inner) in child.children {
          byClassAndTag[name, default: [:]][inner.name] = context.named(inner.attributes)
        }
      default: byTag[child.name, default: []].add(attributes)
      }
    }
  }
}

extension [NamedAttribute] {
  fileprivate mutating func add(_ attributes: [NamedAttribute]) {
    for attribute in attributes {
      if let index = firstIndex(where: { $0.name == attribute.name }) {
        self[index] = attribute
      } else {
        append(attribute)
      }
    }
  }
}

extension LayoutContext {
  /// The content of an ending tag of the head.
  func content(_ element: TypedElement) -> HTMLFragment { lowered(trimmed(element.content ?? [])) }

  /// The text of an attribute of an element that no cascade reaches.
  mutating func text(
    _ name: AttributeName,
    of element: TypedElement,
    at path: InstancePath
  ) throws(LayoutInterruption) -> String? {
    let component = ComponentInfo.named(element.name)
    let own = LayoutElement(
      typed: element,
      path: path,
      attributes: ResolvedAttributes(
        of: component,
        own: AttributeLayer(named(element.attributes), of: component)
      ),
      inherited: InheritedContext(containerWidth: ContainerWidth("")),
      position: .unknown,
      inheritedClasses: []
    )
    return try text(name, of: own)
  }
}

extension [TypedNode] {
  /// Whether an mj-style that may be inlined stands among them, on some path.
  fileprivate var containInlineStyle: Bool {
    contains { node in
      switch node {
      case .element(let element):
        element.name == "mj-style" && element.attribute("inline") != nil
      case .branch(let branch):
        branch.alternatives.contains { $0.body.containInlineStyle }
          || branch.otherwise.containInlineStyle
      case .loop(let loop): loop.body.containInlineStyle
      case .scope(let scope): scope.body.containInlineStyle
      default: false
      }
    }
  }
}
