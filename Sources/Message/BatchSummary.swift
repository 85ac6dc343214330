package import LetterpressProfiles

/// What became of the rows: each is counted once.
package struct BatchCounts: Hashable, Sendable {
  package var delivered = 0
  /// Reported, because something is wrong.
  package var rejected = 0
  /// Reported, because the template wanted it.
  package var skipped = 0
  /// Not of the sample, or not of those that were asked for.
  package var leftOut = 0
  /// Bytes of the messages.
  package var bytes = 0

  package init(
    delivered: Int = 0,
    rejected: Int = 0,
    skipped: Int = 0,
    leftOut: Int = 0,
    bytes: Int = 0
  ) {
    self.delivered = delivered
    self.rejected = rejected
    self.skipped = skipped
    self.leftOut = leftOut
    self.bytes = bytes
  }

  /// Rows that the input had so far.
  package var rows: Int { delivered + rejected + skipped + leftOut }
}

/// How a batch ended.
package struct BatchSummary: Sendable {
  package enum Ending: Hashable, Sendable {
    case complete
    /// There was nothing to do: an earlier run had finished.
    case alreadyComplete
    case tooManyRejects
    case signal(Int32)
  }

  package var ending: Ending
  package var counts: BatchCounts
  package var quality: DataQuality
  /// The first lines of the report, for the console.
  package var firstRejects: [String]
  /// The report, if there is one.
  package var rejectsPath: String?
  package var statistics: BatchStatistics

  /// As many rejects are shown on the console.
  package static let shownRejects = 10

  /// DESIGN, "Exit codes".
  package var exitCode: Int32 {
    switch ending {
    case .complete, .alreadyComplete: counts.rejected > 0 ? 2 : 0
    case .tooManyRejects: 1
    case .signal(let signal): 128 + signal
    }
  }

  /// Whether the same command with `--resume` would go on.
  package var isResumable: Bool {
    switch ending {
    case .complete, .alreadyComplete: false
    case .tooManyRejects, .signal: true
    }
  }

  /// The words for the console, a line each.
  package var lines: [String] {
    var lines = firstRejects
    let hidden = counts.rejected + counts.skipped - firstRejects.count
    if hidden > 0, !firstRejects.isEmpty {
      lines.append("… and \(hidden) more" + (rejectsPath.map { " in '\($0)'" } ?? ""))
    }
    var parts = [Self.count(counts.delivered, "message")]
    if counts.rejected > 0 { parts.append(Self.count(counts.rejected, "row") + " rejected") }
    if counts.skipped > 0 { parts.append("\(counts.skipped) skipped by the template") }
    if counts.leftOut > 0 { parts.append("\(counts.leftOut) left out") }
    let words = parts.joined(separator: ", ")
    switch ending {
    case .complete: lines.append(words)
    case .alreadyComplete: lines.append(words + ": the job was finished before")
    case .tooManyRejects: lines.append(words + ": stopped, because too many rows are rejected")
    case .signal: lines.append(words + ": stopped by a signal")
    }
    return lines
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// What a run cost.
///
/// Of several threads that work at the same time, the time of the slowest counts.
package struct BatchStatistics: Hashable, Sendable {
  /// Rows of this run that were decoded.
  package var rows = 0
  package var renders = 0
  /// Bytes of all renders.
  package var bytes = 0
  package var decodeSeconds = 0.0
  package var renderSeconds = 0.0
  package var totalSeconds = 0.0

  /// `{"rows":…,"decode":{…},"render":{…},"total":{…}}`, on one line.
  package var json: String {
    """
    {"rows":\(rows),\
    "decode":{"seconds":\(decodeSeconds),"rows_per_second":\(rate(rows, decodeSeconds))},\
    "render":{"seconds":\(renderSeconds),"renders_per_second":\(rate(renders, renderSeconds)),\
    "bytes_per_second":\(rate(bytes, renderSeconds))},\
    "total":{"seconds":\(totalSeconds),"rows_per_second":\(rate(rows, totalSeconds))}}
    """
  }

  private func rate(_ count: Int, _ seconds: Double) -> Double {
    seconds > 0 ? Double(count) / seconds : 0
  }
}
