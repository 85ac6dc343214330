/// A point in time, and the clock by which it is shown.
package struct Moment: Sendable, Hashable, Comparable {
  package enum Clock: Sendable, Hashable {
    /// The render's time zone: for a number of seconds, and `now`.
    case local
    /// Its own offset from UTC in seconds: `2026-03-14T10:00:00+02:00`.
    case offset(Int)
    /// None: a date or a time of day as it stands, which no time zone moves.
    case floating
  }

  /// Seconds since 1970 in UTC; of a floating one as if it stood in UTC.
  package var seconds: Int
  package var nanoseconds: Int
  package var clock: Clock
  /// Whether it has no time of day.
  package var isDay: Bool

  package init(seconds: Int, nanoseconds: Int = 0, clock: Clock = .local, isDay: Bool = false) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.clock = clock
    self.isDay = isDay
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }

  /// `2026-03-14`, or `2026-03-14 10:00:00 +0200` as Ruby prints a time.
  package var description: String {
    let offset = if case .offset(let seconds) = clock { seconds } else { 0 }
    let civil = CivilTime(self, offset: offset)
    let date = "\(civil.year.padded(to: 4))-\(civil.month.padded())-\(civil.day.padded())"
    guard !isDay else { return date }
    let time = "\(civil.hour.padded()):\(civil.minute.padded()):\(civil.second.padded())"
    return "\(date) \(time) \(civil.offsetText(colons: 0))"
  }
}
