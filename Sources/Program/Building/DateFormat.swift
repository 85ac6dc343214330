import LetterpressLiquid
import LetterpressTyping

/// A literal format of the `date` filter, taken apart, for dates as the schema has them.
///
/// `2026-03-14` and `2026-03-14T10:00:00+02:00` hold the parts of their date as text; they are shown by
/// the clock that they bring. What this cannot do (widths, week numbers, other inputs) goes the long way.
struct DateFormat: Sendable {
  private enum Piece: Sendable {
    case text([UInt8])
    /// A number of a fixed width, of which the first digit is left out where it is 0, or shown as a space.
    case number(Part, zero: Zero)
    /// A name by the number of the part.
    case name(Part, [[UInt8]])
  }

  private enum Zero: Sendable { case kept, dropped, blank }
  private enum Part: Sendable { case year, shortYear, month, day, hour, minute, second, weekday }

  private var pieces: [Piece] = []
  /// Whether it depends on the recipient's language.
  private(set) var hasNames = false

  /// Takes a format apart; nil where it has a directive that this does not know.
  ///
  /// `name` gives what a directive makes of the date of some day, to learn names from.
  init?(_ format: String, name: (_ directive: String, _ date: String) -> String?) {
    var rest = Array(format.utf8)[...]
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        text.append(byte)
        continue
      }
      var zero = Zero.kept
      if rest.first == UInt8(ascii: "-") {
        zero = .dropped
        rest = rest.dropFirst()
      }
      guard let letter = rest.popFirst() else { return nil }
      if letter == UInt8(ascii: "%"), zero == .kept {
        text.append(letter)
        continue
      }
      if !text.isEmpty { pieces.append(.text(text)) }
      text = []
      guard let new = Self.pieces(letter, zero, name) else { return nil }
      pieces += new
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    hasNames = pieces.contains { if case .name = $0 { true } else { false } }
  }

  private static func pieces(
    _ letter: UInt8,
    _ zero: Zero,
    _ name: (String, String) -> String?
  ) -> [Piece]? {
    let colon = Piece.text([UInt8(ascii: ":")])
    let hyphen = Piece.text([UInt8(ascii: "-")])
    func number(_ part: Part, _ zero: Zero) -> Piece { .number(part, zero: zero) }
    switch letter {
    case UInt8(ascii: "Y") where zero == .kept: return [number(.year, .kept)]
    case UInt8(ascii: "y"): return [number(.shortYear, zero)]
    case UInt8(ascii: "m"): return [number(.month, zero)]
    case UInt8(ascii: "d"): return [number(.day, zero)]
    case UInt8(ascii: "e"): return [number(.day, zero == .kept ? .blank : zero)]
    case UInt8(ascii: "H"): return [number(.hour, zero)]
    case UInt8(ascii: "M"): return [number(.minute, zero)]
    case UInt8(ascii: "S"): return [number(.second, zero)]
    case UInt8(ascii: "F") where zero == .kept:
      return [
        number(.year, .kept), hyphen, number(.month, .kept), hyphen, number(.day, .kept),
      ]
    case UInt8(ascii: "T") where zero == .kept:
      return [
        number(.hour, .kept), colon, number(.minute, .kept), colon, number(.second, .kept),
      ]
    case UInt8(ascii: "R") where zero == .kept:
      return [number(.hour, .kept), colon, number(.minute, .kept)]
    case UInt8(ascii: "B"), UInt8(ascii: "b"), UInt8(ascii: "h"):
      return names(letter, .month, (1...12).map { "2023-\($0 < 10 ? "0" : "")\($0)-01" }, name)
    case UInt8(ascii: "A"), UInt8(ascii: "a"):
      // 2023-01-01 was a Sunday.
      return names(letter, .weekday, (1...7).map { "2023-01-0\($0)" }, name)
    default: return nil
    }
  }

  private static func names(
    _ letter: UInt8,
    _ part: Part,
    _ dates: [String],
    _ name: (String, String) -> String?
  ) -> [Piece]? {
    let directive = "%" + String(decoding: [letter], as: UTF8.self)
    let names = dates.compactMap { date in name(directive, date).map { text in Array(text.utf8) } }
    return names.count == dates.count ? [.name(part, names)] : nil
  }

  /// Appends a date; false, with nothing appended, where the text is none of the two forms.
  func append(_ text: Span<UInt8>, to out: inout OutputBuffer) throws(RenderFault) -> Bool {
    guard let date = DateText(text) else { return false }
    let year = date.year
    for piece in pieces {
      switch piece {
      case .text(let bytes): try out.append(bytes.span)
      case .number(.year, _):
        var bound = 1_000
        while year < bound {
          try out.append(UInt8(ascii: "0"))
          bound /= 10
        }
        try out.append(decimal: year)
      case .number(let part, let zero):
        let value = Self.value(part, date)
        if value < 10 {
          if zero == .kept { try out.append(UInt8(ascii: "0")) }
          if zero == .blank { try out.append(UInt8(ascii: " ")) }
        }
        try out.append(decimal: value)
      case .name(let part, let names):
        let number = Self.value(part, date)
        let name = names[part == .month ? number - 1 : number]
        try out.append(name.span)
      }
    }
    return true
  }

  private static func value(_ part: Part, _ date: DateText) -> Int {
    switch part {
    case .year: date.year
    case .shortYear: date.year % 100
    case .month: date.month
    case .day: date.day
    case .hour: date.hour
    case .minute: date.minute
    case .second: date.second
    case .weekday: date.weekday
    }
  }
}

