import LetterpressDiagnostics
import LetterpressLiquid
package import LetterpressMarkup

/// The Liquid of a document, paired up.
///
/// A document is many templates: what stands between elements, the content of an ending tag, the value of an
/// attribute, a comment. Each of these *regions* is parsed by itself, so that a branch always holds whole
/// elements.
///
///     <mj-section>{% if vip %}<mj-column>…</mj-column>{% endif %}</mj-section>
///     between(mj-section) = conditional [ opaque(0) ]
///
/// An element that copies its content and holds only tags (`<mj-raw>{% if vip %}</mj-raw>`) stands for those
/// tags. Regions without Liquid, nearly all of them, are not parsed and not noted: they stand for themselves.
package struct Structure {
  /// By the place of the region: an ending tag's content, an attribute's value, the inside of a comment.
  ///
  /// One that is not here is nothing but text.
  var texts: [SourceRange: [Node]] = [:]
  /// By the place of the element around them; the numbers of `opaque` count its children.
  ///
  /// What is not here is elements, comments and text.
  var children: [SourceRange: [Node]] = [:]
  /// What stands at the top, with the root element; nil where no Liquid does.
  var top: [Node]?
  var diagnostics: [Diagnostic] = []
  /// Whether a loop goes on where another one stopped: then the places are kept.
  var resumesLoops = false
  /// The words of tags that could not be read: what they would have declared or read is no further mistake.
  var suspectNames: Set<String> = []

  /// Reads the Liquid of a document that is going to be checked.
  package static func read(_ document: Document, with input: CheckInput) -> Structure {
    read(
      document,
      in: input.sources,
      verbatimElements: input.verbatimElements,
      limits: input.liquidLimits
    )
  }

  static func read(
    _ document: Document,
    in sources: SourceSet,
    verbatimElements: Set<String>,
    limits: LiquidLimits
  ) -> Structure {
    var reader = StructureReader(
      sources: sources,
      verbatimElements: verbatimElements,
      limits: limits
    )
    reader.readList(document.nodes, of: nil)
    return reader.finish()
  }

  /// A text with its Liquid, of a file that holds nothing else (a partial).
  static func readText(
    _ range: SourceRange,
    in sources: SourceSet,
    limits: LiquidLimits
  ) -> (
    nodes: [Node], diagnostics: [Diagnostic]
  ) {
    let result = Parser.parse(range, in: sources, limits: limits)
    return (result.template.nodes, result.allDiagnostics)
  }
}

/// Collects the regions of a document, then joins the tags that open in one and close in another.
struct StructureReader {
  enum Key: Hashable {
    case top
    case children(SourceRange)
    case text(SourceRange)
  }

  /// A list of items that is parsed by itself.
  struct Region {
    var key: Key
    var items: [Item]
    var result: ParseResult
    /// The element that copies its content and in which this text stands.
    var verbatimElement: Element?
    /// What to call the place in messages: "<mj-text>".
    var name: String
  }

  let sources: SourceSet
  let verbatimElements: Set<String>
  let limits: LiquidLimits
  var regions: [Region] = []
  var lexicalDiagnostics: [Diagnostic] = []
  var resumesLoops = false

  // MARK: Regions

  /// Between elements.
  mutating func readList(_ nodes: [MarkupNode], of element: Element?) {
    var items: [Item] = []
    var hasLiquid = false
    // Those of which a `capture` takes nothing.
    var inner: [Element] = []
    // What a `capture` between elements collects is text, white space included.
    var captureEnd: SourceRange?
    for (number, node) in nodes.enumerated() {
      if let end = captureEnd, range(of: node).start < end.end { continue }
      switch node {
      case .liquid(let range):
        hasLiquid = true
        if let whole = capturedText(from: number, in: nodes) {
          items += lex(whole)
          captureEnd = whole
          continue
        }
        items += lex(range)
      case .text(let range): items.append(.text(range))
      case .comment(let range):
        items.append(.opaque(number))
        readText(inside(comment: range), in: "a comment")
      case .element(let child):
        if let tags = tagsAlone(in: child) {
          hasLiquid = true
          items += tags
        } else {
          items.append(.opaque(number))
          inner.append(child)
        }
      }
    }
    if hasLiquid { addList(items, of: element, nodes) }
    for child in inner { read(child) }
  }

  private mutating func addList(_ items: [Item], of element: Element?, _ nodes: [MarkupNode]) {
    let end =
      element.map { $0.endTag.startPoint }
      ?? nodes.last.map { range(of: $0).endPoint }
      ?? SourceRange(file: SourceFile.ID(index: 0), start: 0, end: 0)
    add(
      items,
      key: element.map { .children($0.range) } ?? .top,
      end: end,
      name: element.map { "<\($0.name)>" } ?? "the file"
    )
  }

