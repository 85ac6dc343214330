/// The text part and headers, which know no escaping: what cannot stand there is left out or refused.
extension OutputBuffer {
  /// Appends text without control characters but tabs and line ends.
  mutating func appendPlainText(_ text: Span<UInt8>) throws(RenderFault) {
    var index = 0
    while index < text.count {
      let end = text.firstControl(from: index)
      try append(text, from: index, count: end &- index)
      guard end < text.count else { return }
      let byte = text[end]
      if byte == 0x09 || byte == 0x0A || byte == 0x0D { try append(byte) }
      index = end &+ 1
    }
  }

  /// Appends text to a header or the subject; a line end or another control character is refused,
  /// for a header that a value has split is another header.
  ///
  /// A tab becomes a space.
  mutating func appendHeaderText(_ text: Span<UInt8>) throws(RenderFault) {
    for index in text.indices {
      let byte = text[index]
      if byte == 0x09 {
        try append(UInt8(ascii: " "))
        continue
      }
      // C0 and DEL; C1 (U+0080…U+009F), U+2028 and U+2029 in UTF-8.
      let isControl =
        byte < 0x20 || byte == 0x7F
        || byte == 0xC2 && index + 1 < text.count && (0x80...0x9F).contains(text[index + 1])
        || byte == 0xE2 && index + 2 < text.count && text[index + 1] == 0x80
          && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9)
      if isControl {
        throw .refused("a header must hold no line end and no control character")
      }
      try append(byte)
    }
  }

  /// Appends text to a comment, so that it cannot end it: `>` and `-` become references too.
  mutating func appendComment(_ text: Span<UInt8>) throws(RenderFault) {
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "-") {
        try append("&#45;")
      } else {
        try appendEscapingHTML(text.extracting(index..<index + 1))
      }
    }
  }
}
