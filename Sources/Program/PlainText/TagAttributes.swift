import LetterpressTyping

/// What a text part reads of the attributes of a tag with holes in it.
struct TagAttributes {
  /// `href`, references decoded; nil where there is none.
  private(set) var target: [HTMLNode]?
  private var alt: [HTMLNode] = []
  private var readsAlt = false
  /// Whether the element is not shown.
  private(set) var isHidden = false
  /// Whether a table only puts things in their places.
  private(set) var isLayout = false
  /// The holes in other attributes.
  private var otherHoles: [HTMLNode] = []
  private var targetHoles: [HTMLNode] = []
  private var altHoles: [HTMLNode] = []

  /// `hole` is the number of the first hole in the tag.
  init(_ tag: MarkupTag, _ html: HoledBytes, hole: Int) {
    read(html, from: tag.nameEnd, to: tag.end, hole: hole)
  }

  /// Attributes that stand in a branch within a tag.
  private init(_ nodes: [HTMLNode]) {
    let html = HoledBytes(nodes)
    read(html, from: 0, to: html.bytes.count, hole: 0)
  }

  private mutating func read(_ html: HoledBytes, from start: Int, to end: Int, hole: Int) {
    var hole = hole
    var index = start
    while index < end {
      guard let attribute = MarkupAttribute(in: html.bytes.span, from: index, to: end) else {
        break
      }
      let next = min(max(attribute.end, index + 1), end)
      let holes = html.holeCount(index..<next)
      let value = html.nodes(
        attribute.value,
        hole: hole + html.holeCount(index..<attribute.value.lowerBound)
      )
      let all = html.holes[min(hole, html.holes.count)..<min(hole + holes, html.holes.count)]
      read(attribute, value, Array(all))
      hole += holes
      index = next
    }
  }

  private mutating func read(
    _ attribute: MarkupAttribute,
    _ value: [HTMLNode],
    _ holes: [HTMLNode]
  ) {
    switch Self.kinds[attribute.name] {
    case .target: if target == nil { (target, targetHoles) = (value.decodingTarget(), holes) }
    case .alternative: if !readsAlt { (alt, altHoles, readsAlt) = (value, holes, true) }
    case .hidden: isHidden = true
    case .style:
      if value.staticText.hidesElement { isHidden = true }
      otherHoles += holes
    case .role:
      let role = value.staticText
      if role.elementsEqual("presentation".utf8) || role.elementsEqual("none".utf8) {
        isLayout = true
      }
      otherHoles += holes
    case nil:
      // `{% if a %}href="…"{% endif %}`: a hole in place of a name.
      for hole in holes { read(hole) }
    }
  }

  /// The attributes that count.
  private enum Kind {
    case target, alternative, hidden, style, role
  }

  private static let kinds: MarkupNameTable<Kind> = [
    "href": .target, "alt": .alternative, "hidden": .hidden, "style": .style, "role": .role,
  ]

  private mutating func read(_ hole: HTMLNode) {
    guard case .branch(let alternatives, let otherwise) = hole else {
      return otherHoles.append(hole)
    }
    let parts = alternatives.map { TagAttributes($0.body) }
    let last = TagAttributes(otherwise)
    guard target == nil, (parts + [last]).contains(where: { $0.target != nil }) else {
      return otherHoles.append(hole)
    }
    target = [
      .branch(
        zip(alternatives, parts).map { alternative, part in
          var alternative = alternative
          alternative.body = part.target ?? []
          return alternative
        },
        otherwise: last.target ?? []
      )
    ]
  }

  /// The holes that are not printed for an element of that name.
  func holesBesides(of name: MarkupName) -> [HTMLNode] {
    var holes = otherHoles
    if name != "a" || isHidden { holes += targetHoles }
    if name != "img" || isHidden { holes += altHoles }
    return holes
  }

  /// The text in place of an image.
  var alternativeText: [HTMLNode] { alt.decodingText() }
}

extension [HTMLNode] {
  /// The value of an attribute as text: references decoded, white space collapsed.
  package func decodingText() -> [HTMLNode] {
    decoding { text, scalar in text.append(scalar, isPreserved: scalar == "\n") }
  }

  /// The value of an attribute as the target of a link, in which no white space stands.
  package func decodingTarget() -> [HTMLNode] {
    var nodes = decoding { text, scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: break
      case 0x20: for byte in "%20".utf8 { text.append(text: byte) }
      default: text.append(scalar, isPreserved: false)
      }
    }
    // White space at its ends is none of it.
    if case .bytes(var bytes)? = nodes.first {
      while bytes.starts(with: "%20".utf8) { bytes.removeFirst(3) }
      nodes[0] = .bytes(bytes)
    }
    if case .bytes(var bytes)? = nodes.last {
      while bytes.suffix(3).elementsEqual("%20".utf8) { bytes.removeLast(3) }
      nodes[nodes.count - 1] = .bytes(bytes)
    }
    return nodes.filter { if case .bytes(let bytes) = $0 { !bytes.isEmpty } else { true } }
  }

  private func decoding(
    _ append: (inout MarkedText, Unicode.Scalar) -> Void
  ) -> [HTMLNode] {
    var text = MarkedText()
    for node in self {
      switch node {
      case .bytes(let bytes): bytes.decode { append(&text, $0) }
      case .branch(let alternatives, let otherwise):
        text.append(
          .branch(
            alternatives.map {
              var alternative = $0
              alternative.body = $0.body.decoding(append)
              return alternative
            },
            otherwise: otherwise.decoding(append)
          )
        )
      case .loop(var loop):
        loop.body = loop.body.decoding(append)
        loop.otherwise = loop.otherwise.decoding(append)
        text.append(.loop(loop))
      default: text.append(node)
      }
    }
    return text.finished()
  }

  /// Its static text in small letters, without white space.
  fileprivate var staticText: [UInt8] {
    var text: [UInt8] = []
    for case .bytes(let bytes) in self {
      for byte in bytes where !byte.isSpace { text.append(byte.lowercased) }
    }
    return text
  }
}

extension [UInt8] {
  /// Calls `body` for each character, references decoded.
  fileprivate func decode(_ body: (Unicode.Scalar) -> Void) {
    var text: [UInt8] = []
    var index = 0
    while index < count {
      if self[index] == UInt8(ascii: "&"),
        let reference = CharacterReference(in: span, at: index, end: count)
      {
        text += Array(String(reference.scalar).utf8)
        index = reference.end
      } else {
        // A line end of the source is white space, one that is written as a reference is meant.
        text.append(self[index].isSpace ? 0x20 : self[index])
        index += 1
      }
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { body(scalar) }
  }
}

extension [UInt8] {
  /// Whether declarations without white space hide an element.
  fileprivate var hidesElement: Bool {
    span.firstRange(of: Self.noDisplay.span) != nil
      || span.firstRange(of: Self.hiddenVisibility.span) != nil
  }

  private static let noDisplay = Array("display:none".utf8)
  private static let hiddenVisibility = Array("visibility:hidden".utf8)
}
