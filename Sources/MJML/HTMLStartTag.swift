import LetterpressMarkup

/// Reads the attributes of a start tag, one after the other.
struct HTMLStartTag {
  private let bytes: [UInt8]
  private var index: Int
  private let end: Int
  /// Whether it ends in `/>`; known as soon as all attributes are read.
  let isClosed: Bool

  /// What stands after the name in a tag, its `>` included.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
    isClosed = range.count > 1 && bytes[range.upperBound - 2] == UInt8(ascii: "/")
  }

  /// The next attribute; nil at the end.
  mutating func next() -> HTMLTree.Attribute? {
    while index < end, Self.isNameEnd(bytes[index]) {
      if bytes[index] == UInt8(ascii: ">") { return nil }
      index += 1
    }
    guard index < end else { return nil }
    let start = index
    var hasHole = false
    while index < end, !Self.isNameEnd(bytes[index]), bytes[index] != UInt8(ascii: "=") {
      if bytes[index] == PatchedText.hole { hasHole = true }
      index += 1
    }
    if index == start { index += 1 }
    let name = start..<index
    var value = index..<index
    var next = index
    while next < end, isWhiteSpace(bytes[next]) { next += 1 }
    if next < end, bytes[next] == UInt8(ascii: "=") {
      next += 1
      while next < end, isWhiteSpace(bytes[next]) { next += 1 }
      value = self.value(from: &next)
      index = next
    }
    return hasHole
      ? HTMLTree.Attribute(name: start..<index, value: index..<index, isOpaque: true)
      : HTMLTree.Attribute(name: name, value: value)
  }

  /// The range of a value without its quotes; leaves the index after it.
  private func value(from index: inout Int) -> Range<Int> {
    guard index < end else { return index..<index }
    let quote = bytes[index]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = index + 1
      index = start
      while true {
        index = min(bytes.span.first(of: quote, or: UInt8(ascii: "{"), from: index), end)
        if index == end || bytes[index] == quote { break }
        // Liquid that is kept as text may have quotes of its own.
        index = Self.endOfBraces(bytes, at: index) ?? index + 1
      }
      let valueEnd = min(index, end)
      index = min(index + 1, end)
      return start..<valueEnd
    }
    let start = index
    while index < end, !isWhiteSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") {
      index = Self.endOfBraces(bytes, at: index) ?? index + 1
    }
    return start..<min(index, end)
  }

  // MARK: - Where tags end

  /// The offset after the `>` of a tag that is read from after its `<`; nil where it never ends.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    var quote: UInt8 = 0
    /// The last byte that is no white space.
    var last: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "{"), startsBraces(bytes, at: index) {
        guard let end = endOfBraces(bytes, at: index) else { return nil }
        index = end
        last = UInt8(ascii: "}")
        continue
      }
      index += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
        // Most of a document stands in values.
        if quote != 0 {
          index = bytes.span.first(of: quote, or: UInt8(ascii: "{"), from: index)
        }
      } else if byte == UInt8(ascii: ">") {
        return index
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        // A quote opens a value only after its `=`.
        if last == UInt8(ascii: "=") { quote = byte }
      }
      if !isWhiteSpace(byte) { last = byte }
    }
    return nil
  }

  static func endOfName(in bytes: [UInt8], from start: Int) -> Int {
    var index = start
    while index < bytes.count, !isNameEnd(bytes[index]) { index += 1 }
    return index
  }

  private static func isNameEnd(_ byte: UInt8) -> Bool {
    isWhiteSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
  }

  private static func startsBraces(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "{") else { return false }
    return bytes[index + 1] == UInt8(ascii: "{") || bytes[index + 1] == UInt8(ascii: "%")
  }

  /// After the Liquid that starts here and is kept as text; nil where there is none, or it never ends.
  private static func endOfBraces(_ bytes: [UInt8], at index: Int) -> Int? {
    guard startsBraces(bytes, at: index) else { return nil }
    let closing = bytes[index + 1] == UInt8(ascii: "%") ? UInt8(ascii: "%") : UInt8(ascii: "}")
    var next = index + 2
    while next + 1 < bytes.count {
      if bytes[next] == closing, bytes[next + 1] == UInt8(ascii: "}") { return next + 2 }
      next += 1
    }
    return nil
  }
}

extension UInt8 {
  var isLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }
  var lowercased: UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self }
}
