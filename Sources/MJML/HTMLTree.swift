import LetterpressProgram

/// The elements of a document that is HTML with holes, found again in its bytes, so that attributes can be
/// set on them.
///
/// Control flow stays as it is; an element inside a branch has the parent that stands around the branch.
/// Comments are no elements, and so is nothing within them: Outlook's tables are left alone, as MJML does.
struct HTMLTree {
  struct Attribute {
    var name: String
    var value: PatchedText
  }

  /// What stands between a tag's name and its `>`.
  enum Part {
    case attribute(Attribute)
    /// Liquid between attributes.
    case opaque(PatchedText)
  }

  /// A start tag as it is in some variants of a specialised part.
  struct Form {
    /// Empty: in all.
    var variants: [Int] = []
    fileprivate(set) var parts: [Part]
    fileprivate(set) var isEdited = false
    /// The words of its `class`; those that touch a hole are not known.
    fileprivate(set) var classes: [String] = []

    init(variants: [Int] = [], parts: [Part]) {
      self.variants = variants
      self.parts = parts
      readClasses()
    }
  }

  struct Element {
    /// Lower case.
    var name: String
    var parent: Int?
    /// Its place among the element children of its parent.
    var index: Int
    /// Whether control flow stands between it and its parent.
    var isConditional: Bool
    /// More than one where the tag differs between variants.
    var forms: [Form]
    fileprivate var specialisation: Specialisation.ID?
    fileprivate var original: [HTMLNode]
    fileprivate var isClosed: Bool
  }

  /// The elements among the children of an element.
  struct Children {
    var elements: [Int] = []
    /// Whether some are there only on some paths, or several times.
    var areConditional = false
  }

  fileprivate indirect enum Item {
    case node(HTMLNode)
    case start(Int)
    /// A node with lists of nodes inside, in the order of `HTMLNode.bodies`.
    case group(HTMLNode, [[Item]])
  }

  private(set) var elements: [Element] = []
  private(set) var rootChildren = Children()
  private(set) var children: [Children] = []
  private var items: [Item] = []

  init(_ nodes: [HTMLNode]) {
    var reader = HTMLTreeReader()
    items = reader.read(nodes)
    elements = reader.elements
    children = Array(repeating: Children(), count: elements.count)
    for index in elements.indices {
      var siblings = elements[index].parent.map { children[$0] } ?? rootChildren
      elements[index].index = siblings.elements.count
      siblings.elements.append(index)
      if elements[index].isConditional { siblings.areConditional = true }
      if let parent = elements[index].parent {
        children[parent] = siblings
      } else {
        rootChildren = siblings
      }
    }
  }

  func siblings(of index: Int) -> Children {
    elements[index].parent.map { children[$0] } ?? rootChildren
  }

  /// Sets an attribute of an element in one of its forms.
  mutating func set(_ name: String, to value: PatchedText, element: Int, form: Int) {
    elements[element].forms[form].set(name, to: value)
  }

  /// The document with the attributes that were set.
  var nodes: [HTMLNode] {
    var html = HTMLFragment()
    write(items, to: &html)
    return html.nodes
  }

  private func write(_ items: [Item], to html: inout HTMLFragment) {
    for item in items {
      switch item {
      case .node(let node): html.append(node)
      case .start(let index): write(elements[index], to: &html)
      case .group(let node, let bodies):
        html.append(
          node.withBodies(
            bodies.map { items in
              var body = HTMLFragment()
              write(items, to: &body)
              return body.nodes
            }
          )
        )
      }
    }
  }

  private func write(_ element: Element, to html: inout HTMLFragment) {
    guard element.forms.contains(where: \.isEdited) else {
      html.append(contentsOf: element.original)
      return
    }
    func tag(_ form: Form) -> [HTMLNode] {
      var text = PatchedText(bytes: Array("<\(element.name)".utf8))
      for part in form.parts { text.append(part.text) }
      if element.isClosed { text.append(.bytes(Array(" /".utf8))) }
      text.append(UInt8(ascii: ">"))
      return text.nodes
    }
    if let id = element.specialisation {
      html.append(
        .select(id, element.forms.map { HTMLChoice(variants: $0.variants, body: tag($0)) })
      )
    } else {
      html.append(contentsOf: tag(element.forms[0]))
    }
  }
}

extension HTMLTree.Form {
  /// The value of an attribute; nil where the tag has none of that name.
  subscript(name: String) -> PatchedText? {
    for case .attribute(let attribute) in parts where attribute.name == name {
      return attribute.value
    }
    return nil
  }

  fileprivate mutating func readClasses() {
    let words = self["class"]?.bytes.split(whereSeparator: isWhiteSpace) ?? []
    classes = words.filter { !$0.contains(PatchedText.hole) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  fileprivate mutating func set(_ name: String, to value: PatchedText) {
    isEdited = true
    defer { if name == "class" { readClasses() } }
    let attribute = HTMLTree.Part.attribute(HTMLTree.Attribute(name: name, value: value))
    for (index, part) in parts.enumerated() {
      if case .attribute(let old) = part, old.name == name {
        parts[index] = attribute
        return
      }
    }
    parts.append(attribute)
  }
}

extension HTMLTree.Part {
  fileprivate var text: PatchedText {
    var text = PatchedText(bytes: [UInt8(ascii: " ")])
    switch self {
    case .opaque(let content): text.append(content)
    case .attribute(let attribute):
      text.append(.bytes(Array("\(attribute.name)=\"".utf8)))
      text.append(attribute.value)
      text.append(UInt8(ascii: "\""))
    }
    return text
  }
}

/// Finds the elements.
private struct HTMLTreeReader {
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
          text += bytes[index...]
          return
        }
        text += bytes[index..<start]
        index = start
        startMarkup(bytes, &index)
      case .comment:
        text.append(byte)
        index += 1
        if byte == UInt8(ascii: ">"), text.suffix(3) == Array("-->".utf8)[...] { state = .text }
      case .declaration:
        text.append(byte)
        index += 1
        if byte == UInt8(ascii: ">") { state = .text }
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
      close(StartTag(source, from: 2).name)
      return
    }
    flush(into: &items)
    let parsed = StartTag(source, from: 1)
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
        let tag = StartTag(PatchedText(resolved), from: 1)
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
      case "td", "th": ["td", "th"]
      case "tr": ["td", "th", "tr"]
      case "dt", "dd": ["dt", "dd"]
      case "option": ["option"]
      case "p", "div", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
        "form", "blockquote", "section", "article", "header", "footer", "main", "nav":
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

/// A start tag, or an end tag's name.
private struct StartTag {
  private(set) var name = ""
  private(set) var parts: [HTMLTree.Part] = []
  private(set) var isClosed = false

