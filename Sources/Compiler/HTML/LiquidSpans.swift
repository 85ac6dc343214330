/// Where Liquid's tags end in a text whose bytes they share with HTML or CSS.
///
/// A tag ends at the first closing delimiter, as Liquid itself reads it. A block whose content is not
/// output as it stands (`raw`, `comment`, `doc`, `capture`) is one span to its end tag. An opening
/// delimiter that nothing closes is text.
struct LiquidSpans {
  private let bytes: [UInt8]
  /// Searches past these find nothing, so that unclosed delimiters cost no time.
  private let lastOutputEnd: Int
  private let lastTagEnd: Int

  private static let wholeBlocks = ["raw", "comment", "doc", "capture"]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lastOutputEnd = bytes.lastPair(UInt8(ascii: "}"), UInt8(ascii: "}"))
    lastTagEnd = bytes.lastPair(UInt8(ascii: "%"), UInt8(ascii: "}"))
  }

  /// The offset after the Liquid that starts at a brace and ends before `limit`; nil where none does.
  func end(at start: Int, before limit: Int) -> Int? {
    guard start + 3 < limit, bytes[start] == UInt8(ascii: "{") else { return nil }
    if bytes[start + 1] == UInt8(ascii: "{") {
      guard start + 2 <= lastOutputEnd else { return nil }
      return pair(UInt8(ascii: "}"), UInt8(ascii: "}"), from: start + 2, before: limit)
    }
    guard bytes[start + 1] == UInt8(ascii: "%"), start + 2 <= lastTagEnd,
      let end = pair(UInt8(ascii: "%"), UInt8(ascii: "}"), from: start + 2, before: limit)
    else { return nil }
    guard let block = Self.wholeBlocks.first(where: { isTag(named: $0, at: start) }) else {
      return end
    }
    return endOfBlock(block, from: end, before: limit)
  }

  /// The offset after two bytes.
  private func pair(_ a: UInt8, _ b: UInt8, from start: Int, before limit: Int) -> Int? {
    bytes.firstPair(a, b, from: start, before: limit).map { $0 + 2 }
  }

  /// The offset after the end tag of a block; the end of the text where it has none.
  private func endOfBlock(_ name: String, from start: Int, before limit: Int) -> Int {
    var index = start
    while let open = bytes.firstPair(
      UInt8(ascii: "{"),
      UInt8(ascii: "%"),
      from: index,
      before: limit
    ) {
      index = open + 2
      guard index <= lastTagEnd else { return limit }
      if isTag(named: "end" + name, at: open) {
        return pair(UInt8(ascii: "%"), UInt8(ascii: "}"), from: index, before: limit) ?? limit
      }
    }
    return limit
  }

  private func isTag(named name: String, at open: Int) -> Bool {
    var index = open + 2
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
    index = bytes.afterSpace(from: index, before: bytes.count)
    let end = index + name.utf8.count
    return bytes.holds(name, at: index) && !(end < bytes.count && bytes[end].isLiquidNameByte)
  }
}

extension UInt8 {
  /// A byte that goes on with the name of a tag; the `-` of `-%}` does not.
  fileprivate var isLiquidNameByte: Bool { isWordByte && self != UInt8(ascii: "-") }
}
