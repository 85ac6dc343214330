/// The position of a background, from `background-position` and its two longhands.
struct BackgroundPosition: Equatable {
  var x: String
  var y: String

  /// Reads the shorthand as MJML does; three values or more count as `center top`.
  init(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let vertical: Set = ["top", "bottom"]
    switch parts.count {
    case 1:
      let isVertical = vertical.contains(parts[0])
      x = isVertical ? "center" : parts[0]
      y = isVertical ? parts[0] : "center"
    case 2:
      // The two may stand in either order.
      let isSwapped =
        vertical.contains(parts[0])
        || (parts[0] == "center" && (parts[1] == "left" || parts[1] == "right"))
      x = isSwapped ? parts[1] : parts[0]
      y = isSwapped ? parts[0] : parts[1]
    default:
      x = "center"
      y = "top"
    }
  }

  var text: String { x + " " + y }

  /// Both as VML has them: fractions of the shape, counted from its middle where nothing repeats.
  func vml(repeats: Bool) -> (x: String, y: String) {
    let x = Self.percentage(x, start: "left", end: "right") ?? 50
    let y = Self.percentage(y, start: "top", end: "bottom") ?? 0
    func fraction(_ percentage: Double) -> String {
      JSNumber.text(repeats ? percentage / 100 : (-50 + percentage / 100 * 100) / 100)
    }
    return (fraction(x), fraction(y))
  }

  /// A keyword or a percentage without its decimals; nil for anything else.
  private static func percentage(_ text: String, start: String, end: String) -> Double? {
    switch text {
    case start: return 0
    case "center": return 50
    case end: return 100
    default: break
    }
    let bytes = text.utf8
    guard bytes.last == UInt8(ascii: "%") else { return nil }
    let parts = bytes.dropLast().split(
      separator: UInt8(ascii: "."),
      omittingEmptySubsequences: false
    )
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else {
      return nil
    }
    return JSNumber.integer(text)
  }
}