/// The parts of `2026-03-14` or `2026-03-14T10:00:00Z`, in range.
private struct DateText {
  let year, month, day: Int
  private(set) var hour = 0
  private(set) var minute = 0
  private(set) var second = 0

  init?(_ text: Span<UInt8>) {
    guard text.count >= 10, let year = text.number(0, 4), text[4] == UInt8(ascii: "-"),
      let month = text.number(5, 2), text[7] == UInt8(ascii: "-"), let day = text.number(8, 2),
      year >= 1, (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    if text.count == 10 { return }
    guard text.count >= 20, text[10] == UInt8(ascii: "T"), let hour = text.number(11, 2),
      text[13] == UInt8(ascii: ":"), let minute = text.number(14, 2), text[16] == UInt8(ascii: ":"),
      let second = text.number(17, 2), hour < 24, minute < 60, second < 60
    else { return nil }
    (self.hour, self.minute, self.second) = (hour, minute, second)
    var index = 19
    if text[index] == UInt8(ascii: ".") {
      index += 1
      while index < text.count, text[index].isDigit { index += 1 }
    }
    if index == text.count - 1, text[index] == UInt8(ascii: "Z") { return }
    guard index + 6 == text.count, text.number(index + 1, 2) != nil,
      text[index + 3] == UInt8(ascii: ":"), text.number(index + 4, 2) != nil,
      text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-")
    else { return nil }
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// 0 is Sunday (Tomohiko Sakamoto's method).
  var weekday: Int {
    let year = month < 3 ? year - 1 : year
    let shift =
      switch month {
      case 1: 0
      case 2: 3
      case 3: 2
      case 4: 5
      case 5: 0
      case 6: 3
      case 7: 5
      case 8: 1
      case 9: 4
      case 10: 6
      case 11: 2
      default: 4
      }
    return (year + year / 4 - year / 100 + year / 400 + shift + day) % 7
  }
}

extension Span<UInt8> {
  fileprivate func number(_ start: Int, _ count: Int) -> Int? {
    guard start + count <= self.count else { return nil }
    var value = 0
    for index in start..<start + count {
      guard self[index].isDigit else { return nil }
      value = value * 10 + Int(self[index] & 15)
    }
    return value
  }
}

extension ProgramBuilder {
  /// `date` with a literal format; nil where it must go the long way altogether.
  mutating func dateEvaluation(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    guard use.arguments.count == 1, case .literal(.string(let format)) = use.arguments[0].kind,
      !format.isEmpty, let filter = catalog[use.name]
    else { return nil }
    var named: [(name: String, value: Value)] = []
    for argument in use.namedArguments {
      guard argument.name == "locale", case .literal(.string(let text)) = argument.value.kind else {
        return nil
      }
      named.append((argument.name, .string(text)))
    }
    var context = self.context
    let parts = DateFormat(format) { directive, date in
      let arguments = FilterArguments([.string(directive)], named: named)
      guard case .string(let text)? = try? filter(.string(date), arguments, &context) else {
        return nil
      }
      return text
    }
    guard let parts else { return nil }
    let step = filterStep(for: use)
    let needsDefault = parts.hasNames && named.isEmpty
    return Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      if cell.kind == .string, frame.hasDefaultLocale || !needsDefault {
        try frame.charge()
        let mark = out.count
        let isDone = try frame.withText(of: cell) { (text) throws(RenderFault) in
          try parts.append(text, to: &out)
        }
        if isDone { return try frame.takeText(from: mark, of: &out) }
      }
      return try step.apply(cell, &frame, &out)
    }
  }
}
