import LetterpressDiagnostics

/// What stands between elements: comments, declarations, start tags, end tags.
extension Scanner {
  /// Whether the `<` here opens something; otherwise it is text.
  func opensMarkup(at index: Int) -> Bool {
    guard index + 1 < bytes.count else { return false }
    let next = bytes[index + 1]
    if next == UInt8(ascii: "/") {
      guard index + 2 < bytes.count else { return false }
      return bytes[index + 2].isNameByte || startsLiquid(at: index + 2)
    }
    return next.isLetter || next == UInt8(ascii: "!") || next == UInt8(ascii: "?") || next >= 0x80
      || next == UInt8(ascii: "_") || startsLiquid(at: index + 1)
  }

  /// Reads what the `<` here opens.
  mutating func scanMarkup() {
    switch bytes[position + 1] {
    case UInt8(ascii: "!"): scanDeclaration()
    case UInt8(ascii: "?"): scanProcessingInstruction()
    case UInt8(ascii: "/"): scanEndTag()
    default: scanStartTag()
    }
  }

  // MARK: - Comments and what XML has besides elements

  private mutating func scanDeclaration() {
    if bytes.has("<!--", at: position) {
      scanComment()
    } else if bytes.has("<![CDATA[", at: position) {
      let end = bytes.first("]]>", from: position).map { $0 + 3 }
      let diagnostic = Diagnostic.cdataSection(at: range(position, position + 9))
      guard let end else { return stop(diagnostic) }
      report(diagnostic)
      position = end
    } else {
      scanDoctype()
    }
  }

  private mutating func scanComment() {
    let start = position
    guard let end = commentEnd(at: start) else {
      return stop(.commentNotClosed(at: range(start, start + 4)))
    }
    records.append(Record(kind: .comment, start: Int32(start), end: Int32(end)))
    position = end
    guard end - start >= 7 else {
      return rewrite.replace(start..<end, in: bytes, with: "<!---->")
    }
    // XML has no `--` within a comment and no `-` before its end; MJML has.
    for index in start + 4..<end - 3
    where bytes[index] == UInt8(ascii: "-")
      && (bytes[index + 1] == UInt8(ascii: "-") || index == start + 4)
    {
      rewrite.replace(index..<index + 1, in: bytes, with: "~")
    }
  }

  /// The offset after the `-->` of a comment; `<!-->` is whole.
  func commentEnd(at start: Int) -> Int? {
    bytes.first("-->", from: start + 2).map { $0 + 3 }
  }

