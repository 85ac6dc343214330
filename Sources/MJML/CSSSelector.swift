/// A CSS selector without commas.
struct CSSSelector {
  enum Combinator {
    case descendant, child, nextSibling, laterSibling
  }

  indirect enum Condition {
    case id([UInt8])
    case className([UInt8])
    case attribute(name: [UInt8], AttributeTest)
    case position(Position)
    case empty
    case root
    case not([CSSSelector])
    case any([CSSSelector])
  }

  struct AttributeTest {
    enum Relation {
      case present, equal, word, dash, prefix, suffix, part
    }

    var relation: Relation
    var value: [UInt8]
    var ignoresCase: Bool
  }

  /// `:nth-child(an+b)` and its relatives.
  struct Position {
    var step: Int
    var offset: Int
    var countsFromEnd: Bool
    var countsSameName: Bool

    func matches(index: Int, count: Int) -> Bool {
      let place = (countsFromEnd ? count - index : index + 1) - offset
      return step == 0 ? place == 0 : place % step == 0 && place / step >= 0
    }
  }

  /// What is asked of one element.
  struct Compound {
    /// Nil for any.
    var name: HTMLName?
    var conditions: [Condition] = []
    /// The id and the classes among the conditions.
    var words = WordSet()
  }

  /// How many ids, how many classes and attributes, how many names and pseudo-classes.
  struct Specificity: Comparable {
    var ids = 0
    var classes = 0
    var names = 0

    static func < (a: Self, b: Self) -> Bool {
      (a.ids, a.classes, a.names) < (b.ids, b.classes, b.names)
    }

    static func += (sum: inout Self, other: Self) {
      sum.ids += other.ids
      sum.classes += other.classes
      sum.names += other.names
    }
  }

  /// From the right to the left: the element itself, then those that it stands in or after.
  var compounds: [Compound]
  /// What stands between a compound and the next one to the left.
  var combinators: [Combinator]
  var specificity: Specificity
  /// Asks for a state that no static document has (`:hover`) or for a part of an element (`::before`).
  var isDynamic: Bool

  /// Reads a selector; nil where it is none or one that is not known.
  init?(_ text: String) {
    var parser = CSSSelectorParser(Array(text.utf8))
    guard let selector = parser.selector(), parser.isAtEnd else { return nil }
    self = selector
  }

  /// Reads a list of selectors; nil where one of them is none.
  static func list(_ text: String) -> [CSSSelector]? {
    var parser = CSSSelectorParser(Array(text.utf8))
    guard let list = parser.list(), parser.isAtEnd else { return nil }
    return list
  }

  init(
    compounds: [Compound],
    combinators: [Combinator],
    specificity: Specificity,
    isDynamic: Bool
  ) {
    self.compounds = compounds
    self.combinators = combinators
    self.specificity = specificity
    self.isDynamic = isDynamic
  }
}
