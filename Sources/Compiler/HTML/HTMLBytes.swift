/// Classes of bytes, as HTML and CSS have them.
extension UInt8 {
  var isHTMLSpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 || self == 0x0C
  }

  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// A byte that may stand within a word of CSS or a name of HTML.
  var isWordByte: Bool {
    isASCIILetter || self &- 0x30 < 10 || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
      || self >= 0x80
  }

  fileprivate var inLowerCase: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension [UInt8] {
  func holds(_ text: String, at offset: Int) -> Bool {
    holds(text.utf8, at: offset) { $0 }
  }

  /// The same without regard to the case of ASCII letters; `text` is in lower case.
  func holdsIgnoringCase(_ text: String, at offset: Int) -> Bool {
    holds(text.utf8, at: offset, as: \.inLowerCase)
  }

  private func holds(
    _ text: String.UTF8View,
    at offset: Int,
    as form: (UInt8) -> UInt8
  ) -> Bool {
    guard offset >= 0, count - offset >= text.count else { return false }
    var index = offset
    for byte in text {
      if form(self[index]) != byte { return false }
      index += 1
    }
    return true
  }

  /// The first place from `offset` on, and before `end`, where two bytes stand side by side.
  func firstPair(_ first: UInt8, _ second: UInt8, from offset: Int, before end: Int) -> Int? {
    var index = offset
    while index + 1 < end {
      if self[index] == first, self[index + 1] == second { return index }
      index += 1
    }
    return nil
  }

  /// The last place of two bytes side by side, or -1.
  func lastPair(_ first: UInt8, _ second: UInt8) -> Int {
    var index = count - 2
    while index >= 0 {
      if self[index] == first, self[index + 1] == second { return index }
      index -= 1
    }
    return -1
  }

  /// The first place from `offset` on, and before `end`, that is no white space.
  func afterSpace(from offset: Int, before end: Int) -> Int {
    var index = offset
    while index < end, self[index].isHTMLSpace { index += 1 }
    return index
  }

  /// A name in lower case.
  func lowerCaseText(_ range: Range<Int>) -> String {
    String(decoding: self[range].lazy.map(\.inLowerCase), as: UTF8.self)
  }
}
