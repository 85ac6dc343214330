import LetterpressDiagnostics

/// Start tags with their attributes.
extension Scanner {
  /// What an author's start tag did wrong so far; one mistake in a tag often looks like several.
  private struct TagState {
    var reportedLiquid = false
    /// Its `>` is missing, so whether it closed itself nobody knows.
    var isCutOff = false
  }

  mutating func scanStartTag() {
    let start = position
    var index = start + 1
    while index < bytes.count, bytes[index].isNameByte { index += 1 }
    let nameRange = start + 1..<index
    position = index
    guard checkElementName(nameRange, tagStart: start) else { return skipTag() }
    let id = nameID(nameRange, foldingCase: true)
    if nameRange.contains(where: { bytes[$0].isUppercase }) {
      rewrite.lowercase(nameRange, in: bytes)
    }
    guard open.count < limits.elementDepth else {
      return stop(
        .nestingTooDeep(
          name(id),
          limit: limits.elementDepth,
          at: range(nameRange.lowerBound, nameRange.upperBound)
        )
      )
    }
    noteRoot(id, nameRange)
    let element = elements.count
    records.append(
      Record(kind: .element, start: Int32(start), end: Int32(start), element: Int32(element))
    )
    elements.append(
      ScannedElement(
        name: id,
        start: Int32(start),
        nameEnd: Int32(index),
        startTagEnd: Int32(index),
        contentStart: -1,
        contentEnd: -1,
        endTagStart: Int32(index),
        end: Int32(index),
        firstAttribute: Int32(attributes.count),
        attributeCount: 0,
        isLiteral: literalEnd >= 0
      )
    )
    var state = TagState()
    let isSelfClosing = scanTagParts(of: element, &state)
    elements[element].attributeCount =
      Int32(attributes.count) - elements[element].firstAttribute
    elements[element].startTagEnd = Int32(position)
    guard !isStopped else { return }
    open.append(OpenElement(element: element, name: id, isSuspect: state.isCutOff))
    if isSelfClosing {
      if isRawElement(id) { setContent(of: element, position..<position) }
      close(endTag: position..<position)
    } else if isRawElement(id) {
      scanRawContent(of: element)
    } else if !isCataloguedElement(id) {
      scanForeignContent(of: element)
    }
  }

  mutating func setContent(of element: Int, _ content: Range<Int>) {
    elements[element].contentStart = Int32(content.lowerBound)
    elements[element].contentEnd = Int32(content.upperBound)
  }

  private mutating func noteRoot(_ id: NameTable.ID, _ nameRange: Range<Int>) {
    guard open.isEmpty, !isFragment else { return }
    if let rootElement {
      let place = range(nameRange.lowerBound, nameRange.upperBound)
      // What follows would be measured against a root that is none.
      stop(.secondRootElement(name(id), at: place, first: self.nameRange(rootElement)))
    } else {
      rootElement = elements.count
    }
  }

  /// Whether an element can be made of this name; reports it where not.
  private mutating func checkElementName(_ nameRange: Range<Int>, tagStart: Int) -> Bool {
    let place = range(nameRange.lowerBound, nameRange.upperBound)
    if startsLiquid(at: position) {
      let end = liquidEnd(at: position) ?? position + 2
      report(.liquidInElementName(at: range(position, end)))
      return false
    }
    guard nameRange.count <= limits.nameLength else {
      report(.nameTooLong(limit: limits.nameLength, at: place))
      return false
    }
    if position < bytes.count {
      let byte = bytes[position]
      let endsName =
        byte.isSpace || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
        || byte == UInt8(ascii: "<")
      if !endsName {
        while position < bytes.count, !bytes[position].isSpace,
          bytes[position] != UInt8(ascii: ">"),
          bytes[position] != UInt8(ascii: "/"), bytes[position] != UInt8(ascii: "<")
        {
          position += 1
        }
        report(.invalidElementName(at: range(nameRange.lowerBound, position)))
        return false
      }
    }
    if let colon = nameRange.first(where: { bytes[$0] == UInt8(ascii: ":") }) {
      report(.prefixedElement(range(nameRange.lowerBound, colon + 1), at: place))
    }
    return true
  }

  /// Steps over the rest of a tag whose name was reported.
  private mutating func skipTag() {
    let hasLiquid = startsLiquid(at: position)
    var ignored = TagState(reportedLiquid: true)
    let isSelfClosing = scanTagParts(of: nil, &ignored)
    // No end tag can be matched with an unreadable name: the rest would be consequences. One with Liquid
    // in it is known again.
    if !isSelfClosing, !hasLiquid { isStopped = true }
  }

  // MARK: - Attributes

