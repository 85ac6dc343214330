import LetterpressDiagnostics

/// The blocks whose content is no Liquid: `comment`, `doc`, `raw` and the inline comment.
extension Lexer {
  /// `{% # … %}`, and what is wrong with it.
  func inlineComment(
    _ name: Identifier,
    _ markup: Range<Int>,
    _ range: SourceRange
  ) -> (Comment, Diagnostic?) {
    var diagnostic: Diagnostic?
    var index = markup.lowerBound
    while let lineEnd = bytes[index..<markup.upperBound].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes.trimmed(lineEnd + 1..<markup.upperBound)
      if !line.isEmpty, bytes[line.lowerBound] != UInt8(ascii: "#"), diagnostic == nil {
        diagnostic = .inlineComment(
          sourceRange(
            line.lowerBound..<lineEndIndex(from: line.lowerBound, before: line.upperBound)
          )
        )
      }
      index = lineEnd + 1
    }
    return (Comment(kind: .inline, content: sourceRange(markup), range: range), diagnostic)
  }

  private func lineEndIndex(from start: Int, before end: Int) -> Int {
    bytes[start..<end].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? end
  }

  /// `{% raw %}`, whose content stands as it is until `{% endraw %}`.
  mutating func lexRaw(_ name: Identifier, arguments: Range<Int>, open: SourceRange) {
    if !arguments.isEmpty { report(.tagArguments(name, at: sourceRange(arguments))) }
    guard let close = closingTag("endraw", from: position) else {
      result.unclosed.append(UnmatchedTag(name: name, range: open))
      return takeRest { .verbatim($0) }
    }
    result.items.append(.verbatim(sourceRange(position..<close.start)))
    position = close.end
    trimsNext = close.trimsAfter
  }

  /// `{% doc %}`, which describes a partial and its parameters.
  mutating func lexDoc(_ name: Identifier, arguments: Range<Int>, open: SourceRange) {
    if !arguments.isEmpty { report(.tagArguments(name, at: sourceRange(arguments))) }
    let start = position
    guard let close = closingTag("enddoc", from: start) else {
      result.unclosed.append(UnmatchedTag(name: name, range: open))
      return takeRest { .comment(Comment(kind: .doc, content: $0, range: open.to($0))) }
    }
    if let nested = closingTag("doc", from: start), nested.start < close.start {
      report(.nestedDoc(sourceRange(nested.start..<nested.end), in: open))
    }
    let content = sourceRange(start..<close.start)
    let range = sourceRange(open.start..<close.end)
    result.items.append(.comment(Comment(kind: .doc, content: content, range: range)))
    position = close.end
    trimsNext = close.trimsAfter
  }

  /// `{% comment %}`: comments nest, and a `raw` within one has to be closed.
  mutating func lexComment(_ name: Identifier, open: SourceRange) {
    let start = position
    var depth = 1
    var index = start
    while index + 1 < end {
      if opensOutput(at: index) {
        index = endOfCommentedOutput(at: index)
        continue
      }
      guard opensTag(at: index) else {
        index += 1
        continue
      }
      guard let close = tagEnd(from: index + 2) else { break }
      let inside = index + (bytes[index + 2] == UInt8(ascii: "-") ? 3 : 2)
      let name = inside < close ? nameAndMarkup(inside..<close)?.name.name : nil
      switch name {
      case "comment": depth += 1
      case "endcomment": depth -= 1
      default: break
      }
      if depth == 0 {
        let range = sourceRange(open.start..<close + 2)
        let content = sourceRange(start..<index)
        result.items.append(.comment(Comment(kind: .comment, content: content, range: range)))
        position = close + 2
        trimsNext = bytes[close - 1] == UInt8(ascii: "-")
        return
      }
      index = close + 2
      if name == "raw" {
        guard let rawEnd = closingTag("endraw", from: index) else { break }
        index = rawEnd.end
      }
    }
    result.unclosed.append(UnmatchedTag(name: name, range: open))
    takeRest { .comment(Comment(kind: .comment, content: $0, range: open.to($0))) }
  }

  private func opensTag(at index: Int) -> Bool {
    index + 1 < end && bytes[index] == UInt8(ascii: "{") && bytes[index + 1] == UInt8(ascii: "%")
  }

  private func opensOutput(at index: Int) -> Bool {
    index + 1 < end && bytes[index] == UInt8(ascii: "{") && bytes[index + 1] == UInt8(ascii: "{")
  }

  private mutating func takeRest(_ item: (SourceRange) -> Item) {
    result.items.append(item(sourceRange(position..<end)))
    position = end
  }

  /// The next `{% name … %}`.
  private func closingTag(
    _ name: String,
    from start: Int
  ) -> (start: Int, end: Int, trimsAfter: Bool)? {
    var index = start
    while index + 1 < end {
      guard opensTag(at: index) else {
        index += 1
        continue
      }
      var inside = index + 2
      if inside < end, bytes[inside] == UInt8(ascii: "-") { inside += 1 }
      while inside < end, bytes[inside].isSpace { inside += 1 }
      let nameEnd = inside + name.utf8.count
      if nameEnd < end, bytes.has(name, at: inside), !bytes[nameEnd].isWord {
        guard let close = tagEnd(from: nameEnd) else { return nil }
        return (index, close + 2, bytes[close - 1] == UInt8(ascii: "-"))
      }
      index += 2
    }
    return nil
  }

  /// The offset of the next `%}`.
  private func tagEnd(from start: Int) -> Int? {
    var index = start
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: "%"), bytes[index + 1] == UInt8(ascii: "}") { return index }
      index += 1
    }
    return nil
  }

  /// Where an output within a comment ends: Shopify's tokenizer knows no comments, so `{{ {%
  /// endcomment %}` is one token of it, which closes nothing.
  private func endOfCommentedOutput(at start: Int) -> Int {
    var index = start + 2
    while index < end {
      if bytes[index] == UInt8(ascii: "}") {
        let isDouble = index + 1 < end && bytes[index + 1] == UInt8(ascii: "}")
        return isDouble ? index + 2 : index + 1
      }
      if opensTag(at: index) { return tagEnd(from: index + 2).map { $0 + 2 } ?? index + 2 }
      index += 1
    }
    return end
  }
}
