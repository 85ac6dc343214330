/// What filters know of the render that they are used in.
package struct FilterContext: Sendable {
  /// What `now` and `today` mean; fixed, so that renders are reproducible.
  package var now: Moment
  /// The clock by which moments are shown that bring none of their own.
  package var clock: WallClock
  /// A BCP 47 tag.
  package var locale: String
  /// An ISO 4217 code.
  package var currency: String
  /// Number formats and names of months, kept over renders.
  package var locales: LocaleCache
  package var budget: RenderBudget

  package init(
    now: Moment = Moment(seconds: 0),
    clock: WallClock = .utc,
    locale: String = "en-US",
    currency: String = "USD",
    locales: LocaleCache = LocaleCache(),
    budget: RenderBudget = RenderBudget()
  ) {
    self.now = now
    self.clock = clock
    self.locale = locale
    self.currency = currency
    self.locales = locales
    self.budget = budget
  }

  /// The bytes that one value may have.
  var valueLimit: Int { budget.limits.value }

  /// The text of a value, as filters of strings see it.
  func text(_ value: Value) throws(LiquidError) -> String { try value.text(limit: valueLimit) }

  func makeText(capacity: Int = 0) -> BoundedText {
    BoundedText(limit: valueLimit, capacity: capacity)
  }
}
