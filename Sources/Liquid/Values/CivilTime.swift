/// A date and a time of day in the Gregorian calendar, which is taken to have held always.
package struct CivilTime: Sendable, Hashable {
  package var year: Int
  /// 1 … 12.
  package var month: Int
  /// 1 … 31.
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int
  package var nanosecond: Int
  /// Seconds east of UTC.
  package var offset: Int
  /// 0 is Sunday.
  package var weekday: Int
  /// 1 … 366.
  package var dayOfYear: Int
  /// Seconds since 1970 in UTC.
  package var seconds: Int
  /// The time zone's abbreviation, where it has one.
  package var zone = ""

  /// The moment by a clock that is `offset` seconds ahead of UTC.
  package init(_ moment: Moment, offset: Int) {
    // Within ± 10^14 seconds (three million years) nothing here can overflow.
    seconds = min(max(moment.seconds, -100_000_000_000_000), 100_000_000_000_000)
    let shown = seconds + offset
    let days = shown.flooredQuotient(86_400)
    let time = shown - days * 86_400
    (year, month, day) = CivilTime.date(ofDay: days)
    (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60)
    nanosecond = moment.nanoseconds
    self.offset = offset
    // 1970-01-01 was a Thursday.
    weekday = (days + 4) - (days + 4).flooredQuotient(7) * 7
    dayOfYear = days - CivilTime.day(ofYear: year, month: 1, day: 1) + 1
  }

  /// Days since 1970-01-01.
  ///
  /// The year is taken to start in March, so that the leap day is its last (Hinnant,
  /// "chrono-Compatible Low-Level Date Algorithms").
  package static func day(ofYear year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.flooredQuotient(400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a number of days since 1970-01-01.
  static func date(ofDay days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// How many days a month has.
  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilTime {
  /// `+0200`, `+02:00` or `+02:00:00`.
  func offsetText(colons: Int) -> String {
    let distance = Int(offset.magnitude)
    let hours = (offset < 0 ? "-" : "+") + (distance / 3_600).padded()
    let minutes = (distance / 60 % 60).padded()
    return switch colons {
    case 0: hours + minutes
    case 1: hours + ":" + minutes
    default: hours + ":" + minutes + ":" + (distance % 60).padded()
    }
  }

  /// The week and its year as ISO 8601 counts them: weeks start on Monday, the first has a
  /// Thursday.
  var isoWeek: (year: Int, week: Int) {
    let weekdayFromMonday = (weekday + 6) % 7
    // The year of the week's Thursday.
    let thursday = CivilTime.day(ofYear: year, month: month, day: day) - weekdayFromMonday + 3
    let year = CivilTime.date(ofDay: thursday).year
    return (year, (thursday - CivilTime.day(ofYear: year, month: 1, day: 1)) / 7 + 1)
  }
}

extension Int {
  /// The number with zeros before it.
  func padded(to width: Int = 2) -> String {
    let digits = String(magnitude)
    return (self < 0 ? "-" : "")
      + String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }

  /// The quotient, rounded down; the divisor is positive.
  func flooredQuotient(_ divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
