/// A tag, a comment or a declaration in HTML of the data.
struct MarkupTag {
  enum Kind { case start, end, other }

  let kind: Kind
  let name: MarkupName
  /// The offset behind the name.
  let nameEnd: Int
  /// The offset behind its `>`.
  let end: Int

  /// Reads the tag whose `<` stands at `start`; nil where it is a plain `<`.
  ///
  /// What the text ends in is a tag to browsers, so it is one here.
  init?(in html: Span<UInt8>, at start: Int) {
    var index = start + 1
    guard index < html.count else { return nil }
    if html[index] == UInt8(ascii: "!") || html[index] == UInt8(ascii: "?") {
      let isComment =
        index + 2 < html.count && html[index] == UInt8(ascii: "!")
        && html[index + 1] == UInt8(ascii: "-") && html[index + 2] == UInt8(ascii: "-")
      kind = .other
      name = MarkupName()
      nameEnd = index
      end =
        isComment
        ? html.endOfComment(from: index + 3) : html.endOfQuotedRun(from: index, isTag: false)
      return
    }
    let isEnd = html[index] == UInt8(ascii: "/")
    if isEnd { index += 1 }
    guard index < html.count, html[index].isLetter else { return nil }
    var name = MarkupName()
    while index < html.count, !html[index].isSpace, html[index] != UInt8(ascii: "/"),
      html[index] != UInt8(ascii: ">")
    {
      name.append(html[index])
      index += 1
    }
    self.name = name
    nameEnd = index
    end = html.endOfQuotedRun(from: index, isTag: true)
    // A tag that the text ends in is dropped.
    kind = html[end - 1] != UInt8(ascii: ">") ? .other : isEnd ? .end : .start
  }
}

/// One attribute of a tag.
struct MarkupAttribute {
  let name: MarkupName
  let value: Range<Int>
  let end: Int

  /// Reads the next attribute; nil where there is none before the tag's end.
  init?(in html: Span<UInt8>, from start: Int, to end: Int) {
    var index = start
    while index < end, html[index].isSpace || html[index] == UInt8(ascii: "/") { index += 1 }
    guard index < end, html[index] != UInt8(ascii: ">") else { return nil }
    var name = MarkupName()
    repeat {
      name.append(html[index])
      index += 1
    } while index < end && !html[index].isSpace && html[index] != UInt8(ascii: "=")
      && html[index] != UInt8(ascii: ">") && html[index] != UInt8(ascii: "/")
    self.name = name
    var next = index
    while next < end, html[next].isSpace { next += 1 }
    guard next < end, html[next] == UInt8(ascii: "=") else {
      value = index..<index
      self.end = index
      return
    }
    next += 1
    while next < end, html[next].isSpace { next += 1 }
    guard next < end, html[next] != UInt8(ascii: ">") else {
      value = next..<next
      self.end = next
      return
    }
    let quote = html[next]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let first = next + 1
      next = first
      while next < end, html[next] != quote { next += 1 }
      value = first..<next
      self.end = min(next + 1, end)
    } else {
      let first = next
      while next < end, !html[next].isSpace, html[next] != UInt8(ascii: ">") { next += 1 }
      value = first..<next
      self.end = next
    }
  }

  /// The value, references decoded.
  func decodedValue(_ html: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = value.lowerBound
    while index < value.upperBound {
      if html[index] == UInt8(ascii: "&"),
        let reference = CharacterReference(in: html, at: index, end: value.upperBound)
      {
        result.append(contentsOf: String(reference.scalar).utf8)
        index = reference.end
      } else {
        result.append(html[index])
        index += 1
      }
    }
    return result
  }
}

extension Span<UInt8> {
  fileprivate func endOfComment(from start: Int) -> Int {
    // `<!-->` and `<!--->` are whole comments.
    var index = Swift.max(0, start - 2)
    while index + 2 < count {
      if self[index] == UInt8(ascii: "-"), self[index + 1] == UInt8(ascii: "-") {
        if self[index + 2] == UInt8(ascii: ">") { return index + 3 }
        if index + 3 < count, self[index + 2] == UInt8(ascii: "!"),
          self[index + 3] == UInt8(ascii: ">")
        {
          return index + 4
        }
      }
      index += 1
    }
    return count
  }

  /// Behind the `>`, which does not count in the quoted values of a tag.
  fileprivate func endOfQuotedRun(from start: Int, isTag: Bool) -> Int {
    var index = start
    var quote: UInt8 = 0
    var isBehindEquals = false
    while index < count {
      let byte = self[index]
      index += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if isTag, isBehindEquals, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      if !byte.isSpace { isBehindEquals = byte == UInt8(ascii: "=") }
    }
    return count
  }

  /// Behind the end tag of an element whose content is hidden; the end where there is none.
  func endOfElement(_ name: MarkupName, from start: Int) -> Int {
    var index = start
    while index + 1 < count {
      guard self[index] == UInt8(ascii: "<"), self[index + 1] == UInt8(ascii: "/") else {
        index += 1
        continue
      }
      // The name first: the end of each tag on the way would be quadratic.
      var end = index + 2
      var found = MarkupName()
      while end < count, !self[end].isSpace, self[end] != UInt8(ascii: "/"),
        self[end] != UInt8(ascii: ">")
      {
        found.append(self[end])
        end += 1
      }
      if found == name { return endOfQuotedRun(from: end, isTag: true) }
      index = end
    }
    return count
  }
}

extension MarkupName {
  private static let elements: Set<MarkupName> = [
    "a", "abbr", "acronym", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
    "center", "cite", "code", "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em",
    "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol",
    "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
  ]

  private static let hidden = MarkupNameTable(
    [
      "script", "style", "iframe", "object", "embed", "applet", "svg", "math", "template",
      "noscript", "title", "textarea", "select", "xmp", "noembed", "noframes", "plaintext", "audio",
      "video", "canvas", "frameset",
    ],
    ()
  )

  private static let attributes: Set<MarkupName> = [
    "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "cite", "class",
    "color", "colspan", "dir", "face", "height", "lang", "nowrap", "role", "rowspan", "size",
    "span", "start", "style", "summary", "title", "type", "valign", "width",
  ]

  private static let properties: Set<MarkupName> = [
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-width",
    "color", "direction", "font", "font-family", "font-size", "font-style", "font-variant",
    "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin",
    "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width",
    "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align",
    "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space", "width",
    "word-spacing",
  ]

  private static let blocks: Set<MarkupName> = [
    "address", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "td", "th", "tr", "ul",
  ]

  var isAllowedElement: Bool { Self.elements.contains(self) }
  /// Elements whose content is no text.
  var hidesContent: Bool { Self.hidden[self] != nil }
  var isAllowedProperty: Bool { Self.properties.contains(self) }
  /// Elements behind which a reader sees a space at least.
  var breaksLine: Bool { Self.blocks.contains(self) }

  func isAllowedAttribute(of element: MarkupName) -> Bool {
    switch self {
    case "href": element == "a"
    case "src": element == "img"
    // A URL that nothing shows.
    case "cite": false
    default: Self.attributes.contains(self)
    }
  }
}
