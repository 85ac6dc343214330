import Dispatch
import Foundation
import Synchronization

/// The threads of a run.
///
/// Threads rather than tasks: they wait for disks and pipes, and a crash is traced to a row by its
/// thread.
final class BatchThreads: Sendable {
  private let group = DispatchGroup()
  private let total = Mutex(BatchStatistics())

  /// Starts threads that each run a task with a number of its own.
  init(count: Int, _ task: @escaping @Sendable (Int) -> BatchStatistics) {
    for number in 0..<count {
      group.enter()
      let thread = Thread { [self] in
        let statistics = task(number)
        total.withLock { $0.add(statistics) }
        group.leave()
      }
      // As much as the main thread has: profiles and templates are nested to a bound that fits.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  /// Waits until all have ended; false where that takes longer.
  func wait(seconds: Double) -> Bool { group.wait(timeout: .now() + seconds) == .success }

  var statistics: BatchStatistics { total.withLock { $0 } }
}

extension BatchStatistics {
  /// Adds the figures of another thread.
  mutating func add(_ other: BatchStatistics) {
    rows += other.rows
    renders += other.renders
    bytes += other.bytes
    decodeSeconds = max(decodeSeconds, other.decodeSeconds)
    renderSeconds = max(renderSeconds, other.renderSeconds)
  }
}
