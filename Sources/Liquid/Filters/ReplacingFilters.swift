extension FilterCatalog {
  static let joiningFilters: [Filter] = [
    Filter(
      "append",
      "Adds a text at the end.",
      input: .string,
      .init("text", .string),
      result: .sameAsInput
    ) { input, arguments, context throws(LiquidError) in
      try joined(input, arguments[0], &context)
    },
    Filter(
      "prepend",
      "Adds a text at the start.",
      input: .string,
      .init("text", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try joined(arguments[0], input, &context)
    },
  ]

  static let replacingFilters: [Filter] = [
    Filter(
      "replace",
      "Replaces a text wherever it stands.",
      input: .string,
      .init("text", .string),
      .optional("replacement", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try replaced(input, arguments[0], arguments[1], .all, &context)
    },
    Filter(
      "replace_first",
      "Replaces a text where it stands first.",
      input: .string,
      .init("text", .string),
      .optional("replacement", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try replaced(input, arguments[0], arguments[1], .first, &context)
    },
    Filter(
      "replace_last",
      "Replaces a text where it stands last.",
      input: .string,
      .init("text", .string),
      .init("replacement", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try replaced(input, arguments[0], arguments[1], .last, &context)
    },
    Filter(
      "remove",
      "Takes a text away wherever it stands.",
      input: .string,
      .init("text", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try replaced(input, arguments[0], .nil, .all, &context)
    },
    Filter(
      "remove_first",
      "Takes a text away where it stands first.",
      input: .string,
      .init("text", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try replaced(input, arguments[0], .nil, .first, &context)
    },
    Filter(
      "remove_last",
      "Takes a text away where it stands last.",
      input: .string,
      .init("text", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      try replaced(input, arguments[0], .nil, .last, &context)
    },
  ]

  private static func joined(
    _ first: Value,
    _ second: Value,
    _ context: inout FilterContext
  ) throws(LiquidError) -> Value {
    var result = context.makeText()
    try result.append(try context.text(first))
    try result.append(try context.text(second))
    return .string(result.text)
  }

  private enum Places { case all, first, last }

  private static func replaced(
    _ input: Value,
    _ pattern: Value,
    _ replacement: Value,
    _ places: Places,
    _ context: inout FilterContext
  ) throws(LiquidError) -> Value {
    let text = try context.text(input)
    let pattern = try context.text(pattern)
    let replacement = try context.text(replacement)
    let bytes = Array(text.utf8)
    let ranges = ranges(of: pattern, in: bytes, places)
    guard !ranges.isEmpty else { return .string(text) }
    var result = context.makeText(capacity: bytes.count)
    var position = 0
    for range in ranges {
      try result.append(bytes[position..<range.lowerBound])
      try result.append(replacement)
      position = range.upperBound
    }
    try result.append(bytes[position...])
    return .string(result.text)
  }

  /// Where a text stands; an empty one stands between all Unicode scalars and at both ends.
  private static func ranges(
    of pattern: String,
    in bytes: [UInt8],
    _ places: Places
  ) -> [Range<Int>] {
    guard !pattern.isEmpty else {
      switch places {
      case .all: return (0...bytes.count).filter { bytes.isScalarBoundary($0) }.map { $0..<$0 }
      case .first: return [0..<0]
      case .last: return [bytes.count..<bytes.count]
      }
    }
    if places == .last { return ByteSearch.lastRange(of: pattern, in: bytes).map { [$0] } ?? [] }
    let search = ByteSearch(pattern)
    var ranges: [Range<Int>] = []
    var position = 0
    while let range = search.firstRange(in: bytes, from: position) {
      ranges.append(range)
      if places == .first { break }
      position = range.upperBound
    }
    return ranges
  }
}

extension [UInt8] {
  /// Whether a Unicode scalar starts at the offset, or the text ends there.
  func isScalarBoundary(_ offset: Int) -> Bool { offset == count || self[offset] & 0xC0 != 0x80 }

  /// The offset at which the Unicode scalar with a number starts; the end where there are fewer.
  func offset(ofScalar number: Int, from start: Int = 0) -> Int {
    var remaining = number
    var index = start
    while index < count {
      if isScalarBoundary(index) {
        if remaining == 0 { return index }
        remaining -= 1
      }
      index += 1
    }
    return count
  }
}
