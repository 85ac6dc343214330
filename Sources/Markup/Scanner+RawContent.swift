import LetterpressDiagnostics

/// The content of ending tags: HTML of any quality, of which only the end must be found.
///
/// The rules are those of MJML's parser (htmlparser2 in HTML mode): tags of the same name nest; comments,
/// CDATA, quoted values and the text of `<style>`, `<script>`, `<title>`, `<textarea>` hide tags; the end
/// tag of an element around this one closes it too (and MJML then loses the content: an error here).
/// Liquid hides tags besides, which MJML does not know.
extension Scanner {
  /// What was met while looking for the end of raw content.
  private struct RawState {
    var depth = 1
    /// Elements of outer names that were opened within the content.
    var outer: [(name: NameTable.ID, count: Int)] = []
    /// The first end tag within that fits nothing but looks as if it was meant to be the end.
    var wrongEnd: (name: NameTable.ID, nameRange: Range<Int>, tag: Range<Int>)?
    /// The first start tag of an element of the catalogue: if the end tag is missing, it was before this.
    var firstElement: Int?
    /// The first opening quote whose value holds an end tag: maybe it was never closed.
    var suspectQuote: Int?
  }

  mutating func scanRawContent(of element: Int) {
    let id = elements[element].name
    let contentStart = position
    var state = RawState()
    var index = contentStart
    while true {
      index = bytes.span.first(of: UInt8(ascii: "<"), or: UInt8(ascii: "{"), from: index)
      guard index < bytes.count else { break }
      if bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count {
        let next = bytes[index + 1]
        if next == UInt8(ascii: "/") {
          guard let after = scanRawEndTag(at: index, of: element, id, contentStart, &state) else {
            return
          }
          index = after
        } else if next.isLetter {
          guard let after = skipRawStartTag(at: index, id, &state) else { return }
          index = after
        } else if next == UInt8(ascii: "!") {
          guard let after = skipRawDeclaration(at: index) else { return }
          index = after
        } else {
          index += 1
        }
      } else if startsLiquid(at: index) {
        guard let after = skipRawLiquid(at: index) else { return }
        index = after
      } else {
        index += 1
      }
    }
    reportRawNotClosed(element, before: nil, &state)
  }

  // MARK: - End tags

  /// Looks at an end tag in raw content.
  ///
  /// Returns where to go on, or nil where the content ended.
  private mutating func scanRawEndTag(
    at start: Int,
    of element: Int,
    _ id: NameTable.ID,
    _ contentStart: Int,
    _ state: inout RawState
  ) -> Int? {
    var index = start + 2
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    let nameRange = start + 2..<index
    guard !nameRange.isEmpty else { return index }
    while index < bytes.count, bytes[index] != UInt8(ascii: ">"), bytes[index] != UInt8(ascii: "<")
    {
      index += 1
    }
    let isClosed = index < bytes.count && bytes[index] == UInt8(ascii: ">")
    let tag = start..<(isClosed ? index + 1 : index)
    let isUppercase = nameRange.contains { bytes[$0].isUppercase }
    // Names of HTML get no numbers here; there are many.
    let found =
      table.id(of: bytes, nameRange) ?? (isUppercase ? nameID(nameRange, foldingCase: true) : nil)
    if found == id {
      state.depth -= 1
      guard state.depth == 0 else { return tag.upperBound }
      if isUppercase {
        report(.upperCaseEndTag(name(id), at: range(nameRange.lowerBound, nameRange.upperBound)))
      }
      if !isClosed { report(.tagNotClosed(at: range(start, nameRange.upperBound))) }
      endRawContent(of: element, contentStart..<start, endTag: tag)
      return nil
    }
    if let outer = state.outer.firstIndex(where: { $0.name == found && $0.count > 0 }) {
      state.outer[outer].count -= 1
      return tag.upperBound
    }
    if let found, isCataloguedElement(found), open.contains(where: { $0.name == found }) {
      if state.depth == 1, isStrayEndTag(of: found, within: id, endingAt: tag.upperBound) != nil {
        report(
          .wrongEndTag(
            name(found),
            at: range(nameRange.lowerBound, nameRange.upperBound),
            expected: name(id),
            opened: self.nameRange(element)
          )
        )
        return tag.upperBound
      }
      reportRawNotClosed(element, before: tag, &state)
      return nil
    }
    noteWrongEnd(found, nameRange, tag, of: id, &state)
    return tag.upperBound
  }

