import LetterpressLiquid
import Synchronization

/// How a project writes amounts and dates, learnt from its filters once for all of its programs.
///
/// A store that only ever grows: what filters make of a sample depends on their arguments and the project's
/// language, clock and currency, so one store serves one `ProgramBlueprint.Locality`.
package final class LearntFormats: Sendable {
  /// Uses of `money` or `date` with the same arguments.
  struct Key: Hashable {
    var filter: String
    var positional: [String]
    /// Names and values after each other.
    var named: [String]

    init?(_ filter: String, _ arguments: FilterArguments) {
      self.filter = filter
      positional = []
      named = []
      for value in arguments.positional {
        guard case .string(let text) = value else { return nil }
        positional.append(text)
      }
      for (name, value) in arguments.named {
        guard case .string(let text) = value else { return nil }
        named += [name, text]
      }
    }
  }

  private struct State {
    /// Nil where the language writes amounts in a way that no style can.
    var money: [Key: MoneyStyle?] = [:]
    var dates: [Key: DateFormat?] = [:]
  }

  /// Templates of people name a handful.
  private static let limit = 256

  private let state = Mutex(State())

  package init() {}

  func moneyStyle(_ key: Key, learning learn: () -> MoneyStyle?) -> MoneyStyle? {
    if let known = state.withLock({ $0.money[key] }) { return known }
    let style = learn()
    state.withLock { if $0.money.count < Self.limit { $0.money[key] = .some(style) } }
    return style
  }

  func dateFormat(_ key: Key, learning learn: () -> DateFormat?) -> DateFormat? {
    if let known = state.withLock({ $0.dates[key] }) { return known }
    let format = learn()
    state.withLock { if $0.dates.count < Self.limit { $0.dates[key] = .some(format) } }
    return format
  }
}
