package import LetterpressDiagnostics

/// Pairs tags up into nodes.
///
///     if · text · else · text · endif      ─▶   conditional [ branch [ text ], otherwise [ text ] ]
///
/// Open blocks stand on a stack of the parser's own, so no depth of nesting can overflow the
/// machine's. An error never stops it: what cannot be read becomes `Expression.invalid`, a block
/// without an end is closed where the one around it closes, an end that fits no block is passed
/// over, and each of these is reported once.
package struct Parser {
  let sources: SourceSet
  let dialect: Dialect
  let limits: LiquidLimits
  /// The blocks that are open, outermost first; the first one is the template itself.
  var open: [OpenBlock]
  var result: ParseResult
  /// How often each tag is still to come in the list that is being read.
  var remaining: [String: Int] = [:]
  /// How many blocks of each name the tags of the current list may close.
  var openCounts: [String: Int] = [:]
  /// How many blocks of each name were closed without their end: should it come late, it is no second
  /// mistake.
  var closedByForce: [String: Int] = [:]
  /// How many `liquid` tags are open.
  var liquidDepth = 0

  private init(sources: SourceSet, dialect: Dialect, limits: LiquidLimits, end: SourceRange) {
    self.sources = sources
    self.dialect = dialect
    self.limits = limits
    let root = UnmatchedTag(name: Identifier("", end), range: end)
    open = [OpenBlock(tag: root, head: .template, header: .body)]
    result = ParseResult(
      template: Template(nodes: []),
      diagnostics: [],
      unclosed: [],
      stray: [],
      end: end
    )
  }

  /// Parses the items of a caller; `end` is the place after the last one.
  package static func parse(
    _ items: [Item],
    in sources: SourceSet,
    end: SourceRange,
    dialect: Dialect = .letterpress,
    limits: LiquidLimits = LiquidLimits()
  ) -> ParseResult {
    var parser = Parser(sources: sources, dialect: dialect, limits: limits, end: end)
    parser.read(items)
    return parser.finish()
  }

  /// Lexes and parses a text.
  package static func parse(
    _ range: SourceRange,
    in sources: SourceSet,
    dialect: Dialect = .letterpress,
    limits: LiquidLimits = LiquidLimits()
  ) -> ParseResult {
    let lexed = Lexer.lex(range, in: sources.bytes(of: range.file))
    var result = parse(
      lexed.items,
      in: sources,
      end: range.endPoint,
      dialect: dialect,
      limits: limits
    )
    result.diagnostics = lexed.diagnostics + result.diagnostics
    result.unclosed += lexed.unclosed
    return result
  }

  // MARK: Items

  mutating func read(_ items: [Item]) {
    let outer = remaining
    remaining = [:]
    for case .tag(let name, _, _) in items { remaining[name.name, default: 0] += 1 }
    for item in items {
      if case .tag(let name, _, _) = item { remaining[name.name, default: 1] -= 1 }
      read(item)
    }
    remaining = outer
  }

  private mutating func read(_ item: Item) {
    if open[open.count - 1].head.isLiteral { return readLiterally(item) }
    switch item {
    case .text(let range): append(.text(range), isBlank: isWhiteSpace(range))
    case .verbatim(let range): append(.text(range), isBlank: range.isEmpty)
    case .opaque(let number): append(.opaque(number), isBlank: false)
    case .comment(let comment):
      append(.comment(comment), isBlank: comment.kind != .doc || comment.content.isEmpty)
    case .broken(let name): readBroken(name)
    case .output(let markup, let range):
      append(output(markup, range, else: .emptyOutput(range)), isBlank: false)
    case .tag(let name, let markup, let range):
      read(TagSource(name: name, markup: markup, range: range))
    }
  }

  /// A tag whose own end is missing.
  private mutating func readBroken(_ name: Identifier) {
    let tag = TagSource(name: name, markup: name.range.endPoint, range: name.range)
    if name.name.hasPrefix("end") {
      readEnd(tag)
    } else if name.name == "else" {
      readBranch(tag)
    } else {
      closedByForce[name.name, default: 0] += 1
    }
  }

  /// Passes items to a `comment`, `doc` or `raw` that stands among a caller's items.
  private mutating func readLiterally(_ item: Item) {
    let block = open[open.count - 1]
    if case .tag(let name, _, let range) = item {
      if name.name == block.tag.name.name, block.head.nests {
        open[open.count - 1].literalDepth += 1
      } else if name.name == "end" + block.tag.name.name {
        open[open.count - 1].literalDepth -= 1
        if open[open.count - 1].literalDepth == 0 { return closeInnermost(at: range) }
      }
    }
    guard case .verbatim = block.head else { return }
    switch item {
    case .text(let range), .verbatim(let range), .output(_, let range), .tag(_, _, let range):
      append(.text(range), isBlank: false)
    case .comment(let comment): append(.text(comment.range), isBlank: false)
    case .opaque(let number): append(.opaque(number), isBlank: false)
    case .broken: break
    }
  }

  /// A `{% liquid %}`: a list of items of its own, which cannot close a block around it.
  mutating func readLiquidTag(_ tag: TagSource) {
    let base = open.count
    let outerCounts = openCounts
    push(OpenBlock(tag: tag.unmatched, head: .liquid, header: .body))
    openCounts = [:]
    liquidDepth += 1
    read(LiquidTagLines.items(of: tag.markup, in: bytes(tag.range)))
    while open.count > base + 1 {
      let block = open[open.count - 1]
      if block.head.isKnown { report(.unclosedBlock(block.tag, before: tag.range.endPoint)) }
      closeInnermost(at: tag.range.endPoint)
    }
    closeInnermost(at: tag.range.endPoint)
    liquidDepth -= 1
    openCounts = outerCounts
  }

  private mutating func finish() -> ParseResult {
    result.unclosed = open.dropFirst().filter(\.head.isKnown).map(\.tag)
    while open.count > 1 { closeInnermost(at: result.end) }
    result.template.nodes = open[0].nodes
    return result
  }

  // MARK: Pieces

  mutating func append(_ node: Node, isBlank: Bool) {
    open[open.count - 1].nodes.append(node)
    if !isBlank { open[open.count - 1].isBlank = false }
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if result.diagnostics.count < LiquidLimits.findings { result.diagnostics.append(diagnostic) }
  }

  /// Reports what Shopify's strict mode lets pass.
  mutating func reportTolerable(_ diagnostic: Diagnostic) {
    var diagnostic = diagnostic
    if dialect == .shopify { diagnostic.severity = .warning }
    report(diagnostic)
  }

  func bytes(_ range: SourceRange) -> [UInt8] { sources.bytes(of: range.file) }

  func isWhiteSpace(_ range: SourceRange) -> Bool {
    bytes(range)[range.bounds].allSatisfy(\.isSpace)
  }
}

/// A tag as the lexer hands it over.
struct TagSource {
  var name: Identifier
  /// What follows the name.
  var markup: SourceRange
  /// With the delimiters.
  var range: SourceRange

  var unmatched: UnmatchedTag { UnmatchedTag(name: name, range: range) }
}
