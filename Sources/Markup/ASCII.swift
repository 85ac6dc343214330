/// Classes of bytes, as HTML and XML have them. Everything here is about ASCII.
extension UInt8 {
  @inline(__always)
  var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 || self == 0x0C }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  @inline(__always)
  var isDigit: Bool { self &- 0x30 < 10 }

  /// A byte of a name: letters, digits, `-`, `_`, `.`, and the `:` of prefixes.
  @inline(__always)
  var isNameByte: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
      || self == UInt8(ascii: ":") || self == UInt8(ascii: ".")
  }

  @inline(__always)
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }

  @inline(__always)
  var isUppercase: Bool { self &- 0x41 < 26 }

  @inline(__always)
  var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}

extension [UInt8] {
  /// Whether the bytes from `offset` on are those of `text`.
  func has(_ text: String, at offset: Int) -> Bool {
    let expected = text.utf8.span
    guard offset >= 0, count - offset >= expected.count else { return false }
    for index in expected.indices where self[offset + index] != expected[index] { return false }
    return true
  }

  /// The same without regard to the case of ASCII letters; `text` is in lower case.
  func hasIgnoringCase(_ text: String, at offset: Int) -> Bool {
    let expected = text.utf8.span
    guard offset >= 0, count - offset >= expected.count else { return false }
    for index in expected.indices where self[offset + index].lowercased != expected[index] {
      return false
    }
    return true
  }

  /// The first place at or after `offset` where the bytes of `text` stand.
  func first(_ text: String, from offset: Int) -> Int? {
    first(text, in: Swift.min(offset, count)..<count)
  }

  /// The first place in a range where the bytes of `text` stand, all of them within it.
  func first(_ text: String, in range: Range<Int>) -> Int? {
    let expected = text.utf8.span
    guard expected.count > 0, range.count >= expected.count else { return nil }
    let first = expected[0]
    let last = range.upperBound - expected.count
    var index = range.lowerBound
    while index <= last {
      if self[index] == first, has(text, at: index) { return index }
      index += 1
    }
    return nil
  }
}
