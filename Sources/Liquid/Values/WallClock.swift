import Foundation

/// The time zone by which moments are shown.
package struct WallClock: Sendable {
  /// Nil for UTC, for which Foundation is not needed.
  private let zone: TimeZone?

  package static let utc = WallClock(zone: nil)

  private init(zone: TimeZone?) { self.zone = zone }

  /// The time zone of a name like `Europe/Berlin`; nil where there is none.
  package init?(identifier: String) {
    if ["UTC", "GMT", "Etc/UTC"].contains(identifier) {
      self = .utc
    } else if let zone = TimeZone(identifier: identifier) {
      self.zone = zone
    } else {
      return nil
    }
  }

  /// The date and time of a moment by this clock, unless it has one of its own.
  package func civilTime(of moment: Moment) -> CivilTime {
    switch moment.clock {
    case .local: return civilTimeHere(of: moment)
    case .offset(let seconds):
      var civil = CivilTime(moment, offset: seconds)
      civil.zone = seconds == 0 ? "UTC" : ""
      return civil
    case .floating:
      var civil = CivilTime(moment, offset: 0)
      civil.zone = "UTC"
      return civil
    }
  }

  /// The date and time by this clock, whatever offset the moment came with.
  package func civilTimeHere(of moment: Moment) -> CivilTime {
    guard moment.clock != .floating else { return civilTime(of: moment) }
    guard let zone else {
      var civil = CivilTime(moment, offset: 0)
      civil.zone = "UTC"
      return civil
    }
    let date = Date(timeIntervalSince1970: Double(moment.seconds))
    var civil = CivilTime(moment, offset: zone.secondsFromGMT(for: date))
    // `abbreviation(for:)` would depend on the machine's language.
    let style: NSTimeZone.NameStyle =
      zone.isDaylightSavingTime(for: date) ? .shortDaylightSaving : .shortStandard
    civil.zone = zone.localizedName(for: style, locale: Locale(identifier: "en_US")) ?? ""
    return civil
  }
}
