extension FilterCatalog {
  static let urlFilters: [Filter] = [
    Filter(
      "url_encode",
      "Encodes a text as the value of a form field, with + for a space.",
      input: .string,
      result: .string
    ) { input, _, context throws(LiquidError) in
      if case .nil = input { return .nil }
      var result = context.makeText()
      try appendEncoded(try context.text(input), space: "+", to: &result)
      return .string(result.text)
    },
    Filter(
      "url_decode",
      "Decodes the value of a form field.",
      input: .string,
      result: .string
    ) { input, _, context throws(LiquidError) in
      if case .nil = input { return .nil }
      let bytes = Array(try context.text(input).utf8)
      guard let text = String(validating: decoded(bytes), as: UTF8.self) else {
        throw .argument("the decoded text is no UTF-8")
      }
      return .string(text)
    },
    Filter(
      "url_param",
      "Sets a parameter of a URL's query.",
      input: .uri,
      .init("name", .string),
      .init("value", .string),
      result: .uri,
      setParameter
    ),
  ]

  private static let setParameter: Filter.Function = {
    input,
    arguments,
    context throws(LiquidError) in
    let url = Array(try context.text(input).utf8)
    var name = context.makeText()
    try appendEncoded(try context.text(arguments[0]), space: "%20", to: &name)
    let fragment = url.firstIndex(of: UInt8(ascii: "#")) ?? url.count
    let query = url[..<fragment].firstIndex(of: UInt8(ascii: "?")) ?? fragment
    var result = context.makeText(capacity: url.count + 32)
    try result.append(url[..<query])
    var separator = UInt8(ascii: "?")
    // Other parameters stay as they are; one of that name gives way.
    for parameter in url[query..<fragment].dropFirst().split(separator: UInt8(ascii: "&"))
    where !parameter.prefix(while: { $0 != UInt8(ascii: "=") }).elementsEqual(name.bytes) {
      try result.append(separator)
      try result.append(parameter)
      separator = UInt8(ascii: "&")
    }
    try result.append(separator)
    try result.append(name.bytes[...])
    try result.append(UInt8(ascii: "="))
    try appendEncoded(try context.text(arguments[1]), space: "%20", to: &result)
    try result.append(url[fragment...])
    return .string(result.text)
  }

  /// Adds a text with all but RFC 3986's unreserved characters as `%XX`.
  private static func appendEncoded(
    _ text: String,
    space: String,
    to result: inout BoundedText
  ) throws(LiquidError) {
    let hexDigits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: " "): try result.append(space)
      case _ where byte.isWord, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "~"):
        try result.append(byte)
      default:
        try result.append(UInt8(ascii: "%"))
        try result.append(hexDigits[Int(byte >> 4)])
        try result.append(hexDigits[Int(byte & 15)])
      }
    }
  }

  /// The bytes that `%XX` and `+` stand for; a `%` without two hexadecimal digits stays.
  private static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        index += 1
      }
    }
    return result
  }
}

extension UInt8 {
  var hexValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - 0x57
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - 0x37
    default: nil
    }
  }
}