  private mutating func noteWrongEnd(
    _ found: NameTable.ID?,
    _ nameRange: Range<Int>,
    _ tag: Range<Int>,
    of id: NameTable.ID,
    _ state: inout RawState
  ) {
    guard state.wrongEnd == nil else { return }
    if let found {
      if isCataloguedElement(found) { state.wrongEnd = (found, nameRange, tag) }
      return
    }
    // Names of HTML have no hyphen; those of components, but for <mjml>, have.
    guard nameRange.contains(where: { bytes[$0] == UInt8(ascii: "-") }), nameRange.count <= 64
    else {
      return
    }
    let written = String(decoding: bytes[nameRange], as: UTF8.self)
    if suggestion(for: written, among: [name(id)]) != nil {
      state.wrongEnd = (nameID(nameRange, foldingCase: true), nameRange, tag)
    }
  }

  /// The content ended without its end tag: at the end tag of an outer element, or with the file.
  private mutating func reportRawNotClosed(
    _ element: Int,
    before endTag: Range<Int>?,
    _ state: inout RawState
  ) {
    let id = elements[element].name
    let contentStart = Int(elements[element].startTagEnd)
    if let wrong = state.wrongEnd {
      report(
        .wrongEndTag(
          name(wrong.name),
          at: range(wrong.nameRange.lowerBound, wrong.nameRange.upperBound),
          expected: name(id),
          opened: nameRange(element)
        )
      )
      return endRawContent(
        of: element,
        contentStart..<wrong.tag.lowerBound,
        endTag: wrong.tag
      )
    }
    if let quote = state.suspectQuote {
      return stop(.valueNotClosed(at: range(quote, quote + 1)))
    }
    let end = endTag.map { state.firstElement ?? $0.lowerBound } ?? bytes.count
    if let endTag {
      let outer = range(endTag.lowerBound, endTag.upperBound)
      closedByForce.append((id, diagnostics.count))
      report(
        .elementNotClosed(
          name(id),
          at: nameRange(element),
          before: outer,
          insertingAt: range(end, end)
        )
      )
    } else {
      stop(
        .elementNotClosed(
          name(id),
          at: nameRange(element),
          atEndOfFile: range(end, end),
          outer: nil
        )
      )
    }
    endRawContent(of: element, contentStart..<end, endTag: end..<end)
  }

  /// Closes the element of raw content, which libxml2 does not see: there is nothing in it that could be
  /// well-formed or not.
  private mutating func endRawContent(of element: Int, _ content: Range<Int>, endTag: Range<Int>) {
    setContent(of: element, content)
    rewrite.replace(content, in: bytes, with: "")
    // What stands after the name in an end tag, XML would refuse.
    let nameEnd = endTag.lowerBound + 2 + name(elements[element].name).utf8.count
    if nameEnd < endTag.upperBound - 1 {
      rewrite.replace(nameEnd..<endTag.upperBound - 1, in: bytes, with: "")
    }
    position = endTag.upperBound
    close(endTag: endTag)
  }

  // MARK: - What hides tags

  /// Steps over a start tag within raw content; nil where the scan stops.
  private mutating func skipRawStartTag(
    at start: Int,
    _ id: NameTable.ID,
    _ state: inout RawState
  ) -> Int? {
    var index = start + 1
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    let nameRange = start + 1..<index
    let tag = skipRawAttributes(from: index, &state)
    guard let found = table.id(of: bytes, nameRange) else {
      return skipRawText(of: nameRange, tagStart: start, from: tag.end, isEmpty: tag.isSelfClosing)
    }
    if state.firstElement == nil, isCataloguedElement(found) { state.firstElement = start }
    if !tag.isSelfClosing {
      if found == id {
        state.depth += 1
      } else if open.contains(where: { $0.name == found }) {
        if let index = state.outer.firstIndex(where: { $0.name == found }) {
          state.outer[index].count += 1
        } else {
          state.outer.append((found, 1))
        }
      }
    }
    return tag.end
  }

