extension FilterCatalog {
  static let cuttingFilters: [Filter] = [
    Filter(
      "slice",
      "Takes a part of a string or an array, from a place that may count from the end.",
      input: .any,
      .init("offset", .integer),
      .optional("length", .integer),
      result: .sameAsInput,
      slice
    ),
    Filter(
      "split",
      "Cuts a string into an array.",
      input: .string,
      .init("separator", .string),
      result: .array,
      split
    ),
    Filter(
      "truncate",
      "Shortens a string to a number of Unicode scalars, the ending included.",
      input: .string,
      .optional("length", .integer),
      .optional("ending", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      if case .nil = input { return .nil }
      let text = try context.text(input)
      let length = arguments.has(0) ? try arguments[0].strictInteger() : 50
      let ending = arguments.has(1) ? try context.text(arguments[1]) : "..."
      let bytes = Array(text.utf8)
      guard length < 0 || bytes.offset(ofScalar: length) < bytes.count else { return .string(text) }
      let kept = max(0, max(0, length) - ending.unicodeScalars.count)
      var result = context.makeText()
      try result.append(bytes[..<bytes.offset(ofScalar: kept)])
      try result.append(ending)
      return .string(result.text)
    },
    Filter(
      "truncate_graphemes",
      "Shortens a string to a number of characters as people count them, the ending included.",
      input: .string,
      .optional("length", .integer),
      .optional("ending", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      if case .nil = input { return .nil }
      let text = try context.text(input)
      let length = max(0, arguments.has(0) ? try arguments[0].strictInteger() : 50)
      let ending = arguments.has(1) ? try context.text(arguments[1]) : "…"
      guard text.index(text.startIndex, offsetBy: length, limitedBy: text.endIndex) != text.endIndex
      else { return .string(text) }
      let kept = text.prefix(max(0, length - ending.count))
      guard text.dropFirst(length).isEmpty else { return .string(kept + ending) }
      return .string(text)
    },
    Filter(
      "truncatewords",
      "Shortens a string to a number of words.",
      input: .string,
      .optional("words", .integer),
      .optional("ending", .string),
      result: .string,
      truncateWords
    ),
  ]

  private static let slice: Filter.Function = { input, arguments, context throws(LiquidError) in
    let offset = try arguments[0].strictInteger()
    let length = arguments[1].isTruthy ? try arguments[1].strictInteger() : 1
    if case .array(let items) = input {
      return .array(bounds(offset, length, of: items.count).map { Array(items[$0]) } ?? [])
    }
    let bytes = Array(try context.text(input).utf8)
    let count = bytes.count { $0 & 0xC0 != 0x80 }
    guard let range = bounds(offset, length, of: count) else { return .string("") }
    let start = bytes.offset(ofScalar: range.lowerBound)
    let end = bytes.offset(ofScalar: range.count, from: start)
    return .string(String(decoding: bytes[start..<end], as: UTF8.self))
  }

  /// What Ruby's `slice(offset, length)` covers of so many elements; nil where that is nothing.
  private static func bounds(_ offset: Int, _ length: Int, of count: Int) -> Range<Int>? {
    let start = offset < 0 ? offset + count : offset
    guard start >= 0, start <= count, length >= 0 else { return nil }
    return start..<start + min(length, count - start)
  }

  private static let split: Filter.Function = { input, arguments, context throws(LiquidError) in
    let bytes = Array(try context.text(input).utf8)
    let separator = try context.text(arguments[0])
    var pieces: [Value] = []
    func add(_ range: Range<Int>) throws(LiquidError) {
      try context.budget.spend()
      guard pieces.count < context.valueLimit / 8 else { throw .tooLarge(context.valueLimit) }
      pieces.append(.string(String(decoding: bytes[range], as: UTF8.self)))
    }
    if separator == " " {
      for word in bytes.words { try add(word) }
    } else if separator.isEmpty {
      var start = 0
      while start < bytes.count {
        let end = bytes.offset(ofScalar: 1, from: start)
        try add(start..<end)
        start = end
      }
    } else {
      let search = ByteSearch(separator)
      var start = 0
      while let range = search.firstRange(in: bytes, from: start) {
        try add(start..<range.lowerBound)
        start = range.upperBound
      }
      if start < bytes.count { try add(start..<bytes.count) }
    }
    // Ruby's `split` leaves out what is empty at the end.
    while case .string("")? = pieces.last { pieces.removeLast() }
    return .array(pieces)
  }

  private static let truncateWords: Filter.Function = {
    input,
    arguments,
    context throws(LiquidError) in
    if case .nil = input { return .nil }
    let text = try context.text(input)
    let wanted = max(1, arguments.has(0) ? try arguments[0].strictInteger() : 15)
    let ending = arguments.has(1) ? try context.text(arguments[1]) : "..."
    let bytes = Array(text.utf8)
    let words = bytes.words
    guard words.count > wanted else { return .string(text) }
    var result = context.makeText()
    for (index, word) in words.prefix(wanted).enumerated() {
      if index > 0 { try result.append(UInt8(ascii: " ")) }
      try result.append(bytes[word])
    }
    try result.append(ending)
    return .string(result.text)
  }
}

extension [UInt8] {
  /// What stands between white space.
  fileprivate var words: [Range<Int>] {
    var words: [Range<Int>] = []
    var index = 0
    while index < count {
      if self[index].isSpace {
        index += 1
        continue
      }
      let start = index
      while index < count, !self[index].isSpace { index += 1 }
      words.append(start..<index)
    }
    return words
  }
}
