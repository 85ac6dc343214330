import LetterpressLiquid
import LetterpressTyping

/// Filters of translations: they choose among words that are known, so that no text needs to be copied.
extension ProgramBuilder {
  mutating func nativeChoice(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    switch use.name {
    case FilterCatalog.nearestLocaleName: nearestLocale(use, input)
    case FilterCatalog.pluralFormName: pluralForm(use, input)
    default: nil
    }
  }

  /// Of some languages the one that is nearest to a tag, else the last.
  private mutating func nearestLocale(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    guard let tags = literalTexts(use.arguments), !tags.isEmpty else { return nil }
    let step = filterStep(for: use)
    let names = tags.map { Array(LocaleTag.normal($0).utf8) }
    let cells = tags.map { constant($0) }
    return Evaluation { frame, out throws(RenderFault) in
      let tag = try input.value(&frame, &out)
      guard tag.kind == .string, tag.length <= 64, frame.isASCII(tag) else {
        return try step.apply(tag, &frame, &out)
      }
      try frame.charge()
      return cells[frame.withText(of: tag) { $0.placeOfNearestLocale(among: names) }]
    }
  }

  /// Of some forms the one that goes with an integer in a language.
  private mutating func pluralForm(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    guard let texts = literalTexts(use.arguments), let language = texts.first,
      let last = texts.dropFirst().last
    else { return nil }
    let rules = PluralRules(locale: language)
    let (step, known) = (filterStep(for: use), texts.dropFirst())
    func cell(for wanted: PluralCategory...) -> Cell {
      let choices = wanted.map(\.rawValue) + ["other", "many"]
      return constant(choices.first { known.contains($0) } ?? last)
    }
    // "no messages" is said with `zero` in every language.
    let zero = cell(for: .zero, rules.category(of: PluralOperands(integer: 0)))
    var cells: [PluralCategory: Cell] = [:]
    for category in PluralCategory.allCases { cells[category] = cell(for: category) }
    let forms = cells
    return Evaluation { frame, out throws(RenderFault) in
      let number = try input.value(&frame, &out)
      guard number.kind == .integer else { return try step.apply(number, &frame, &out) }
      try frame.charge()
      if number.integer == 0 { return zero }
      let category = rules.category(of: PluralOperands(integer: number.integer))
      return forms[category] ?? zero
    }
  }

  /// The texts of arguments that are all literals.
  private func literalTexts(_ arguments: [TypedExpression]) -> [String]? {
    let texts = arguments.compactMap { argument -> String? in
      if case .literal(.string(let text)) = argument.kind { return text }
      return nil
    }
    return texts.count == arguments.count ? texts : nil
  }
}

extension Frame {
  /// Whether a text has no character beyond ASCII.
  fileprivate func isASCII(_ cell: Cell) -> Bool {
    withText(of: cell) { text in
      for index in text.indices where text[index] >= 0x80 { return false }
      return true
    }
  }
}

extension Span<UInt8> {
  /// Of normal tags the place of the one that is nearest to this one, as `LocaleTag.chain` falls back; else
  /// the last.
  fileprivate func placeOfNearestLocale(among names: [[UInt8]]) -> Int {
    var end = count
    // As long as a chain is at most.
    for _ in 0..<8 where end > 0 {
      for place in names.indices where isLocale(names[place], upTo: end) { return place }
      repeat { end -= 1 } while end > 0 && !isSeparator(self[end])
    }
    return names.count - 1
  }

  private func isLocale(_ name: [UInt8], upTo end: Int) -> Bool {
    guard name.count == end else { return false }
    for index in name.indices {
      let byte = isSeparator(self[index]) ? UInt8(ascii: "-") : self[index].lowercased
      if byte != name[index] { return false }
    }
    return true
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