  /// From `{% capture %}` to its end, where it holds nothing but text, Liquid and inline HTML.
  private func capturedText(from number: Int, in nodes: [MarkupNode]) -> SourceRange? {
    guard case .liquid(let open) = nodes[number], tagName(open) == "capture" else { return nil }
    for node in nodes[(number + 1)...] {
      switch node {
      case .liquid(let range):
        if tagName(range) == "endcapture" { return open.to(range) }
        if tagName(range) == "capture" { return nil }
      case .element(let element): guard element.isInlineHTML else { return nil }
      case .text, .comment: break
      }
    }
    return nil
  }

  private func tagName(_ range: SourceRange) -> String? {
    guard
      case .tag(let name, _, _)? = Lexer.lexSingle(range, in: sources.bytes(of: range.file)).item
    else { return nil }
    return name.name
  }

  private mutating func read(_ element: Element) {
    for attribute in element.attributes where attribute.hasValue {
      readText(attribute.value, in: "'\(attribute.name)'", isLiteral: element.isLiteral)
    }
    if let content = element.content {
      readText(
        content,
        in: "<\(element.name)>",
        verbatimElement: verbatimElements.contains(element.name) ? element : nil,
        isLiteral: element.isLiteral
      )
    } else {
      readList(element.children, of: element)
    }
  }

  private mutating func readText(
    _ range: SourceRange,
    in name: @autoclosure () -> String,
    verbatimElement: Element? = nil,
    isLiteral: Bool = false
  ) {
    guard !isLiteral, holdsBrace(range) else { return }
    add(
      lex(range),
      key: .text(range),
      end: range.endPoint,
      name: name(),
      verbatimElement: verbatimElement
    )
  }

  private mutating func add(
    _ items: [Item],
    key: Key,
    end: SourceRange,
    name: String,
    verbatimElement: Element? = nil
  ) {
    let result = Parser.parse(items, in: sources, end: end, limits: limits)
    regions.append(
      Region(key: key, items: items, result: result, verbatimElement: verbatimElement, name: name)
    )
  }

  private mutating func lex(_ range: SourceRange) -> [Item] {
    let lexed = Lexer.lex(range, in: sources.bytes(of: range.file))
    lexicalDiagnostics += lexed.diagnostics
    lexicalDiagnostics += lexed.unclosed.map { .unclosedBlock($0, before: range.endPoint) }
    if !resumesLoops {
      resumesLoops = lexed.items.contains { item in
        guard case .tag(let name, let markup, _) = item, name.name == "for" else { return false }
        return sources.text(markup).utf8.contains(run: "continue".utf8)
      }
    }
    return lexed.items
  }

  /// Whether there can be Liquid.
  private func holdsBrace(_ range: SourceRange) -> Bool {
    sources.bytes(of: range.file)[range.bounds].contains(UInt8(ascii: "{"))
  }

  /// Without `<!--` and `-->`.
  private func inside(comment range: SourceRange) -> SourceRange {
    SourceRange(
      file: range.file,
      start: min(range.start + 4, range.end),
      end: max(range.start, range.end - 3)
    )
  }

  private func range(of node: MarkupNode) -> SourceRange {
    switch node {
    case .liquid(let range), .comment(let range), .text(let range): range
    case .element(let element): element.range
    }
  }

  // MARK: Verbatim elements

  /// The tags of an element that copies its content and holds nothing else; nil of any other element.
  private func tagsAlone(in element: Element) -> [Item]? {
    guard verbatimElements.contains(element.name), element.attributes.isEmpty,
      let content = element.content, holdsBrace(content)
    else { return nil }
    let bytes = sources.bytes(of: content.file)
    let lexed = Lexer.lex(content, in: bytes)
    guard lexed.diagnostics.isEmpty, lexed.unclosed.isEmpty else { return nil }
    var tags: [Item] = []
    for item in lexed.items {
      switch item {
      case .text(let range), .verbatim(let range):
        guard bytes[range.bounds].allSatisfy(isSpace) else { return nil }
      case .tag(let name, _, _):
        // What prints is content, as an output is.
        guard !Self.printingTags.contains(name.name) else { return nil }
        tags.append(item)
      case .comment: tags.append(item)
      case .output, .opaque, .broken: return nil
      }
    }
    return tags.isEmpty ? nil : tags
  }

  private static let printingTags: Set<String> = [
    "cycle", "decrement", "echo", "include", "increment", "render", "tablerow", "endtablerow",
  ]

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension Element {
  /// No element of MJML's or ours, nor a block: those have hyphens in their names.
  fileprivate var isInlineHTML: Bool { name != "mjml" && !name.utf8.contains(UInt8(ascii: "-")) }
}
