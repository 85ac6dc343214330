import Foundation
import Synchronization

/// What Foundation knows of languages, asked for once and kept.
///
/// The numbers and dates of common languages are written by hand, which is many times faster; the
/// tests hold them to Foundation's.
package final class LocaleCache: Sendable {
  private let names = Mutex<[String: Strftime.Names]>([:])

  package init() {}

  // MARK: Dates

  /// The names of months and weekdays in a language.
  func dateNames(_ locale: String) -> Strftime.Names {
    if locale == "en" || locale.hasPrefix("en-") || locale.hasPrefix("en_") { return .english }
    return names.withLock { known in
      if let names = known[locale] { return names }
      var calendar = Calendar(identifier: .gregorian)
      calendar.locale = Locale(identifier: locale)
      let names = Strftime.Names(
        months: calendar.monthSymbols,
        shortMonths: calendar.shortMonthSymbols,
        weekdays: calendar.weekdaySymbols,
        shortWeekdays: calendar.shortWeekdaySymbols,
        halvesOfDay: [calendar.amSymbol, calendar.pmSymbol]
      )
      known[locale] = names
      return names
    }
  }

  /// A date as a language writes it.
  func date(_ time: CivilTime, _ style: DateStyle, locale: String) -> String {
    let date: Date.FormatStyle.DateStyle =
      switch style {
      case .short: .numeric
      case .medium: .abbreviated
      case .long: .long
      case .full: .complete
      case .time: .omitted
      }
    var format = Date.FormatStyle(
      date: date,
      time: style == .time ? .shortened : .omitted,
      locale: Locale(identifier: locale),
      calendar: Calendar(identifier: .gregorian)
    )
    // The civil time as if it were UTC, so that no clock is asked again.
    format.timeZone = .gmt
    return Date(timeIntervalSince1970: Double(time.seconds + time.offset)).formatted(format)
  }

  // MARK: Numbers

  /// An amount in the smallest unit of its currency.
  func money(_ units: Int, currency: String, locale: String) -> String {
    let digits = CurrencyUnits.digits(of: currency)
    if let format = NumberFormat(locale: locale), let symbol = format.symbol(of: currency) {
      let amount = ExactDecimal(coefficient: Int128(units), exponent: -digits)
      return format.money(amount, symbol: symbol, digits: digits)
    }
    let amount = Decimal(
      sign: units < 0 ? .minus : .plus,
      exponent: -digits,
      significand: Decimal(units.magnitude)
    )
    return amount.formatted(
      .currency(code: currency).locale(Locale(identifier: locale)).precision(
        .fractionLength(digits)
      )
    )
  }

  /// A number with a fixed count of digits after the point, or with as many as it has, up to three.
  func number(_ number: ExactDecimal, digits: Int?, locale: String) -> String {
    if let format = NumberFormat(locale: locale) { return format.number(number, digits: digits) }
    let decimal = Decimal(string: "\(number.coefficient)e\(number.exponent)") ?? 0
    let precision: NumberFormatStyleConfiguration.Precision =
      digits.map { .fractionLength($0) } ?? .fractionLength(0...3)
    return decimal.formatted(
      Decimal.FormatStyle(locale: Locale(identifier: locale)).precision(precision)
    )
  }
}
