/// Times runs of something, alternating with something else, so that a noisy machine is noisy for both.
struct Stopwatch {
  /// Seconds of each run, sorted.
  private(set) var seconds: [Double] = []

  var median: Double { seconds.isEmpty ? 0 : seconds[seconds.count / 2] }

  /// One run of at least a tenth of a second; `body` does its work once.
  mutating func run(_ body: () -> Void) {
    let clock = ContinuousClock()
    var rounds = 0
    let start = clock.now
    var elapsed = Duration.zero
    repeat {
      body()
      rounds += 1
      elapsed = start.duration(to: clock.now)
    } while elapsed < .milliseconds(100)
    seconds.append(elapsed.seconds / Double(rounds))
    seconds.sort()
  }
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

/// A time as people read it.
func shown(_ seconds: Double) -> String {
  let (value, unit) =
    seconds < 1e-3 ? (seconds * 1e6, "µs") : seconds < 1 ? (seconds * 1e3, "ms") : (seconds, "s")
  let tenths = (value * 10).rounded() / 10
  return "\(tenths) \(unit)"
}
