import LetterpressProfiles
import LetterpressSchema

/// What a run does with each row, whoever does it.
struct BatchWork<State: ~Copyable>: Sendable {
  let schema: ProfileSchema
  let condition: (@Sendable (inout State, borrowing Record) throws -> Bool)?
  let render: @Sendable (inout State, borrowing Record, BatchRow, inout [UInt8]) throws -> Void
  /// Renders and returns the size alone; used instead of `render` where there is one.
  let measure: (@Sendable (inout State, borrowing Record, BatchRow) throws -> Int)?
  let sample: RowSample?
  /// The field that names a row, for reports at least.
  let key: RowKey?
  /// Whether each row's key is needed, or only those of rows that fail.
  let needsKeys: Bool
  let findsDuplicates: Bool
  let measuresQuality: Bool
  /// Whether decoding and rendering are measured, each by itself.
  let measuresTime: Bool
  /// Takes the records that are to be rendered again and again.
  let kept: KeptRecords?
  let report: BatchReport
  let framing: BatchFraming
  let marks: CrashMarks?
}

/// One thread's part of a run: its buffers, and how a chunk of rows becomes a piece of the output.
struct BatchWorker<State: ~Copyable>: ~Copyable {
  private let work: BatchWork<State>
  private let number: Int
  private var state: State
  private var record = Record()
  private var missing: MissingFields
  private(set) var statistics = BatchStatistics()

  init(_ work: BatchWork<State>, number: Int, state: consuming State) {
    self.work = work
    self.number = number
    self.state = state
    missing = MissingFields(of: work.schema)
    work.marks?.enter(number)
  }

  /// Works on the rows of a chunk from a place on, until the piece is large; returns where to go
  /// on.
  mutating func work(on chunk: ProfileChunk, from start: Int, into piece: inout BatchPiece) -> Int {
    var index = start
    // A piece is handed over before it grows beyond what a few large messages take.
    while index < chunk.rows.count, piece.bytes.count < 8 << 20 {
      let row = chunk.rows[index]
      work.marks?.begin(row.number, worker: number)
      take(index, row, of: chunk, into: &piece)
      index += 1
    }
    work.marks?.begin(0, worker: number)
    if work.measuresQuality { missing.move(into: &piece.quality) }
    return index
  }

  private mutating func take(
    _ index: Int,
    _ row: ProfileRow,
    of chunk: ProfileChunk,
    into piece: inout BatchPiece
  ) {
    if let sample = work.sample, !sample.contains(row.number) {
      leaveOut(row, &piece)
      return
    }
    if let failures = chunk.failures[index] {
      reject(failures, row, of: chunk, &piece)
      return
    }
    if work.marks?.crashedRows.contains(row.number) == true {
      let reason = RowFailure(
        code: "E-CRASH",
        message: "this row crashed the program in an earlier run; please report it",
        column: row.line > 0 ? 1 : nil
      )
      reject([reason], row, of: chunk, &piece)
      return
    }
    let clock = work.measuresTime ? ContinuousClock.now : nil
    do throws(ProfileError) {
      try work.schema.decoder.decode(chunk.bytes, in: row.json, into: &record)
    } catch {
      reject(BatchReport.reasons(error, of: row, in: chunk), row, of: chunk, &piece)
      return
    }
    statistics.rows += 1
    if let clock { statistics.decodeSeconds += (ContinuousClock.now - clock) / .seconds(1) }
    if work.measuresQuality { missing.look(at: record) }
    deliver(row, of: chunk, into: &piece)
  }

  private mutating func deliver(
    _ row: ProfileRow,
    of chunk: ProfileChunk,
    into piece: inout BatchPiece
  ) {
    let key = work.needsKeys ? self.key(of: row, in: chunk) : nil
    let line = row.line > 0 ? row.line : nil
    let start = piece.bytes.count
    let size: Int
    do {
      if let condition = work.condition, try !condition(&state, record) {
        leaveOut(row, &piece)
        return
      }
      let seen = BatchRow(number: row.number, line: line, key: key)
      size = try render(seen, into: &piece.bytes, from: start)
    } catch {
      piece.bytes.removeLast(piece.bytes.count - start)
      let rejection =
        error as? RowRejection ?? RowRejection(code: "render-failed", message: "\(error)")
      let reason = RowFailure(
        pointer: rejection.field,
        code: rejection.code,
        message: rejection.message,
        column: line == nil ? nil : 1
      )
      reject([reason], row, of: chunk, &piece, isIntended: rejection.isIntended)
      return
    }
    work.framing.frame(&piece.bytes, from: start)
    let hash = work.findsDuplicates ? key.map(SeenKeys.hash) ?? 0 : 0
    piece.events.append(
      BatchPiece.Event(
        outcome: .delivered,
        number: row.number,
        line: line,
        range: start..<piece.bytes.count,
        size: size,
        keyHash: hash,
        next: row.next
      )
    )
    piece.keys.append(key)
  }

  /// Renders once; returns the size.
  private mutating func render(
    _ row: BatchRow,
    into bytes: inout [UInt8],
    from start: Int
  ) throws -> Int {
    let clock = work.measuresTime ? ContinuousClock.now : nil
    var size = 0
    if let measure = work.measure {
      size = try measure(&state, record, row)
    } else {
      try work.render(&state, record, row, &bytes)
      size = bytes.count - start
    }
    if let clock { statistics.renderSeconds += (ContinuousClock.now - clock) / .seconds(1) }
    statistics.renders += 1
    statistics.bytes += size
    work.kept?.append(record, row)
    return size
  }

  private func leaveOut(_ row: ProfileRow, _ piece: inout BatchPiece) {
    append(.leftOut, row, 0..<0, key: nil, &piece)
  }

  private func reject(
    _ reasons: [RowFailure],
    _ row: ProfileRow,
    of chunk: ProfileChunk,
    _ piece: inout BatchPiece,
    isIntended: Bool = false
  ) {
    let key = self.key(of: row, in: chunk)
    let line = row.line > 0 ? row.line : nil
    let start = piece.reports.count
    work.report.append(reasons, row: row.number, line: line, key: key, to: &piece.reports)
    // No chunk shows more than the whole run does.
    if piece.shown.count < BatchSummary.shownRejects {
      piece.shown[piece.events.count] = work.report.words(
        reasons,
        row: row.number,
        line: line,
        key: key
      )
    }
    if work.measuresQuality {
      for reason in reasons { piece.quality.count(reason.code, at: reason.pointer) }
    }
    append(
      isIntended ? .skipped : .rejected,
      row,
      start..<piece.reports.count,
      key: key,
      &piece
    )
  }

  private func append(
    _ outcome: BatchPiece.Outcome,
    _ row: ProfileRow,
    _ range: Range<Int>,
    key: String?,
    _ piece: inout BatchPiece
  ) {
    piece.events.append(
      BatchPiece.Event(
        outcome: outcome,
        number: row.number,
        line: row.line > 0 ? row.line : nil,
        range: range,
        size: 0,
        keyHash: 0,
        next: row.next
      )
    )
    piece.keys.append(key)
  }

  /// The value of the key field, else what the database itself has for the row.
  private func key(of row: ProfileRow, in chunk: ProfileChunk) -> String? {
    work.key?.value(in: chunk.bytes, row.json) ?? chunk.sourceKey(of: row)
  }
}
