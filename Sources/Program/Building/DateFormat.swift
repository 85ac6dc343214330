import LetterpressLiquid
import LetterpressTyping

/// A literal format of the `date` filter, taken apart, for dates as the schema has them.
///
/// `2026-03-14` and `2026-03-14T10:00:00+02:00` hold the parts of their date as text; they are shown by
/// the clock that they bring. What this cannot do (widths, week numbers, other inputs) goes the long way.
struct DateFormat: Sendable {
  /// What stands in place of the 0 of a number below 10.
  fileprivate enum Zero: UInt8 { case kept, dropped, blank }

  /// Plain data; texts and names stand in `text`.
  private struct Piece: Sendable {
    enum Kind: UInt8 {
      case text, year, shortYear, month, day, hour, minute, second, monthName, weekdayName
    }

    var kind: Kind
    var zero = Zero.kept
    /// Of a text its place; of names where the places of all of them start in `names`.
    var offset = 0
    var count = 0
  }

  private var pieces: [Piece] = []
  private var text: [UInt8] = []
  private var names: [(offset: Int, count: Int)] = []

  /// Takes a format apart; nil where it has a directive that this does not know.
  ///
  /// `name` gives what a directive makes of the date of some day, to learn names from.
  init?(_ format: String, name: (_ directive: String, _ date: String) -> String?) {
    // As a language writes it: that is for Foundation to say.
    guard DateStyle(rawValue: format) == nil else { return nil }
    var rest = Array(format.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        appendText([byte])
        continue
      }
      var zero = Zero.kept
      if rest.first == UInt8(ascii: "-") {
        zero = .dropped
        rest = rest.dropFirst()
      }
      guard let letter = rest.popFirst(), append(letter, zero, name) else { return nil }
    }
    // So that each piece can be copied as one block.
    text += [UInt8](repeating: 0, count: 32)
  }

  private mutating func appendText(_ bytes: [UInt8]) {
    if let last = pieces.last, last.kind == .text {
      pieces[pieces.count - 1].count += bytes.count
    } else {
      pieces.append(Piece(kind: .text, offset: text.count, count: bytes.count))
    }
    text += bytes
  }

  private mutating func append(
    _ letter: UInt8,
    _ zero: Zero,
    _ name: (String, String) -> String?
  ) -> Bool {
    func number(_ kind: Piece.Kind, _ zero: Zero = zero) -> Piece {
      Piece(kind: kind, zero: zero)
    }
    switch letter {
    case UInt8(ascii: "%") where zero == .kept: appendText([letter])
    case UInt8(ascii: "Y") where zero == .kept: pieces.append(number(.year))
    case UInt8(ascii: "y"): pieces.append(number(.shortYear))
    case UInt8(ascii: "m"): pieces.append(number(.month))
    case UInt8(ascii: "d"): pieces.append(number(.day))
    case UInt8(ascii: "e"): pieces.append(number(.day, zero == .kept ? .blank : zero))
    case UInt8(ascii: "H"): pieces.append(number(.hour))
    case UInt8(ascii: "M"): pieces.append(number(.minute))
    case UInt8(ascii: "S"): pieces.append(number(.second))
    case UInt8(ascii: "F") where zero == .kept:
      append([.year, .month, .day], joinedBy: UInt8(ascii: "-"))
    case UInt8(ascii: "T") where zero == .kept:
      append([.hour, .minute, .second], joinedBy: UInt8(ascii: ":"))
    case UInt8(ascii: "R") where zero == .kept:
      append([.hour, .minute], joinedBy: UInt8(ascii: ":"))
    case UInt8(ascii: "B"), UInt8(ascii: "b"), UInt8(ascii: "h"):
      let months = (1...12).map { "2023-\($0 < 10 ? "0" : "")\($0)-01" }
      return appendNames(.monthName, letter, months, name)
    case UInt8(ascii: "A"), UInt8(ascii: "a"):
      // 2023-01-01 was a Sunday.
      return appendNames(.weekdayName, letter, (1...7).map { "2023-01-0\($0)" }, name)
    default: return false
    }
    return true
  }

  private mutating func append(_ kinds: [Piece.Kind], joinedBy separator: UInt8) {
    for (index, kind) in kinds.enumerated() {
      if index > 0 { appendText([separator]) }
      pieces.append(Piece(kind: kind))
    }
  }

  private mutating func appendNames(
    _ kind: Piece.Kind,
    _ letter: UInt8,
    _ dates: [String],
    _ name: (String, String) -> String?
  ) -> Bool {
    let directive = "%" + String(decoding: [letter], as: UTF8.self)
    pieces.append(Piece(kind: kind, offset: names.count))
    for date in dates {
      guard let name = name(directive, date) else { return false }
      names.append((text.count, name.utf8.count))
      text += Array(name.utf8)
    }
    return true
  }

  /// Whether all that it writes of its own needs no escaping in HTML.
  var isPlainHTML: Bool { !text.contains { "&<>\"'".utf8.contains($0) } }

  /// Appends a date; false, with nothing appended, where the text is none of the two forms.
  func append(_ source: Span<UInt8>, to out: inout OutputBuffer) throws(RenderFault) -> Bool {
    guard let date = DateText(source) else { return false }
    for index in pieces.indices {
      let piece = pieces[index]
      switch piece.kind {
      case .text: try out.append(text.span, from: piece.offset, count: piece.count)
      case .year:
        try out.append(pair: date.year / 100, .kept)
        try out.append(pair: date.year % 100, .kept)
      case .shortYear: try out.append(pair: date.year % 100, piece.zero)
      case .month: try out.append(pair: date.month, piece.zero)
      case .day: try out.append(pair: date.day, piece.zero)
      case .hour: try out.append(pair: date.hour, piece.zero)
      case .minute: try out.append(pair: date.minute, piece.zero)
      case .second: try out.append(pair: date.second, piece.zero)
      case .monthName:
        let name = names[piece.offset + date.month - 1]
        try out.append(text.span, from: name.offset, count: name.count)
      case .weekdayName:
        let name = names[piece.offset + date.weekday]
        try out.append(text.span, from: name.offset, count: name.count)
      }
    }
    return true
  }
}