  init(_ source: PatchedText, from start: Int) {
    let bytes = source.bytes
    var index = start
    func isNameEnd(_ byte: UInt8) -> Bool {
      isWhiteSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
    while index < bytes.count, !isNameEnd(bytes[index]) { index += 1 }
    name = String(decoding: bytes[start..<index].map(\.lowercased), as: UTF8.self)
    while index < bytes.count {
      let byte = bytes[index]
      if isNameEnd(byte) {
        isClosed = byte == UInt8(ascii: "/")
        if byte == UInt8(ascii: ">") {
          isClosed = index > 0 && bytes[index - 1] == UInt8(ascii: "/")
          return
        }
        index += 1
        continue
      }
      let nameStart = index
      while index < bytes.count, !isNameEnd(bytes[index]), bytes[index] != UInt8(ascii: "=") {
        index += 1
      }
      if index == nameStart { index += 1 }
      let attributeName = source[nameStart..<index]
      var next = index
      while next < bytes.count, isWhiteSpace(bytes[next]) { next += 1 }
      var value = PatchedText()
      if next < bytes.count, bytes[next] == UInt8(ascii: "=") {
        next += 1
        while next < bytes.count, isWhiteSpace(bytes[next]) { next += 1 }
        let range = Self.value(in: bytes, from: &next)
        value = source[range]
        index = next
      }
      if let text = attributeName.known {
        let name = String(decoding: text.utf8.map(\.lowercased), as: UTF8.self)
        parts.append(.attribute(HTMLTree.Attribute(name: name, value: value)))
      } else {
        parts.append(.opaque(source[nameStart..<index]))
      }
    }
  }

  /// The range of a value without its quotes; leaves the index after it.
  private static func value(in bytes: [UInt8], from index: inout Int) -> Range<Int> {
    guard index < bytes.count else { return index..<index }
    let quote = bytes[index]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = index + 1
      index = start
      while index < bytes.count, bytes[index] != quote {
        // Liquid that is kept as text may have quotes of its own.
        index = endOfBraces(bytes, at: index) ?? index + 1
      }
      let end = min(index, bytes.count)
      index = min(index + 1, bytes.count)
      return start..<end
    }
    let start = index
    while index < bytes.count, !isWhiteSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") {
      index = endOfBraces(bytes, at: index) ?? index + 1
    }
    return start..<index
  }

  private static func endOfBraces(_ bytes: [UInt8], at index: Int) -> Int? {
    guard bytes[index] == UInt8(ascii: "{"), index + 1 < bytes.count else { return nil }
    let closing: UInt8
    switch bytes[index + 1] {
    case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
    case UInt8(ascii: "%"): closing = UInt8(ascii: "%")
    default: return nil
    }
    var next = index + 2
    while next + 1 < bytes.count {
      if bytes[next] == closing, bytes[next + 1] == UInt8(ascii: "}") { return next + 2 }
      next += 1
    }
    return nil
  }
}

extension UInt8 {
  var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
  var lowercased: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }
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

extension HTMLNode {
  /// The lists of nodes inside.
  var bodies: [[HTMLNode]] {
    switch self {
    case .branch(let alternatives, let otherwise): alternatives.map(\.body) + [otherwise]
    case .loop(let loop): [loop.body, loop.otherwise]
    case .turn(_, _, let body): [body]
    case .specialised(let part): [part.body]
    case .select(_, let choices): choices.map(\.body)
    case .bytes, .output, .statement, .loopEnd, .transformed, .url, .changing: []
    }
  }

  /// Whether what is inside is there only sometimes, or several times.
  fileprivate var isControlFlow: Bool {
    switch self {
    case .branch, .loop, .select: true
    default: false
    }
  }

  /// The same node with other lists inside.
  fileprivate func withBodies(_ bodies: [[HTMLNode]]) -> HTMLNode {
    switch self {
    case .branch(let alternatives, _):
      return .branch(
        zip(alternatives, bodies).map { alternative, body in
          HTMLAlternative(condition: alternative.condition, body: body, range: alternative.range)
        },
        otherwise: bodies.last ?? []
      )
    case .loop(var loop):
      loop.body = bodies[0]
      loop.otherwise = bodies[1]
      return .loop(loop)
    case .turn(let loop, let number, _): return .turn(loop, number, bodies[0])
    case .specialised(var part):
      part.body = bodies[0]
      return .specialised(part)
    case .select(let id, let choices):
      return .select(
        id,
        zip(choices, bodies).map { HTMLChoice(variants: $0.variants, body: $1) }
      )
    case .bytes, .output, .statement, .loopEnd, .transformed, .url, .changing: return self
    }
  }
}
