/// Liquid's character classes. All of its syntax is ASCII, so bytes are enough.
extension UInt8 {
  /// What Ruby's `\s` and `strip` take for white space.
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
  /// A letter, a digit or `_`: what names of tags consist of.
  var isWord: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
  /// Variables also have hyphens: `bar-b`.
  var isNamePart: Bool { isWord || self == UInt8(ascii: "-") }
}

extension Collection<UInt8> where Index == Int {
  /// Whether the bytes of `text` stand at `index`.
  func has(_ text: String, at index: Int) -> Bool {
    guard index >= startIndex, index <= endIndex - text.utf8.count else { return false }
    return text.utf8.elementsEqual(self[index..<index + text.utf8.count])
  }

  /// The part of `range` without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, self[low].isSpace { low += 1 }
    while high > low, self[high - 1].isSpace { high -= 1 }
    return low..<high
  }
}
