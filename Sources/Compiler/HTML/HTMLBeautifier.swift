/// Breaks a document into indented lines, for people who read it.
///
/// A line is broken only where white space stands already or never shows, so that clients show the same.
package enum HTMLBeautifier {
  /// Deeper levels are indented no further: the output stays linear in the size of the input.
  private static let maximalDepth = 32

  private enum Gap {
    case none
    case space
    case line
  }

  /// The document in lines, in time linear in its size; ends with a line's end.
  package static func beautify(_ html: [UInt8]) -> [UInt8] {
    let document = HTMLPieces(html)
    let boundaries = HTMLBoundaries(document.pieces, of: html)
    var output: [UInt8] = []
    output.reserveCapacity(html.count + html.count / 4)
    var depth = 0
    var gap = Gap.none
    /// The piece before, with what can be said of it.
    var last: (kind: HTMLPiece.Kind, isBoundary: Bool)?
    for (index, piece) in document.pieces.enumerated() {
      var range = piece.range
      if piece.kind == .text, !boundaries.keepsText {
        let start = html.afterSpace(from: range.lowerBound, before: range.upperBound)
        gap = Self.gap(html[range.lowerBound..<start])
        range = start..<range.upperBound
        if range.isEmpty { continue }
      }
      let isCounted =
        (piece.kind == .startTag || piece.kind == .endTag)
        && HTMLBoundaries.indents(piece, in: html)
      if isCounted, piece.kind == .endTag { depth = max(0, depth - 1) }
      if let last {
        let isFixed =
          last.kind.isFixed || piece.kind.isFixed
          || boundaries.keepsText && (last.kind == .text || piece.kind == .text)
        let isLoose = !isFixed && last.kind != .liquid && piece.kind != .liquid
        if isLoose, last.isBoundary || boundaries.isBoundary[index] { gap = .line }
        if gap == .space, last.kind == .conditional || piece.kind == .conditional { gap = .line }
        append(gap, depth: depth, to: &output)
      }
      gap = .none
      switch piece.kind {
      case .text where !boundaries.keepsText:
        gap = appendText(html[range], depth: depth, to: &output)
      case .startTag, .endTag: HTMLMinifier.appendTag(piece, of: html, document.liquid, to: &output)
      case .css: appendSheet(piece, of: html, document.liquid, depth: depth, to: &output)
      default: output += html[range]
      }
      if isCounted, piece.kind == .startTag { depth += 1 }
      last = (piece.kind, boundaries.isBoundary[index])
    }
    if output.last != 0x0A { output.append(0x0A) }
    return output
  }

  /// A line's end and the indentation of the next line.
  static func appendLineBreak(depth: Int, to output: inout [UInt8]) {
    output.append(0x0A)
    output.append(contentsOf: repeatElement(0x20, count: 2 * min(depth, maximalDepth)))
  }

  private static func append(_ gap: Gap, depth: Int, to output: inout [UInt8]) {
    switch gap {
    case .none: break
    case .space: output.append(0x20)
    case .line: appendLineBreak(depth: depth, to: &output)
    }
  }

  private static func gap(_ space: ArraySlice<UInt8>) -> Gap {
    space.isEmpty ? .none : space.contains(0x0A) ? .line : .space
  }

  /// Text that starts with no white space; returns what stands after it.
  private static func appendText(
    _ text: ArraySlice<UInt8>,
    depth: Int,
    to output: inout [UInt8]
  ) -> Gap {
    var index = text.startIndex
    while index < text.endIndex {
      let start = index
      while index < text.endIndex, text[index].isHTMLSpace == text[start].isHTMLSpace { index += 1 }
      if !text[start].isHTMLSpace {
        output += text[start..<index]
      } else if index == text.endIndex {
        return gap(text[start..<index])
      } else {
        append(gap(text[start..<index]), depth: depth, to: &output)
      }
    }
    return .none
  }

  private static func appendSheet(
    _ piece: HTMLPiece,
    of html: [UInt8],
    _ liquid: LiquidSpans,
    depth: Int,
    to output: inout [UInt8]
  ) {
    var sheet = StyleSheetSpacing(html, liquid, piece.range)
    let lines = sheet.beautified(depth: depth + 1)
    guard !lines.isEmpty else {
      output += html[piece.range].prefix(1)
      return
    }
    output += lines
    appendLineBreak(depth: depth, to: &output)
  }
}

extension HTMLPiece.Kind {
  /// Nothing may be put beside it.
  fileprivate var isFixed: Bool { self == .verbatim || self == .css }
}
