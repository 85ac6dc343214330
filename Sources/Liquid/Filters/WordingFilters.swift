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
      "Gives the translation of a key, with each argument in the place of its name.",
      input: .translationKey,
      named: [.optional("count", .number), .optional("locale", .locale)],
      takesAnyName: true,
      result: .string
    ) { input, _, context throws(LiquidError) in
      // In a project the checker has put the translation in the place of this filter; without one there
      // is none.
      .string(try context.text(input))
    },
  ]

  /// What translations are made of; no template can write these names.
  static let translationFilters: [Filter] = [
    Filter(
      pluralFormName,
      "Of the forms that follow the language, the one that goes with a number.",
      input: .number,
      .init("language", .locale),
      takesMore: true,
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      let number = Numeric(input)
      let rules = PluralRules(locale: try context.text(arguments[0]))
      var forms: [String] = []
      for form in arguments.positional.dropFirst() { forms.append(try context.text(form)) }
      // Rails says "no messages" with `zero` in every language.
      let wanted = number.isZero ? [PluralCategory.zero.rawValue] : []
      let choices = wanted + [rules.category(of: number).rawValue, "other", "many"]
      return .string(choices.first { forms.contains($0) } ?? forms.last ?? "")
    },
    Filter(
      nearestLocaleName,
      "Of the languages that are given, the one that is nearest to this one; else the last.",
      input: .locale,
      takesMore: true,
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      guard let last = arguments.positional.last else { return .nil }
      var languages: [String] = []
      for language in arguments.positional { languages.append(try context.text(language)) }
      if case .nil = input { return last }
      for tag in LocaleTag.chain(from: try context.text(input)) {
        if let match = languages.first(where: { LocaleTag.normal($0) == tag }) {
          return .string(match)
        }
      }
      return last
    },
  ]

  /// `plural form: language, form, …`; the name cannot be written in a template.
  package static let pluralFormName = "plural form"
  /// `nearest locale: tag, …`; the name cannot be written in a template.
  package static let nearestLocaleName = "nearest locale"
}

/// Names of languages as BCP 47 has them: `pt-BR`.
package enum LocaleTag {
  /// The form to compare: `pt_BR` and `PT-br` are one.
  package static func normal(_ tag: String) -> String {
    tag.lowercased().replacing("_", with: "-")
  }

  /// The tag and those that it falls back to: `zh-hant-tw`, `zh-hant`, `zh`.
  package static func chain(from tag: String) -> [String] {
    var chain: [String] = []
    var rest = normal(tag)[...]
    while !rest.isEmpty, chain.count < 8 {
      chain.append(String(rest))
      rest = rest.lastIndex(of: "-").map { rest[..<$0] } ?? ""
    }
    return chain
  }

  /// Whether it has the form of a tag: letters first, then parts of letters and digits.
  package static func isValid(_ tag: String) -> Bool {
    let parts = normal(tag).split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, (2...8).contains(first.utf8.count),
      first.utf8.allSatisfy(\.isLetter)
    else { return false }
    return parts.allSatisfy { part in
      (1...8).contains(part.utf8.count) && part.utf8.allSatisfy { $0.isLetter || $0.isDigit }
    }
  }
}
