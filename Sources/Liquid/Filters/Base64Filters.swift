extension FilterCatalog {
  static let base64Filters: [Filter] = [
    Filter("base64_encode", "Encodes a text in Base64.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      .string(try Base64.standard.encoded(try context.text(input), in: context))
    },
    Filter("base64_decode", "Decodes a text in Base64.", input: .string, result: .string) {
      input,
      _,
      context throws(LiquidError) in
      .string(try Base64.standard.decoded(try context.text(input), name: "base64_decode"))
    },
    Filter(
      "base64_url_safe_encode",
      "Encodes a text in the Base64 of URLs.",
      input: .string,
      result: .string
    ) { input, _, context throws(LiquidError) in
      .string(try Base64.urlSafe.encoded(try context.text(input), in: context))
    },
    Filter(
      "base64_url_safe_decode",
      "Decodes a text in the Base64 of URLs.",
      input: .string,
      result: .string
    ) { input, _, context throws(LiquidError) in
      .string(try Base64.urlSafe.decoded(try context.text(input), name: "base64_url_safe_decode"))
    },
  ]
}

/// RFC 4648; decoding is strict.
private enum Base64 {
  case standard, urlSafe

  private var alphabet: [UInt8] {
    let common = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return Array((common + (self == .standard ? "+/" : "-_")).utf8)
  }

  func encoded(_ text: String, in context: FilterContext) throws(LiquidError) -> String {
    let bytes = Array(text.utf8)
    let alphabet = alphabet
    var result = context.makeText(capacity: bytes.count / 3 * 4 + 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for offset in 0..<3 {
        bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0)
      }
      for place in 0..<4 {
        let digit = alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)]
        try result.append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return result.text
  }

  func decoded(_ text: String, name: String) throws(LiquidError) -> String {
    let failure = LiquidError.argument("the input of '\(name)' is no Base64 of a text")
    var digits = Array(text.utf8)
    let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    digits.removeLast(padding)
    let isWhole = (digits.count + padding) % 4 == 0
    // For URLs the padding may be missing.
    guard padding <= 2, isWhole || self == .urlSafe && padding == 0, digits.count % 4 != 1 else {
      throw failure
    }
    var values = [UInt8?](repeating: nil, count: 256)
    for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
    if self == .urlSafe {
      values[Int(UInt8(ascii: "+"))] = 62
      values[Int(UInt8(ascii: "/"))] = 63
    }
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    for (index, digit) in digits.enumerated() {
      guard let value = values[Int(digit)] else { throw failure }
      bits = bits << 6 | UInt32(value)
      // Eight bits are complete with the second, third and fourth digit of four.
      if index % 4 > 0 {
        bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * UInt32(index % 4))))
      }
    }
    guard let result = String(validating: bytes, as: UTF8.self) else { throw failure }
    return result
  }
}
