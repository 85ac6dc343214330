import Foundation

/// Times runs of something, alternating with something else, so that a noisy machine is noisy for both.
///
/// The time is what the process itself took of all cores: others on the machine do not count.
struct Stopwatch {
  /// Seconds of each run, sorted.
  private(set) var seconds: [Double] = []

  var median: Double { seconds.isEmpty ? 0 : seconds[seconds.count / 2] }

  /// One run of at least a tenth of a second; `body` does its work once.
  mutating func run(_ body: () -> Void) {
    var rounds = 0
    let start = clock()
    var ticks: clock_t = 0
    repeat {
      body()
      rounds += 1
      ticks = clock() - start
    } while ticks < CLOCKS_PER_SEC / 10
    seconds.append(Double(ticks) / Double(CLOCKS_PER_SEC) / Double(rounds))
    seconds.sort()
  }
}

/// A time as people read it.
func shown(_ seconds: Double) -> String {
  let (value, unit) =
    seconds < 1e-3 ? (seconds * 1e6, "µs") : seconds < 1 ? (seconds * 1e3, "ms") : (seconds, "s")
  let tenths = (value * 10).rounded() / 10
  return "\(tenths) \(unit)"
}
