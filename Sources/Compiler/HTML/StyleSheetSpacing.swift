/// The white space of a style sheet: only what stands beside `{`, `}`, `;` and `,` is ever added or taken.
///
/// Strings, comments, `url(…)` and Liquid are copied as they stand.
struct StyleSheetSpacing {
  fileprivate enum Token {
    case punctuation(UInt8)
    case liquid
    case comment
    case other
  }

  private let bytes: [UInt8]
  private let liquid: LiquidSpans
  private let end: Int
  private var position: Int
  private var isAfterLiquid = false

  init(_ bytes: [UInt8], _ liquid: LiquidSpans, _ range: Range<Int>) {
    self.bytes = bytes
    self.liquid = liquid
    position = range.lowerBound
    end = range.upperBound
  }

  /// The sheet with as little white space as it needs.
  mutating func minified() -> [UInt8] {
    var output: [UInt8] = []
    var isLoose = true
    while true {
      let start = position
      position = bytes.afterSpace(from: position, before: end)
      let hasSpace = position > start
      guard let (token, range) = next() else { return output }
      let needsSpace: Bool
      var isNextLoose = false
      switch token {
      case .punctuation(let byte):
        // Two braces side by side would be Liquid's; a space after Liquid may be its own.
        needsSpace = isAfterLiquid || (byte == UInt8(ascii: "{") && output.last == byte)
        isNextLoose = true
        isAfterLiquid = false
      case .liquid:
        needsSpace = !output.isEmpty
        isAfterLiquid = true
      case .comment, .other:
        needsSpace =
          !isLoose || (bytes[range.lowerBound] == UInt8(ascii: "%") && output.last == 0x7B)
        isAfterLiquid = false
      }
      if hasSpace, needsSpace { output.append(0x20) }
      output += bytes[range]
      isLoose = isNextLoose
    }
  }

  /// The sheet with a declaration on each line, every line indented by `depth` levels and more.
  mutating func beautified(depth outer: Int) -> [UInt8] {
    var output: [UInt8] = []
    var depth = outer
    var parentheses = 0
    var breaksLine = true
    var isAlone = false
    while true {
      let start = position
      position = bytes.afterSpace(from: position, before: end)
      let space = start..<position
      guard let (token, range) = next() else { return output }
      var isBefore = true
      var nextIsAlone = false
      if case .punctuation(let byte) = token {
        if byte == UInt8(ascii: "}") {
          depth = max(outer, depth - 1)
          breaksLine = true
        }
        isBefore = byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") || isAfterLiquid
      } else {
        if case .other = token {} else { nextIsAlone = true }
      }
      let keepsBreak = (isAlone || nextIsAlone) && bytes[space].contains(0x0A)
      if breaksLine || keepsBreak {
        HTMLBeautifier.appendLineBreak(depth: depth, to: &output)
      } else if !space.isEmpty && isBefore || token.isOpening && output.last != 0x20 {
        output.append(0x20)
      }
      output += bytes[range]
      isAfterLiquid = token.isLiquid
      isAlone = nextIsAlone
      breaksLine = false
      guard case .punctuation(let byte) = token else {
        if range.count == 1 {
          if bytes[range.lowerBound] == UInt8(ascii: "(") { parentheses += 1 }
          if bytes[range.lowerBound] == UInt8(ascii: ")") { parentheses = max(0, parentheses - 1) }
        }
        continue
      }
      if byte == UInt8(ascii: "{") { depth += 1 }
      breaksLine = byte != UInt8(ascii: ",") && parentheses == 0
      if byte != UInt8(ascii: ","), byte != UInt8(ascii: ";") { parentheses = 0 }
    }
  }

  // MARK: - Tokens

  /// The token at the position, which is no white space.
  private mutating func next() -> (Token, Range<Int>)? {
    guard position < end else { return nil }
    let start = position
    let byte = bytes[start]
    switch byte {
    case UInt8(ascii: "{"):
      if let close = liquid.end(at: start, before: end) {
        position = close
        return (.liquid, start..<close)
      }
      position += 1
      return (.punctuation(byte), start..<position)
    case UInt8(ascii: "}"), UInt8(ascii: ";"), UInt8(ascii: ","):
      position += 1
      return (.punctuation(byte), start..<position)
    case UInt8(ascii: "/") where bytes.holds("/*", at: start):
      let close = bytes.firstPair(
        UInt8(ascii: "*"),
        UInt8(ascii: "/"),
        from: start + 2,
        before: end
      )
      position = close.map { $0 + 2 } ?? end
      return (.comment, start..<position)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): position = endOfString(byte, from: start + 1)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      if bytes.holdsIgnoringCase("url(", at: start) {
        position = endOfURL(from: start + 4)
      } else {
        position += 1
      }
    default: position += 1
    }
    return (.other, start..<position)
  }

  private func endOfString(_ quote: UInt8, from start: Int) -> Int {
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == UInt8(ascii: "{"), let close = liquid.end(at: index, before: end) {
        index = close
      } else {
        index += 1
        // A line's end closes what was forgotten.
        if bytes[index - 1] == quote || bytes[index - 1] == 0x0A { break }
      }
    }
    return min(index, end)
  }

  private func endOfURL(from start: Int) -> Int {
    var index = start
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: ")"): return index + 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"): index = endOfString(bytes[index], from: index + 1)
      case UInt8(ascii: "{"): index = liquid.end(at: index, before: end) ?? index + 1
      default: index += 1
      }
    }
    return end
  }
}

extension StyleSheetSpacing.Token {
  fileprivate var isLiquid: Bool {
    if case .liquid = self { true } else { false }
  }

  fileprivate var isOpening: Bool {
    if case .punctuation(UInt8(ascii: "{")) = self { true } else { false }
  }
}