  /// The end of a start tag: quotes after `=` and Liquid hide a `>`.
  private mutating func skipRawAttributes(
    from start: Int,
    _ state: inout RawState
  ) -> (end: Int, isSelfClosing: Bool) {
    var index = start
    var previous: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ">") { return (index + 1, previous == UInt8(ascii: "/")) }
      if byte.isQuote, previous == UInt8(ascii: "=") {
        let end = quotedEnd(at: index)
        if state.suspectQuote == nil, holdsEndTag(index..<end) { state.suspectQuote = index }
        index = end
        previous = byte
        continue
      }
      if byte == UInt8(ascii: "{"), startsLiquid(at: index), let end = liquidEnd(at: index) {
        index = end
        previous = 0
        continue
      }
      if !byte.isSpace || previous != UInt8(ascii: "=") { previous = byte }
      index += 1
    }
    return (index, false)
  }

  /// The offset after a quoted value, of which Liquid may hold quotes of its own.
  private mutating func quotedEnd(at start: Int) -> Int {
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == bytes[start] { return index + 1 }
      if startsLiquid(at: index), let end = liquidEnd(at: index) {
        index = end
      } else {
        index += 1
      }
    }
    return bytes.count
  }

  /// Whether an end tag of a component stands in a range.
  private func holdsEndTag(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] == UInt8(ascii: "/") {
        var end = index + 2
        while end < range.upperBound, bytes[end].isNameByte { end += 1 }
        if let id = table.id(of: bytes, index + 2..<end), isCataloguedElement(id) { return true }
      }
      index += 1
    }
    return false
  }

  /// After the start tag of an element whose text hides tags: the place of its end tag.
  private mutating func skipRawText(
    of nameRange: Range<Int>,
    tagStart: Int,
    from start: Int,
    isEmpty: Bool
  ) -> Int? {
    guard !isEmpty, let name = hiddenTextElement(nameRange) else { return start }
    guard let end = rawTextEnd(of: name, from: start) else {
      stop(
        .elementNotClosed(
          name,
          at: range(nameRange.lowerBound, nameRange.upperBound),
          atEndOfFile: range(bytes.count, bytes.count),
          outer: nil
        )
      )
      return nil
    }
    return end
  }

  func hiddenTextElement(_ nameRange: Range<Int>) -> String? {
    ["style", "script", "title", "textarea"].first {
      nameRange.count == $0.utf8.count && bytes.hasIgnoringCase($0, at: nameRange.lowerBound)
    }
  }

  /// The offset of the end tag of an element whose text hides all other tags.
  func rawTextEnd(of name: String, from start: Int) -> Int? {
    var index = start
    while let end = bytes.first("</", from: index) {
      if bytes.hasIgnoringCase(name, at: end + 2) {
        let after = end + 2 + name.utf8.count
        if after >= bytes.count || !bytes[after].isNameByte { return end }
      }
      index = end + 2
    }
    return nil
  }

  private mutating func skipRawDeclaration(at start: Int) -> Int? {
    if bytes.has("<!--", at: start) {
      if let end = commentEnd(at: start) { return end }
      stop(.commentNotClosed(at: range(start, start + 4)))
      return nil
    }
    if bytes.has("<![CDATA[", at: start) {
      if let end = bytes.first("]]>", from: start) { return end + 3 }
      stop(.cdataNotClosed(at: range(start, start + 9)))
      return nil
    }
    return start + 2
  }

  private mutating func skipRawLiquid(at start: Int) -> Int? {
    // A delimiter that is never closed is for the Liquid stage, which reads the content.
    guard let end = liquidEnd(at: start) else { return start + 2 }
    guard let hiding = hidingBlock(at: start) else { return end }
    if let blockEnd = endOfHidingBlock(hiding, from: end) { return blockEnd }
    stop(.liquidBlockNotClosed(hiding.rawValue, at: range(start, end)))
    return nil
  }

  // MARK: - Elements that are no component

  /// An HTML element between components: its text hides tags, or it is read like any other.
  mutating func scanForeignContent(of element: Int) {
    let nameRange = nameRange(element).bounds
    guard let name = hiddenTextElement(nameRange) else { return }
    guard let end = rawTextEnd(of: name, from: position) else {
      return stop(
        .elementNotClosed(
          name,
          at: range(nameRange.lowerBound, nameRange.upperBound),
          atEndOfFile: range(bytes.count, bytes.count),
          outer: nil
        )
      )
    }
    var tagEnd = end
    while tagEnd < bytes.count, bytes[tagEnd] != UInt8(ascii: ">") { tagEnd += 1 }
    guard tagEnd < bytes.count else { return stop(.tagNotClosed(at: range(end, tagEnd))) }
    let written = end + 2..<end + 2 + name.utf8.count
    endRawContent(of: element, position..<end, endTag: end..<tagEnd + 1)
    if written.contains(where: { bytes[$0].isUppercase }) {
      // The rewrite of an upper-case end tag would be one more special case; it is an error anyway.
      report(.upperCaseEndTag(name, at: range(written.lowerBound, written.upperBound)))
    }
  }
}