  /// A plain `<!doctype html>` is dropped, as MJML does; whatever declares or fetches anything is refused.
  private mutating func scanDoctype() {
    let start = position
    let isDoctype = bytes.hasIgnoringCase("<!doctype", at: start)
    var end = start + 2
    while end < bytes.count, bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "["),
      !bytes[end].isQuote
    {
      end += 1
    }
    guard isDoctype else {
      return stop(.unknownDeclaration(at: range(start, min(end + 1, bytes.count))))
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ">") else {
      return stop(.doctype(at: range(start, start + 9)))
    }
    let whole = range(start, end + 1)
    report(.plainDoctype(at: whole))
    rewrite.replace(whole.bounds, in: bytes, with: "")
    position = whole.end
  }

  private mutating func scanProcessingInstruction() {
    let start = position
    let end = bytes.first("?>", from: start).map { $0 + 2 }
    let isXML = bytes.hasIgnoringCase("<?xml", at: start)
    let place = range(start, end ?? start + 2)
    let diagnostic =
      isXML ? Diagnostic.misplacedXMLDeclaration(at: place) : .processingInstruction(at: place)
    guard let end else { return stop(diagnostic) }
    report(diagnostic)
    position = end
  }

  // MARK: - End tags

  private mutating func scanEndTag() {
    let start = position
    var index = start + 2
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    let nameRange = start + 2..<index
    if startsLiquid(at: index) { return scanEndTagWithLiquid(from: start, liquid: index) }
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else {
      return scanMalformedEndTag(from: start, nameRange, stoppedAt: index)
    }
    position = index + 1
    closeElement(nameRange, endTag: start..<position)
  }

  private mutating func scanMalformedEndTag(
    from start: Int,
    _ nameRange: Range<Int>,
    stoppedAt index: Int
  ) {
    var end = index
    while end < bytes.count, bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "<") {
      end += 1
    }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: ">")
    let whole = range(start, nameRange.upperBound)
    report(isClosed ? .attributesInEndTag(at: range(index, end)) : .tagNotClosed(at: whole))
    position = isClosed ? end + 1 : end
    if !isStopped { closeElement(nameRange, endTag: start..<position) }
  }

  /// `</mj-{{ kind }}>`: its start tag was reported already, if it has one.
  private mutating func scanEndTagWithLiquid(from start: Int, liquid: Int) {
    let liquidEnd = liquidEnd(at: liquid) ?? liquid + 2
    if !diagnostics.contains(where: { $0.id == Diagnostic.liquidInElementNameID }) {
      report(.liquidInElementName(at: range(liquid, liquidEnd)))
    }
    position = liquidEnd
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
    position = min(position + 1, bytes.count)
  }

  /// Finds the element that an end tag closes, or says why there is none.
  private mutating func closeElement(_ nameRange: Range<Int>, endTag: Range<Int>) {
    let id = nameID(nameRange, foldingCase: true)
    if nameRange.contains(where: { bytes[$0].isUppercase }) {
      rewrite.lowercase(nameRange, in: bytes)
    }
    if let top = open.last, top.name == id { return close(endTag: endTag) }
    if let depth = open.lastIndex(where: { $0.name == id }) {
      if let top = open.last, !top.isSuspect,
        isStrayEndTag(of: id, within: top.name, endingAt: endTag.upperBound) != nil
      {
        let place = range(nameRange.lowerBound, nameRange.upperBound)
        return report(
          .wrongEndTag(
            name(id),
            at: place,
            expected: name(top.name),
            opened: self.nameRange(top.element)
          )
        )
      }
      return closeOuterElement(at: depth, endTag: endTag)
    }
    if let forced = closedByForce.lastIndex(where: { $0.name == id }) {
      guard let diagnostic = closedByForce.remove(at: forced).diagnostic else { return }
      return addLateEndTag(endTag, to: diagnostic)
    }
    let written = name(id)
    guard let top = open.last else {
      return report(.unexpectedEndTag(written, at: range(endTag.lowerBound, endTag.upperBound)))
    }
    let place = range(nameRange.lowerBound, nameRange.upperBound)
    let expected = name(top.name)
    let isMisspelt =
      !isCataloguedElement(id) && suggestion(for: written, among: [expected]) != nil
    report(
      .wrongEndTag(written, at: place, expected: expected, opened: self.nameRange(top.element))
    )
    // Followed by the end tag of the parent, the wrong end tag stood for the open element's own.
    let parent = open.dropLast().last?.name
    if isMisspelt || parent.flatMap({ nextEndTag(of: $0, from: endTag.upperBound) }) != nil {
      close(endTag: endTag)
    } else {
      open[open.count - 1].isSuspect = true
    }
  }

  /// Shows the end tag that came too late in the finding about its element.
  private mutating func addLateEndTag(_ endTag: Range<Int>, to diagnostic: Int) {
    diagnostics[diagnostic].labels.append(
      Diagnostic.Label(range(endTag.lowerBound, endTag.upperBound), "its end tag comes too late")
    )
  }

  /// Closes what stands open above the element at `depth`, whose end tag has come.
  private mutating func closeOuterElement(at depth: Int, endTag: Range<Int>) {
    while open.count > depth + 1, let top = open.popLast() {
      if !top.isSuspect {
        closedByForce.append((top.name, diagnostics.count))
        report(
          .elementNotClosed(
            name(top.name),
            at: nameRange(top.element),
            before: range(endTag.lowerBound, endTag.upperBound),
            insertingAt: range(endTag.lowerBound, endTag.lowerBound)
          )
        )
      }
      setEnd(of: top.element, endTag: endTag.lowerBound..<endTag.lowerBound)
    }
    close(endTag: endTag)
  }

  /// In `<a><b></a></b></a>` the first `</a>` is the stray one, in `<a><b></a></b>` the tags cross: whether
  /// the end tags of `inner` and then of `outer` follow.
  func isStrayEndTag(of outer: NameTable.ID, within inner: NameTable.ID, endingAt end: Int) -> Int?
  {
    guard let first = nextEndTag(of: inner, from: end), nextEndTag(of: outer, from: first) != nil
    else { return nil }
    return first
  }

  /// The offset after the end tag of an element, if that is the next thing.
  private func nextEndTag(of id: NameTable.ID, from start: Int) -> Int? {
    var index = start
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    guard bytes.has("</" + name(id), at: index) else { return nil }
    index += 2 + name(id).utf8.count
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    return index < bytes.count && bytes[index] == UInt8(ascii: ">") ? index + 1 : nil
  }

  mutating func close(endTag: Range<Int>) {
    guard let top = open.popLast() else { return }
    setEnd(of: top.element, endTag: endTag)
  }

  mutating func setEnd(of element: Int, endTag: Range<Int>) {
    elements[element].endTagStart = Int32(endTag.lowerBound)
    elements[element].end = Int32(endTag.upperBound)
  }
}
