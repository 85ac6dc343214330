/// Takes the white space out of a document that no client shows.
///
/// What a client shows stays as it is, and so does all that only looks like white space: Liquid, the
/// content of `pre`, `textarea` and `script`, values of attributes, comments. Runs of white space in text
/// become one space; beside the tags of blocks and of a table's parts they go. Style sheets lose the
/// white space around their punctuation. Minifying twice is minifying once.
package enum HTMLMinifier {
  /// The document with less white space, in time linear in its size.
  package static func minify(_ html: [UInt8]) -> [UInt8] {
    let document = HTMLPieces(html)
    let pieces = document.pieces
    let boundaries = HTMLBoundaries(pieces, of: html)
    var output: [UInt8] = []
    output.reserveCapacity(html.count)
    for (index, piece) in pieces.enumerated() {
      switch piece.kind {
      case .text where !boundaries.keepsText:
        let before = index > 0 ? pieces[index - 1].kind : nil
        let after = index + 1 < pieces.count ? pieces[index + 1].kind : nil
        // Liquid may stand for anything; beside it the text stays as it is.
        let isLoose = before != .liquid && after != .liquid
        appendText(
          html[piece.range],
          trimsStart: before == nil || (isLoose && boundaries.isBoundary[index - 1]),
          trimsEnd: after == nil || (isLoose && boundaries.isBoundary[index + 1]),
          to: &output
        )
      case .startTag, .endTag: appendTag(piece, of: html, document.liquid, to: &output)
      case .css:
        var sheet = StyleSheetSpacing(html, document.liquid, piece.range)
        let text = sheet.minified()
        // A sheet of nothing but white space stays a sheet.
        output += text.isEmpty ? html[piece.range].prefix(1) : text[...]
      case .text, .liquid, .comment, .conditional, .declaration, .verbatim:
        output += html[piece.range]
      }
    }
    return output
  }

  /// The document without its comments; conditional comments are none.
  package static func removeComments(_ html: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(html.count)
    for piece in HTMLPieces(html).pieces where piece.kind != .comment {
      output += html[piece.range]
    }
    return output
  }

  private static func appendText(
    _ text: ArraySlice<UInt8>,
    trimsStart: Bool,
    trimsEnd: Bool,
    to output: inout [UInt8]
  ) {
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index].isHTMLSpace else {
        output.append(text[index])
        index += 1
        continue
      }
      let start = index
      while index < text.endIndex, text[index].isHTMLSpace { index += 1 }
      let isTrimmed =
        (start == text.startIndex && trimsStart) || (index == text.endIndex && trimsEnd)
      if !isTrimmed { output.append(0x20) }
    }
  }

  /// A tag with one space between its attributes and none before its end.
  static func appendTag(
    _ piece: HTMLPiece,
    of html: [UInt8],
    _ liquid: LiquidSpans,
    to output: inout [UInt8]
  ) {
    let nameStart = piece.range.lowerBound + (piece.kind == .endTag ? 2 : 1)
    let nameEnd = nameStart + piece.name.utf8.count
    output += html[piece.range.lowerBound..<nameEnd]
    var words = HTMLTagWords(bytes: html, liquid: liquid, from: nameEnd, to: piece.range.upperBound)
    var hasSpace = false
    var isAfterLiquid = false
    while let word = words.next() {
      if word.kind == .space {
        hasSpace = true
        continue
      }
      if hasSpace, word.kind != .close || isAfterLiquid { output.append(0x20) }
      hasSpace = false
      isAfterLiquid = word.kind == .liquid
      output += html[word.range]
    }
  }
}
