import Dispatch
import Foundation
import LetterpressProfiles
package import LetterpressSchema

/// Renders each profile of an input and delivers the messages: all of them, once, whole.
///
/// Rows are decoded and rendered on all cores and delivered in their order. What is wrong with a
/// row costs that row alone, and stands in the report. The run can be stopped or killed at any
/// moment; run again with `resumes`, the outputs become the same, byte for byte, as if nothing had
/// happened.
///
/// How that is: output and report grow in a state folder. From time to time both are brought to the
/// disk, and then a checkpoint replaces the one before. The next run cuts both to the lengths that
/// the checkpoint names and goes on reading at its place. The real names appear after the last row.
package struct BatchRun<State: ~Copyable> {
  private let options: BatchOptions
  private let schema: ProfileSchema
  private let condition: (@Sendable (inout State, borrowing Record) throws -> Bool)?
  private let makeState: @Sendable (BatchPins) -> State
  private let render:
    @Sendable (inout State, borrowing Record, BatchRow, inout [UInt8]) throws -> Void
  private let measure: (@Sendable (inout State, borrowing Record, BatchRow) throws -> Int)?

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - options: What is read, where to, and how.
  ///   - schema: The type of the profiles.
  ///   - condition: Which profiles are taken; all by default.
  ///   - makeState: Makes what one thread needs to render, such as a buffer.
  ///   - render: Appends one message. It may run on several threads, each with its own state; it
  ///     throws a `RowRejection` for a profile that gets none, and must append the same bytes for the
  ///     same row and pins.
  ///   - measure: Renders one message and drops it; returns its size. Takes the place of `render`
  ///     where the output is `null`, so that no copy is measured.
  package init(
    _ options: BatchOptions,
    schema: ProfileSchema,
    where condition: (@Sendable (inout State, borrowing Record) throws -> Bool)? = nil,
    makeState: @escaping @Sendable (BatchPins) -> State,
    render:
      @escaping @Sendable (
        inout State, borrowing Record, BatchRow, inout [UInt8]
      ) throws -> Void,
    measure: (@Sendable (inout State, borrowing Record, BatchRow) throws -> Int)? = nil
  ) {
    self.options = options
    self.schema = schema
    self.condition = condition
    self.makeState = makeState
    self.render = render
    self.measure = measure
  }

  /// Runs to the end, or until it is stopped.
  package func run() throws(BatchError) -> BatchSummary {
    do throws(BatchError) {
      return try runToEnd()
    } catch {
      var error = error
      if error.kind == .inputOutput, error.hint == nil, options.output.path != nil {
        error.hint = "the same command with --resume goes on"
      }
      throw error
    }
  }

  private func runToEnd() throws(BatchError) -> BatchSummary {
    if options.handlesSignals { BatchSignals.install() }
    defer { if options.handlesSignals { BatchSignals.restore() } }
    let start = ContinuousClock.now
    // The input is looked at before anything is made for the output.
    let source: any ProfileSource
    do throws(ProfileSourceError) {
      let handlesSignals = options.handlesSignals
      source = try options.input.open(schema: schema) {
        handlesSignals && BatchSignals.stopSignal != nil
      }
    } catch {
      throw BatchError(error)
    }
    let plan = try BatchPlan(options)
    if let summary = try plan.finishedBefore() { return summary }
    let outcome = try run(plan, source, sample: try sample())
    return try summary(of: outcome, plan, start)
  }

  /// The rows that are taken; nil for all.
  private func sample() throws(BatchError) -> RowSample? {
    guard let count = options.sampleCount else { return options.sample }
    let handlesSignals = options.handlesSignals
    do throws(ProfileSourceError) {
      return try RowSample(count: count, of: options.input, schema: schema, seed: options.seed) {
        handlesSignals && BatchSignals.stopSignal != nil
      }
    } catch {
      throw BatchError(error)
    }
  }

  private struct Outcome {
    let queue: BatchQueue
    var statistics: BatchStatistics
  }

  private func run(
    _ plan: BatchPlan,
    _ source: sending any ProfileSource,
    sample: RowSample?
  ) throws(BatchError) -> Outcome {
    let committer = try plan.makeCommitter()
    do throws(ProfileSourceError) {
      if let state = plan.state, state.isResumed {
        try source.resume(at: state.checkpoint.position)
      }
    } catch {
      throw BatchError(error)
    }
    let interrupt = source.interrupt
    let jobs = max(1, min(options.jobs ?? ProcessInfo.processInfo.activeProcessorCount, 128))
    let hasEnded = committer.ending != nil
    let queue = BatchQueue(source, committer, jobs: jobs)
    if hasEnded { queue.stop() }
    let kept = options.repeats != nil && options.output == .null ? KeptRecords() : nil
    let threads = BatchThreads(count: jobs, makeTask(plan, queue, kept, sample))
    let progress = BatchProgress(isShown: options.showsProgress && BatchFile.isErrorTerminal)
    while !threads.wait(seconds: 0.1) {
      if options.handlesSignals, BatchSignals.stopSignal != nil {
        queue.stop()
        interrupt()
      }
      progress.show(queue)
    }
    progress.clear()
    var statistics = threads.statistics
    if let kept {
      let passes = measurement(of: kept, plan.pins, jobs: jobs).run()
      statistics.renders = passes.renders
      statistics.bytes = passes.bytes
      statistics.renderSeconds = passes.renderSeconds
    }
    return Outcome(queue: queue, statistics: statistics)
  }

  private func measurement(
    of records: KeptRecords,
    _ pins: BatchPins,
    jobs: Int
  ) -> BatchMeasurement<State> {
    let handlesSignals = options.handlesSignals
    let makeState = makeState
    return BatchMeasurement(
      records: records,
      repeats: max(1, options.repeats ?? 1),
      jobs: jobs,
      isStopped: { handlesSignals && BatchSignals.stopSignal != nil },
      makeState: { makeState(pins) },
      render: render,
      measure: measure
    )
  }

  /// What each thread does.
  private func makeTask(
    _ plan: BatchPlan,
    _ queue: BatchQueue,
    _ kept: KeptRecords?,
    _ sample: RowSample?
  ) -> @Sendable (Int) -> BatchStatistics {
    let work = BatchWork<State>(
      schema: schema,
      condition: condition,
      render: render,
      measure: options.output == .null ? measure : nil,
      sample: sample,
      key: options.key ?? RowKey.likely(in: schema),
      needsKeys: options.key != nil || options.output != .null,
      findsDuplicates: options.key != nil,
      measuresQuality: options.measuresQuality,
      measuresTime: options.measuresTime || options.repeats != nil,
      kept: kept,
      report: BatchReport(file: options.input.name),
      framing: BatchFraming(options.output, plan.pins),
      marks: plan.marks
    )
    let pins = plan.pins
    let makeState = makeState
    return { number in
      var worker = BatchWorker(work, number: number, state: makeState(pins))
      var chunk = ProfileChunk()
      var piece = BatchPiece()
      while let place = queue.next(&chunk) {
        var index = 0
        repeat {
          index = worker.work(on: chunk, from: index, into: &piece)
          queue.deliver(&piece, of: place, isLast: index == chunk.rows.count)
        } while index < chunk.rows.count
      }
      return worker.statistics
    }
  }

  private func summary(
    of outcome: Outcome,
    _ plan: BatchPlan,
    _ start: ContinuousClock.Instant
  ) throws(BatchError) -> BatchSummary {
    if let failure = outcome.queue.failure { throw failure }
    let sourceFailure = outcome.queue.sourceFailure
    let signal = options.handlesSignals ? BatchSignals.stopSignal : nil
    var statistics = outcome.statistics
    return try outcome.queue.withCommitter { committer throws(BatchError) in
      var ending = BatchSummary.Ending.complete
      switch committer.ending {
      case .limit: break
      case .tooManyRejects: ending = .tooManyRejects
      case nil:
        if let signal {
          ending = .signal(signal)
        } else if let sourceFailure {
          // What was read is not lost; a damaged database ends with a line in the report.
          guard sourceFailure.kind == .damaged else {
            try committer.writeCheckpoint()
            throw BatchError(sourceFailure)
          }
          try committer.report(sourceFailure)
        }
      }
      if ending == .complete { try committer.finish() } else { try committer.writeCheckpoint() }
      statistics.totalSeconds = (ContinuousClock.now - start) / .seconds(1)
      return BatchSummary(
        ending: ending,
        counts: committer.checkpoint.counts,
        quality: committer.checkpoint.quality,
        firstRejects: committer.firstRejects,
        rejectsPath: plan.rejects,
        statistics: statistics
      )
    }
  }
}
