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
    let isNegative = amount.coefficient < 0
    let number = text(amount, digits: digits)
    return (isNegative ? "-" : "")
      + (symbolIsFirst ? symbol + space + number : number + space + symbol)
  }

  func number(_ number: ExactDecimal, digits: Int?) -> String {
    let isNegative = number.coefficient < 0
    return (isNegative ? "-" : "") + text(number, digits: digits)
  }

  /// The number without its sign, with a fixed count of digits after the point or as many as it
  /// has.
  private func text(_ number: ExactDecimal, digits: Int?) -> String {
    var whole = Array(String(number.coefficient.magnitude).utf8)
    if number.exponent > 0, number.coefficient != 0 {
      whole += Array(repeating: UInt8(ascii: "0"), count: number.exponent)
    }
    let fractionCount = max(0, -number.exponent)
    while whole.count <= fractionCount { whole.insert(UInt8(ascii: "0"), at: 0) }
    var fraction = Array(whole.suffix(fractionCount))
    whole.removeLast(fractionCount)
    if let digits {
      while fraction.count < digits { fraction.append(UInt8(ascii: "0")) }
    } else {
      while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    }
    var text = ""
    for (index, digit) in whole.enumerated() {
      let left = whole.count - index
      if index > 0, left % 3 == 0, whole.count >= 3 + minimumGrouping { text += group }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return fraction.isEmpty ? text : text + decimal + String(decoding: fraction, as: UTF8.self)
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
