/// One piece of a document: a tag, a comment, a stretch of text.
struct HTMLPiece {
  enum Kind {
    /// Text with its white space; never empty.
    case text
    /// Liquid, or a tag of another template language (`<% … %>`, `<? … ?>`).
    case liquid
    case startTag
    case endTag
    case comment
    /// What opens or closes a conditional comment; what it hides are pieces of their own.
    case conditional
    /// The doctype and the like.
    case declaration
    /// The content of a `style` element.
    case css
    /// What nobody may touch: the content of `pre`, `textarea`, `script`, `title`, what stands before the
    /// doctype, and everything after something that is not closed.
    case verbatim
  }

  var kind: Kind
  var range: Range<Int>
  /// The name in lower case; of tags only.
  var name = ""
}

/// A document taken to pieces, in time linear in its size.
///
/// Nothing is repaired and nothing is decoded: the pieces side by side are the document. Conditional
/// comments for Outlook are markup here, whether or not other clients see what they hold.
struct HTMLPieces {
  private let bytes: [UInt8]
  let liquid: LiquidSpans
  private let lastCommentEnd: Int
  private let lastPercentEnd: Int
  private let lastInstructionEnd: Int
  private(set) var pieces: [HTMLPiece] = []
  private var position = 0
  private var textStart = 0

  /// Elements whose content is no markup, or in which white space counts.
  private static let verbatimElements: Set<String> = [
    "pre", "textarea", "script", "title", "listing", "plaintext", "xmp",
  ]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    liquid = LiquidSpans(bytes)
    lastCommentEnd = bytes.lastPair(UInt8(ascii: "-"), UInt8(ascii: ">"))
    lastPercentEnd = bytes.lastPair(UInt8(ascii: "%"), UInt8(ascii: ">"))
    lastInstructionEnd = bytes.lastPair(UInt8(ascii: "?"), UInt8(ascii: ">"))
    skipProlog()
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"):
        if let end = liquid.end(at: position, before: bytes.count) {
          add(.liquid, to: end)
        } else {
          position += 1
        }
      case UInt8(ascii: "<"): readMarkup()
      default: position += 1
      }
    }
    flushText()
  }

  /// `mj-raw position="file-start"` may be the front matter of another tool.
  private mutating func skipProlog() {
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), bytes.holdsIgnoringCase("<!doctype", at: index) {
        if index > 0 { add(.verbatim, to: index) }
        return
      }
      index += 1
    }
  }

  // MARK: - Adding

  private mutating func flushText() {
    if textStart < position {
      pieces.append(HTMLPiece(kind: .text, range: textStart..<position))
    }
    textStart = position
  }

  private mutating func add(_ kind: HTMLPiece.Kind, to end: Int, name: String = "") {
    flushText()
    pieces.append(HTMLPiece(kind: kind, range: position..<end, name: name))
    position = end
    textStart = end
  }

  // MARK: - Markup

  private mutating func readMarkup() {
    guard position + 1 < bytes.count else {
      position += 1
      return
    }
    switch bytes[position + 1] {
    case UInt8(ascii: "!"): readDeclaration()
    case UInt8(ascii: "?"): readForeignTag(UInt8(ascii: "?"), last: lastInstructionEnd)
    case UInt8(ascii: "%"): readForeignTag(UInt8(ascii: "%"), last: lastPercentEnd)
    case UInt8(ascii: "/"):
      if position + 2 < bytes.count, bytes[position + 2].isASCIILetter {
        readTag(.endTag, nameStart: position + 2)
      } else {
        position += 1
      }
    case let byte where byte.isASCIILetter: readTag(.startTag, nameStart: position + 1)
    default: position += 1
    }
  }

  private mutating func readForeignTag(_ sign: UInt8, last: Int) {
    guard position + 2 <= last,
      let close = bytes.firstPair(sign, UInt8(ascii: ">"), from: position + 2, before: bytes.count)
    else {
      position += 1
      return
    }
    add(.liquid, to: close + 2)
  }

  private mutating func readDeclaration() {
    if bytes.holds("<!--", at: position) { return readComment() }
    if let end = endOfConditional(from: position) { return add(.conditional, to: end) }
    guard let close = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else {
      return add(.verbatim, to: bytes.count)
    }
    add(.declaration, to: close + 1)
  }

  /// After `<![endif]-->`, where it stands at an offset.
  private func endOfConditional(from start: Int) -> Int? {
    guard bytes.holdsIgnoringCase("<![endif]", at: start) else { return nil }
    let end = bytes.afterSpace(from: start + 9, before: bytes.count)
    return bytes.holds("-->", at: end) ? end + 3 : nil
  }

  private mutating func readComment() {
    let start = position + 4
    if bytes.holds(">", at: start) { return add(.comment, to: start + 1) }
    if bytes.holds("->", at: start) { return add(.comment, to: start + 2) }
    let content = bytes.afterSpace(from: start, before: bytes.count)
    if let end = endOfConditional(from: content) { return add(.conditional, to: end) }
    guard start <= lastCommentEnd else { return add(.verbatim, to: bytes.count) }
    let isConditional = bytes.holdsIgnoringCase("[if", at: content)
    var index = content
    while index < bytes.count {
      if isConditional, bytes.holds("]>", at: index) {
        return add(.conditional, to: afterRevealing(from: index + 2))
      }
      if bytes[index] == UInt8(ascii: "-"), bytes.holds("-->", at: index) {
        return add(.comment, to: index + 3)
      }
      index += 1
    }
    add(.verbatim, to: bytes.count)
  }

  /// After the `<!-->` that shows other clients what a conditional comment holds, if there is one.
  private func afterRevealing(from start: Int) -> Int {
    if bytes.holds("-->", at: start) { return start + 3 }
    let index = bytes.afterSpace(from: start, before: bytes.count)
    if bytes.holds("<!-->", at: index) { return index + 5 }
    return bytes.holds("<!---->", at: index) ? index + 7 : start
  }

  private mutating func readTag(_ kind: HTMLPiece.Kind, nameStart: Int) {
    var index = nameStart
    while index < bytes.count, !bytes[index].isHTMLSpace, bytes[index] != UInt8(ascii: ">"),
      bytes[index] != UInt8(ascii: "/"), bytes[index] != UInt8(ascii: "{")
    { index += 1 }
    let name = bytes.lowerCaseText(nameStart..<index)
    var words = HTMLTagWords(bytes: bytes, liquid: liquid, from: index, to: bytes.count)
    var end: Int?
    while end == nil, let word = words.next() {
      if word.kind == .close { end = word.range.upperBound }
    }
    guard let end else { return add(.verbatim, to: bytes.count) }
    add(kind, to: end, name: name)
    guard kind == .startTag else { return }
    if name == "style" {
      add(.css, to: endOfContent(of: name))
    } else if Self.verbatimElements.contains(name) {
      add(.verbatim, to: endOfContent(of: name))
    }
  }

  /// Where the end tag of an element stands whose content is not read; `pre` may hold another `pre`.
  private func endOfContent(of name: String) -> Int {
    var open = 1
    var index = position
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        if isTagName(name, after: "</", at: index) {
          open -= 1
          if open == 0 { return index }
        } else if name == "pre", isTagName(name, after: "<", at: index) {
          open += 1
        }
      }
      index += 1
    }
    return bytes.count
  }

  private func isTagName(_ name: String, after opening: String, at index: Int) -> Bool {
    guard bytes.holdsIgnoringCase(opening + name, at: index) else { return false }
    let end = index + opening.utf8.count + name.utf8.count
    return end >= bytes.count || !bytes[end].isWordByte
  }
}

