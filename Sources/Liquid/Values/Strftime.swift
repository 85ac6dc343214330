/// Dates by Ruby's `strftime` directives: `%-d %B %Y`.
package enum Strftime {
  /// The letters of all directives.
  private static let letters = Set("YCymBbhdejHkIlMSLNzZAapPuwGgVUWsnt%cDxFvTXRr+".utf8)

  /// The first directive of a format that there is not.
  package static func unknownDirective(in format: String) -> String? {
    let bytes = Array(format.utf8)[...]
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(of: UInt8(ascii: "%")) {
      var end = start + 1
      guard let directive = try? directive(bytes, &end), letters.contains(directive.letter) else {
        return String(
          decoding: bytes[start..<min(max(end, start + 1), bytes.endIndex)],
          as: UTF8.self
        )
      }
      index = max(end, start + 1)
    }
    return nil
  }

  /// The names that a language has for the parts of a date.
  struct Names: Sendable {
    var months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    var shortMonths = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// From Sunday.
    var weekdays = [
      "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    var shortWeekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    var halvesOfDay = ["AM", "PM"]

    static let english = Names()
  }

  /// Widths beyond this are mistakes.
  private static let maximalWidth = 1_024

  /// `%`, flags, a width and the letter that says what is printed.
  private struct Directive {
    var padding: UInt8?
    var isPadded = true
    var isUppercase = false
    var changesCase = false
    var colons = 0
    var width: Int?
    var letter: UInt8 = 0
  }

  /// Adds a time in a format; what is no directive is added as it stands.
  static func append(
    _ time: CivilTime,
    format: String,
    names: Names,
    to text: inout BoundedText
  ) throws(LiquidError) {
    try append(time, Array(format.utf8)[...], names, to: &text)
  }

  private static func append(
    _ time: CivilTime,
    _ format: ArraySlice<UInt8>,
    _ names: Names,
    to text: inout BoundedText
  ) throws(LiquidError) {
    var index = format.startIndex
    while index < format.endIndex {
      guard format[index] == UInt8(ascii: "%") else {
        try text.append(format[index])
        index += 1
        continue
      }
      var end = index + 1
      if let directive = try directive(format, &end),
        try append(time, directive, names, to: &text)
      {
        index = end
      } else {
        try text.append(format[index])
        index += 1
      }
    }
  }

  /// Reads a directive after its `%`.
  private static func directive(
    _ format: ArraySlice<UInt8>,
    _ index: inout Int
  ) throws(LiquidError) -> Directive? {
    var directive = Directive()
    while index < format.endIndex {
      let byte = format[index]
      index += 1
      switch byte {
      case UInt8(ascii: "-"): directive.isPadded = false
      case UInt8(ascii: "0") where directive.width == nil: directive.padding = byte
      case UInt8(ascii: "_"): directive.padding = UInt8(ascii: " ")
      case UInt8(ascii: "^"): directive.isUppercase = true
      case UInt8(ascii: "#"): directive.changesCase = true
      case UInt8(ascii: ":"): directive.colons += 1
      // The locale modifiers of C, which Ruby passes over.
      case UInt8(ascii: "E"), UInt8(ascii: "O"): break
      case _ where byte.isDigit:
        let width = (directive.width ?? 0) * 10 + Int(byte - 0x30)
        guard width <= maximalWidth else {
          throw .argument("the width in the date format is too large")
        }
        directive.width = width
      default:
        directive.letter = byte
        return directive
      }
    }
    return nil
  }

  /// Adds what a directive stands for; false where there is no such directive.
  private static func append(
    _ time: CivilTime,
    _ directive: Directive,
    _ names: Names,
    to text: inout BoundedText
  ) throws(LiquidError) -> Bool {
    let hour12 = (time.hour + 11) % 12 + 1
    func number(_ value: Int, _ width: Int, _ padding: Character = "0") throws(LiquidError) -> Bool
    {
      try append(value, width, padding, directive, to: &text)
      return true
    }
    func word(_ word: String, opposite: String? = nil) throws(LiquidError) -> Bool {
      try append(word, opposite ?? word.uppercased(), directive, to: &text)
      return true
    }
    func composite(_ format: String) throws(LiquidError) -> Bool {
      var inner = BoundedText(limit: text.limit)
      try append(time, Array(format.utf8)[...], names, to: &inner)
      return try word(inner.text)
    }
    switch directive.letter {
    case UInt8(ascii: "Y"): return try number(time.year, time.year < 0 ? 5 : 4)
    case UInt8(ascii: "C"): return try number(time.year.flooredQuotient(100), 2)
    case UInt8(ascii: "y"):
      return try number(time.year - time.year.flooredQuotient(100) * 100, 2)
    case UInt8(ascii: "m"): return try number(time.month, 2)
    case UInt8(ascii: "B"): return try word(names.months[time.month - 1])
    case UInt8(ascii: "b"), UInt8(ascii: "h"): return try word(names.shortMonths[time.month - 1])
    case UInt8(ascii: "d"): return try number(time.day, 2)
    case UInt8(ascii: "e"): return try number(time.day, 2, " ")
    case UInt8(ascii: "j"): return try number(time.dayOfYear, 3)
    case UInt8(ascii: "H"): return try number(time.hour, 2)
    case UInt8(ascii: "k"): return try number(time.hour, 2, " ")
    case UInt8(ascii: "I"): return try number(hour12, 2)
    case UInt8(ascii: "l"): return try number(hour12, 2, " ")
    case UInt8(ascii: "M"): return try number(time.minute, 2)
    case UInt8(ascii: "S"): return try number(time.second, 2)
    case UInt8(ascii: "L"): return try word(fraction(time, digits: directive.width ?? 3))
    case UInt8(ascii: "N"): return try word(fraction(time, digits: directive.width ?? 9))
    case UInt8(ascii: "z"): return try word(time.offsetText(colons: directive.colons))
    case UInt8(ascii: "Z"): return try word(time.zone, opposite: time.zone.lowercased())
    case UInt8(ascii: "A"): return try word(names.weekdays[time.weekday])
    case UInt8(ascii: "a"): return try word(names.shortWeekdays[time.weekday])
    case UInt8(ascii: "p"):
      let half = names.halvesOfDay[time.hour < 12 ? 0 : 1]
      return try word(half, opposite: half.lowercased())
    case UInt8(ascii: "P"): return try word(names.halvesOfDay[time.hour < 12 ? 0 : 1].lowercased())
    case UInt8(ascii: "u"): return try number(time.weekday == 0 ? 7 : time.weekday, 1)
    case UInt8(ascii: "w"): return try number(time.weekday, 1)
    case UInt8(ascii: "G"): return try number(time.isoWeek.year, 4)
    case UInt8(ascii: "g"):
      return try number(time.isoWeek.year - time.isoWeek.year.flooredQuotient(100) * 100, 2)
    case UInt8(ascii: "V"): return try number(time.isoWeek.week, 2)
    case UInt8(ascii: "U"): return try number((time.dayOfYear + 6 - time.weekday) / 7, 2)
    case UInt8(ascii: "W"): return try number((time.dayOfYear + 6 - (time.weekday + 6) % 7) / 7, 2)
    case UInt8(ascii: "s"): return try number(time.seconds, 1)
    case UInt8(ascii: "n"): return try word("\n")
    case UInt8(ascii: "t"): return try word("\t")
    case UInt8(ascii: "%"): return try word("%")
    case UInt8(ascii: "c"): return try composite("%a %b %e %H:%M:%S %Y")
    case UInt8(ascii: "D"), UInt8(ascii: "x"): return try composite("%m/%d/%y")
    case UInt8(ascii: "F"): return try composite("%Y-%m-%d")
    case UInt8(ascii: "v"): return try composite("%e-%^b-%Y")
    case UInt8(ascii: "T"), UInt8(ascii: "X"): return try composite("%H:%M:%S")
    case UInt8(ascii: "R"): return try composite("%H:%M")
    case UInt8(ascii: "r"): return try composite("%I:%M:%S %p")
    case UInt8(ascii: "+"): return try composite("%a %b %e %H:%M:%S %Z %Y")
    default: return false
    }
  }

  private static func append(
    _ value: Int,
    _ width: Int,
    _ padding: Character,
    _ directive: Directive,
    to text: inout BoundedText
  ) throws(LiquidError) {
    var digits = String(value.magnitude)
    if directive.isPadded {
      let padding = directive.padding.map { Character(Unicode.Scalar($0)) } ?? padding
      let missing = (directive.width ?? width) - digits.utf8.count - (value < 0 ? 1 : 0)
      if missing > 0 {
        let filling = String(repeating: padding, count: missing)
        digits = padding == "0" ? filling + digits : digits
        if value < 0 { digits = "-" + digits }
        return try text.append(padding == "0" ? digits : filling + digits)
      }
    }
    try text.append(value < 0 ? "-" + digits : digits)
  }

  private static func append(
    _ word: String,
    _ opposite: String,
    _ directive: Directive,
    to text: inout BoundedText
  ) throws(LiquidError) {
    let shown =
      directive.isUppercase ? word.uppercased() : directive.changesCase ? opposite : word
    if directive.isPadded, let width = directive.width {
      let padding = directive.padding.map { Character(Unicode.Scalar($0)) } ?? " "
      let missing = width - shown.unicodeScalars.count
      if missing > 0 { try text.append(String(repeating: padding, count: missing)) }
    }
    try text.append(shown)
  }

  /// The first digits of the fraction of the second.
  private static func fraction(_ time: CivilTime, digits: Int) -> String {
    let nine = time.nanosecond.padded(to: 9)
    return digits <= 9
      ? String(nine.prefix(max(digits, 1))) : nine + String(repeating: "0", count: digits - 9)
  }
}
