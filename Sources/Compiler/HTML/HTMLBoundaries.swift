/// Beside which pieces of a document white space never shows.
///
/// It shows nowhere beside the tags of a table's parts and of blocks. A block that a style makes flow
/// with the text (`display: inline-block`, `float`) is none; where a style sheet does so for anything, or
/// where one keeps white space (`white-space: pre`), all elements are taken to be meant.
struct HTMLBoundaries {
  /// For each piece: white space before and after it never shows.
  private(set) var isBoundary: [Bool] = []
  /// White space in text counts everywhere.
  let keepsText: Bool

  private static let structure: Set<String> = [
    "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "xml",
  ]
  private static let flow: Set<String> = [
    "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
  ]
  private static let document: Set<String> = ["html", "head", "body"]
  private static let metadata: Set<String> = [
    "base", "link", "meta", "noscript", "script", "style", "template", "title",
  ]
  private static let void: Set<String> = ["col", "hr"]
  /// Farther out a start tag is not looked for; this keeps bad nesting cheap.
  private static let reach = 32

  private let bytes: [UInt8]
  private var open: [(name: String, isBoundary: Bool)] = []

  init(_ pieces: [HTMLPiece], of bytes: [UInt8]) {
    self.bytes = bytes
    keepsText = bytes.keepsWhiteSpace
    let flowsAnywhere = pieces.contains { $0.kind == .css && bytes.flowsWithText(in: $0.range) }
    isBoundary.reserveCapacity(pieces.count)
    let lastEnds = Self.document.map { name in
      pieces.lastIndex { $0.kind == .endTag && $0.name == name }
    }
    var isInHead = false
    var isInBody = false
    for (index, piece) in pieces.enumerated() {
      switch piece.kind {
      case .startTag, .endTag:
        if Self.document.contains(piece.name) {
          // A second document in the body is markup that clients pass over.
          let counts =
            piece.kind == .startTag
            ? !isInBody : piece.name == "head" ? isInHead : lastEnds.contains(index)
          if piece.name == "head" { isInHead = piece.kind == .startTag && !isInBody }
          if piece.name == "body" {
            isInHead = false
            isInBody = true
          }
          isBoundary.append(counts || isInHead)
        } else {
          if isInHead, !Self.isOfHead(piece.name) { (isInHead, isInBody) = (false, true) }
          isBoundary.append(isTagBoundary(piece, shows: flowsAnywhere) || isInHead)
        }
      case .comment, .conditional: isBoundary.append(isInHead)
      case .declaration: isBoundary.append(!isInBody)
      case .css, .verbatim: isBoundary.append(false)
      case .text, .liquid:
        // Text in the head begins the body.
        if isInHead, piece.kind == .liquid || !bytes[piece.range].allSatisfy(\.isHTMLSpace) {
          (isInHead, isInBody) = (false, true)
        }
        isBoundary.append(false)
      }
    }
  }

  /// Whether a tag opens or closes a level of the indentation.
  static func indents(_ piece: HTMLPiece, in bytes: [UInt8]) -> Bool {
    guard isBlock(piece.name) || piece.name == "head" || piece.name == "body",
      !void.contains(piece.name)
    else {
      return false
    }
    return piece.kind == .endTag || bytes[piece.range.upperBound - 2] != UInt8(ascii: "/")
  }

  private static func isOfHead(_ name: String) -> Bool {
    metadata.contains(name) || name == "xml" || name.hasPrefix("o:")
  }

  private static func isBlock(_ name: String) -> Bool {
    structure.contains(name) || flow.contains(name) || name.hasPrefix("o:")
  }

  private mutating func isTagBoundary(_ piece: HTMLPiece, shows: Bool) -> Bool {
    guard Self.isBlock(piece.name) else { return false }
    if piece.kind == .endTag { return close(piece.name) && !shows }
    let floats = piece.name == "table" && bytes.alignsAside(in: piece.range)
    let isBoundary = !floats && !bytes.flowsWithText(in: piece.range)
    if !Self.void.contains(piece.name) { open.append((piece.name, isBoundary)) }
    return isBoundary && !shows
  }

  /// What the start tag of an end tag was; false where there is none.
  private mutating func close(_ name: String) -> Bool {
    for index in open.indices.reversed().prefix(Self.reach) where open[index].name == name {
      let isBoundary = open[index].isBoundary
      open.removeSubrange(index...)
      return isBoundary
    }
    return false
  }
}

extension [UInt8] {
  /// Whether a declaration in a range makes an element flow with the text around it, or could, because
  /// its value is Liquid.
  fileprivate func flowsWithText(in range: Range<Int>) -> Bool {
    range.contains { index in
      switch self[index] | 0x20 {
      case UInt8(ascii: "d"):
        value(of: "display", at: index, in: range) { value in
          value("inline") || value("contents") || value("{") || value("ruby")
        }
      case UInt8(ascii: "f"):
        value(of: "float", at: index, in: range) { value in !value("none") }
      case UInt8(ascii: "p"):
        value(of: "position", at: index, in: range) { value in
          value("absolute") || value("fixed") || value("{")
        }
      default: false
      }
    }
  }

  /// Whether a style anywhere keeps the white space of text.
  fileprivate var keepsWhiteSpace: Bool {
    indices.contains { index in
      self[index] | 0x20 == UInt8(ascii: "w")
        && value(of: "white-space", at: index, in: indices) { value in
          value("pre") || value("break-spaces") || value("{")
        }
    }
  }

  /// A table with `align="left"` lets text flow around it.
  fileprivate func alignsAside(in range: Range<Int>) -> Bool {
    range.contains { index in
      guard self[index] | 0x20 == UInt8(ascii: "a"), holdsIgnoringCase("align=", at: index),
        index > range.lowerBound, self[index - 1].isHTMLSpace
      else { return false }
      let start = index + 6
      let first = start < count && (self[start] == 0x22 || self[start] == 0x27) ? start + 1 : start
      return holdsIgnoringCase("left", at: first) || holdsIgnoringCase("right", at: first)
        || holds("{", at: first)
    }
  }

  /// Whether the declaration of a property starts at an offset and its value has a quality.
  private func value(
    of property: String,
    at index: Int,
    in range: Range<Int>,
    is quality: ((String) -> Bool) -> Bool
  ) -> Bool {
    guard holdsIgnoringCase(property, at: index),
      index == range.lowerBound || !self[index - 1].isWordByte
    else { return false }
    let colon = afterSpace(from: index + property.utf8.count, before: range.upperBound)
    guard colon < range.upperBound, self[colon] == UInt8(ascii: ":") else { return false }
    let start = afterSpace(from: colon + 1, before: range.upperBound)
    return quality { holdsIgnoringCase($0, at: start) }
  }
}
