import LetterpressLiquid

/// The `date-time` of RFC 5322, in UTC.
enum MessageDate {
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Fri, 13 Nov 2026 09:05:00 +0000`.
  static func text(_ moment: Moment) -> String {
    let time = CivilTime(moment, offset: 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = [time.hour, time.minute, time.second].map(two).joined(separator: ":")
    let zeros = String(repeating: "0", count: max(0, 4 - "\(time.year)".utf8.count))
    return "\(days[time.weekday]), \(time.day) \(months[time.month - 1]) \(zeros)\(time.year)"
      + " \(clock) +0000"
  }
}
