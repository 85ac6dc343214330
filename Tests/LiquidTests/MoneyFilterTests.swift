import Foundation
import LetterpressLiquid
import Testing

@Suite struct MoneyFilterTests {
  @Test(arguments: [
    Rendered("{{ 1999 | money }} {{ 0 | money }} {{ -5 | money }}", "$19.99 $0.00 -$0.05"),
    Rendered("{{ 123456789 | money }}", "$1,234,567.89"),
    Rendered("{{ 1999 | money: 'EUR' }} {{ 1999 | money: currency: 'JPY' }}", "€19.99 ¥1,999"),
    Rendered("{{ 123456 | money: 'EUR', locale: 'de' }}", "1.234,56\u{A0}€"),
    Rendered("{{ 123456 | money: 'KWD' }}", "KWD\u{A0}123.456"),
    Rendered("{{ '1999' | money }} {{ 19.5 | money }}", "$19.99 $0.20"),
    Rendered("{{ nil | money }}", ""),
    Rendered("{{ 1 | money: 'EURO' }}", "[argument: a currency is a code of three letters]"),
    Rendered("{{ 1e30 | money }}", "[argument: the amount is too large]"),
  ])
  func money(_ rendered: Rendered) { expect(rendered) }

  @Test(arguments: [
    Rendered(
      "{{ 1234.5 | number }} {{ 1234 | number }} {{ 0.12345 | number }}",
      "1,234.5 1,234 0.123"
    ),
    Rendered(
      "{{ 1234.5 | number: 2 }} {{ 0.005 | number: 2 }} {{ 7 | number: 0 }}",
      "1,234.50 0.01 7"
    ),
    Rendered("{{ 1234567.5 | number: locale: 'fr' }}", "1\u{202F}234\u{202F}567,5"),
    Rendered("{{ 1234 | number: locale: 'es' }} {{ 12345 | number: locale: 'es' }}", "1234 12.345"),
    Rendered("{{ -1234.5 | number }} {{ 'x' | number }}", "-1,234.5 0"),
  ])
  func numbers(_ rendered: Rendered) { expect(rendered) }

  @Test(
    "what is written by hand is what Foundation writes",
    arguments: [
      "en", "en-US", "de", "de-DE", "da", "it", "fr", "fr-FR", "es", "pl",
    ]
  )
  func foundation(_ locale: String) {
    for units in [0, 5, -5, 99, 100, 123_456, -123_456, 1_234_567, 123_456_789_012] {
      for currency in ["EUR", "USD", "GBP", "PLN"] {
        let amount = Decimal(units) / 100
        let wanted = amount.formatted(
          .currency(code: currency).locale(Locale(identifier: locale))
        )
        #expect(
          render("{{ \(units) | money: '\(currency)', locale: '\(locale)' }}") == wanted
        )
      }
      let number = Decimal(units) / 1_000
      let wanted = number.formatted(
        Decimal.FormatStyle(locale: Locale(identifier: locale)).precision(.fractionLength(0...3))
      )
      #expect(
        render(
          "{{ '\(NSDecimalNumber(decimal: number).stringValue)' | number: locale: '\(locale)' }}"
        )
          == wanted
      )
    }
  }

  @Test func otherLanguagesAreLeftToFoundation() {
    #expect(render("{{ 123456 | money: 'INR', locale: 'hi-IN' }}") == "₹1,234.56")
    #expect(render("{{ 12345678 | number: locale: 'en-IN' }}") == "1,23,45,678")
  }
}
