/// A start tag, or an end tag's name.
struct HTMLStartTag {
  private(set) var name = ""
  private(set) var parts: [HTMLTree.Part] = []
  private(set) var isClosed = false

  init(_ source: PatchedText, from start: Int) {
    let bytes = source.bytes
    var index = start
    func isNameEnd(_ byte: UInt8) -> Bool {
      isWhiteSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
    while index < bytes.count, !isNameEnd(bytes[index]) { index += 1 }
    name = String(decoding: bytes[start..<index].map(\.lowercased), as: UTF8.self)
    while index < bytes.count {
      let byte = bytes[index]
      if isNameEnd(byte) {
        isClosed = byte == UInt8(ascii: "/")
        if byte == UInt8(ascii: ">") {
          isClosed = index > 0 && bytes[index - 1] == UInt8(ascii: "/")
          return
        }
        index += 1
        continue
      }
      let nameStart = index
      while index < bytes.count, !isNameEnd(bytes[index]), bytes[index] != UInt8(ascii: "=") {
        index += 1
      }
      if index == nameStart { index += 1 }
      let attributeName = source[nameStart..<index]
      var next = index
      while next < bytes.count, isWhiteSpace(bytes[next]) { next += 1 }
      var value = PatchedText()
      if next < bytes.count, bytes[next] == UInt8(ascii: "=") {
        next += 1
        while next < bytes.count, isWhiteSpace(bytes[next]) { next += 1 }
        let range = Self.value(in: bytes, from: &next)
        value = source[range]
        index = next
      }
      if let text = attributeName.known {
        let name = String(decoding: text.utf8.map(\.lowercased), as: UTF8.self)
        parts.append(.attribute(HTMLTree.Attribute(name: name, value: value)))
      } else {
        parts.append(.opaque(source[nameStart..<index]))
      }
    }
  }

  /// The range of a value without its quotes; leaves the index after it.
  private static func value(in bytes: [UInt8], from index: inout Int) -> Range<Int> {
    guard index < bytes.count else { return index..<index }
    let quote = bytes[index]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let start = index + 1
      index = start
      while index < bytes.count, bytes[index] != quote {
        // Liquid that is kept as text may have quotes of its own.
        index = endOfBraces(bytes, at: index) ?? index + 1
      }
      let end = min(index, bytes.count)
      index = min(index + 1, bytes.count)
      return start..<end
    }
    let start = index
    while index < bytes.count, !isWhiteSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") {
      index = endOfBraces(bytes, at: index) ?? index + 1
    }
    return start..<index
  }

  private static func endOfBraces(_ bytes: [UInt8], at index: Int) -> Int? {
    guard bytes[index] == UInt8(ascii: "{"), index + 1 < bytes.count else { return nil }
    let closing: UInt8
    switch bytes[index + 1] {
    case UInt8(ascii: "{"): closing = UInt8(ascii: "}")
    case UInt8(ascii: "%"): closing = UInt8(ascii: "%")
    default: return nil
    }
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
