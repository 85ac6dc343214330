/// A document as a list of events in which nothing is left that makes no difference to a reader.
///
/// Two documents of MJML are taken for equal where these are equal. Insignificant are: the order of
/// attributes and how they are quoted; white space in `class` and around declarations; white space next to
/// tags of blocks, and runs of it elsewhere; the layout of CSS; `<br/>` or `<br>`; whether neighbouring
/// conditional comments for the same clients are one; generated ids, which are counted in order of
/// appearance. All else counts, also what stands in conditional comments.
struct NormalHTML: Equatable {
  enum Event: Equatable, CustomStringConvertible {
    case text(String)
    case start(String, [String])
    case end(String)
    case css(String)
    case comment(String)
    case conditionStart(String)
    case conditionEnd

    var description: String {
      switch self {
      case .text(let text): "text '\(text)'"
      case .start(let name, let attributes): "<\(([name] + attributes).joined(separator: " "))>"
      case .end(let name): "</\(name)>"
      case .css(let css): "css '\(css)'"
      case .comment(let text): "<!--\(text)-->"
      case .conditionStart(let condition): "[if \(condition)]"
      case .conditionEnd: "[endif]"
      }
    }
  }

  private(set) var events: [Event] = []

  init(_ html: [UInt8]) {
    var tokenizer = HTMLTokenizer(html)
    events = tokenizer.events()
    dropWhiteSpace()
    mergeConditions()
  }

  /// The first event that differs, with the one before it; nil where the documents are equal.
  func firstDifference(from expected: NormalHTML) -> String? {
    if self == expected { return nil }
    let count = min(events.count, expected.events.count)
    let index = (0..<count).first { events[$0] != expected.events[$0] } ?? count
    func event(_ list: [Event]) -> String {
      index < list.count ? list[index].description : "the end"
    }
    let before = index > 0 ? events[index - 1].description : "the start"
    return "after \(before): expected \(event(expected.events)), got \(event(events))"
  }

  /// White space means something only between texts and tags that stand in lines.
  private mutating func dropWhiteSpace() {
    var result: [Event] = []
    for (index, event) in events.enumerated() {
      guard case .text(var text) = event else {
        result.append(event)
        continue
      }
      if result.last?.isBlock ?? true, text.first == " " { text.removeFirst() }
      let isLast = index + 1 == events.count
      if isLast || events[index + 1].isBlock, text.last == " " { text.removeLast() }
      if !text.isEmpty { result.append(.text(text)) }
    }
    events = result
  }

  private mutating func mergeConditions() {
    var result: [Event] = []
    var open = ""
    for event in events {
      if case .conditionStart(let condition) = event {
        if result.last == .conditionEnd, open == condition {
          result.removeLast()
          continue
        }
        open = condition
      }
      result.append(event)
    }
    events = result
  }
}

extension NormalHTML.Event {
  var isBlock: Bool {
    switch self {
    case .text: false
    case .start(let name, let attributes):
      !Self.inline.contains(name) || attributes.contains { $0.hasPrefix("style=display:block") }
    case .end(let name): !Self.inline.contains(name)
    case .css, .comment, .conditionStart, .conditionEnd: true
    }
  }

  private static let inline: Set = [
    "a", "span", "b", "i", "u", "em", "strong", "img", "br", "font", "small", "sup", "sub", "code",
    "label", "input", "s", "strike", "big", "abbr", "cite", "q", "del", "ins", "mark", "time",
  ]
}

