import LetterpressDiagnostics

/// Cuts the inside of `{% liquid … %}`: each line is a tag.
enum LiquidTagLines {
  static func items(of markup: SourceRange, in bytes: [UInt8]) -> [Item] {
    var items: [Item] = []
    var start = markup.start
    while start < markup.end {
      // Only a line feed ends a line, as in Shopify's tokenizer.
      let lineEnd = bytes[start..<markup.end].firstIndex(of: UInt8(ascii: "\n")) ?? markup.end
      if let item = item(start..<lineEnd, in: bytes, file: markup.file) { items.append(item) }
      start = lineEnd + 1
    }
    return items
  }

  private static func item(_ line: Range<Int>, in bytes: [UInt8], file: SourceFile.ID) -> Item? {
    func sourceRange(_ range: Range<Int>) -> SourceRange {
      SourceRange(file: file, start: range.lowerBound, end: range.upperBound)
    }
    var line = bytes.trimmed(line)
    while !line.isEmpty {
      var index = line.lowerBound
      if bytes[index] == UInt8(ascii: "#") {
        let content = sourceRange(index + 1..<line.upperBound)
        return .comment(Comment(kind: .inline, content: content, range: sourceRange(line)))
      }
      while index < line.upperBound, bytes[index].isWord { index += 1 }
      // What starts with no name is reported as an unknown tag, whole.
      if index == line.lowerBound { index = line.upperBound }
      let name = String(decoding: bytes[line.lowerBound..<index], as: UTF8.self)
      let markup = bytes.trimmed(index..<line.upperBound)
      guard name == "liquid" else {
        return .tag(
          name: Identifier(name, sourceRange(line.lowerBound..<index)),
          markup: sourceRange(markup),
          range: sourceRange(line)
        )
      }
      // `liquid liquid echo x` is `echo x`.
      line = markup
    }
    return nil
  }
}
