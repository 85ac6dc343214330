import LetterpressDiagnostics

/// Liquid's delimiters, as far as the scan must know them to step over what stands between.
///
/// Liquid ends a tag at the first `%}` and an output at the first `}}`, also within a string. Its syntax
/// is the next stage's; here only lengths count, and the blocks that hide their content.
extension Scanner {
  /// Whether `{{` or `{%` stands here.
  func startsLiquid(at index: Int) -> Bool {
    guard index >= literalEnd, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "{") else {
      return false
    }
    return bytes[index + 1] == UInt8(ascii: "{") || bytes[index + 1] == UInt8(ascii: "%")
  }

  /// Liquid in structure: one tag or output, or a whole block that hides its content.
  mutating func scanLiquid() {
    let start = position
    guard let end = liquidEnd(at: start) else {
      report(
        .liquidNotClosed(isTag: bytes[start + 1] == UInt8(ascii: "%"), at: range(start, start + 2))
      )
      position += 2
      return
    }
    var whole = end
    if let block = hidingBlock(at: start, capturesHide: start >= openCaptureEnd) {
      guard let blockEnd = endOfHidingBlock(block, from: end) else {
        return stop(.liquidBlockNotClosed(block.rawValue, at: range(start, end)))
      }
      let holdsElements =
        block == .raw || block == .capture ? hasElement(in: end..<blockEnd) : false
      if block == .raw, holdsElements { return beginLiteral(start..<end, blockEnd: blockEnd) }
      // Elements cannot be captured. That is for the checker to say, which needs to see them.
      if block == .capture, holdsElements { openCaptureEnd = blockEnd } else { whole = blockEnd }
    }
    records.append(Record(kind: .liquid, start: Int32(start), end: Int32(whole)))
    rewrite.replace(start..<start, in: bytes, with: "<?liquid ")
    var index = start
    while index + 1 < whole {
      if bytes[index] == UInt8(ascii: "?"), bytes[index + 1] == UInt8(ascii: ">") {
        rewrite.replace(index + 1..<index + 2, in: bytes, with: " ")
      }
      index += 1
    }
    rewrite.replace(whole..<whole, in: bytes, with: "?>")
    position = whole
  }

  /// The offset after the end of the tag or output that starts here, or nil where it has none.
  ///
  /// An output or tag that was not closed must not reach as far as the end of the next one: outside of
  /// strings a further `{{`, `{%`, an end tag or a comment shows that the end is missing.
  mutating func liquidEnd(at start: Int) -> Int? {
    let isTag = bytes[start + 1] == UInt8(ascii: "%")
    if start >= (isTag ? noTagEndFrom : noOutputEndFrom) { return nil }
    let close = isTag ? UInt8(ascii: "%") : UInt8(ascii: "}")
    let isProse = isTag && holdsProse(at: start)
    var quote: UInt8 = 0
    var index = start + 2
    while index + 1 < bytes.count {
      let byte = bytes[index]
      let next = bytes[index + 1]
      if byte == close, next == UInt8(ascii: "}") { return index + 2 }
      if isProse {
        index += 1
        continue
      }
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte.isQuote {
        quote = byte
      } else if byte == UInt8(ascii: "{"), next == UInt8(ascii: "{") || next == UInt8(ascii: "%") {
        return nil
      } else if byte == UInt8(ascii: "<"), next == UInt8(ascii: "/") || next == UInt8(ascii: "!") {
        return nil
      }
      index += 1
    }
    if isTag { noTagEndFrom = start } else { noOutputEndFrom = start }
    return nil
  }

  /// Whether a tag holds words rather than an expression: `{% # isn't it %}`, `{% liquid … %}`.
  private func holdsProse(at start: Int) -> Bool {
    let index = tagNameStart(at: start)
    return index < bytes.count && bytes[index] == UInt8(ascii: "#")
      || hasTagName("liquid", at: index)
  }

  private func tagNameStart(at start: Int) -> Int {
    var index = start + 2
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    return index
  }

  private func hasTagName(_ name: String, at index: Int) -> Bool {
    guard bytes.has(name, at: index) else { return false }
    let end = index + name.utf8.count
    return end >= bytes.count
      || !(bytes[end].isLetter || bytes[end].isDigit || bytes[end] == UInt8(ascii: "_"))
  }

  /// The blocks whose content is nobody's structure.
  enum HidingBlock: String {
    case comment, raw, doc
    /// Between elements only: what it captures is text, never elements of the layout.
    case capture
  }

  /// The block that hides its content and is opened by the tag that starts here.
  func hidingBlock(at start: Int, capturesHide: Bool = false) -> HidingBlock? {
    guard bytes[start + 1] == UInt8(ascii: "%") else { return nil }
    let index = tagNameStart(at: start)
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "c"):
      if hasTagName("comment", at: index) { return .comment }
      return capturesHide && hasTagName("capture", at: index) ? .capture : nil
    case UInt8(ascii: "r"): return hasTagName("raw", at: index) ? .raw : nil
    case UInt8(ascii: "d"): return hasTagName("doc", at: index) ? .doc : nil
    default: return nil
    }
  }

  /// Whether an element of the catalogue starts in a range.
  private func hasElement(in content: Range<Int>) -> Bool {
    var index = content.lowerBound
    while let start = bytes.first("<", from: index), start < content.upperBound {
      var end = start + 1
      while end < content.upperBound, bytes[end].isNameByte { end += 1 }
      if let id = table.id(of: bytes, start + 1..<end), isCataloguedElement(id) { return true }
      index = end
    }
    return false
  }

  // MARK: - raw around elements

  /// `{% raw %}` with elements in it: they are there as if it was not, but no brace in them is Liquid.
  private mutating func beginLiteral(_ tag: Range<Int>, blockEnd: Int) {
    rewrite.replace(tag, in: bytes, with: "")
    var end = blockEnd - 2
    while end > tag.upperBound, !bytes.has("{%", at: end) { end -= 1 }
    literalEnd = end
    literalTagEnd = blockEnd
    literalDepth = open.count
    position = tag.upperBound
  }

  /// At the `{% endraw %}` of such a block, or past it.
  mutating func endLiteral() {
    if open.count != literalDepth || position > literalEnd {
      let inner = open.count > literalDepth ? open.last : nil
      report(
        .endrawInElement(
          at: range(literalEnd, literalTagEnd),
          opened: inner.map { nameRange($0.element) }
        )
      )
    }
    if position == literalEnd {
      rewrite.replace(literalEnd..<literalTagEnd, in: bytes, with: "")
      position = literalTagEnd
    }
    literalEnd = -1
  }

  /// The offset after the end tag of a block that hides its content.
  ///
  /// `raw` and `doc` know nothing but their own end; the others nest, and a `raw` within them hides their
  /// tags (Shopify's Liquid 5).
  func endOfHidingBlock(_ block: HidingBlock, from start: Int) -> Int? {
    var stack: [HidingBlock] = [block]
    var index = start
    while let tag = bytes.first("{%", from: index), let innermost = stack.last {
      let nameStart = tagNameStart(at: tag)
      index = tag + 2
      if hasTagName("end" + innermost.rawValue, at: nameStart) {
        guard let close = bytes.first("%}", from: nameStart) else { return nil }
        index = close + 2
        stack.removeLast()
        if stack.isEmpty { return index }
      } else if innermost == .comment || innermost == .capture,
        let opened = hidingBlock(at: tag, capturesHide: innermost == .capture), opened != .doc
      {
        guard let close = bytes.first("%}", from: nameStart) else { return nil }
        index = close + 2
        stack.append(opened)
      }
    }
    return nil
  }
}