  /// Reads up to the `>` of a start tag; true for `/>`.
  private mutating func scanTagParts(of element: Int?, _ state: inout TagState) -> Bool {
    let tagStart = element.map { Int(elements[$0].start) } ?? position
    while position < bytes.count, !isStopped {
      let byte = bytes[position]
      if byte.isSpace {
        position += 1
      } else if byte == UInt8(ascii: ">") {
        position += 1
        return closesItself(element, at: position - 1)
      } else if byte == UInt8(ascii: "/") {
        if position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") {
          position += 2
          return true
        }
        rewrite.replace(position..<position + 1, in: bytes, with: " ")
        position += 1
      } else if byte == UInt8(ascii: "<") {
        guard let element else { return false }
        report(.tagNotClosed(at: range(tagStart, tagStart + 1)))
        state.isCutOff = true
        let id = elements[element].name
        let isEmpty = Int(id) < table.count && table.isEmpty[Int(id)]
        // An end tag that comes all the same is no second mistake.
        if isEmpty { closedByForce.append((id, nil)) }
        return isEmpty || closesItself(element, at: position)
      } else {
        scanAttribute(of: element, &state)
      }
    }
    if !isStopped, element != nil { stop(.tagNotClosed(at: range(tagStart, tagStart + 1))) }
    return true
  }

  /// HTML's void elements need no end tag; XML's do.
  private mutating func closesItself(_ element: Int?, at end: Int) -> Bool {
    guard let element else { return false }
    let id = elements[element].name
    guard !isCataloguedElement(id), htmlVoidElements.contains(name(id)) else { return false }
    rewrite.replace(end..<end, in: bytes, with: "/")
    return true
  }

  private mutating func scanAttribute(of element: Int?, _ state: inout TagState) {
    let start = position
    while position < bytes.count, bytes[position].isNameByte { position += 1 }
    if startsLiquid(at: position) { return scanLiquidAmongAttributes(from: start, &state) }
    let nameRange = start..<position
    guard checkAttributeName(nameRange, element: element) else { return }
    let nameEnd = position
    var index = position
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    var attribute = Attribute(
      name: "",
      nameRange: range(start, nameEnd),
      value: range(nameEnd, nameEnd),
      hasValue: false
    )
    if index < bytes.count, bytes[index] == UInt8(ascii: "=") {
      position = index + 1
      while position < bytes.count, bytes[position].isSpace { position += 1 }
      guard let value = scanValue(of: nameRange, element: element) else { return }
      attribute.value = value
      attribute.hasValue = true
    } else {
      rewrite.replace(nameEnd..<nameEnd, in: bytes, with: "=\"\"")
    }
    guard let element, !isStopped else { return }
    add(&attribute, to: element, &state)
  }

  private mutating func add(
    _ attribute: inout Attribute,
    to element: Int,
    _ state: inout TagState
  ) {
    let nameRange = attribute.nameRange.bounds
    let end = attribute.hasValue ? attribute.value.end + 1 : attribute.value.end
    // Declarations of namespaces are common on <mjml> and mean nothing.
    let isNamespace =
      bytes[nameRange.lowerBound] == UInt8(ascii: "x")
      && bytes.has("xmlns", at: nameRange.lowerBound)
      && (nameRange.count == 5 || bytes[nameRange.lowerBound + 5] == UInt8(ascii: ":"))
    if isNamespace, open.isEmpty {
      return rewrite.drop(nameRange.lowerBound..<end, in: bytes)
    }
    let id = nameID(nameRange, foldingCase: false)
    let others = Int(elements[element].firstAttribute)..<attributeNames.count
    if let first = others.first(where: { attributeNames[$0] == id }) {
      report(
        .duplicateAttribute(
          name(id),
          at: attribute.nameRange,
          first: attributes[first].nameRange,
          whole: range(nameRange.lowerBound, end)
        )
      )
      return rewrite.drop(nameRange.lowerBound..<end, in: bytes)
    }
    guard others.count < limits.attributesOfElement else {
      return stop(.tooManyAttributes(limit: limits.attributesOfElement, at: attribute.nameRange))
    }
    attributeNames.append(id)
    attribute.name = name(id)
    attributes.append(attribute)
  }

  private mutating func checkAttributeName(_ nameRange: Range<Int>, element: Int?) -> Bool {
    let start = nameRange.lowerBound
    let endsName =
      position >= bytes.count || bytes[position].isSpace || bytes[position] == UInt8(ascii: "=")
      || bytes[position] == UInt8(ascii: ">") || bytes[position] == UInt8(ascii: "/")
    let first = nameRange.isEmpty ? 0 : bytes[start]
    if endsName, first.isLetter || first == UInt8(ascii: "_") {
      guard nameRange.count <= limits.nameLength else {
        stop(.nameTooLong(limit: limits.nameLength, at: range(start, position)))
        return false
      }
      if nameRange.contains(where: { bytes[$0] == UInt8(ascii: ":") }) {
        // U+00B7 is a name character to XML and stands in no name that passes the scan.
        for index in nameRange where bytes[index] == UInt8(ascii: ":") {
          rewrite.replace(index..<index + 1, in: bytes, with: "\u{B7}")
        }
      }
      return true
    }
    // The whole word, to its value's end, is one mistake.
    if position == start { position += 1 }
    while position < bytes.count, !bytes[position].isSpace, bytes[position] != UInt8(ascii: ">"),
      bytes[position] != UInt8(ascii: "<"), bytes[position] != UInt8(ascii: "="),
      !bytes.has("/>", at: position)
    {
      position += 1
    }
    if element != nil { report(.invalidAttributeName(at: range(start, position))) }
    if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
      position += 1
      _ = scanValue(of: nil, element: nil)
    }
    return false
  }

  /// `{% if x %}color="red"{% endif %}` or `{{ name }}="x"` where only attributes may stand.
  private mutating func scanLiquidAmongAttributes(from start: Int, _ state: inout TagState) {
    let liquid = position
    position = liquidEnd(at: liquid) ?? liquid + 2
    let place = range(liquid, position)
    let next = position < bytes.count ? bytes[position] : 0
    let isName = start < liquid || next == UInt8(ascii: "=") || next.isNameByte
    let isTag = bytes[liquid + 1] == UInt8(ascii: "%")
    if !state.reportedLiquid {
      report(
        isName && !isTag ? .liquidInAttributeName(at: place) : .liquidAmongAttributes(at: place)
      )
    }
    state.reportedLiquid = true
    if isName, !isTag {
      while position < bytes.count, bytes[position].isNameByte { position += 1 }
      if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
        position += 1
        _ = scanValue(of: nil, element: nil)
      }
    }
  }

  // MARK: - Values

  /// Reads a value and returns what stands between its quotes; reports, unless `element` is nil, what is
  /// wrong, and returns nil where there is no value then.
  private mutating func scanValue(of name: Range<Int>?, element: Int?) -> SourceRange? {
    guard position < bytes.count else { return nil }
    let quote = bytes[position]
    guard quote.isQuote else { return scanUnquotedValue(of: name, element: element) }
    let start = position + 1
    var needsEscaping = false
    var holdsTagEnd = false
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote { break }
      if byte == UInt8(ascii: "{"), startsLiquid(at: index), let end = liquidEnd(at: index) {
        needsEscaping = true
        index = end
        continue
      }
      if byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") { needsEscaping = true }
      if byte == UInt8(ascii: ">") { holdsTagEnd = true }
      index += 1
    }
    guard index < bytes.count else { return endUnclosedValue(from: start, element: element) }
    position = index + 1
    if !endsValue(at: position) {
      // The quote that seemed to close this value opened the next one.
      if holdsTagEnd || index > start && bytes[index - 1] == UInt8(ascii: "=") {
        return endUnclosedValue(from: start, element: element)
      }
      if bytes[position].isNameByte, element != nil {
        report(.missingSpace(at: range(position, position)))
      }
    }
    if needsEscaping { escapeValue(start..<index, quote: quote) }
    return range(start, index)
  }

  /// Whether behind a value there is what may stand there: white space, or the end of the tag.
  private func endsValue(at position: Int) -> Bool {
    guard position < bytes.count else { return true }
    return bytes[position].isSpace || bytes[position] == UInt8(ascii: ">")
      || bytes.has("/>", at: position)
  }

  /// Reports a value whose closing quote is missing, and goes on at the end of its tag.
  private mutating func endUnclosedValue(from start: Int, element: Int?) -> SourceRange? {
    if element != nil { report(.valueNotClosed(at: range(start - 1, start))) }
    position = start
    while position < bytes.count, bytes[position] != UInt8(ascii: ">") { position += 1 }
    if position == bytes.count { isStopped = true }
    if bytes[position - 1] == UInt8(ascii: "/") { position -= 1 }
    return nil
  }

  private mutating func escapeValue(_ value: Range<Int>, quote: UInt8) {
    for index in value {
      let replacement: String
      switch bytes[index] {
      case UInt8(ascii: "<"): replacement = "&lt;"
      case UInt8(ascii: "&"): replacement = "&amp;"
      case quote: replacement = quote == UInt8(ascii: "\"") ? "&quot;" : "&apos;"
      default: continue
      }
      rewrite.replace(index..<index + 1, in: bytes, with: replacement)
    }
  }

  private mutating func scanUnquotedValue(of name: Range<Int>?, element: Int?) -> SourceRange? {
    let start = position
    while position < bytes.count, !bytes[position].isSpace, bytes[position] != UInt8(ascii: ">"),
      bytes[position] != UInt8(ascii: "<")
    {
      if startsLiquid(at: position), let end = liquidEnd(at: position) {
        position = end
      } else {
        position += 1
      }
    }
    // `a=b/>`: the slash belongs to the tag.
    if position > start, position < bytes.count, bytes[position] == UInt8(ascii: ">"),
      bytes[position - 1] == UInt8(ascii: "/")
    {
      position -= 1
    }
    guard element != nil else { return nil }
    if position == start {
      report(.missingValue(at: range(name?.lowerBound ?? start, start)))
    } else {
      report(
        .valueNotQuoted(
          at: range(start, position),
          holdsQuote: bytes[start..<position].contains(UInt8(ascii: "\""))
        )
      )
    }
    return nil
  }
}

/// The elements of HTML that have no end tag.
let htmlVoidElements: Set<String> = [
  "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
  "track", "wbr",
]
