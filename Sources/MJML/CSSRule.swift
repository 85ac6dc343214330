/// A rule of a style sheet: selectors with declarations.
struct CSSRule {
  var selectors: [String]
  var declarations: [CSSDeclaration]

  /// The rules at the top of a style sheet, read as forgivingly as browsers do; at-rules are left out.
  static func rules(in css: PatchedText) -> [CSSRule] {
    var reader = CSSReader(css)
    return reader.rules()
  }
}

/// The name of a property, as written.
struct CSSProperty: Equatable {
  let name: [UInt8]
  /// Of two that differ, mostly another one.
  private let hash: UInt32

  init(_ name: some Sequence<UInt8>) {
    self.name = Array(name)
    var hash: UInt32 = 2_166_136_261
    for byte in self.name { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    self.hash = hash
  }

  init(_ name: String) { self.init(name.utf8) }

  static func == (a: Self, b: Self) -> Bool { a.hash == b.hash && a.name == b.name }

  /// What Liquid makes whole has no name here.
  static let none = CSSProperty("")

  /// Whether it is a variable of the author's.
  var isCustom: Bool { name.starts(with: "--".utf8) }
}

/// `property: value`.
struct CSSDeclaration {
  /// `none` for one that Liquid makes whole.
  var property: CSSProperty
  /// As written.
  var value: PatchedText
  var isImportant: Bool
  /// Where it stands; later declarations overrule earlier ones.
  var position: Int

  /// The declarations of a `style` attribute.
  static func declarations(inStyle style: PatchedText) -> [CSSDeclaration] {
    var reader = CSSReader(style)
    return reader.declarations(endingAtEnd: true)
  }
}

extension CSSDeclaration {
  /// Reads a part of a text; nil where it declares nothing.
  fileprivate init?(_ text: PatchedText, _ range: Range<Int>, position: Int) {
    let hasHoles = !text.holes(in: range).isEmpty
    let colon = text.bytes[range].firstIndex(of: UInt8(ascii: ":"))
    if let colon, text.holes(in: range.lowerBound..<colon).isEmpty {
      let name = text.trimmed(range.lowerBound..<colon)
      let value = text.trimmed(colon + 1..<range.upperBound)
      guard !name.isEmpty, !value.isEmpty else { return nil }
      // MJML reads names without white space: `// note` in the line before makes it another one.
      let property = CSSProperty(text.bytes[name].filter { !isWhiteSpace($0) })
      self.init(property, text[value], position: position)
    } else {
      guard hasHoles else { return nil }
      self.init(.none, text[text.trimmed(range)], position: position)
    }
  }

  private init(_ property: CSSProperty, _ value: PatchedText, position: Int) {
    self.property = property
    self.value = value
    self.position = position
    isImportant = value.bytes.suffix(Self.important.count).elementsEqual(Self.important)
  }

  /// The value without `!important`.
  var plainValue: PatchedText {
    isImportant
      ? value[value.trimmed(0..<value.bytes.count - Self.important.count)] : value
  }

  private static let important = Array("!important".utf8)
}

private struct CSSReader {
  private let source: PatchedText
  private let bytes: [UInt8]
  private var index = 0

  init(_ source: PatchedText) {
    self.source = source
    bytes = source.bytes
  }

  mutating func rules() -> [CSSRule] {
    var rules: [CSSRule] = []
    while true {
      // A semicolon belongs to the selector that it spoils, as in browsers.
      skipBlanks(andSemicolons: false)
      guard index < bytes.count else { return rules }
      if bytes[index] == UInt8(ascii: "@") {
        skipAtRule()
        continue
      }
      if bytes[index] == UInt8(ascii: "}") {
        index += 1
        continue
      }
      let start = index
      let end = endOf(UInt8(ascii: "{"), UInt8(ascii: "{"))
      index = end
      guard index < bytes.count else { return rules }
      index += 1
      let declarations = declarations(endingAtEnd: false)
      // Past the brace that ended them.
      index += 1
      guard let text = withoutComments(source[start..<end]).known else { continue }
      // At every comma, as MJML does: it leaves out the rule of `:is(a, b)`, whose halves are no selectors.
      let selectors = text.utf8.split(
        separator: UInt8(ascii: ","),
        omittingEmptySubsequences: false
      ).map { trimmed(Array($0)) }
      rules.append(CSSRule(selectors: selectors, declarations: declarations))
    }
  }

