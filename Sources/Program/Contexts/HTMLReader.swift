import LetterpressDiagnostics

/// Reads static HTML and knows afterwards where it is, and which elements are open.
///
/// A tokenizer of the HTML standard, reduced to what decides the meaning of a value, and extended by
/// Outlook's conditional comments, whose inside is live. A whole tag costs one look at each of its bytes;
/// values of attributes and style sheets are only read closely when a run of bytes ends in them, since
/// only then can a value follow.
struct HTMLReader: Sendable {
  var context = HTMLContext()
  /// What browsers have open, and what Outlook has.
  var open = OpenElements()
  var openInOutlook = OpenElements()
  /// End tags of elements that were left open on some paths only.
  private(set) var unbalanced: [OpenElements.Problem] = []

  /// Reads bytes that follow on those read before.
  mutating func read(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    if context.pending.isEmpty {
      readAll(bytes)
    } else {
      let all = context.pending + bytes
      context.pending = []
      readAll(all)
    }
  }

  /// Decides what bytes that are followed by a value or a tag of Liquid have begun: `<!-- ` is a comment,
  /// `<!--[if mso]>` starts text for Outlook.
  mutating func settle() {
    if context.state == .condition, context.pending.has("]>", at: 0),
      context.pending.dropFirst(2).allSatisfy(\.isSpace)
    {
      context.audience = .outlook
      context.state = .text
      context.pending = []
      return
    }
    guard context.state == .text, context.pending.has("<!--", at: 0),
      !context.pending.has("<!--[", at: 0)
    else { return }
    context.state = .comment
    context.pending = []
  }

