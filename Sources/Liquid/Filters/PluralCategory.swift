/// The form of a word that goes with a number, by Unicode's plural rules for cardinals.
enum PluralCategory: String {
  case one, few, many, other

  /// The form in a language; what is not listed has the rules of English.
  init(of number: Numeric, locale: String) {
    guard case .integer(let signed) = number else {
      // Fractions are `other` nearly everywhere; French counts up to 2 as one.
      self = locale.hasPrefix("fr") && abs(number.double) < 2 ? .one : .other
      return
    }
    let value = signed.magnitude
    let (ones, tens) = (value % 10, value % 100)
    switch locale.prefix(while: { $0 != "-" && $0 != "_" }) {
    case "ja", "zh", "ko", "vi", "th", "id", "ms": self = .other
    case "fr", "pt", "hy": self = value <= 1 ? .one : .other
    case "cs", "sk": self = value == 1 ? .one : (2...4).contains(value) ? .few : .other
    case "pl":
      let isFew = (2...4).contains(ones) && !(12...14).contains(tens)
      self = value == 1 ? .one : isFew ? .few : .many
    case "ru", "uk", "be":
      let isFew = (2...4).contains(ones) && !(12...14).contains(tens)
      self = ones == 1 && tens != 11 ? .one : isFew ? .few : .many
    default: self = value == 1 ? .one : .other
    }
  }
}
