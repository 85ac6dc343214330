extension FilterCatalog {
  static let dateFilters: [Filter] = [
    Filter(
      "date",
      "Writes a date by strftime directives: '%-d %B %Y'; or as a language does: 'long'.",
      input: .date,
      .init("format", .string),
      named: [.optional("locale", .locale), .optional("time_zone", .timeZone)],
      result: .string
    ) { input, arguments, context throws(LiquidError) in
      let format = try context.text(arguments[0])
      guard !format.isEmpty, let moment = moment(input, context) else { return input }
      var time = context.clock.civilTime(of: moment)
      if let zone = arguments["time_zone"] {
        guard let clock = WallClock(identifier: try context.text(zone)) else {
          throw .argument("there is no such time zone")
        }
        time = clock.civilTimeHere(of: moment)
      }
      let locale = try arguments["locale"].map { value throws(LiquidError) in
        try context.text(value)
      }
      if let style = DateStyle(rawValue: format) {
        return .string(context.locales.date(time, style, locale: locale ?? context.locale))
      }
      var result = context.makeText()
      try Strftime.append(
        time,
        format: format,
        names: context.locales.dateNames(locale ?? context.locale),
        to: &result
      )
      return .string(result.text)
    }
  ]

  /// The moment that a value names; nil where it names none.
  ///
  /// A number, also one in a string, is seconds since 1970. `now` and `today` are the render's
  /// time.
  package static func moment(_ value: Value, _ context: FilterContext) -> Moment? {
    switch value {
    case .date(let moment): return moment
    case .integer(let seconds): return Moment(seconds: seconds)
    case .string(let text):
      let lowercased = text.utf8.count <= 16 ? text.lowercased() : ""
      if lowercased == "now" || lowercased == "today" { return context.now }
      if !text.isEmpty, text.utf8.allSatisfy(\.isDigit) {
        return Int(text).map { Moment(seconds: $0) }
      }
      return MomentParser.moment(text, today: context.clock.civilTime(of: context.now))
    default: return nil
    }
  }
}
