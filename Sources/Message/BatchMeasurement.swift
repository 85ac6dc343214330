import LetterpressSchema
import Synchronization

/// The decoded profiles of a run that measures rendering; all of them stay in memory.
final class KeptRecords: Sendable {
  private let all = Mutex<[(record: Record, row: BatchRow)]>([])

  /// Keeps a copy, so that the record's own memory can be used for the next profile.
  func append(_ record: borrowing Record, _ row: BatchRow) {
    let kept = (record.copied(), row)
    all.withLock { $0.append(kept) }
  }

  /// The share of one of several threads: copies of its own, one behind the other in memory.
  func share(_ number: Int, of count: Int) -> (records: [Record], rows: [BatchRow]) {
    all.withLock { all in
      let share = all[all.count * number / count..<all.count * (number + 1) / count]
      return (share.map { $0.record.copied() }, share.map(\.row))
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

  /// The figures of the passes: renders, their bytes, and the time of the thread that took longest.
  func run() -> BatchStatistics {
    let threads = BatchThreads(count: jobs) { [self] number in
      var state = makeState()
      var statistics = BatchStatistics()
      var bytes: [UInt8] = []
      // Taken out of the struct once: the threads would count the references of what they share.
      let measure = self.measureOrRender
      var (records, rows) = records.share(number, of: jobs)
      // Each record is moved here while it is rendered: handing it out of the array would count references.
      var record = Record()
      // This thread's buffers are to be warm too.
      for index in records.indices.prefix(64) {
        _ = try? measure(&state, records[index], rows[index], &bytes)
      }
      let start = ContinuousClock.now
      for _ in 0..<repeats where !isStopped() {
        for index in records.indices {
          swap(&record, &records[index])
          // Each has been rendered before.
          if let size = try? measure(&state, record, rows[index], &bytes) {
            statistics.renders += 1
            statistics.bytes += size
          }
          swap(&record, &records[index])
        }
      }
      statistics.renderSeconds = (ContinuousClock.now - start) / .seconds(1)
      return statistics
    }
    while !threads.wait(seconds: 3600) {}
    return threads.statistics
  }

  /// Renders once and gives the size.
  private var measureOrRender:
    @Sendable (inout State, borrowing Record, BatchRow, inout [UInt8]) throws -> Int
  {
    if let measure {
      return { state, record, row, _ in try measure(&state, record, row) }
    }
    return { [render] state, record, row, bytes in
      bytes.removeAll(keepingCapacity: true)
      try render(&state, record, row, &bytes)
      return bytes.count
    }
  }
}
