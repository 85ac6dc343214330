package import LetterpressDiagnostics

/// Cuts a text at its Liquid: text, `{{ }}`, `{% %}`.
///
///     Hi {{ name -}} , {% raw %}{{ x }}{% endraw %}
///     text · output · text (without the space before it) · verbatim
///
/// White-space control is done here: it makes the ranges of text narrower. A tag ends at the first
/// `%}` and an output at the first `}}`, also within quotes, as in Shopify's tokenizer. The time is
/// linear in the length of the text.
package struct Lexer {
  /// What a text consists of.
  package struct Result: Sendable {
    package var items: [Item] = []
    package var diagnostics: [Diagnostic] = []
    /// `raw`, `comment` and `doc` that are never closed.
    package var unclosed: [UnmatchedTag] = []
  }

  /// A tag or an output lexed by itself.
  package struct Single: Sendable {
    /// Nil where it cannot be read; `diagnostic` says why.
    package var item: Item?
    package var diagnostic: Diagnostic?
    /// `{%-`: the white space before it goes away.
    package var trimsBefore: Bool
    /// `-%}`: the white space after it goes away.
    package var trimsAfter: Bool
  }

  let bytes: [UInt8]
  let file: SourceFile.ID
  let end: Int
  var position: Int
  var result = Result()
  /// Whether the text that comes next loses the white space at its start.
  var trimsNext = false
  /// Set once no `%}` (`}}`) follows: then nobody needs to look for it again.
  private var hasNoMoreTags = false
  private var hasNoMoreOutputs = false
  /// Where the piece ends that was last reported as unterminated.
  private var unterminatedEnd = -1

  private init(_ range: SourceRange, in bytes: [UInt8]) {
    self.bytes = bytes
    file = range.file
    end = min(range.end, bytes.count)
    position = min(range.start, end)
  }

  /// Cuts a range of a file, of which `bytes` is the whole content.
  package static func lex(_ range: SourceRange, in bytes: [UInt8]) -> Result {
    var lexer = Lexer(range, in: bytes)
    lexer.run()
    return lexer.result
  }

  /// Reads one tag or one output that fills `range`, found by another scanner.
  package static func lexSingle(_ range: SourceRange, in bytes: [UInt8]) -> Single {
    let lexer = Lexer(range, in: bytes)
    let isOutput = bytes.has("{{", at: lexer.position)
    guard case .complete(let piece) = lexer.extent(at: lexer.position, isOutput: isOutput),
      piece.end == lexer.end
    else {
      return Single(
        item: nil,
        diagnostic: isOutput
          ? .unterminatedOutput(range, missing: "}}") : .unterminatedTag(range),
        trimsBefore: false,
        trimsAfter: false
      )
    }
    var single = Single(
      item: nil,
      diagnostic: nil,
      trimsBefore: piece.trimsBefore,
      trimsAfter: piece.trimsAfter
    )
    if isOutput {
      single.item = .output(markup: lexer.sourceRange(piece.inside), range: range)
    } else if let (name, markup) = lexer.nameAndMarkup(piece.inside) {
      if name.name == "#" {
        let (comment, diagnostic) = lexer.inlineComment(name, markup, range)
        single.item = .comment(comment)
        single.diagnostic = diagnostic
      } else {
        single.item = .tag(name: name, markup: lexer.sourceRange(markup), range: range)
      }
    } else {
      single.diagnostic = .emptyTag(range)
    }
    return single
  }

  // MARK: The text

  private mutating func run() {
    while position < end {
      let open = nextOpening()
      addText(position..<open)
      position = open
      guard open < end else { return }
      if bytes[open + 1] == UInt8(ascii: "{") { lexOutput() } else { lexTag() }
    }
  }

  /// The offset of the next `{{` or `{%`, or the end.
  private func nextOpening() -> Int {
    var index = position
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: "{"), isOpening(at: index) { return index }
      index += 1
    }
    return end
  }

  private func isOpening(at index: Int) -> Bool {
    guard index + 1 < end, bytes[index] == UInt8(ascii: "{") else { return false }
    switch bytes[index + 1] {
    case UInt8(ascii: "{"): return !hasNoMoreOutputs
    case UInt8(ascii: "%"): return !hasNoMoreTags
    default: return false
    }
  }

  private mutating func addText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    var start = range.lowerBound
    if trimsNext {
      while start < range.upperBound, bytes[start].isSpace { start += 1 }
    }
    trimsNext = false
    if start < range.upperBound {
      result.items.append(.text(sourceRange(start..<range.upperBound)))
    }
  }

  /// Takes the white space away from the end of the text before `{%-`.
  private mutating func trimLastText() {
    guard case .text(let range)? = result.items.last else { return }
    var end = range.end
    while end > range.start, bytes[end - 1].isSpace { end -= 1 }
    result.items.removeLast()
    if end > range.start { result.items.append(.text(sourceRange(range.start..<end))) }
  }

  // MARK: Outputs and tags

  /// The extent of an output or a tag.
  struct Piece {
    /// Between the delimiters, without the hyphens of white-space control.
    var inside: Range<Int>
    var end: Int
    var trimsBefore: Bool
    var trimsAfter: Bool
  }

  private mutating func lexOutput() {
    let open = position
    let extent = extent(at: open, isOutput: true)
    guard case .complete(let piece) = extent else { return reportUnterminated(extent, from: open) }
    if piece.trimsBefore { trimLastText() }
    trimsNext = piece.trimsAfter
    position = piece.end
    result.items.append(
      .output(markup: sourceRange(piece.inside), range: sourceRange(open..<piece.end))
    )
  }

  private mutating func lexTag() {
    let open = position
    let extent = extent(at: open, isOutput: false)
    let piece: Piece
    switch extent {
    case .complete(let whole): piece = whole
    case .loneBrace(let brace):
      // `{% if vip }`: what was meant is plain, and what follows is read by it.
      reportUnterminated(extent, from: open)
      piece = Piece(inside: open + 2..<brace, end: position, trimsBefore: false, trimsAfter: false)
    case .cutOff, .endless:
      reportUnterminated(extent, from: open)
      if let (name, _) = nameAndMarkup(open + 2..<min(end, max(position, open + 80))) {
        result.items.append(.broken(name: name))
      }
      return
    }
    if piece.trimsBefore { trimLastText() }
    trimsNext = piece.trimsAfter
    position = piece.end
    let range = sourceRange(open..<piece.end)
    guard let (name, markup) = nameAndMarkup(piece.inside) else {
      return report(.emptyTag(range))
    }
    switch name.name {
    case "#":
      let (comment, diagnostic) = inlineComment(name, markup, range)
      result.items.append(.comment(comment))
      if let diagnostic { report(diagnostic) }
    case "comment": lexComment(name, open: range)
    case "doc": lexDoc(name, arguments: markup, open: range)
    case "raw": lexRaw(name, arguments: markup, open: range)
    default:
      result.items.append(.tag(name: name, markup: sourceRange(markup), range: range))
    }
  }

  /// The name and, without white space around it, what follows it; nil where there is no name.
  func nameAndMarkup(_ inside: Range<Int>) -> (name: Identifier, markup: Range<Int>)? {
    let inside = bytes.trimmed(inside)
    var index = inside.lowerBound
    if index < inside.upperBound, bytes[index] == UInt8(ascii: "#") {
      index += 1
    } else {
      while index < inside.upperBound, bytes[index].isWord { index += 1 }
    }
    guard index > inside.lowerBound else { return nil }
    let nameRange = inside.lowerBound..<index
    let name = String(decoding: bytes[nameRange], as: UTF8.self)
    return (
      Identifier(name, sourceRange(nameRange)), bytes.trimmed(index..<inside.upperBound)
    )
  }

  /// How far an output or a tag goes.
  enum Extent {
    case complete(Piece)
    /// Another one opens at the offset.
    case cutOff(at: Int)
    /// With a single `}` at the offset.
    case loneBrace(at: Int)
    /// It is open to the end of the text.
    case endless

    /// Where the single `}` stands.
    var brace: Int? {
      if case .loneBrace(let brace) = self { return brace }
      return nil
    }
  }

  /// Measures the output or tag that opens at `start`.
  func extent(at start: Int, isOutput: Bool) -> Extent {
    var index = start + 2
    guard index <= end else { return .endless }
    let trimsBefore = index < end && bytes[index] == UInt8(ascii: "-")
    let firstInside = trimsBefore ? index + 1 : index
    let closer = UInt8(ascii: isOutput ? "}" : "%")
    let holdsAnything = !isOutput && isComment(firstInside)
    var quote: UInt8?
    var lineBrace: Int?
    var isFirstLine = true
    while index < end {
      let byte = bytes[index]
      let next = index + 1 < end ? bytes[index + 1] : 0
      if byte == closer, next == UInt8(ascii: "}") {
        let trimsAfter = index > start + 2 && bytes[index - 1] == UInt8(ascii: "-")
        let last = max(firstInside, trimsAfter ? index - 1 : index)
        return .complete(
          Piece(
            inside: firstInside..<last,
            end: index + 2,
            trimsBefore: trimsBefore,
            trimsAfter: trimsAfter
          )
        )
      }
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if !holdsAnything {
        // A tag may hold `{{`: the parser explains that mistake better.
        if byte == UInt8(ascii: "{"), next == UInt8(ascii: "%") || isOutput && next == byte {
          return lineBrace.map { .loneBrace(at: $0) } ?? .cutOff(at: index)
        }
        if isOutput, byte == UInt8(ascii: "}") { return .loneBrace(at: index) }
        if byte == 0x0A { isFirstLine = false }
        // A tag may have `}` in it before its end; it was meant for the end only if none comes.
        if byte == UInt8(ascii: "}"), isFirstLine, lineBrace == nil { lineBrace = index }
      }
      index += 1
    }
    return lineBrace.map { .loneBrace(at: $0) } ?? .endless
  }

  /// Whether the tag with that inside is one that may hold anything, also `{%`.
  private func isComment(_ start: Int) -> Bool {
    var index = start
    while index < end, bytes[index].isSpace { index += 1 }
    return bytes.has("#", at: index) || bytes.has("comment", at: index)
  }

  private mutating func reportUnterminated(_ extent: Extent, from open: Int) {
    let isOutput = bytes[open + 1] == UInt8(ascii: "{")
    // A run of `{%{%{%` is one mistake.
    let isNew = open != unterminatedEnd
    var last = end
    var missing = isOutput ? "}}" : "%}"
    switch extent {
    case .complete: return
    case .cutOff(let next): last = next
    case .loneBrace(let brace):
      last = brace + 1
      missing = isOutput ? "}" : "%"
      if !isOutput, last < end, bytes[last] == UInt8(ascii: "}") { last += 1 }
    case .endless:
      if isOutput { hasNoMoreOutputs = true } else { hasNoMoreTags = true }
      last = min(open + 2, end)
    }
    position = last
    unterminatedEnd = last
    guard isNew else { return }
    let shown = bytes.trimmed(open..<(bytes[open..<last].firstIndex(of: 0x0A) ?? last))
    let range = sourceRange(shown)
    report(
      isOutput
        ? .unterminatedOutput(range, missing: missing)
        : .unterminatedTag(range, brace: extent.brace)
    )
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if result.diagnostics.count < LiquidLimits.findings { result.diagnostics.append(diagnostic) }
  }

  func sourceRange(_ range: Range<Int>) -> SourceRange {
    SourceRange(file: file, start: range.lowerBound, end: range.upperBound)
  }
}
