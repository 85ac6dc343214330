/// HTML of the data as marked text (`TextMark`), for a text part.
///
/// One pass, as `MarkupSanitiser`. What the value opens it closes, and nothing else: whatever it holds, the
/// structure around it stays what it was.
struct ValueReduction: ~Copyable {
  private static let depthLimit = 100

  private let schemes: URLSchemes
  /// The elements that have marks at their end, from the outside in.
  private var open: [MarkupName] = []
  private var preserved = 0

  init(schemes: URLSchemes) { self.schemes = schemes }

  mutating func append(_ html: Span<UInt8>, to out: inout OutputBuffer) throws(RenderFault) {
    var index = 0
    while index < html.count {
      let byte = html[index]
      if byte == UInt8(ascii: "<"), let tag = MarkupTag(in: html, at: index) {
        index = tag.end
        switch tag.kind {
        case .other: break
        case .end: try close(tag.name, &out)
        case .start:
          if tag.name.hidesContent {
            index = html.endOfElement(tag.name, from: index)
          } else {
            try append(tag, html, &out)
          }
        }
      } else if byte == UInt8(ascii: "&"),
        let reference = CharacterReference(in: html, at: index, end: html.count)
      {
        for byte in String(reference.scalar).utf8 { try append(text: byte, &out) }
        index = reference.end
      } else {
        try append(text: byte, &out)
        index += 1
      }
    }
    while let name = open.popLast() { try appendEnd(of: name, &out) }
  }

  private func append(text byte: UInt8, _ out: inout OutputBuffer) throws(RenderFault) {
    if byte.isSpace {
      try out.append(preserved > 0 && byte == 0x0A ? byte : 0x20)
    } else if byte >= 0x20, byte != 0x7F {
      try out.append(byte)
    }
  }

  private mutating func append(
    _ tag: MarkupTag,
    _ html: Span<UInt8>,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    switch tag.name {
    case "img":
      for byte in tag.value(of: "alt", in: html) ?? [] { try append(text: byte, &out) }
      return
    case "a":
      guard open.count < Self.depthLimit, !open.contains("a"),
        let target = tag.value(of: "href", in: html), try appendTarget(target, &out)
      else { return }
    case "table":
      guard open.count < Self.depthLimit else { return }
      let role = tag.value(of: "role", in: html) ?? []
      let isLayout = role.elementsEqual("presentation".utf8) || role.elementsEqual("none".utf8)
      try append([.line, isLayout ? .layoutTable : .dataTable], &out)
    case "tr", "td", "th":
      // They belong to a table of the value's own.
      guard open.contains("table"), let marks = TextElements.marks(of: tag.name) else {
        return try append([.line], &out)
      }
      try append(marks.open, &out)
      return
    default:
      guard let marks = TextElements.marks(of: tag.name), open.count < Self.depthLimit else {
        return
      }
      try append(marks.open, &out)
      if marks.close.isEmpty { return }
      if tag.name == "pre" { preserved += 1 }
    }
    open.append(tag.name)
  }

  /// Writes the target of a link; false where it is none that may stand in a message.
  private func appendTarget(
    _ target: [UInt8],
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Bool {
    let start = out.count
    try append([.linkTarget], &out)
    do {
      try out.appendURL(target.span, use: .link, allowing: schemes, isRawText: true)
    } catch .limit(let reason) {
      throw .limit(reason)
    } catch {
      out.truncate(to: start)
      return false
    }
    try append([.linkLabel], &out)
    return true
  }

  private mutating func close(_ name: MarkupName, _ out: inout OutputBuffer) throws(RenderFault) {
    guard let index = open.lastIndex(of: name) else { return }
    while open.count > index {
      if let name = open.popLast() { try appendEnd(of: name, &out) }
    }
  }

  private mutating func appendEnd(
    of name: MarkupName,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    switch name {
    case "a": try append([.linkEnd], &out)
    case "table": try append([.tableEnd], &out)
    default: if let marks = TextElements.marks(of: name) { try append(marks.close, &out) }
    }
    if name == "pre" { preserved -= 1 }
  }

  private func append(_ marks: [TextMark], _ out: inout OutputBuffer) throws(RenderFault) {
    for mark in marks { try out.append(mark.rawValue) }
  }
}

extension MarkupTag {
  /// The value of an attribute, references decoded; nil where the tag has none of that name.
  fileprivate func value(of name: MarkupName, in html: Span<UInt8>) -> [UInt8]? {
    var index = nameEnd
    while let attribute = MarkupAttribute(in: html, from: index, to: end) {
      if attribute.name == name { return attribute.decodedValue(html) }
      index = attribute.end
    }
    return nil
  }
}