/// Reads HTML as loosely as its readers do, without building a tree.
private struct HTMLTokenizer {
  private let bytes: [UInt8]
  private var index = 0
  private var result: [NormalHTML.Event] = []
  private var ids: [String: String] = [:]
  /// The elements around the place; end tags without one are nothing to a reader.
  private var open: [String] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func events() -> [NormalHTML.Event] {
    while index < bytes.count {
      if starts("<!--") {
        comment()
      } else if starts("<![endif]") {
        index = (find("-->", from: index) ?? bytes.count - 3) + 3
        result.append(.conditionEnd)
      } else if starts("<!") {
        let end = find(">", from: index) ?? bytes.count
        result.append(.comment(collapsed(bytes[index..<end]).lowercased()))
        index = end + 1
      } else if bytes[index] == UInt8(ascii: "<"), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "/") || isLetter(bytes[index + 1])
      {
        tag()
      } else {
        let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        text(bytes[index..<end])
        index = end
      }
    }
    return result
  }

  private mutating func text(_ part: ArraySlice<UInt8>) {
    let text = collapsed(part)
    if case .text(let before)? = result.last {
      result[result.count - 1] = .text(collapsed(Array((before + text).utf8)[...]))
    } else if !text.isEmpty {
      result.append(.text(text))
    }
  }

  /// A conditional comment is read on; its end is an event of its own.
  private mutating func comment() {
    if starts("<!--<![endif]-->") {
      index += "<!--<![endif]-->".utf8.count
      result.append(.conditionEnd)
    } else if starts("<!--[if"), let end = find("]>", from: index) {
      let condition = collapsed(bytes[(index + 7)..<end]).lowercased()
      index = end + 2
      var isRevealed = false
      if starts("<!-->") {
        isRevealed = true
        index += 5
      }
      result.append(.conditionStart(condition + (isRevealed ? " revealed" : "")))
    } else {
      let end = find("-->", from: index + 4) ?? bytes.count
      result.append(.comment(collapsed(bytes[(index + 4)..<end]).trimmed))
      index = min(end + 3, bytes.count)
    }
  }

  private mutating func tag() {
    let isEnd = bytes[index + 1] == UInt8(ascii: "/")
    index += isEnd ? 2 : 1
    let name = collapsed(word { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") }).lowercased()
    var attributes: [String: String] = [:]
    while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
      if isSpace(bytes[index]) || bytes[index] == UInt8(ascii: "/") {
        index += 1
        continue
      }
      let key = collapsed(
        word {
          $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "/")
        }
      ).lowercased()
      var value = ""
      skipSpace()
      if index < bytes.count, bytes[index] == UInt8(ascii: "=") {
        index += 1
        skipSpace()
        value = attributeValue()
      } else if key.isEmpty {
        index += 1
      }
      if !key.isEmpty, attributes[key] == nil { attributes[key] = normal(value, of: key) }
    }
    index += 1
    if isEnd {
      guard let start = open.lastIndex(of: name) else { return }
      open.removeSubrange(start...)
      result.append(.end(name))
      return
    }
    if !Self.void.contains(name) { open.append(name) }
    result.append(.start(name, attributes.map { "\($0.key)=\($0.value)" }.sorted()))
    if name == "style" || name == "title" {
      let end = find("</\(name)", from: index) ?? bytes.count
      let content = collapsed(bytes[index..<end])
      result.append(name == "style" ? .css(normalCSS(content)) : .text(content.trimmed))
      index = end
    }
  }

  private mutating func attributeValue() -> String {
    guard index < bytes.count else { return "" }
    let quote = bytes[index]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let end = bytes[(index + 1)...].firstIndex(of: quote) ?? bytes.count
      defer { index = min(end + 1, bytes.count) }
      return String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
    }
    return String(decoding: word { $0 == UInt8(ascii: ">") }, as: UTF8.self)
  }

  private mutating func normal(_ value: String, of key: String) -> String {
    switch key {
    case "style":
      return value.split(separator: ";").map { declaration in
        let text = collapsed(Array(declaration.utf8)[...]).trimmed
        guard let colon = text.firstIndex(of: ":") else { return text }
        return String(text[..<colon]).trimmed + ":"
          + String(text[text.index(after: colon)...]).trimmed
      }.filter { !$0.isEmpty }.joined(separator: ";")
    case "class":
      return value.split(whereSeparator: \.isWhitespace).map { withoutID(String($0)) }
        .joined(separator: " ")
    case "id", "for", "name": return withoutID(value)
    default: return value
    }
  }

  private func normalCSS(_ css: String) -> String {
    var text = ""
    for character in withoutIDs(css) {
      if "{};,:".contains(character) {
        while text.last == " " { text.removeLast() }
        if character == "}", text.last == ";" { text.removeLast() }
        text.append(character)
      } else if character != " " || !(text.last.map { "{};,: ".contains($0) } ?? true) {
        text.append(character)
      }
    }
    return text.trimmed
  }

  /// Generated ids are 16 hexadecimal digits.
  private mutating func withoutID(_ text: String) -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
      guard part.utf8.count == 16, part.allSatisfy(\.isHexDigit) else { return String(part) }
      let id = ids[String(part)] ?? "id\(ids.count + 1)"
      ids[String(part)] = id
      return id
    }
    return parts.joined(separator: "-")
  }

  /// In CSS, which comes before the elements, they are only left out.
  private func withoutIDs(_ css: String) -> String {
    css.split(separator: "-", omittingEmptySubsequences: false).map { part in
      part.utf8.count == 16 && part.allSatisfy(\.isHexDigit) ? "id" : String(part)
    }.joined(separator: "-")
  }

  private mutating func word(until isEnd: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), !isEnd(bytes[index]) { index += 1 }
    return bytes[start..<index]
  }

  private mutating func skipSpace() {
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
  }

  private func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

  private func find(_ text: String, from start: Int) -> Int? {
    let needle = Array(text.utf8)
    var position = start
    while position + needle.count <= bytes.count {
      if bytes[position] == needle[0], bytes[position...].starts(with: needle) { return position }
      position += 1
    }
    return nil
  }

  private func collapsed(_ part: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in part {
      if !isSpace(byte) {
        text.append(byte)
      } else if text.last != UInt8(ascii: " ") {
        text.append(UInt8(ascii: " "))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
  private func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static let void: Set = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
  ]
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