/// The inside of a tag after its name, word by word.
struct HTMLTagWords {
  enum Kind {
    case space
    /// A value with its quotes.
    case quoted
    case liquid
    /// The `>` at the end.
    case close
    case other
  }

  private let bytes: [UInt8]
  private let liquid: LiquidSpans
  private let end: Int
  private var position: Int
  /// Only after it a quote opens a value.
  private var isAfterEquals = false

  init(bytes: [UInt8], liquid: LiquidSpans, from start: Int, to end: Int) {
    self.bytes = bytes
    self.liquid = liquid
    self.end = end
    position = start
  }

  /// The next word; nil at the end, and where a quote is not closed.
  mutating func next() -> (kind: Kind, range: Range<Int>)? {
    guard position < end else { return nil }
    let start = position
    let byte = bytes[start]
    if byte.isHTMLSpace {
      position = bytes.afterSpace(from: start, before: end)
      return (.space, start..<position)
    }
    let opensValue = isAfterEquals
    isAfterEquals = byte == UInt8(ascii: "=")
    if byte == UInt8(ascii: "{"), let close = liquid.end(at: start, before: end) {
      position = close
      return (.liquid, start..<close)
    }
    if opensValue, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      guard let close = closingQuote(byte, from: start + 1) else { return nil }
      position = close + 1
      return (.quoted, start..<position)
    }
    position += 1
    return (byte == UInt8(ascii: ">") ? .close : .other, start..<position)
  }

  private func closingQuote(_ quote: UInt8, from start: Int) -> Int? {
    var index = start
    while index < end {
      if bytes[index] == quote { return index }
      if bytes[index] == UInt8(ascii: "{"), let close = liquid.end(at: index, before: end) {
        index = close
      } else {
        index += 1
      }
    }
    return nil
  }
}
