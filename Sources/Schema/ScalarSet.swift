/// Characters that one place of a pattern takes.
struct ScalarSet: Sendable {
  /// A general category of Unicode, or a group of them.
  struct Category: Sendable {
    var categories: [Unicode.GeneralCategory]
    var isNegated: Bool
  }

  private(set) var ranges: [ClosedRange<UInt32>]
  private(set) var categories: [Category] = []
  var isNegated = false

  init(_ ranges: [ClosedRange<UInt32>] = [], isNegated: Bool = false) {
    self.ranges = ranges
    self.isNegated = isNegated
  }

  static let digit = ScalarSet([0x30...0x39])
  static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// White space and line ends of ECMA-262.
  static let space = ScalarSet([
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
  ])
  /// What `.` takes.
  static let anyButLineEnd = ScalarSet(
    [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029],
    isNegated: true
  )

  mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }
  mutating func insert(_ category: Category) { categories.append(category) }

  /// Adds all that another set holds.
  mutating func formUnion(_ other: ScalarSet) {
    categories += other.categories
    guard other.isNegated else {
      ranges += other.ranges
      return
    }
    // Only the negated forms of `\d`, `\w`, `\s` come here; they have no categories.
    var next: UInt32 = 0
    for range in other.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if next < range.lowerBound { ranges.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    ranges.append(next...0x10FFFF)
  }

  func contains(_ scalar: UInt32?) -> Bool {
    guard let scalar else { return false }
    for range in ranges where range.contains(scalar) { return !isNegated }
    for category in categories {
      guard let known = Unicode.Scalar(scalar)?.properties.generalCategory else { continue }
      if category.categories.contains(known) != category.isNegated { return !isNegated }
    }
    return isNegated
  }

  /// The categories of a name in `\p{…}`; nil where there is none.
  static func categories(named name: String) -> [Unicode.GeneralCategory]? {
    let known: [String: [Unicode.GeneralCategory]] = [
      "Lu": [.uppercaseLetter], "Ll": [.lowercaseLetter], "Lt": [.titlecaseLetter],
      "Lm": [.modifierLetter], "Lo": [.otherLetter],
      "L": [.uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter],
      "Mn": [.nonspacingMark], "Mc": [.spacingMark], "Me": [.enclosingMark],
      "M": [.nonspacingMark, .spacingMark, .enclosingMark],
      "Nd": [.decimalNumber], "Nl": [.letterNumber], "No": [.otherNumber],
      "N": [.decimalNumber, .letterNumber, .otherNumber],
      "Sm": [.mathSymbol], "Sc": [.currencySymbol], "Sk": [.modifierSymbol], "So": [.otherSymbol],
      "S": [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol],
      "Pc": [.connectorPunctuation], "Pd": [.dashPunctuation], "Ps": [.openPunctuation],
      "Pe": [.closePunctuation], "Pi": [.initialPunctuation], "Pf": [.finalPunctuation],
      "Po": [.otherPunctuation],
      "P": [
        .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation,
      ],
      "Zs": [.spaceSeparator], "Zl": [.lineSeparator], "Zp": [.paragraphSeparator],
      "Z": [.spaceSeparator, .lineSeparator, .paragraphSeparator],
      "Cc": [.control], "Cf": [.format],
    ]
    let longNames = [
      "Letter": "L", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Mark": "M",
      "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Punctuation": "P", "punct": "P",
      "Symbol": "S", "Currency_Symbol": "Sc", "Separator": "Z", "Space_Separator": "Zs",
      "Control": "Cc",
    ]
    var key = name
    for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
      key = String(name.dropFirst(prefix.count))
    }
    return known[longNames[key] ?? key]
  }
}
