import LetterpressLiquid

/// The styles of amounts that a frame has learnt, by currency and language.
///
/// Plain data but for its one array, so that finding a style counts no reference.
struct MoneyStyles {
  /// Who names more languages and currencies than this goes the long way.
  private static let limit = 64

  private struct Entry {
    var key: Key
    /// Nil where the language writes amounts in a way that no style can.
    var style: MoneyStyle?
  }

  /// A currency of up to eight bytes and a language of up to sixteen; 0 for the project's.
  struct Key: Equatable {
    var currency: UInt64
    var locale: (UInt64, UInt64)

    static func == (a: Key, b: Key) -> Bool {
      a.currency == b.currency && a.locale.0 == b.locale.0 && a.locale.1 == b.locale.1
    }
  }

  private var entries: [Entry] = []

  var isFull: Bool { entries.count >= Self.limit }

  /// The style of a key; nil where it was not learnt yet.
  func style(_ key: Key) -> MoneyStyle?? {
    for index in entries.indices where entries[index].key == key { return entries[index].style }
    return nil
  }

  mutating func learn(_ style: MoneyStyle?, _ key: Key) {
    entries.append(Entry(key: key, style: style))
  }
}

extension Frame {
  /// How the `money` filter writes amounts in a currency and a language; those of the message where nil.
  ///
  /// Nil where the filter has to do it itself.
  mutating func moneyStyle(
    _ currency: Cell?,
    _ locale: Cell?,
    _ filter: Filter
  ) throws(RenderFault) -> MoneyStyle? {
    guard let key = moneyKey(currency, locale) else { return nil }
    if let known = moneyStyles.style(key) { return known }
    guard !moneyStyles.isFull else { return nil }
    var arguments = FilterArguments()
    if let currency { arguments.named.append(("currency", .string(text(of: currency)))) }
    if let locale { arguments.named.append(("locale", .string(text(of: locale)))) }
    var context = context
    context.budget = RenderBudget()
    let style = MoneyStyle { amount in
      guard case .string(let text)? = try? filter(.integer(amount), arguments, &context) else {
        return nil
      }
      return Array(text.utf8)
    }
    moneyStyles.learn(style, key)
    return style
  }

  private func moneyKey(_ currency: Cell?, _ locale: Cell?) -> MoneyStyles.Key? {
    var key = MoneyStyles.Key(currency: 0, locale: (0, 0))
    if let currency {
      guard let (word, rest) = words(of: currency), rest == 0 else { return nil }
      key.currency = word
    }
    if let locale {
      guard let words = words(of: locale) else { return nil }
      key.locale = words
    }
    return key
  }

  /// The bytes of a text of 1 to 16 bytes; nil for another, and where one is 0, which tells nothing from the
  /// end.
  private func words(of cell: Cell) -> (UInt64, UInt64)? {
    guard cell.kind == .string, (1...16).contains(cell.length) else { return nil }
    return withText(of: cell) { text in
      var words: (UInt64, UInt64) = (0, 0)
      for index in text.indices {
        guard text[index] != 0 else { return nil }
        let bits = UInt64(text[index]) &<< UInt64(index % 8 * 8)
        if index < 8 { words.0 |= bits } else { words.1 |= bits }
      }
      return words
    }
  }
}
