import LetterpressProgram

/// Finds the elements of an `HTMLTree`.
struct HTMLTreeReader {
  private enum State: Equatable {
    case text
    case comment
    /// `<!…>` and `<?…>`.
    case declaration
    /// Up to the end tag of that name.
    case raw(String)
    /// In a tag; within the quote, or 0.
    case tag(quote: UInt8)
    /// Liquid that is kept as text in a tag, up to the two bytes; then the quote it stands in.
    case braces(UInt8, quote: UInt8)
  }

  private(set) var elements: [HTMLTree.Element] = []
  private var state = State.text
  /// The elements around the place.
  private var open: [Int] = []
  /// How many of those stand around the innermost control flow; nil outside of any.
  private var outer: Int?
  /// Text up to here, not yet an item.
  private var text: [UInt8] = []
  /// The tag that is being read.
  private var tag = PatchedText()
  private var variantCounts: [Specialisation.ID: Int] = [:]

  mutating func read(_ nodes: [HTMLNode]) -> [HTMLTree.Item] {
    var items: [HTMLTree.Item] = []
    for node in nodes {
      switch node {
      case .bytes(let bytes): read(bytes, into: &items)
      default:
        if isInTag {
          tag.append(node)
          continue
        }
        flush(into: &items)
        noteText()
        if case .specialised(let part) = node { variantCounts[part.id] = part.variants }
        let bodies = node.bodies
        guard !bodies.isEmpty else {
          items.append(.node(node))
          continue
        }
        let before = (open, state, outer)
        var after = before
        var read: [[HTMLTree.Item]] = []
        for (index, body) in bodies.enumerated() {
          (open, state, outer) = before
          if node.isControlFlow { outer = open.count }
          read.append(self.read(body))
          if index == 0 { after = (open, state, before.2) }
        }
        (open, state, outer) = after
        items.append(.group(node, read))
      }
    }
    flush(into: &items)
    return items
  }

  private var isInTag: Bool {
    switch state {
    case .tag, .braces: true
    default: false
    }
  }

  private mutating func noteText() {
    if let element = open.last { elements[element].hasText = true }
  }

  private mutating func flush(into items: inout [HTMLTree.Item]) {
    guard !text.isEmpty else { return }
    items.append(.node(.bytes(text)))
    text = []
  }

