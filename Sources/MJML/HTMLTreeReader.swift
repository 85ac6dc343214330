import LetterpressMarkup
import LetterpressProgram

/// Finds the elements of an `HTMLTree`.
struct HTMLTreeReader {
  private enum State {
    case text
    case comment
    /// `<!…>` and `<?…>`.
    case declaration
    /// Up to the end tag of `rawName`.
    case raw
  }

  private(set) var stretches: [HTMLTree.Stretch] = []
  private(set) var elements: [HTMLTree.Element] = []
  private(set) var forms: [HTMLTree.Form] = []
  private(set) var attributes: [HTMLTree.Attribute] = []
  private(set) var families = [HTMLTree.Family()]
  private var state = State.text
  private var rawName: [UInt8] = []
  /// The element around the place; those around it are its parents, so a place in branch after branch costs
  /// nothing to come back to.
  private var innermost: Int?
  /// How many elements stand around the place.
  private var depth = 0
  /// How many of those stand around the innermost control flow; nil outside of any.
  private var outer: Int?
  private var variantCounts: [Specialisation.ID: Int] = [:]

  /// Reads the nodes of a document, or of a list within control flow; returns the number of its stretch.
  @discardableResult
  mutating func read(_ nodes: [HTMLNode]) -> Int {
    let number = stretches.count
    let text = PatchedText(nodes)
    stretches.append(HTMLTree.Stretch(text: text))
    stretches[number].bodies = Array(repeating: [], count: text.holes.count)
    let bytes = text.bytes
    if number == 0 { reserveCapacity(for: bytes.count) }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == PatchedText.hole {
        noteText()
        if let hole = text.holes(in: index..<index + 1).first {
          stretches[number].bodies[hole] = readBodies(of: text.holes[hole])
        }
        index += 1
        continue
      }
      switch state {
      case .text:
        if byte == UInt8(ascii: "<") {
          index = readMarkup(of: text, at: index, in: number)
          continue
        }
        noteText()
        index = bytes.span.first(of: UInt8(ascii: "<"), or: PatchedText.hole, from: index)
      case .comment:
        guard byte == UInt8(ascii: ">") else {
          index = bytes.span.first(of: UInt8(ascii: ">"), or: PatchedText.hole, from: index)
          continue
        }
        index += 1
        // `<!-->` is a whole comment.
        if index >= 3, bytes[index - 2] == UInt8(ascii: "-"), bytes[index - 3] == UInt8(ascii: "-")
        {
          state = .text
        }
      case .declaration:
        index += 1
        if byte == UInt8(ascii: ">") { state = .text }
      case .raw:
        if byte == UInt8(ascii: "<"), endsRawText(bytes, at: index) {
          state = .text
        } else {
          index = bytes.span.first(of: UInt8(ascii: "<"), or: PatchedText.hole, from: index + 1)
        }
      }
    }
    return number
  }

  /// Makes room for what documents have in so many bytes.
  private mutating func reserveCapacity(for count: Int) {
    elements.reserveCapacity(count / 64)
    families.reserveCapacity(count / 64)
    forms.reserveCapacity(count / 64)
    attributes.reserveCapacity(count / 24)
  }

  private mutating func noteText() {
    if let element = innermost { elements[element].hasText = true }
  }

  /// Reads the lists of a node, each as if it alone stood there.
  private mutating func readBodies(of node: HTMLNode) -> [Int] {
    if case .specialised(let part) = node { variantCounts[part.id] = part.variants }
    let before = (innermost, depth, state, outer)
    var after = before
    var read: [Int] = []
    for (index, body) in node.bodies.enumerated() {
      (innermost, depth, state, outer) = before
      if node.isControlFlow { outer = depth }
      read.append(self.read(body))
      if index == 0 { after = (innermost, depth, state, before.3) }
    }
    (innermost, depth, state, outer) = after
    return read
  }

  private func endsRawText(_ bytes: [UInt8], at index: Int) -> Bool {
    let name = index + 2..<index + 2 + rawName.count
    return name.upperBound <= bytes.count && bytes[index + 1] == UInt8(ascii: "/")
      && bytes.matches(rawName, at: name)
  }

  /// Reads what the `<` opens; returns where to go on.
  private mutating func readMarkup(of text: PatchedText, at start: Int, in stretch: Int) -> Int {
    let bytes = text.bytes
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    if next.isLetter {
      guard let end = HTMLStartTag.end(in: bytes, from: start + 1) else { return bytes.count }
      readStartTag(start..<end, of: text, in: stretch)
      return end
    }
    if next == UInt8(ascii: "/"), start + 2 < bytes.count, bytes[start + 2].isLetter {
      guard let end = HTMLStartTag.end(in: bytes, from: start + 1) else { return bytes.count }
      let nameEnd = HTMLStartTag.endOfName(in: bytes, from: start + 2)
      close(HTMLName(bytes[start + 2..<nameEnd]))
      return end
    }
    if bytes[start...].starts(with: "<!--".utf8) {
      state = .comment
      return start + 4
    }
    if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { state = .declaration }
    return start + 1
  }

  private mutating func readStartTag(
    _ tag: Range<Int>,
    of text: PatchedText,
    in stretch: Int
  ) {
    let nameEnd = HTMLStartTag.endOfName(in: text.bytes, from: tag.lowerBound + 1)
    let name = HTMLName(text.bytes[tag.lowerBound + 1..<nameEnd])
    let kind = HTMLKind.of(name)
    closeImplied(by: kind)
    let firstForm = forms.count
    var specialisation: Specialisation.ID?
    for hole in text.holes(in: tag) {
      if case .select(let id, _) = text.holes[hole] { specialisation = id }
      if specialisation != nil { break }
    }
    var isClosed = false
    if let specialisation {
      isClosed = HTMLStartTag(text.bytes, nameEnd..<tag.upperBound).isClosed
      readVariants(of: text[tag].nodes, specialisation)
    } else {
      isClosed = readForm(text.bytes, nameEnd..<tag.upperBound, in: stretch)
    }
    let family = innermost.map { $0 + 1 } ?? 0
    let element = HTMLTree.Element(
      name: name,
      kind: kind,
      parent: innermost,
      previous: families[family].last,
      index: families[family].count,
      isConditional: outer == depth,
      forms: firstForm..<forms.count,
      specialisation: specialisation,
      stretch: stretch,
      tag: tag,
      isClosed: isClosed
    )
    families[family].add(elements.count, isConditional: element.isConditional)
    families.append(HTMLTree.Family())
    if !kind.traits.contains(.void) {
      innermost = elements.count
      depth += 1
    }
    elements.append(element)
    if kind.traits.contains(.raw) {
      state = .raw
      rawName = name.bytes
    }
  }

  /// Reads what follows a tag's name; returns whether the tag ends in `/>`.
  private mutating func readForm(
    _ bytes: [UInt8],
    _ range: Range<Int>,
    variants: [Int] = [],
    in stretch: Int
  ) -> Bool {
    let first = attributes.count
    var words = WordSet()
    var tag = HTMLStartTag(bytes, range)
    while let attribute = tag.next() {
      attributes.append(attribute)
      if attribute.isOpaque { continue }
      if bytes.matches(WordSet.className, at: attribute.name) {
        words.insert(wordsOf: bytes[attribute.value])
      } else if bytes.matches(WordSet.id, at: attribute.name) {
        words.insert(bytes[attribute.value])
      }
    }
    forms.append(
      HTMLTree.Form(
        variants: variants,
        stretch: stretch,
        attributes: first..<attributes.count,
        words: words
      )
    )
    return tag.isClosed
  }

  /// The tag as it is in each variant.
  private mutating func readVariants(of nodes: [HTMLNode], _ id: Specialisation.ID) {
    var known: [(print: Fingerprint, form: Int)] = []
    for variant in 0..<(variantCounts[id] ?? 1) {
      let resolved = nodes.resolved(id, variant: variant)
      let print = Fingerprint(resolved)
      if let same = known.first(where: { $0.print == print }) {
        forms[same.form].variants.append(variant)
        continue
      }
      known.append((print, forms.count))
      let text = PatchedText(resolved)
      let nameEnd = HTMLStartTag.endOfName(in: text.bytes, from: 1)
      stretches.append(HTMLTree.Stretch(text: text))
      _ = readForm(
        text.bytes,
        nameEnd..<text.bytes.count,
        variants: [variant],
        in: stretches.count - 1
      )
    }
  }

  private mutating func close(_ name: HTMLName) {
    var next = innermost
    for closed in 1...HTMLTree.ancestorLimit {
      guard let element = next else { return }
      next = elements[element].parent
      if elements[element].name == name {
        (innermost, depth) = (next, depth - closed)
        return
      }
    }
  }

  /// Elements that an author need not close end where one starts that they cannot hold.
  private mutating func closeImplied(by kind: HTMLKind) {
    if kind.ends.isEmpty { return }
    while let last = innermost, !elements[last].kind.group.isDisjoint(with: kind.ends) {
      (innermost, depth) = (elements[last].parent, depth - 1)
    }
  }
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
