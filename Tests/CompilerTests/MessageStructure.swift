/// The structure of an HTML document: its tags with the names of their attributes, and its comments.
///
/// A tokenizer of its own, after the HTML standard, which knows nothing of the compiler's: what it sees is what
/// a browser sees. `Scripts/check-structure` does the same with a whole parser, many more times.
struct MessageStructure: Equatable {
  private(set) var tokens: [String] = []

  /// Reads a document; with `inOutlook` the inside of conditional comments is HTML, too.
  init(_ html: [UInt8], inOutlook: Bool = false) {
    var reader = Reader(html: html, inOutlook: inOutlook)
    reader.read()
    tokens = reader.tokens
  }

  private struct Reader {
    let html: [UInt8]
    let inOutlook: Bool
    var index = 0
    var tokens: [String] = []

    private func has(_ text: String) -> Bool { html[index...].starts(with: text.utf8) }

    private var isLetter: Bool {
      index + 1 < html.count && (97...122).contains(html[index + 1] | 0x20)
    }

    mutating func read() {
      while index < html.count {
        guard html[index] == UInt8(ascii: "<") else {
          index += 1
          continue
        }
        if has("<!--") {
          readComment()
        } else if has("<!") || has("<?") {
          tokens.append("declaration")
          skip(behind: ">")
        } else if has("</") {
          index += 1
          guard isLetter else { continue }
          index += 1
          tokens.append("/" + name())
          skip(behind: ">")
        } else if isLetter {
          index += 1
          readStartTag()
        } else {
          index += 1
        }
      }
    }

    private mutating func readComment() {
      if inOutlook, has("<!--[if"), let end = html[index...].firstIndex(of: UInt8(ascii: "]")) {
        tokens.append(String(decoding: html[index...end], as: UTF8.self))
        index = end + 1
        return
      }
      tokens.append("comment")
      index += 4
      while index < html.count, !has("-->"), !has("--!>") { index += 1 }
    }

    private mutating func readStartTag() {
      let element = name()
      var attributes: [String] = []
      while index < html.count, html[index] != UInt8(ascii: ">") {
        if isSpace || html[index] == UInt8(ascii: "/") {
          index += 1
          continue
        }
        attributes.append(attribute())
      }
      tokens.append("\(element) \(attributes.joined(separator: ","))")
      if ["style", "title", "textarea", "script"].contains(element) {
        while index < html.count {
          if has("</"),
            String(decoding: html[(index + 2)...].prefix(element.utf8.count), as: UTF8.self)
              .lowercased() == element
          {
            return
          }
          index += 1
        }
      }
    }

    private mutating func attribute() -> String {
      let start = index
      index += 1
      while index < html.count, !isSpace, !"/>=".utf8.contains(html[index]) { index += 1 }
      let name = String(decoding: html[start..<index], as: UTF8.self).lowercased()
      while index < html.count, isSpace { index += 1 }
      guard index < html.count, html[index] == UInt8(ascii: "=") else { return name }
      index += 1
      while index < html.count, isSpace { index += 1 }
      guard index < html.count else { return name }
      let quote = html[index]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        index += 1
        while index < html.count, html[index] != quote { index += 1 }
        index += 1
      } else {
        while index < html.count, !isSpace, html[index] != UInt8(ascii: ">") { index += 1 }
      }
      return name
    }

    private var isSpace: Bool { [9, 10, 12, 13, 32].contains(html[index]) }

    private mutating func name() -> String {
      let start = index
      while index < html.count, !isSpace, !"/>".utf8.contains(html[index]) { index += 1 }
      return String(decoding: html[start..<index], as: UTF8.self).lowercased()
    }

    private mutating func skip(behind end: Unicode.Scalar) {
      while index < html.count, html[index] != UInt8(ascii: end) { index += 1 }
      index += 1
    }
  }
}
