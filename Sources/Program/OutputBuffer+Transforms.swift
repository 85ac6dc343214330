/// What MJML does to an attribute's value, done where the value stands.
extension OutputBuffer {
  /// Changes the text from an offset on; what needs no change is only looked at.
  mutating func transform(from mark: Int, _ transform: Transform) throws(RenderFault) {
    let length = count - mark
    switch transform {
    case .expandColor:
      guard length == 4, byte(at: mark) == UInt8(ascii: "#") else { return }
      let digits = (byte(at: mark + 1), byte(at: mark + 2), byte(at: mark + 3))
      guard digits.0.isHexDigit, digits.1.isHexDigit, digits.2.isHexDigit else { break }
      truncate(to: mark + 1)
      try append(digits.0)
      try append(digits.0)
      try append(digits.1)
      try append(digits.1)
      try append(digits.2)
      return try append(digits.2)
    case .trim:
      guard length > 0, byte(at: mark) <= 0x20 || byte(at: count - 1) <= 0x20 else { return }
    case .suffixWords(let suffix):
      let isWord = (mark..<count).allSatisfy { byte(at: $0) != UInt8(ascii: " ") }
      if isWord, length > 0 {
        try append(UInt8(ascii: "-"))
        return try append(suffix)
      }
    }
    let text = transform.apply(to: copy(from: mark))
    truncate(to: mark)
    try append(text.span)
  }
}
