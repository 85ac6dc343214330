/// The form of a word that goes with a number, in the words of Unicode's plural rules.
package enum PluralCategory: String, Sendable, CaseIterable {
  case zero, one, two, few, many, other
}

/// A number as the plural rules look at it (UTS 35, "Operand Meanings"): its sign does not count, nor do
/// zeros at the end of its fraction.
package struct PluralOperands: Sendable {
  /// The whole part.
  let i: Int
  /// How many digits the fraction has, and these digits as a number.
  let v: Int
  let f: Int

  package init(integer: Int) { self.init(i: Int(exactly: integer.magnitude) ?? .max, v: 0, f: 0) }

  private init(i: Int, v: Int, f: Int) { (self.i, self.v, self.f) = (i, v, f) }

  init(_ number: Numeric) {
    guard let exact = number.exact ?? ExactDecimal(number.double), exact.exponent < 0 else {
      self.init(integer: number.exact?.integer ?? .max)
      return
    }
    // Beyond a thousand millionths no rule makes a difference.
    var (coefficient, digits) = (exact.coefficient.magnitude, -exact.exponent)
    while digits > 9 || (digits > 0 && coefficient % 10 == 0) {
      coefficient /= 10
      digits -= 1
    }
    let scale = (0..<digits).reduce(UInt128(1)) { power, _ in power * 10 }
    self.init(
      i: Int(exactly: coefficient / scale) ?? .max,
      v: digits,
      f: Int(exactly: coefficient % scale) ?? 0
    )
  }

  /// The number itself, where it is whole.
  var n: Int? { v == 0 ? i : nil }

  func isWhole(_ values: ClosedRange<Int>...) -> Bool {
    v == 0 && values.contains { $0.contains(i) }
  }

  /// The same of the whole part's rest.
  func isWhole(modulo: Int, _ values: ClosedRange<Int>...) -> Bool {
    v == 0 && values.contains { $0.contains(i % modulo) }
  }
}

