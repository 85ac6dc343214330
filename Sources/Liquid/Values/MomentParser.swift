/// Reads a date as people and machines write it.
///
///     2016-03-14   2016-03-14T09:26:53+01:00   March 14, 2016   14.3.2016   Mon, 14 Mar 2016 09:26
///
/// As in Ruby's `Time.parse` a date of three numbers starts with the year or the day, never with
/// the month. Other than there a word that is no part of a date makes it none.
struct MomentParser {
  private let bytes: [UInt8]
  private var index = 0
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var time: (hour: Int, minute: Int, second: Int, nanosecond: Int)?
  private var offset: Int?

  /// Longer texts are no dates.
  private static let maximalLength = 128

  /// The moment that a text names; `today` is the day of a time without one.
  static func moment(_ text: String, today: CivilTime) -> Moment? {
    guard text.utf8.count <= maximalLength else { return nil }
    var parser = MomentParser(bytes: Array(text.utf8))
    guard parser.read() else { return nil }
    return parser.moment(today: today)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func read() -> Bool {
    while index < bytes.count {
      let byte = bytes[index]
      if byte.isSpace || byte == UInt8(ascii: ",") {
        index += 1
      } else if byte.isDigit {
        guard readNumber() else { return false }
      } else if byte.isLetter {
        guard readWord() else { return false }
      } else if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"), time != nil, offset == nil {
        guard readOffset() else { return false }
      } else {
        return false
      }
    }
    return true
  }

  private func moment(today: CivilTime) -> Moment? {
    var today = (today.year, today.month, today.day)
    if year != nil || month != nil || day != nil {
      guard let month else { return nil }
      today = (year ?? today.0, month, day ?? 1)
    } else if time == nil {
      return nil
    }
    let (year, month, day) = today
    guard (0...9_999).contains(year), (1...12).contains(month),
      (1...CivilTime.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    var seconds = CivilTime.day(ofYear: year, month: month, day: day) * 86_400
    guard let time else { return Moment(seconds: seconds, clock: .floating, isDay: true) }
    seconds += time.hour * 3_600 + time.minute * 60 + time.second
    return Moment(
      seconds: seconds - (offset ?? 0),
      nanoseconds: time.nanosecond,
      clock: offset.map { .offset($0) } ?? .floating
    )
  }

  // MARK: Numbers

  private mutating func readNumber() -> Bool {
    guard let (first, width) = digits() else { return false }
    guard index < bytes.count else { return place(first, width) }
    switch bytes[index] {
    case UInt8(ascii: ":"): return readTime(hour: first)
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."):
      let separator = bytes[index]
      index += 1
      guard index < bytes.count else { return false }
      return bytes[index].isLetter
        ? readNamedMonth(after: first, width, separator)
        : readNumericDate(from: first, width, separator)
    default:
      if let half = halfOfDay() {
        guard time == nil, (1...12).contains(first) else { return false }
        time = (first % 12 + half, 0, 0, 0)
        return true
      }
      // `14th`
      if width <= 2, index + 1 < bytes.count, isOrdinalSuffix(at: index) { index += 2 }
      return place(first, width)
    }
  }

  /// A number by itself: a year of four digits or a day.
  private mutating func place(_ number: Int, _ width: Int) -> Bool {
    if width == 4, year == nil {
      year = number
    } else if width <= 2, day == nil {
      day = number
    } else if width <= 2, year == nil {
      year = number < 69 ? 2_000 + number : 1_900 + number
    } else {
      return false
    }
    return true
  }

  /// `14-Mar-2016`.
  private mutating func readNamedMonth(after first: Int, _ width: Int, _ separator: UInt8) -> Bool {
    guard place(first, width), readWord(), month != nil else { return false }
    guard index < bytes.count, bytes[index] == separator else { return true }
    index += 1
    guard let (last, width) = digits() else { return false }
    return place(last, width)
  }

  /// `2016-03-14`, `14/03/2016`, `14.3.2016`.
  private mutating func readNumericDate(from first: Int, _ width: Int, _ separator: UInt8) -> Bool {
    guard year == nil, month == nil, day == nil, let (second, _) = digits() else { return false }
    month = second
    guard index < bytes.count, bytes[index] == separator else {
      // `2016-03`
      guard width == 4, separator == UInt8(ascii: "-") else { return false }
      year = first
      return true
    }
    index += 1
    guard let (third, thirdWidth) = digits() else { return false }
    if width >= 3 || thirdWidth <= 2 && separator == UInt8(ascii: "-") {
      (year, day) = (width <= 2 ? 2_000 + first : first, third)
    } else {
      (day, year) = (first, thirdWidth <= 2 ? 2_000 + third : third)
    }
    // ISO 8601 writes a `T` between date and time.
    if index + 1 < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "t"), bytes[index + 1].isDigit {
      index += 1
    }
    return true
  }

