import Foundation
import LetterpressProfiles
import Synchronization

/// Hands rows to the workers and takes what they make of them, in order, with a bounded number of
/// chunks under way.
///
/// There is no thread that only reads or only writes: who needs rows reads them, and who finishes
/// the piece that is due writes it and those that wait behind it. So the worker that has the oldest
/// chunk never waits, and the others cannot wait for ever.
final class BatchQueue: Sendable {
  private struct Reading {
    let source: any ProfileSource
    var next = 0
    var isAtEnd = false
    var failure: ProfileSourceError?
  }

  private struct Order {
    /// The chunk whose piece is due.
    var due = 0
    /// Chunks that were handed out and are not written yet.
    var underWay = 0
    var isWriting = false
    var isStopped = false
    var parked: [Int: BatchPiece] = [:]
    /// Pieces whose memory can be used again.
    var spare: [BatchPiece] = []
    var failure: BatchError?
  }

  private let reading: Mutex<Reading>
  private let order = Mutex(Order())
  private let committing: Mutex<BatchCommitter>
  private let changed = NSCondition()
  private let window: Int
  /// Rows that were written or left out.
  let rows = Atomic<Int>(0)
  /// How much of the input was read, in thousandths; below 0 where that is not known.
  let progress = Atomic<Int>(-1)

  init(_ source: sending any ProfileSource, _ committer: sending BatchCommitter, jobs: Int) {
    reading = Mutex(Reading(source: source))
    committing = Mutex(committer)
    window = jobs * 2 + 1
  }

  // MARK: - Reading

  /// Reads the next chunk and returns its number; nil where there is none.
  func next(_ chunk: inout ProfileChunk) -> Int? {
    let mayRead = wait { order in
      if order.isStopped { return false }
      guard order.underWay < window else { return nil }
      order.underWay += 1
      return true
    }
    guard mayRead else { return nil }
    let number = read(&chunk)
    if number == nil { change { $0.underWay -= 1 } }
    return number
  }

  private func read(_ chunk: inout ProfileChunk) -> Int? {
    reading.withLock { reading -> Int? in
      guard !reading.isAtEnd, reading.failure == nil else { return nil }
      do throws(ProfileSourceError) {
        guard try reading.source.read(into: &chunk) else {
          reading.isAtEnd = true
          return nil
        }
      } catch {
        reading.failure = error
        return nil
      }
      if let share = reading.source.progress {
        progress.store(Int(share * 1000), ordering: .relaxed)
      }
      defer { reading.next += 1 }
      return reading.next
    }
  }

  // MARK: - Writing

  /// Takes a piece of a chunk; waits until its turn where the chunk has more to come.
  func deliver(_ piece: inout BatchPiece, of chunk: Int, isLast: Bool) {
    if !isLast {
      let isDue = wait { order in
        if order.failure != nil { return false }
        guard order.due == chunk, !order.isWriting else { return nil }
        order.isWriting = true
        return true
      }
      if isDue {
        write(piece)
        change { $0.isWriting = false }
      }
      piece.removeAll()
      return
    }
    let isDue = order.withLock { order -> Bool in
      if order.due == chunk, !order.isWriting {
        order.isWriting = true
        return true
      }
      order.parked[chunk] = piece
      piece = order.spare.popLast() ?? BatchPiece()
      return false
    }
    guard isDue else { return }
    write(piece)
    piece.removeAll()
    writeParked()
  }

  /// The piece that was due is written: those that wait behind it follow.
  private func writeParked() {
    while true {
      var following: BatchPiece?
      change { order in
        order.due += 1
        order.underWay -= 1
        following = order.parked.removeValue(forKey: order.due)
        if following == nil { order.isWriting = false }
      }
      guard var piece = following else { return }
      write(piece)
      piece.removeAll()
      order.withLock { $0.spare.append(piece) }
    }
  }

  private func write(_ piece: BatchPiece) {
    guard order.withLock({ $0.failure == nil }) else { return }
    do throws(BatchError) {
      let isEnding = try committing.withLock { committer throws(BatchError) in
        try committer.take(piece)
        return committer.ending != nil
      }
      rows.add(piece.events.count, ordering: .relaxed)
      if isEnding { stop() }
    } catch {
      change { order in
        order.failure = error
        order.isStopped = true
      }
    }
  }

  // MARK: - The end

  /// No more chunks are handed out.
  func stop() { change { $0.isStopped = true } }

  var isStopped: Bool { order.withLock { $0.isStopped } }

  var failure: BatchError? { order.withLock { $0.failure } }

  /// Why the input could not be read to its end.
  var sourceFailure: ProfileSourceError? { reading.withLock { $0.failure } }

  func withCommitter<Value: Sendable>(
    _ body: (inout BatchCommitter) throws(BatchError) -> Value
  ) throws(BatchError) -> Value {
    try committing.withLock { committer throws(BatchError) in try body(&committer) }
  }

  // MARK: - Waiting

  /// Waits until `decide` knows an answer.
  private func wait(_ decide: (inout Order) -> Bool?) -> Bool {
    changed.lock()
    defer { changed.unlock() }
    while true {
      if let answer = order.withLock({ decide(&$0) }) { return answer }
      changed.wait()
    }
  }

  /// Changes the order and wakes whoever waits for that.
  private func change(_ body: (inout Order) -> Void) {
    order.withLock { body(&$0) }
    // Whoever found no answer before the change holds this lock until it waits.
    changed.lock()
    changed.broadcast()
    changed.unlock()
  }
}
