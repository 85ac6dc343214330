import LetterpressSchema
import Synchronization

/// The decoded profiles of a run that measures rendering; all of them stay in memory.
final class KeptRecords: Sendable {
  private let all = Mutex<[(record: Record, row: BatchRow)]>([])

  /// Keeps a copy, so that the record's own memory can be used for the next profile.
  func append(_ record: borrowing Record, _ row: BatchRow) {
    var copy = Record()
    copy.slots += record.slots
    copy.bytes += record.bytes
    copy.root = record.root
    copy.profile = record.profile
    all.withLock { $0.append((copy, row)) }
  }

  /// The share of one of several threads.
  func share(_ number: Int, of count: Int) -> ArraySlice<(record: Record, row: BatchRow)> {
    all.withLock { all in
      all[all.count * number / count..<all.count * (number + 1) / count]
    }
  }
}

/// Renders the profiles of a run again and again, in passes over all of them.
///
/// The run itself has rendered each once, so that what fails is out and what is to be warm is warm.
struct BatchMeasurement<State: ~Copyable>: Sendable {
  let records: KeptRecords
  let repeats: Int
  let jobs: Int
  let isStopped: @Sendable () -> Bool
  let makeState: @Sendable () -> State
  let render: @Sendable (inout State, borrowing Record, BatchRow, inout [UInt8]) throws -> Void
  let measure: (@Sendable (inout State, borrowing Record, BatchRow) throws -> Int)?

  /// The figures of the passes: renders, their bytes, and the time from the first to the last.
  func run() -> BatchStatistics {
    let start = ContinuousClock.now
    let threads = BatchThreads(count: jobs) { [self] number in
      var state = makeState()
      var statistics = BatchStatistics()
      var bytes: [UInt8] = []
      let share = records.share(number, of: jobs)
      for _ in 0..<repeats where !isStopped() {
        for (record, row) in share {
          bytes.removeAll(keepingCapacity: true)
          // Each has been rendered before.
          guard let size = try? render(record, row, &state, &bytes) else { continue }
          statistics.renders += 1
          statistics.bytes += size
        }
      }
      return statistics
    }
    while !threads.wait(seconds: 3600) {}
    var statistics = threads.statistics
    statistics.renderSeconds = (ContinuousClock.now - start) / .seconds(1)
    return statistics
  }

  private func render(
    _ record: borrowing Record,
    _ row: BatchRow,
    _ state: inout State,
    _ bytes: inout [UInt8]
  ) throws -> Int {
    if let measure { return try measure(&state, record, row) }
    try render(&state, record, row, &bytes)
    return bytes.count
  }
}