  private mutating func readAll(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      switch context.state {
      case .text: index = readText(bytes, from: index)
      case .tagName, .tag, .attributeName, .afterAttributeName, .beforeValue:
        index = readTag(bytes, from: index)
      case .value: index = readValue(bytes, from: index)
      case .endTag:
        index = bytes.endOf(">", from: index)
        if index > 0, bytes[index - 1] == UInt8(ascii: ">") { context.state = .text }
      case .rcdata, .style, .rawText: index = readRawText(bytes, from: index)
      case .comment: index = readComment(bytes, from: index)
      case .condition: index = readCondition(bytes, from: index)
      case .declaration:
        index = bytes.endOf(">", from: index)
        if index > 0, bytes[index - 1] == UInt8(ascii: ">") { context.state = .text }
      }
    }
  }

  // MARK: - Text and markup in it

  private mutating func readText(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
    guard index < bytes.count else { return index }
    guard index + 1 < bytes.count else { return postpone(bytes, from: index) }
    switch bytes[index + 1] {
    case UInt8(ascii: "!"): return readMarkupDeclaration(bytes, from: index)
    case UInt8(ascii: "/"): return readEndTag(bytes, from: index)
    case UInt8(ascii: "?"):
      context.state = .declaration
      return index + 2
    case let byte where byte.isLetter:
      context.state = .tagName
      context.element = MarkupName()
      context.separation = .none
      context.hasSlash = false
      return index + 1
    default: return index + 1
    }
  }

  /// Leaves a token to the bytes that follow.
  private mutating func postpone(_ bytes: [UInt8], from index: Int) -> Int {
    context.pending = Array(bytes[index...])
    return bytes.count
  }

  private mutating func readMarkupDeclaration(_ bytes: [UInt8], from start: Int) -> Int {
    if bytes.couldStart("<!--", at: start) || bytes.couldStart("<!--[if", at: start)
      || bytes.couldStart("<![endif]-->", at: start)
    {
      return postpone(bytes, from: start)
    }
    if bytes.has("<!--", at: start) {
      if bytes.has("<!--[if", at: start) {
        context.state = .condition
        return start + 7
      }
      var inside = start + 4
      while inside < bytes.count, bytes[inside].isSpace { inside += 1 }
      if inside == bytes.count || bytes.couldStart("<![endif]", at: inside) {
        return postpone(bytes, from: start)
      }
      if bytes.has("<![endif]", at: inside) { context.audience = .everyone }
      context.state = .comment
      return start + 4
    }
    if bytes.has("<![endif]-->", at: start), context.audience == .outlook {
      context.audience = .everyone
      return start + 12
    }
    context.state = .declaration
    return start + 2
  }

  private mutating func readEndTag(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start + 2
    while end < bytes.count, !bytes[end].endsTagName { end += 1 }
    guard end < bytes.count else { return postpone(bytes, from: start) }
    guard end > start + 2, bytes[start + 2].isLetter else {
      context.state = .declaration
      return start + 2
    }
    close(MarkupName(bytes, from: start + 2, to: end))
    context.state = .endTag
    return end
  }

  private mutating func readComment(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "-") {
        if bytes.has("-->", at: index) || bytes.has("--!>", at: index) {
          context.state = .text
          return index + (bytes[index + 2] == UInt8(ascii: ">") ? 3 : 4)
        }
        if bytes.couldStart("-->", at: index) || bytes.couldStart("--!>", at: index) {
          return postpone(bytes, from: index)
        }
      }
      index += 1
    }
    return index
  }

  private mutating func readCondition(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "]") { index += 1 }
    guard index < bytes.count else { return index }
    let endings = ["]><!-->", "]><!-- -->", "]>-->", "]> -->"]
    for ending in endings {
      if bytes.has(ending, at: index) {
        context.audience = .others
        context.state = .text
        return index + ending.utf8.count
      }
      if bytes.couldStart(ending, at: index) { return postpone(bytes, from: index) }
    }
    guard bytes.has("]>", at: index) else { return index + 1 }
    context.audience = .outlook
    context.state = .text
    return index + 2
  }

  private mutating func readRawText(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        var end = index + 1
        if end < bytes.count, bytes[end] == UInt8(ascii: "/") { end += 1 }
        let nameStart = end
        while end < bytes.count, !bytes[end].endsTagName { end += 1 }
        if end == bytes.count, index + 2 >= end || end - nameStart <= Int(context.element.count) {
          readContent(bytes, from: start, to: index)
          return postpone(bytes, from: index)
        }
        if nameStart == index + 2, MarkupName(bytes, from: nameStart, to: end) == context.element {
          close(context.element)
          context.element = MarkupName()
          context.value = .plain
          context.state = .endTag
          return end
        }
      }
      index += 1
    }
    readContent(bytes, from: start, to: index)
    return index
  }

  /// Reads a style sheet up to where a value may follow.
  private mutating func readContent(_ bytes: [UInt8], from start: Int, to end: Int) {
    guard context.state == .style, case .css(var css) = context.value else { return }
    for index in start..<end { css.read(bytes[index]) }
    context.value = .css(css)
  }

  // MARK: - Tags

  private mutating func readTag(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    if context.separation != .none {
      let byte = bytes[index]
      let isEnd = byte.isSpace || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
      if context.separation == .delimiter && !isEnd || byte == UInt8(ascii: "=") {
        context.value = .refused(.attributeName)
      }
      context.separation = .none
    }
    while index < bytes.count {
      let byte = bytes[index]
      switch context.state {
      case .tagName:
        if byte.endsTagName {
          context.state = .tag
        } else {
          context.element.append(byte)
          index += 1
        }
      case .tag:
        if byte == UInt8(ascii: ">") {
          finishTag()
          return index + 1
        }
        context.hasSlash = byte == UInt8(ascii: "/")
        if !byte.isSpace, byte != UInt8(ascii: "/") {
          context.state = .attributeName
          context.attribute = MarkupName()
          context.attribute.append(byte)
        }
        index += 1
      case .attributeName:
        if byte == UInt8(ascii: "=") {
          context.state = .beforeValue
          index += 1
        } else if byte.isSpace {
          context.state = .afterAttributeName
          index += 1
        } else if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") {
          context.state = .tag
        } else {
          context.attribute.append(byte)
          index += 1
        }
      case .afterAttributeName:
        if byte == UInt8(ascii: "=") {
          context.state = .beforeValue
          index += 1
        } else if byte.isSpace {
          index += 1
        } else {
          context.state = .tag
        }
      case .beforeValue:
        if byte == UInt8(ascii: ">") {
          context.state = .tag
        } else if byte.isSpace {
          index += 1
        } else {
          let isQuote = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
          context.quote = isQuote ? byte : 0
          context.state = .value
          context.hasSlash = false
          return readNewValue(bytes, from: isQuote ? index + 1 : index)
        }
      default:
        return index
      }
    }
    return index
  }

  /// Reads a value from its first byte; closely only where the run ends in it.
  private mutating func readNewValue(_ bytes: [UInt8], from start: Int) -> Int {
    let end = endOfValue(bytes, from: start)
    guard end == bytes.count else {
      finishValue()
      return context.quote == 0 ? end : end + 1
    }
    context.value = .start(of: context.attribute, in: context.element)
    context.value.read(bytes, from: start, to: end)
    return end
  }

  private mutating func readValue(_ bytes: [UInt8], from start: Int) -> Int {
    let end = endOfValue(bytes, from: start)
    context.value.read(bytes, from: start, to: end)
    guard end < bytes.count else { return end }
    finishValue()
    return context.quote == 0 ? end : end + 1
  }

  private func endOfValue(_ bytes: [UInt8], from start: Int) -> Int {
    var index = start
    if context.quote == 0 {
      while index < bytes.count, !bytes[index].isSpace, bytes[index] != UInt8(ascii: ">") {
        index += 1
      }
    } else {
      while index < bytes.count, bytes[index] != context.quote { index += 1 }
    }
    return index
  }

  private mutating func finishValue() {
    context.state = .tag
    context.value = .plain
    context.attribute = MarkupName()
  }

  /// Elements whose content is no plain HTML.
  private static let textStates: MarkupNameTable<HTMLContext.State> = [
    "title": .rcdata, "textarea": .rcdata, "style": .style, "script": .rawText, "xmp": .rawText,
    "iframe": .rawText, "noembed": .rawText, "noframes": .rawText, "plaintext": .rawText,
  ]

  private mutating func finishTag() {
    let element = context.element
    context.state = .text
    context.attribute = MarkupName()
    context.value = .plain
    let isClosed = context.hasSlash && element.isPrefixed
    context.hasSlash = false
    guard !isClosed, !element.isVoid else {
      context.element = MarkupName()
      return
    }
    if context.audience != .outlook { open.push(element) }
    if context.audience != .others { openInOutlook.push(element) }
    guard let state = Self.textStates[element] else {
      context.element = MarkupName()
      return
    }
    context.state = state
    if state == .style { context.value = .css(CSSContext(isAttribute: false)) }
  }

  private mutating func close(_ element: MarkupName) {
    if context.audience != .outlook, let problem = open.close(element) {
      unbalanced.append(problem)
    }
    if context.audience != .others, let problem = openInOutlook.close(element) {
      unbalanced.append(problem)
    }
  }
}

extension UInt8 {
  fileprivate var endsTagName: Bool {
    isSpace || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
  }
}

extension [UInt8] {
  /// Behind the next byte of this value, or the end.
  fileprivate func endOf(_ byte: Unicode.Scalar, from start: Int) -> Int {
    var index = start
    while index < count {
      index += 1
      if self[index - 1] == UInt8(ascii: byte) { return index }
    }
    return index
  }

  /// Whether this text, in small letters, stands at an offset in any case.
  fileprivate func has(_ text: String, at start: Int) -> Bool {
    guard text.utf8.count <= count - start else { return false }
    return matches(text, at: start)
  }

  /// Whether the bytes from an offset on end before this text could be complete.
  fileprivate func couldStart(_ text: String, at start: Int) -> Bool {
    count - start < text.utf8.count && matches(text, at: start)
  }

  private func matches(_ text: String, at start: Int) -> Bool {
    var index = start
    for byte in text.utf8 {
      guard index < count else { return true }
      guard self[index].lowercased == byte else { return false }
      index += 1
    }
    return true
  }
}
