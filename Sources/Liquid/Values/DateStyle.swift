/// A date as a language writes it, in place of directives.
///
/// `date: 'long'` is 24 November 2026 in one, 24. November 2026 in another. Shopify's Liquid would print the word itself, which nobody means.
package enum DateStyle: String, Sendable, CaseIterable {
  /// Numbers: 24/11/2026.
  case short
  /// The month's name, shortened: 24 Nov 2026.
  case medium
  /// The month's name: 24 November 2026.
  case long
  /// With the weekday: Tuesday, 24 November 2026.
  case full
  /// The time of day: 17:05, 5:05 PM.
  case time
}
