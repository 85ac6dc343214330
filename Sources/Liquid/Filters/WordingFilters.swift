extension FilterCatalog {
  static let wordingFilters: [Filter] = [
    Filter(
      "pluralize",
      "Gives the first word for 1 and the second one for any other number.",
      input: .number,
      .init("singular", .string),
      .optional("plural", .string),
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      let singular = try context.text(arguments[0])
      if Value.equals(Numeric(input).value, .integer(1)) { return .string(singular) }
      return .string(arguments.has(1) ? try context.text(arguments[1]) : singular + "s")
    },
    Filter(
      "t",
      "Gives the translation of a key; {name} in it stands for the argument of that name.",
      input: .translationKey,
      named: [.optional("count", .number)],
      takesAnyName: true,
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      let key = try context.text(input)
      guard let pattern = translation(key, count: arguments["count"], context) else {
        throw .argument("\(quoted(key)) has no translation in '\(context.locale)'")
      }
      return .string(try filledIn(pattern, arguments, context))
    },
  ]

  /// The translation of a key, or for a count of `key.one`, `key.other` and their like.
  private static func translation(
    _ key: String,
    count: Value?,
    _ context: FilterContext
  ) -> String? {
    guard let count else { return context.translation(key) }
    let category = PluralCategory(of: Numeric(count), locale: context.locale)
    return context.translation("\(key).\(category.rawValue)")
      ?? context.translation("\(key).other") ?? context.translation(key)
  }

  /// Puts arguments in the place of their names; `{` that names none stays.
  private static func filledIn(
    _ pattern: String,
    _ arguments: FilterArguments,
    _ context: FilterContext
  ) throws(LiquidError) -> String {
    let bytes = Array(pattern.utf8)
    var result = context.makeText(capacity: bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "{") {
        let end = bytes[(index + 1)...].firstIndex { !$0.isNamePart } ?? bytes.count
        let name = String(decoding: bytes[index + 1..<end], as: UTF8.self)
        if end < bytes.count, bytes[end] == UInt8(ascii: "}"), let value = arguments[name] {
          try result.append(try context.text(value))
          index = end + 1
          continue
        }
      }
      try result.append(bytes[index])
      index += 1
    }
    return result.text
  }
}