  /// Up to a `}` or the end, which only ends the last one of a `style` attribute: in a style sheet MJML
  /// leaves out one that neither `;` nor `}` ends.
  mutating func declarations(endingAtEnd endsAtEnd: Bool) -> [CSSDeclaration] {
    var declarations: [CSSDeclaration] = []
    while true {
      skipBlanks(andSemicolons: true)
      guard index < bytes.count, bytes[index] != UInt8(ascii: "}") else { return declarations }
      let start = index
      index = endOf(UInt8(ascii: ";"), UInt8(ascii: "}"))
      guard index < bytes.count || endsAtEnd else { return declarations }
      let range = start..<index
      if index < bytes.count, bytes[index] == UInt8(ascii: ";") { index += 1 }
      let declaration: CSSDeclaration?
      if bytes[range].contains(UInt8(ascii: "*")) {
        let text = withoutComments(source[range])
        declaration = CSSDeclaration(text, 0..<text.bytes.count, position: start)
      } else {
        declaration = CSSDeclaration(source, range, position: start)
      }
      if let declaration { declarations.append(declaration) }
    }
  }

  /// The next of two bytes outside of comments, strings, parentheses and Liquid; the end where there is
  /// none.
  private func endOf(_ end: UInt8, _ otherEnd: UInt8) -> Int {
    var position = index
    var parentheses = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "/")
      where position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "*"):
        position = endOfComment(at: position)
        continue
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        position = endOfString(at: position)
        continue
      case UInt8(ascii: "("): parentheses += 1
      case UInt8(ascii: ")"): parentheses = max(0, parentheses - 1)
      case UInt8(ascii: "{"):
        if let end = endOfBraces(at: position) {
          position = end
          continue
        }
      default: break
      }
      if byte == end || byte == otherEnd, parentheses == 0 || byte == UInt8(ascii: "}") {
        return position
      }
      position += 1
    }
    return position
  }

  /// After Liquid that is kept as text.
  private func endOfBraces(at start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    let closing: UInt8
    switch bytes[start + 1] {
    case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
    case UInt8(ascii: "%"): closing = UInt8(ascii: "%")
    default: return nil
    }
    var position = start + 2
    while position + 1 < bytes.count {
      if bytes[position] == closing, bytes[position + 1] == UInt8(ascii: "}") {
        return position + 2
      }
      position += 1
    }
    return nil
  }

  private func endOfComment(at start: Int) -> Int {
    var position = start + 2
    while position + 1 < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), bytes[position + 1] == UInt8(ascii: "/") {
        return position + 2
      }
      position += 1
    }
    return bytes.count
  }

  private func endOfString(at start: Int) -> Int {
    var position = start + 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\") {
        position += 1
      } else if bytes[position] == bytes[start] {
        return position + 1
      }
      position += 1
    }
    return bytes.count
  }

  private mutating func skipBlanks(andSemicolons skipsSemicolons: Bool) {
    while index < bytes.count {
      if isWhiteSpace(bytes[index]) || skipsSemicolons && bytes[index] == UInt8(ascii: ";") {
        index += 1
      } else if bytes[index] == UInt8(ascii: "/"), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "*")
      {
        index = endOfComment(at: index)
      } else {
        return
      }
    }
  }

  /// Skips `@media … { … }` or `@import …;`, which a new line ends, too.
  private mutating func skipAtRule() {
    let isStatement = ["@import", "@charset", "@namespace"].contains { name in
      bytes[index...].prefix(name.utf8.count).map(\.lowercased).elementsEqual(name.utf8)
    }
    index = endOf(isStatement ? UInt8(ascii: "\n") : UInt8(ascii: "{"), UInt8(ascii: ";"))
    guard index < bytes.count, bytes[index] == UInt8(ascii: "{") else {
      index += 1
      return
    }
    var depth = 0
    while index < bytes.count {
      index = endOf(UInt8(ascii: "{"), UInt8(ascii: "}"))
      guard index < bytes.count else { return }
      depth += bytes[index] == UInt8(ascii: "{") ? 1 : -1
      index += 1
      if depth == 0 { return }
    }
  }

  private func withoutComments(_ text: PatchedText) -> PatchedText {
    guard text.bytes.contains(UInt8(ascii: "*")) else { return text }
    var result = PatchedText()
    var start = 0
    var position = 0
    while position + 1 < text.bytes.count {
      guard text.bytes[position] == UInt8(ascii: "/"), text.bytes[position + 1] == UInt8(ascii: "*")
      else {
        position += 1
        continue
      }
      result.append(text[start..<position])
      position += 2
      while position + 1 < text.bytes.count,
        !(text.bytes[position] == UInt8(ascii: "*")
          && text.bytes[position + 1] == UInt8(ascii: "/"))
      {
        position += 1
      }
      position = min(position + 2, text.bytes.count)
      start = position
    }
    result.append(text[start..<text.bytes.count])
    return result
  }

  private func trimmed(_ bytes: [UInt8]) -> String {
    let text = PatchedText(bytes: bytes)
    return text.known(in: text.trimmed(0..<bytes.count)) ?? ""
  }
}