  private mutating func digits() -> (value: Int, width: Int)? {
    let start = index
    var value = 0
    while index < bytes.count, bytes[index].isDigit {
      guard index - start < 9 else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return index > start ? (value, index - start) : nil
  }

  // MARK: Time of day

  private mutating func readTime(hour: Int) -> Bool {
    index += 1
    guard time == nil, let (minute, _) = digits() else { return false }
    var second = 0
    var nanosecond = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
      index += 1
      guard let value = digits() else { return false }
      second = value.value
      if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
        index += 1
        guard let fraction = digits() else { return false }
        nanosecond = fraction.value
        for _ in fraction.width..<9 { nanosecond *= 10 }
      }
    }
    var hour = hour
    while index < bytes.count, bytes[index].isSpace { index += 1 }
    if let half = halfOfDay() {
      guard (1...12).contains(hour) else { return false }
      hour = hour % 12 + half
    }
    guard hour < 24 || hour == 24 && minute == 0 && second == 0, minute < 60, second <= 60 else {
      return false
    }
    time = (hour, minute, second, nanosecond)
    return true
  }

  /// Passes over `am` or `pm`, and gives the hours to add.
  private mutating func halfOfDay() -> Int? {
    guard index + 1 < bytes.count, bytes[index + 1] | 0x20 == UInt8(ascii: "m"),
      index + 2 == bytes.count || !bytes[index + 2].isLetter
    else { return nil }
    let hours: Int
    switch bytes[index] | 0x20 {
    case UInt8(ascii: "a"): hours = 0
    case UInt8(ascii: "p"): hours = 12
    default: return nil
    }
    index += 2
    return hours
  }

  /// `+01:00`, `+0100` or `+01`.
  private mutating func readOffset() -> Bool {
    let sign = bytes[index] == UInt8(ascii: "-") ? -1 : 1
    index += 1
    guard let (first, width) = digits() else { return false }
    var (hours, minutes) = (first, 0)
    if width == 4 {
      (hours, minutes) = (first / 100, first % 100)
    } else if width > 2 {
      return false
    } else if index < bytes.count, bytes[index] == UInt8(ascii: ":") {
      index += 1
      guard let value = digits() else { return false }
      minutes = value.value
    }
    guard hours <= 18, minutes < 60 else { return false }
    offset = sign * (hours * 3_600 + minutes * 60)
    return true
  }

  // MARK: Words

  /// A month, a weekday or a time zone.
  private mutating func readWord() -> Bool {
    let start = index
    while index < bytes.count, bytes[index].isLetter { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self).lowercased()
    if index < bytes.count, bytes[index] == UInt8(ascii: "."), word.utf8.count == 3 { index += 1 }
    if let seconds = Self.zones[word], offset == nil {
      offset = seconds
      return true
    }
    if word.utf8.count >= 3 {
      if let number = Self.position(of: word, in: Strftime.Names.english.months), month == nil {
        month = number + 1
        return true
      }
      return Self.position(of: word, in: Strftime.Names.english.weekdays) != nil
    }
    return false
  }

  /// The name that a word is or starts.
  private static func position(of word: String, in names: [String]) -> Int? {
    names.firstIndex { $0.lowercased().hasPrefix(word) }
  }

  private func isOrdinalSuffix(at index: Int) -> Bool {
    let suffix = String(decoding: bytes[index...index + 1], as: UTF8.self).lowercased()
    return ["st", "nd", "rd", "th"].contains(suffix)
  }

  /// The zones of RFC 2822, in seconds east of UTC.
  private static let zones: [String: Int] = [
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -18_000, "edt": -14_400, "cst": -21_600,
    "cdt": -18_000, "mst": -25_200, "mdt": -21_600, "pst": -28_800, "pdt": -25_200,
  ]
}
