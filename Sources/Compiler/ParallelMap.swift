import Foundation
import Synchronization

extension Array where Element: Sendable {
  /// The results of a pure function for all elements, in their order, computed on all cores.
  ///
  /// Few elements are not worth a thread.
  func parallelMap<Result: Sendable>(
    _ transform: @escaping @Sendable (Element) -> Result
  ) -> [Result] {
    // Linux reads files to know its processors.
    guard count >= 8 else { return map(transform) }
    let workers = Swift.min(ProcessInfo.processInfo.activeProcessorCount, count / 4)
    guard workers > 1 else { return map(transform) }
    let work = ParallelWork<Result>(count: count)
    let group = DispatchGroup()
    for _ in 1..<workers {
      group.enter()
      let thread = Thread {
        work.run { transform(self[$0]) }
        group.leave()
      }
      // As much as the main thread has: templates are nested to a bound that fits.
      thread.stackSize = 8 << 20
      thread.start()
    }
    work.run { transform(self[$0]) }
    group.wait()
    return work.results
  }
}

/// What the threads of one `parallelMap` share.
private final class ParallelWork<Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var results: [Result?]
  }

  private let count: Int
  private let state: Mutex<State>

  init(count: Int) {
    self.count = count
    state = Mutex(State(results: Array(repeating: nil, count: count)))
  }

  /// Takes one number after the other until there is none left.
  func run(_ body: (Int) -> Result) {
    while let number = take() {
      let result = body(number)
      state.withLock { $0.results[number] = result }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  var results: [Result] { state.withLock { $0.results.compactMap { $0 } } }
}
