@testable import Letterpress
@testable import LetterpressLiquid

extension CompiledEmail {
  /// The bytes that a message may have; nil where the file allows more work than a fuzzer has time for.
  var affordableOutput: Int? {
    guard limits.steps <= 20_000, limits.output <= 300_000, limits.value <= 65_536,
      limits.variables <= 300_000
    else { return nil }
    return limits.output
  }
}
