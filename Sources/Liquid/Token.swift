/// A token of the inside of a tag: `profile.name | default: "friend"`.
struct Token {
  enum Kind: Equatable {
    case identifier
    case number
    /// With its quotes.
    case string
    case comparison(Condition.Operator)
    case pipe, dot, dotDot, colon, comma
    case openSquare, closeSquare, openRound, closeRound
    /// `=`, which only `assign` has.
    case equals
    /// The end of the tag; its range is empty.
    case end
  }

  var kind: Kind
  var range: Range<Int>
}