/// Unicode's rules for cardinal numbers (CLDR 46), by language.
package struct PluralRules: Sendable {
  private let language: String
  /// Europe's Portuguese counts as Spanish does, Brazil's as French.
  private let isEuropean: Bool

  /// The rules of a BCP 47 tag; a language that is not listed has those of `n = 1`.
  package init(locale: String) {
    let parts = locale.lowercased().split { $0 == "-" || $0 == "_" }
    language = parts.first.map(String.init) ?? ""
    isEuropean = parts.contains("pt") && parts.dropFirst().contains("pt")
  }

  /// The forms that integers can ask for.
  package var formsOfIntegers: [PluralCategory] {
    // The rules repeat after 100; `many` of a million is left out: nobody writes it down.
    let some = Set((0...200).map { category(of: PluralOperands(integer: $0)) })
    return PluralCategory.allCases.filter(some.contains)
  }

  /// All forms that the language has.
  package var forms: [PluralCategory] {
    let more: [PluralCategory] =
      switch language {
      case "cs", "sk", "lt", "fr", "es", "it", "pt", "ca", "gv": [.many, .other]
      default: [.other]
      }
    return PluralCategory.allCases.filter { formsOfIntegers.contains($0) || more.contains($0) }
  }

  func category(of number: Numeric) -> PluralCategory { category(of: PluralOperands(number)) }

  package func category(of number: PluralOperands) -> PluralCategory {
    switch language {
    case "bm", "bo", "dz", "hnj", "id", "ig", "ii", "in", "ja", "jbo", "jv", "jw", "kde", "kea",
      "km",
      "ko", "lkt", "lo", "ms", "my", "nqo", "osa", "sah", "ses", "sg", "su", "th", "to", "tpi",
      "vi", "wo", "yo", "yue", "zh":
      .other
    case "am", "as", "bn", "doi", "fa", "gu", "hi", "kn", "pcm", "zu":
      number.i == 0 || number.n == 1 ? .one : .other
    case "ff", "hy", "kab": number.i <= 1 ? .one : .other
    case "ast", "de", "en", "et", "fi", "fy", "gl", "ia", "io", "lij", "nl", "sc", "sv", "sw",
      "ur", "yi":
      number.n == 1 ? .one : .other
    case "ak", "bho", "guw", "ln", "mg", "nso", "pa", "ti", "wa":
      number.isWhole(0...1) ? .one : .other
    case "fr", "pt", "ca", "it", "scn", "vec", "es": romance(number)
    case "ar", "ars", "cy", "ga", "br", "mt", "he", "iw", "iu", "naq", "sat", "se", "sma", "smi",
      "smj",
      "smn", "sms", "gd", "sl", "dsb", "hsb", "gv", "shi", "lag", "ksh":
      counted(number)
    case "be", "bs", "cs", "hr", "lt", "lv", "mo", "pl", "prg", "ro", "ru", "sh", "sk", "sr", "uk":
      slavic(number)
    case "da": number.n == 1 || (number.v > 0 && number.i <= 1) ? .one : .other
    case "is", "mk":
      ones(number.i, number.v == 0) || (number.v > 0 && ones(number.f, true)) ? .one : .other
    case "ceb", "fil", "tl":
      [4, 6, 9].contains((number.v == 0 ? number.i : number.f) % 10) ? .other : .one
    case "si": number.isWhole(0...1) || (number.i == 0 && number.f == 1) ? .one : .other
    case "tzm": number.isWhole(0...1, 11...99) ? .one : .other
    default: number.n == 1 ? .one : .other
    }
  }

  /// 1, 21, 31, … but not 11.
  private func ones(_ value: Int, _ applies: Bool) -> Bool {
    applies && value % 10 == 1 && value % 100 != 11
  }

  private func romance(_ number: PluralOperands) -> PluralCategory {
    if number.v == 0, number.i != 0, number.i % 1_000_000 == 0 { return .many }
    switch language {
    case "fr": return number.i <= 1 ? .one : .other
    case "pt" where !isEuropean: return number.i <= 1 ? .one : .other
    default: return number.n == 1 ? .one : .other
    }
  }

  /// Languages of Eastern Europe, where the last digits decide.
  private func slavic(_ number: PluralOperands) -> PluralCategory {
    let fewOnes = number.isWhole(modulo: 10, 2...4) && !number.isWhole(modulo: 100, 12...14)
    switch language {
    case "cs", "sk":
      return number.n == 1 ? .one : number.isWhole(2...4) ? .few : number.v > 0 ? .many : .other
    case "pl":
      if number.v > 0 { return .other }
      return number.i == 1 ? .one : fewOnes ? .few : .many
    case "ru", "uk", "be":
      if number.v > 0 { return .other }
      return ones(number.i, true) ? .one : fewOnes ? .few : .many
    case "bs", "hr", "sh", "sr":
      if ones(number.v == 0 ? number.i : number.f, true) { return .one }
      let few = (2...4).contains(number.f % 10) && !(12...14).contains(number.f % 100)
      return number.v == 0 ? (fewOnes ? .few : .other) : (few ? .few : .other)
    case "lt":
      if number.v > 0 { return .many }
      if number.isWhole(modulo: 100, 11...19) { return .other }
      return number.i % 10 == 1 ? .one : number.i % 10 >= 2 ? .few : .other
    case "lv", "prg":
      let decisive = number.v == 0 ? number.i : number.f
      if number.v == 0 || number.v == 2 {
        if (number.v == 0 && decisive % 10 == 0) || (11...19).contains(decisive % 100) {
          return .zero
        }
        return ones(decisive, true) ? .one : .other
      }
      return number.f % 10 == 1 ? .one : .other
    case "mo", "ro":
      if number.n == 1 { return .one }
      return number.v > 0 || number.i == 0 || number.isWhole(modulo: 100, 1...19) ? .few : .other
    default: return .other
    }
  }

  /// Languages with forms for single small numbers.
  private func counted(_ number: PluralOperands) -> PluralCategory {
    switch language {
    case "ar", "ars":
      if number.isWhole(0...2) { return [.zero, .one, .two][number.i] }
      if number.isWhole(modulo: 100, 3...10) { return .few }
      return number.isWhole(modulo: 100, 11...99) ? .many : .other
    case "cy":
      if number.isWhole(0...3) { return [.zero, .one, .two, .few][number.i] }
      return number.n == 6 ? .many : .other
    case "ga":
      if number.isWhole(1...2) { return number.i == 1 ? .one : .two }
      return number.isWhole(3...6) ? .few : number.isWhole(7...10) ? .many : .other
    case "br":
      guard number.v == 0 else { return .other }
      let isTeen = [11...19, 71...79, 91...99].contains { $0.contains(number.i % 100) }
      if !isTeen, [1, 2, 3, 4, 9].contains(number.i % 10) {
        return number.i % 10 == 1 ? .one : number.i % 10 == 2 ? .two : .few
      }
      return number.i != 0 && number.i % 1_000_000 == 0 ? .many : .other
    case "mt":
      if number.isWhole(1...2) { return number.i == 1 ? .one : .two }
      if number.n == 0 || number.isWhole(modulo: 100, 3...10) { return .few }
      return number.isWhole(modulo: 100, 11...19) ? .many : .other
    case "he", "iw":
      if number.n == 1 || (number.i == 0 && number.v > 0) { return .one }
      return number.n == 2 ? .two : .other
    case "gd":
      if number.isWhole(1...1, 11...11) { return .one }
      if number.isWhole(2...2, 12...12) { return .two }
      return number.isWhole(3...10, 13...19) ? .few : .other
    case "sl", "dsb", "hsb":
      let rest = (number.v == 0 || language == "sl" ? number.i : number.f) % 100
      if number.v > 0, language == "sl" { return .few }
      return rest == 1 ? .one : rest == 2 ? .two : (3...4).contains(rest) ? .few : .other
    case "gv":
      if number.v > 0 { return .many }
      if number.i % 10 == 1 { return .one }
      return number.i % 10 == 2 ? .two : number.i % 20 == 0 ? .few : .other
    case "shi":
      return number.i == 0 || number.n == 1 ? .one : number.isWhole(2...10) ? .few : .other
    case "lag", "ksh":
      if number.n == 0 { return .zero }
      return number.n == 1 || (language == "lag" && number.i <= 1) ? .one : .other
    default:
      return number.n == 1 ? .one : number.n == 2 ? .two : .other
    }
  }
}
