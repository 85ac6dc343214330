import LetterpressLiquid

/// Names of languages and time zones, as the manifest has them.
enum LocaleName {
  /// A BCP 47 tag.
  static func isValid(_ tag: String) -> Bool { LocaleTag.isValid(tag) }

  /// A name of the IANA database.
  static func isTimeZone(_ name: String) -> Bool { WallClock(identifier: name) != nil }
}
