extension FilterCatalog {
  static let markupFilters: [Filter] = [
    Filter("escape", "Escapes what has a meaning in HTML.", input: .string, result: .html) {
      input,
      _,
      context throws(LiquidError) in
      if case .nil = input { return .nil }
      return try escaped(input, keepsReferences: false, &context)
    },
    Filter(
      "escape_once",
      "Escapes what has a meaning in HTML, but for character references.",
      input: .string,
      result: .html
    ) { input, _, context throws(LiquidError) in
      try escaped(input, keepsReferences: true, &context)
    },
    Filter(
      "strip_html",
      "Takes HTML tags, comments, styles and scripts away.",
      input: .string,
      result: .string
    ) {
      input,
      _,
      context throws(LiquidError) in
      let bytes = Array(try context.text(input).utf8)
      let text = HTMLStripping.withoutTags(HTMLStripping.withoutBlocks(bytes))
      return .string(String(decoding: text, as: UTF8.self))
    },
    Filter("json", "Writes a value as JSON.", input: .any, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      var result = context.makeText()
      try JSONWriter.append(input, to: &result)
      return .string(result.text)
    },
  ]

  private static func escaped(
    _ input: Value,
    keepsReferences: Bool,
    _ context: inout FilterContext
  ) throws(LiquidError) -> Value {
    let bytes = Array(try context.text(input).utf8)
    var result = context.makeText(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "&") where keepsReferences && bytes.hasReference(at: index):
        try result.append(byte)
      case UInt8(ascii: "&"): try result.append("&amp;")
      case UInt8(ascii: "<"): try result.append("&lt;")
      case UInt8(ascii: ">"): try result.append("&gt;")
      case UInt8(ascii: "\""): try result.append("&quot;")
      case UInt8(ascii: "'"): try result.append("&#39;")
      default: try result.append(byte)
      }
    }
    return .string(result.text)
  }
}

extension [UInt8] {
  /// Whether `&name;` or `&#12;` stands there.
  fileprivate func hasReference(at start: Int) -> Bool {
    var index = start + 1
    let isNumber = index < count && self[index] == UInt8(ascii: "#")
    if isNumber { index += 1 }
    let first = index
    while index < count, isNumber ? self[index].isDigit : self[index].isLetter { index += 1 }
    return index > first && index < count && self[index] == UInt8(ascii: ";")
  }
}

/// What `strip_html` takes away, in linear time also where nothing is closed.
private enum HTMLStripping {
  /// Without `script` and `style` elements and comments, as long as they are closed.
  static func withoutBlocks(_ bytes: [UInt8]) -> [UInt8] {
    let blocks = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")].map {
      (open: $0.0, close: ByteSearch($0.1))
    }
    // Once an end was not found, it is not looked for again.
    var isEndless = [false, false, false]
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    scan: while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        for (number, block) in blocks.enumerated()
        where !isEndless[number] && bytes.has(block.open, at: index) {
          let start = index + block.open.utf8.count
          if let end = block.close.firstRange(in: bytes, from: start) {
            index = end.upperBound
            continue scan
          }
          isEndless[number] = true
        }
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }

  /// Without what stands between `<` and the next `>`.
  static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
    guard let lastClose = bytes.lastIndex(of: UInt8(ascii: ">")) else { return bytes }
    var result: [UInt8] = []
    var isInTag = false
    for (index, byte) in bytes.enumerated() {
      if isInTag {
        isInTag = byte != UInt8(ascii: ">")
      } else if byte == UInt8(ascii: "<"), index < lastClose {
        isInTag = true
      } else {
        result.append(byte)
      }
    }
    return result
  }
}
