extension FilterCatalog {
  static let trimmingFilters: [Filter] = [
    Filter("strip", "Takes white space away at both ends.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      let bytes = Array(try context.text(input).utf8)
      return .string(String(decoding: bytes[bytes.trimmed(0..<bytes.count)], as: UTF8.self))
    },
    Filter("lstrip", "Takes white space away at the start.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      let bytes = Array(try context.text(input).utf8)
      let start = bytes.trimmed(0..<bytes.count).lowerBound
      return .string(String(decoding: bytes[start...], as: UTF8.self))
    },
    Filter("rstrip", "Takes white space away at the end.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      let bytes = Array(try context.text(input).utf8)
      let end = bytes.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? 0
      return .string(String(decoding: bytes[..<end], as: UTF8.self))
    },
    Filter(
      "squish",
      "Takes white space away at both ends and leaves one space elsewhere.",
      input: .string,
      result: .string
    ) { input, _, context throws(LiquidError) in
      if case .nil = input { return .nil }
      let words = try context.text(input).utf8.split(whereSeparator: \.isSpace)
      return .string(words.map { String($0) ?? "" }.joined(separator: " "))
    },
    Filter("strip_newlines", "Takes all line ends away.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      try replaceLineEnds(in: input, by: "", &context)
    },
    Filter(
      "newline_to_br",
      "Puts <br /> before each line end.",
      input: .string,
      result: .html
    ) { input, _, context throws(LiquidError) in
      try replaceLineEnds(in: input, by: "<br />\n", &context)
    },
  ]

  /// Replaces each `\n` and `\r\n`; a `\r` by itself stays.
  private static func replaceLineEnds(
    in input: Value,
    by replacement: String,
    _ context: inout FilterContext
  ) throws(LiquidError) -> Value {
    let bytes = Array(try context.text(input).utf8)
    var result = context.makeText(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"): try result.append(replacement)
      case UInt8(ascii: "\r")
      where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n"):
        continue
      default: try result.append(byte)
      }
    }
    return .string(result.text)
  }
}