extension OutputBuffer {
  /// Appends a number below 100.
  @inline(__always)
  fileprivate mutating func append(
    pair number: Int,
    _ zero: DateFormat.Zero
  ) throws(RenderFault) {
    let number = UInt64(truncatingIfNeeded: number)
    let tens = (number &* 103) &>> 10
    let pair = 0x3030 | tens | (number &- 10 &* tens) &<< 8
    if tens > 0 || zero == .kept {
      try append(word: pair, count: 2)
    } else if zero == .blank {
      try append(word: pair & 0xFF00 | 0x20, count: 2)
    } else {
      try append(word: pair &>> 8, count: 1)
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
  @inline(__always)
  fileprivate func number(_ start: Int, _ count: Int) -> Int? {
    guard start &+ count <= self.count else { return nil }
    let digits = extracting(start..<start &+ count)
    var value = 0
    var isNumber = true
    for index in 0..<count {
      let digit = digits[index] &- UInt8(ascii: "0")
      isNumber = isNumber && digit < 10
      value = value &* 10 &+ Int(digit)
    }
    return isNumber ? value : nil
  }
}

/// A use of `date` with a literal format.
///
/// A class, so that using one out of an array counts one reference, not one for each of its arrays.
final class DateStep: Sendable {
  let format: DateFormat
  /// The same by the filter, for what the format cannot take.
  let filter: FilterStep

  init(format: DateFormat, filter: FilterStep) {
    self.format = format
    self.filter = filter
  }

  /// Appends the date; what the filter makes of other values is made fit for its place.
  func print(
    _ cell: Cell,
    _ sink: Sink,
    _ frame: inout Frame,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    if cell.kind == .string {
      let isDone = try frame.withText(of: cell) { (text) throws(RenderFault) in
        try format.append(text, to: &out)
      }
      if isDone { return }
    }
    try frame.print(filter.apply(cell, &frame, &out), sink, to: &out)
  }
}

extension ProgramBuilder {
  /// `date` with a literal format; nil where it must go the long way altogether.
  mutating func dateStep(for use: FilterUse) -> DateStep? {
    guard use.name == "date", use.arguments.count == 1,
      case .literal(.string(let format)) = use.arguments[0].kind, !format.isEmpty,
      let filter = catalog[use.name]
    else { return nil }
    var named: [(name: String, value: Value)] = []
    for argument in use.namedArguments {
      guard argument.name == "locale", case .literal(.string(let text)) = argument.value.kind else {
        return nil
      }
      named.append((argument.name, .string(text)))
    }
    let whole = FilterArguments([.string(format)], named: named)
    guard let key = LearntFormats.Key(use.name, whole) else { return nil }
    let parts = formats.dateFormat(key) {
      var context = self.context
      return DateFormat(format) { directive, date in
        let arguments = FilterArguments([.string(directive)], named: named)
        guard case .string(let text)? = try? filter(.string(date), arguments, &context) else {
          return nil
        }
        return text
      }
    }
    guard let parts else { return nil }
    return DateStep(format: parts, filter: filterStep(for: use))
  }
}