  private mutating func read(_ bytes: [UInt8], into items: inout [HTMLTree.Item]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch state {
      case .text:
        guard let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else {
          noteText()
          text += bytes[index...]
          return
        }
        if start > index { noteText() }
        text += bytes[index..<start]
        index = start
        startMarkup(bytes, &index)
      case .comment, .declaration:
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else {
          text += bytes[index...]
          return
        }
        text += bytes[index...end]
        index = end + 1
        if state == .declaration || text.suffix(3).elementsEqual("-->".utf8) { state = .text }
      case .raw(let name):
        guard let start = bytes[index...].firstIndex(of: UInt8(ascii: "<")) else {
          text += bytes[index...]
          return
        }
        text += bytes[index..<start]
        index = start
        let end = Array("</\(name)".utf8)
        if bytes[index...].prefix(end.count).map({ $0 | 0x20 }) == end.map({ $0 | 0x20 }) {
          state = .text
        } else {
          text.append(bytes[index])
          index += 1
        }
      case .tag(let quote):
        if quote != 0 {
          let end = endOfPlainValue(bytes, from: index, quote: quote)
          if end > index {
            tag.append(contentsOf: bytes[index..<end])
            index = end
            continue
          }
        }
        tag.append(byte)
        index += 1
        readInTag(byte, quote: quote, before: bytes[..<(index - 1)].last, into: &items)
      case .braces(let closing, let quote):
        tag.append(byte)
        index += 1
        if byte == UInt8(ascii: "}"), tag.bytes.dropLast().last == closing {
          state = .tag(quote: quote)
        }
      }
    }
  }

  /// Up to where nothing in a quoted value is its end or the start of Liquid.
  private func endOfPlainValue(_ bytes: [UInt8], from start: Int, quote: UInt8) -> Int {
    let brace = UInt8(ascii: "{")
    if start > 0, bytes[start - 1] == brace { return start }
    var index = start
    while index < bytes.count, bytes[index] != quote, bytes[index] != brace { index += 1 }
    return index
  }

  /// At a `<` in text.
  private mutating func startMarkup(_ bytes: [UInt8], _ index: inout Int) {
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    if next.isLetter {
      state = .tag(quote: 0)
    } else if next == UInt8(ascii: "/"), index + 2 < bytes.count, bytes[index + 2].isLetter {
      state = .tag(quote: 0)
    } else if bytes[index...].starts(with: "<!--".utf8) {
      // `<!-->` is a whole comment.
      text += "<!--".utf8
      index += 4
      state = .comment
      return
    } else if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
      state = .declaration
    }
    if case .tag = state {
      tag = PatchedText(bytes: [UInt8(ascii: "<")])
    } else {
      text.append(UInt8(ascii: "<"))
    }
    index += 1
  }

  private mutating func readInTag(
    _ byte: UInt8,
    quote: UInt8,
    before: UInt8?,
    into items: inout [HTMLTree.Item]
  ) {
    if before == UInt8(ascii: "{"), byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%") {
      state = .braces(byte == UInt8(ascii: "%") ? byte : UInt8(ascii: "}"), quote: quote)
    } else if quote != 0 {
      if byte == quote { state = .tag(quote: 0) }
    } else if byte == UInt8(ascii: ">") {
      state = .text
      endTag(into: &items)
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      // A quote opens a value only after its `=`.
      let last = tag.bytes.dropLast().last { !isWhiteSpace($0) }
      if last == UInt8(ascii: "=") { state = .tag(quote: byte) }
    }
  }

  /// At the `>` of a tag.
  private mutating func endTag(into items: inout [HTMLTree.Item]) {
    let source = tag
    tag = PatchedText()
    if source.bytes.starts(with: "</".utf8) {
      text += source.bytes.filter { $0 != PatchedText.hole }
      close(HTMLStartTag(source, from: 2).name)
      return
    }
    flush(into: &items)
    let parsed = HTMLStartTag(source, from: 1)
    closeImplied(by: parsed.name)
    let original = source.nodes
    let specialisation = original.lazy.compactMap { node in
      if case .select(let id, _) = node { id } else { nil }
    }.first
    let forms =
      specialisation.map { variants(of: original, id: $0) } ?? [HTMLTree.Form(parts: parsed.parts)]
    let element = HTMLTree.Element(
      name: parsed.name,
      parent: open.last,
      index: 0,
      isConditional: outer == open.count,
      forms: forms,
      specialisation: specialisation,
      original: original,
      isClosed: parsed.isClosed
    )
    items.append(.start(elements.count))
    if !Self.void.contains(parsed.name) { open.append(elements.count) }
    elements.append(element)
    if Self.raw.contains(parsed.name) { state = .raw(parsed.name) }
  }

  /// The tag as it is in each variant.
  private func variants(of nodes: [HTMLNode], id: Specialisation.ID) -> [HTMLTree.Form] {
    var forms: [(print: Fingerprint, form: HTMLTree.Form)] = []
    for variant in 0..<(variantCounts[id] ?? 1) {
      let resolved = nodes.resolved(id, variant: variant)
      let print = Fingerprint(resolved)
      if let known = forms.firstIndex(where: { $0.print == print }) {
        forms[known].form.variants.append(variant)
      } else {
        let tag = HTMLStartTag(PatchedText(resolved), from: 1)
        forms.append((print, HTMLTree.Form(variants: [variant], parts: tag.parts)))
      }
    }
    return forms.map(\.form)
  }

  private mutating func close(_ name: String) {
    guard let index = open.lastIndex(where: { elements[$0].name == name }) else { return }
    open.removeSubrange(index...)
  }

  /// Elements that an author need not close end where one starts that they cannot hold.
  private mutating func closeImplied(by name: String) {
    guard let last = open.last else { return }
    let ended: Set<String> =
      switch name {
      case "li": ["li"]
      case "td": ["td", "th", "thead"]
      case "th": ["th"]
      case "tr": ["td", "th", "tr"]
      case "tbody", "tfoot": ["tbody", "thead"]
      case "dt", "dd": ["dt", "dd"]
      case "option": ["option"]
      case "optgroup": ["optgroup", "option"]
      case "p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
        "form", "blockquote", "section", "article", "header", "footer", "main", "nav", "address",
        "aside", "details", "fieldset", "figcaption", "figure":
        ["p"]
      default: []
      }
    if ended.contains(elements[last].name) {
      open.removeLast()
      closeImplied(by: name)
    }
  }

  private static let void: Set = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ]
  private static let raw: Set = ["style", "script", "title", "textarea"]
}

extension [HTMLNode] {
  /// As they are in one variant of a specialised part.
  fileprivate func resolved(_ id: Specialisation.ID, variant: Int) -> [HTMLNode] {
    flatMap { node -> [HTMLNode] in
      guard case .select(id, let choices) = node else { return [node] }
      return choices.first { $0.variants.contains(variant) }?.body ?? []
    }
  }
}
