/// What stands around each message of an output.
enum BatchFraming: Sendable {
  case none
  /// A line feed after it.
  case line
  /// Lines end with a line feed, as they do where Maildirs are.
  case lineFeeds
  /// A `From ` line before it, an empty line after it; lines end with a line feed.
  case mbox(BatchPins)

  init(_ output: BatchOutput, _ pins: BatchPins) {
    switch output {
    case .ndjson, .standardOutput: self = .line
    case .mbox: self = .mbox(pins)
    case .maildir: self = .lineFeeds
    case .eml, .sqlite, .null: self = .none
    }
  }

  /// Frames the message that stands at the end of the buffer, from `start` on.
  func frame(_ buffer: inout [UInt8], from start: Int) {
    switch self {
    case .none: break
    case .line: buffer.append(UInt8(ascii: "\n"))
    case .lineFeeds: Self.dropReturns(&buffer, from: start)
    case .mbox(let pins):
      let message = Array(buffer[start...])
      buffer.removeLast(message.count)
      buffer.append(contentsOf: "From letterpress \(Self.date(pins.now))\n".utf8)
      Self.append(message, to: &buffer)
      buffer.append(UInt8(ascii: "\n"))
    }
  }

  /// Makes LF of each CRLF.
  private static func dropReturns(_ buffer: inout [UInt8], from start: Int) {
    var end = start
    for index in start..<buffer.count {
      let byte = buffer[index]
      if byte == UInt8(ascii: "\r"), index + 1 < buffer.count, buffer[index + 1] == 0x0A {
        continue
      }
      buffer[end] = byte
      end += 1
    }
    buffer.removeLast(buffer.count - end)
  }

  /// Lines of mboxrd: LF ends them, and `From ` at their start, quoted or not, gets one more `>`.
  private static func append(_ message: [UInt8], to buffer: inout [UInt8]) {
    var start = 0
    while start < message.count {
      let end = message[start...].firstIndex(of: UInt8(ascii: "\n")) ?? message.count
      var line = message[start..<end]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.drop(while: { $0 == UInt8(ascii: ">") }).starts(with: "From ".utf8) {
        buffer.append(UInt8(ascii: ">"))
      }
      buffer.append(contentsOf: line)
      buffer.append(UInt8(ascii: "\n"))
      start = end + 1
    }
  }

  /// A time as C's `asctime` writes it, in UTC: `Thu Jan  1 00:00:00 1970`.
  static func date(_ seconds: Int) -> String {
    let (days, rest) = floorDivision(seconds, 86_400)
    let (year, month, day) = civil(days)
    let weekday = floorDivision(days + 4, 7).remainder
    let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let time = [rest / 3600, rest / 60 % 60, rest % 60].map(two).joined(separator: ":")
    return "\(names[weekday]) \(months[month - 1]) \(day < 10 ? " " : "")\(day) \(time) \(year)"
  }

  /// The date of a number of days since 1970 (Howard Hinnant, "chrono-compatible low-level date
  /// algorithms").
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floorDivision(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func floorDivision(
    _ number: Int,
    _ divisor: Int
  ) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
