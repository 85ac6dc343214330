package import LetterpressDiagnostics
import LetterpressTyping

/// Reduces HTML with holes to marked text (`TextMark`): tags become marks, references characters.
///
/// What is hidden (comments, styles, `display:none`) is gone, but for its statements.
///
///     <p>Dear <b>{{ x }}</b>,<br>thanks</p>
///     paragraph "Dear " output(x) "," lineBreak "thanks" paragraph
package struct TextReduction: Sendable {
  /// Typed text as nodes of HTML, for what statements hold.
  private let texts: TypedTextLowering
  private var state = State()
  private var text = MarkedText()

  /// What the HTML so far leaves open; the same at the end of all paths (`ContextPlacer`).
  private struct State {
    /// The element under way that is not shown, and how many of its name are open.
    var hiddenName: MarkupName?
    var hiddenDepth = 0
    /// How many `pre` are open.
    var preserved = 0
    /// Whether an `a` is open; links do not nest.
    var isInLink = false
  }

  package init(sources: SourceSet) { texts = TypedTextLowering(sources: sources) }

  /// The marked text of nodes that follow on those before.
  package mutating func reduced(_ nodes: [HTMLNode]) -> [HTMLNode] {
    let outer = text
    text = MarkedText()
    defer { text = outer }
    reduce(HoledBytes(nodes))
    return text.finished()
  }

  /// The end of a link that HTML left open.
  package mutating func endOfLink() -> [HTMLNode] {
    guard state.isInLink else { return [] }
    state.isInLink = false
    return [.bytes([TextMark.linkEnd.rawValue])]
  }

  private mutating func reduce(_ html: HoledBytes) {
    let bytes = html.bytes
    var hole = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case HoledBytes.hole:
        if html.holes.indices.contains(hole) { reduce(html.holes[hole]) }
        hole += 1
        index += 1
      case UInt8(ascii: "<"):
        guard let tag = MarkupTag(in: bytes.span, at: index) else { fallthrough }
        var end = tag.end
        if tag.kind == .start, tag.name.hidesContent {
          end = bytes.span.endOfElement(tag.name, from: end)
        }
        let holes = html.holeCount(index..<end)
        read(tag, html, hole: hole, hasHiddenContent: end > tag.end, holes: holes)
        hole += holes
        index = end
      default:
        index = readText(bytes, at: index)
      }
    }
  }

  /// Reads a character or a word; gives the offset behind it.
  private mutating func readText(_ bytes: [UInt8], at index: Int) -> Int {
    guard state.hiddenName == nil else { return index + 1 }
    var end = index
    while end < bytes.count, bytes[end].isTextOnly { end += 1 }
    if end > index {
      text.append(word: bytes[index..<end])
      return end
    }
    if bytes[index] == UInt8(ascii: "&"),
      let reference = CharacterReference(in: bytes.span, at: index, end: bytes.count)
    {
      text.append(reference.scalar, isPreserved: state.preserved > 0)
      return reference.end
    }
    if state.preserved > 0 {
      text.append(preserved: bytes[index])
    } else {
      text.append(text: bytes[index])
    }
    return index + 1
  }

  // MARK: - Holes

  private mutating func reduce(_ node: HTMLNode) {
    if state.hiddenName != nil { return run(node) }
    switch node {
    case .branch(let alternatives, let otherwise):
      let start = state
      var end: State?
      var reduced: [HTMLAlternative] = []
      for alternative in alternatives {
        state = start
        var alternative = alternative
        alternative.body = self.reduced(alternative.body)
        reduced.append(alternative)
        end = end ?? state
      }
      state = start
      let last = self.reduced(otherwise)
      state = end ?? state
      text.append(.branch(reduced, otherwise: last))
    case .loop(var loop):
      loop.body = reduced(loop.body)
      loop.otherwise = reduced(loop.otherwise)
      text.append(.loop(loop))
    case .statement(.ifChanged(let index, let content)):
      text.append(.changing(index, reduced(texts.nodes(content))))
    default: text.append(node)
    }
  }

  /// Runs a node of which nothing is shown.
  private mutating func run(_ node: HTMLNode) {
    guard node.hasEffects else { return }
    text.append(.hide)
    text.append(node)
    text.append(.show)
  }

  // MARK: - Tags

  private mutating func read(
    _ tag: MarkupTag,
    _ html: HoledBytes,
    hole: Int,
    hasHiddenContent: Bool,
    holes: Int
  ) {
    if state.hiddenName != nil || hasHiddenContent || tag.kind == .other {
      if tag.name == state.hiddenName, !tag.name.isVoid {
        switch tag.kind {
        case .start: state.hiddenDepth += 1
        case .end: state.hiddenDepth -= 1
        case .other: break
        }
        if state.hiddenDepth <= 0 { state.hiddenName = nil }
      }
      for number in hole..<hole + holes where html.holes.indices.contains(number) {
        run(html.holes[number])
      }
      return
    }
    if tag.kind == .end { return close(tag.name) }
    let attributes = TagAttributes(tag, html, hole: hole)
    for node in attributes.holesBesides(of: tag.name) { run(node) }
    if attributes.isHidden {
      if !tag.name.isVoid { (state.hiddenName, state.hiddenDepth) = (tag.name, 1) }
      return
    }
    let role = Self.roles[tag.name]
    switch role {
    case .link:
      text.append(endOfLink())
      text.append(target: attributes.target ?? [])
      state.isInLink = true
    case .image: text.append(attributes.alternativeText)
    case .table: text.append([.line, attributes.isLayout ? .layoutTable : .dataTable])
    case .lineBreak, .preformatted, nil:
      if let marks = TextElements.marks(of: tag.name) { text.append(marks.open) }
    }
    if role == .preformatted { state.preserved += 1 }
  }

  /// Elements that mean more than their marks.
  private enum Role {
    case link, image, table, lineBreak, preformatted
  }

  private static let roles: MarkupNameTable<Role> = [
    "a": .link, "img": .image, "table": .table, "br": .lineBreak, "pre": .preformatted,
  ]

  private mutating func close(_ name: MarkupName) {
    let role = Self.roles[name]
    switch role {
    case .link: text.append(endOfLink())
    case .table: text.append(.tableEnd)
    case .lineBreak: text.append(.lineBreak)
    case .image, .preformatted, nil:
      if let marks = TextElements.marks(of: name) { text.append(marks.close) }
    }
    if role == .preformatted { state.preserved = max(0, state.preserved - 1) }
  }
}

extension UInt8 {
  /// Whether it is nothing but itself: no white space, no part of a tag or a reference, no control character.
  fileprivate var isTextOnly: Bool {
    self > 0x20 && self != 0x7F && self != UInt8(ascii: "<") && self != UInt8(ascii: "&")
  }
}

extension HTMLNode {
  /// Whether running it does more than print.
  var hasEffects: Bool {
    switch self {
    case .bytes, .output: false
    case .statement: true
    case .branch(let alternatives, let otherwise):
      alternatives.contains { $0.body.contains(where: \.hasEffects) }
        || otherwise.contains(where: \.hasEffects)
    case .loop(let loop):
      loop.head.resumeGroup != nil || loop.body.contains(where: \.hasEffects)
        || loop.otherwise.contains(where: \.hasEffects)
    case .url(let nodes), .changing(_, let nodes), .transformed(_, let nodes),
      .turn(_, _, let nodes):
      nodes.contains(where: \.hasEffects)
    case .loopEnd, .specialised, .select: true
    }
  }
}
