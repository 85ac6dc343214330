/// Values in CSS: an allow-list of tokens, and escapes in strings.
///
/// No escaping makes an arbitrary text a safe CSS value, so a value is let through only where it is made
/// of words, numbers, lengths, percentages, `#` colours, commas, quoted names and the colour functions.
/// That admits colours, sizes, font lists and borders, and nothing that could end the declaration, open
/// a block, load something or be `expression()`.
extension OutputBuffer {
  /// Appends a CSS value or a part of one, or refuses it.
  ///
  /// Quotes are written as references unless the place is raw text.
  mutating func appendCSSValue(_ text: Span<UInt8>, isRawText: Bool) throws(RenderFault) {
    try checkCSSValue(text)
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "\"") where !isRawText: try append("&quot;")
      case UInt8(ascii: "'") where !isRawText: try append("&#39;")
      default: try append(text[index])
      }
    }
  }

  /// Appends text inside of a quoted CSS string.
  mutating func appendCSSString(_ text: Span<UInt8>) throws(RenderFault) {
    for index in text.indices {
      let byte = text[index]
      let isPlain =
        byte.isLetterOrDigit || byte >= 0x80 || byte == UInt8(ascii: " ")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: ",")
      if isPlain {
        try append(byte)
      } else if byte == 0 {
        throw .refused("a string in CSS must hold no NUL")
      } else {
        // The space ends the escape; it is not part of the string.
        try append(UInt8(ascii: "\\"))
        if byte >= 16 { try append(hexDigits[Int(byte >> 4)]) }
        try append(hexDigits[Int(byte & 15)])
        try append(UInt8(ascii: " "))
      }
    }
  }

  /// Appends a number without sign, or refuses the text.
  mutating func appendPlainNumber(_ text: Span<UInt8>) throws(RenderFault) {
    var dots = 0
    for index in text.indices where !text[index].isDigit {
      dots += text[index] == UInt8(ascii: ".") ? 1 : 2
    }
    guard text.count > 0, text.count <= 8, dots <= 1, text[0].isDigit,
      text[text.count - 1].isDigit
    else { throw .refused("only a number may stand here") }
    try append(text)
  }
}

/// Throws where a text is no safe CSS value.
func checkCSSValue(_ text: Span<UInt8>) throws(RenderFault) {
  guard text.isSafeCSSValue else {
    throw .refused(
      "a value in CSS may hold only words, numbers, lengths, colours and quoted font names"
    )
  }
}

extension Span<UInt8> {
  /// Whether it is made of the tokens of the allow-list, balanced.
  var isSafeCSSValue: Bool {
    var index = 0
    var isInFunction = false
    while index < count {
      let byte = self[index]
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: ","):
        index += 1
      case UInt8(ascii: ")"):
        guard isInFunction else { return false }
        isInFunction = false
        index += 1
      case UInt8(ascii: "#"):
        let end = endOfWord(from: index + 1)
        guard end > index + 1, !isInFunction else { return false }
        index = end
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard !isInFunction, let end = endOfPlainString(from: index) else { return false }
        index = end
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), 0x30...0x39:
        guard let end = endOfNumber(from: index) else {
          guard byte == UInt8(ascii: "-") else { return false }
          fallthrough
        }
        index = end
      default:
        guard byte.isLetter || byte == UInt8(ascii: "-") else { return false }
        let end = endOfWord(from: index)
        if end < count, self[end] == UInt8(ascii: "(") {
          guard !isInFunction, extracting(index..<end).isColorFunction else { return false }
          isInFunction = true
          index = end + 1
        } else {
          guard !isInFunction else { return false }
          index = end
        }
      }
    }
    return !isInFunction
  }

  private var isColorFunction: Bool {
    ["rgb", "rgba", "hsl", "hsla"].contains { equalsIgnoringCase($0) }
  }

  private func endOfWord(from start: Int) -> Int {
    var index = start
    while index < count,
      self[index].isLetterOrDigit || self[index] == UInt8(ascii: "-")
        || self[index] == UInt8(ascii: "_")
    {
      index += 1
    }
    return index
  }

  /// A number with its unit; nil where there is no digit.
  private func endOfNumber(from start: Int) -> Int? {
    var index = start
    if self[index] == UInt8(ascii: "+") || self[index] == UInt8(ascii: "-") { index += 1 }
    var digits = 0
    while index < count, self[index].isDigit || self[index] == UInt8(ascii: ".") {
      if self[index].isDigit { digits += 1 }
      index += 1
    }
    guard digits > 0 else { return nil }
    if index < count, self[index] == UInt8(ascii: "%") { return index + 1 }
    return endOfWord(from: index)
  }

  /// The end of a quoted string of letters, digits, spaces, `-`, `_` and `.`; nil for any other.
  private func endOfPlainString(from start: Int) -> Int? {
    var index = start + 1
    while index < count, self[index] != self[start] {
      let byte = self[index]
      let isPlain =
        byte.isLetterOrDigit || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
      guard isPlain else { return nil }
      index += 1
    }
    return index < count ? index + 1 : nil
  }
}
