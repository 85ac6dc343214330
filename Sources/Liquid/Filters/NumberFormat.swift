/// How a common language writes numbers and amounts, as Unicode's locale data (CLDR) has it.
struct NumberFormat {
  private let decimal: String
  private let group: String
  /// How many digits stand before the first separator at least: Spanish writes 1234 but 12.345.
  private let minimumGrouping: Int
  private let symbolIsFirst: Bool
  /// What stands between amount and symbol.
  private let space: String
  private let language: Substring

  /// Nil for a language that is left to Foundation.
  init?(locale: String) {
    language = locale.prefix { $0 != "-" && $0 != "_" }
    let isPlain = locale.utf8.count == language.utf8.count
    let noBreakSpace = "\u{A0}"
    let narrowSpace = "\u{202F}"
    switch language {
    case "en" where isPlain || ["en-US", "en_US"].contains(locale):
      (decimal, group, minimumGrouping, symbolIsFirst, space) = (".", ",", 1, true, "")
    case "de" where isPlain || ["de-DE", "de_DE"].contains(locale),
      "da" where isPlain || ["da-DK", "da_DK"].contains(locale):
      (decimal, group, minimumGrouping, symbolIsFirst, space) = (",", ".", 1, false, noBreakSpace)
    case "fr" where isPlain || ["fr-FR", "fr_FR"].contains(locale):
      (decimal, group, minimumGrouping, symbolIsFirst, space) =
        (",", narrowSpace, 1, false, noBreakSpace)
    case "es" where isPlain || ["es-ES", "es_ES"].contains(locale),
      "it" where isPlain || ["it-IT", "it_IT"].contains(locale):
      (decimal, group, minimumGrouping, symbolIsFirst, space) = (",", ".", 2, false, noBreakSpace)
    case "pl" where isPlain || ["pl-PL", "pl_PL"].contains(locale):
      (decimal, group, minimumGrouping, symbolIsFirst, space) =
        (",", noBreakSpace, 2, false, noBreakSpace)
    default: return nil
    }
  }

  /// The symbol of a currency in this language; nil for those that are left to Foundation.
  func symbol(of currency: String) -> String? {
    switch (currency, language) {
    case ("EUR", _): "€"
    case ("USD", "en"), ("USD", "de"): "$"
    case ("GBP", "en"), ("GBP", "de"): "£"
    case ("PLN", "pl"): "zł"
    default: nil
    }
  }

  func money(_ amount: ExactDecimal, symbol: String, digits: Int) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(32)
    if amount.coefficient < 0 { text.append(UInt8(ascii: "-")) }
    if symbolIsFirst { text.append(contentsOf: (symbol + space).utf8) }
    append(amount, digits: digits, to: &text)
    if !symbolIsFirst { text.append(contentsOf: (space + symbol).utf8) }
    return String(decoding: text, as: UTF8.self)
  }

  func number(_ number: ExactDecimal, digits: Int?) -> String {
    var text: [UInt8] = []
    if number.coefficient < 0 { text.append(UInt8(ascii: "-")) }
    append(number, digits: digits, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Adds the number without its sign, with a fixed count of digits after the point or with as many
  /// as it has.
  private func append(_ number: ExactDecimal, digits: Int?, to text: inout [UInt8]) {
    var all = Array(decimalDigits(number.coefficient.magnitude).utf8)
    if number.exponent > 0, number.coefficient != 0 {
      all += Array(repeating: UInt8(ascii: "0"), count: number.exponent)
    }
    var fractionCount = max(0, -number.exponent)
    if all.count <= fractionCount {
      all = Array(repeating: UInt8(ascii: "0"), count: fractionCount + 1 - all.count) + all
    }
    let wholeCount = all.count - fractionCount
    if let digits {
      while fractionCount < digits {
        all.append(UInt8(ascii: "0"))
        fractionCount += 1
      }
    } else {
      while fractionCount > 0, all.last == UInt8(ascii: "0") {
        all.removeLast()
        fractionCount -= 1
      }
    }
    for index in 0..<wholeCount {
      let isGroup = index > 0 && (wholeCount - index) % 3 == 0
      if isGroup, wholeCount >= 3 + minimumGrouping { text.append(contentsOf: group.utf8) }
      text.append(all[index])
    }
    guard fractionCount > 0 else { return }
    text.append(contentsOf: decimal.utf8)
    text.append(contentsOf: all[wholeCount...])
  }

  /// The digits of a number; those of 128 bits take far longer to find.
  private func decimalDigits(_ number: UInt128) -> String {
    UInt64(exactly: number).map { String($0) } ?? String(number)
  }
}

/// How many digits a currency's smallest unit is below its main one (ISO 4217).
enum CurrencyUnits {
  static func digits(of currency: String) -> Int {
    switch currency {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
      "VUV", "XAF", "XOF", "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    case "CLF", "UYW": 4
    default: 2
    }
  }
}
