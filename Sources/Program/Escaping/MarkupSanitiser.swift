/// HTML that came with the data: what of it may stand in a message.
///
/// An allow-list of elements and attributes that email clients show, in one pass: everything is written
/// anew, so that the result is balanced, quoted and escaped whatever the input was. Elements that are not
/// on the list lose their tags, those that hold no text (`script`, `style`, …) their content too.
/// Nesting deeper than `depthLimit` is flattened.
struct MarkupSanitiser: ~Copyable {
  private static let depthLimit = 100

  private var open: [MarkupName] = []

  init() {}

  mutating func append(_ html: Span<UInt8>, to out: inout OutputBuffer) throws(RenderFault) {
    var index = 0
    while index < html.count {
      let byte = html[index]
      if byte == UInt8(ascii: "<"), let tag = MarkupTag(in: html, at: index) {
        index = tag.end
        if tag.kind == .start, tag.name.hidesContent {
          index = html.endOfElement(tag.name, from: index)
        } else {
          try append(tag, html, to: &out)
        }
      } else if byte == UInt8(ascii: "&"),
        let reference = CharacterReference(in: html, at: index, end: html.count)
      {
        // Written anew: a reference without its `;` must not join what follows.
        try out.appendEscapingHTML(String(reference.scalar).utf8.span)
        index = reference.end
      } else {
        let start = index
        index += 1
        while index < html.count, html[index] != UInt8(ascii: "<"), html[index] != UInt8(ascii: "&")
        {
          index += 1
        }
        try out.appendEscapingHTML(html.extracting(start..<index))
      }
    }
    while let name = open.popLast() { try append(endTag: name, to: &out) }
  }

  private mutating func append(
    _ tag: MarkupTag,
    _ html: Span<UInt8>,
    to out: inout OutputBuffer
  )
    throws(RenderFault)
  {
    switch tag.kind {
    case .other: return
    case .end:
      guard let index = open.lastIndex(of: tag.name) else { return }
      while open.count > index {
        if let name = open.popLast() { try append(endTag: name, to: &out) }
      }
    case .start:
      guard tag.name.isAllowedElement, let name = tag.name.text else { return }
      guard tag.name.isVoid || open.count < Self.depthLimit else { return }
      try out.append(UInt8(ascii: "<"))
      try out.append(name.utf8.span)
      try appendAttributes(of: tag, html, to: &out)
      try out.append(UInt8(ascii: ">"))
      if !tag.name.isVoid { open.append(tag.name) }
    }
  }

  private func append(endTag name: MarkupName, to out: inout OutputBuffer) throws(RenderFault) {
    guard let text = name.text else { return }
    try out.append("</")
    try out.append(text.utf8.span)
    try out.append(UInt8(ascii: ">"))
  }

  private func appendAttributes(
    of tag: MarkupTag,
    _ html: Span<UInt8>,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    var seen: [MarkupName] = []
    var index = tag.nameEnd
    while let attribute = MarkupAttribute(in: html, from: index, to: tag.end) {
      index = attribute.end
      let name = attribute.name
      guard name.isAllowedAttribute(of: tag.name), !seen.contains(name), let text = name.text else {
        continue
      }
      seen.append(name)
      let value = attribute.decodedValue(html)
      let mark = out.count
      try out.append(UInt8(ascii: " "))
      try out.append(text.utf8.span)
      try out.append("=\"")
      do {
        switch name {
        case "href": try out.appendURL(value.span, use: .link, allowing: URLSchemes())
        case "src": try out.appendURL(value.span, use: .image, allowing: URLSchemes())
        case "style": try out.appendDeclarations(value.span)
        default: try out.appendEscapingHTML(value.span)
        }
      } catch .limit(let reason) {
        throw .limit(reason)
      } catch {
        // The value is not safe: the attribute goes.
        out.truncate(to: mark)
        continue
      }
      try out.append(UInt8(ascii: "\""))
    }
  }
}

extension OutputBuffer {
  /// Appends HTML of the data as the allow-list lets it through.
  mutating func appendSanitised(_ html: Span<UInt8>) throws(RenderFault) {
    var sanitiser = MarkupSanitiser()
    try sanitiser.append(html, to: &self)
  }

  /// Appends what a reader sees of HTML: its text, references decoded, a space where a block ends.
  mutating func appendTextOfMarkup(_ html: Span<UInt8>) throws(RenderFault) {
    let start = count
    var isBehindBlock = false
    var index = 0
    while index < html.count {
      let byte = html[index]
      if byte == UInt8(ascii: "<"), let tag = MarkupTag(in: html, at: index) {
        index = tag.end
        if tag.kind == .start, tag.name.hidesContent {
          index = html.endOfElement(tag.name, from: index)
        }
        if tag.name.breaksLine { isBehindBlock = count > start }
        continue
      }
      if isBehindBlock, !byte.isSpace {
        try append(UInt8(ascii: " "))
        isBehindBlock = false
      }
      if byte == UInt8(ascii: "&"),
        let reference = CharacterReference(in: html, at: index, end: html.count)
      {
        try append(String(reference.scalar).utf8.span)
        index = reference.end
      } else {
        try append(byte)
        index += 1
      }
    }
  }

  /// Appends those of some CSS declarations that are on the list and have a safe value.
  mutating func appendDeclarations(_ text: Span<UInt8>) throws(RenderFault) {
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, text[index] != UInt8(ascii: ";") { index += 1 }
      try appendDeclaration(text.extracting(start..<index))
      index += 1
    }
  }

  private mutating func appendDeclaration(_ text: Span<UInt8>) throws(RenderFault) {
    guard let colon = text.indices.first(where: { text[$0] == UInt8(ascii: ":") }) else { return }
    var name = MarkupName()
    for index in 0..<colon where !text[index].isSpace { name.append(text[index]) }
    let value = text.extracting(colon + 1..<text.count)
    guard name.isAllowedProperty, value.isSafeCSSValue, let name = name.text else { return }
    try append(name.utf8.span)
    try append(UInt8(ascii: ":"))
    try appendCSSValue(value, isRawText: false)
    try append(UInt8(ascii: ";"))
  }
}
