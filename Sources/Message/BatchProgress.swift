import Synchronization

/// A line on the terminal that says how far the run is.
package final class BatchProgress {
  private let isShown: Bool
  private let terminal = BatchFile(standard: 2, name: "standard error")
  private let start = ContinuousClock.now

  init(isShown: Bool) { self.isShown = isShown }

  func show(_ queue: BatchQueue) {
    guard isShown else { return }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let rows = queue.rows.load(ordering: .relaxed)
    let share = queue.progress.load(ordering: .relaxed)
    write("\r\u{1B}[K" + Self.line(rows: rows, share: share, seconds: seconds))
  }

  func clear() { if isShown { write("\r\u{1B}[K") } }

  /// `1200 rows · 400/s · 30.0 % · 0:07 left`; the share is in thousandths, below 0 where it is not
  /// known.
  package static func line(rows: Int, share: Int, seconds: Double) -> String {
    var line = "\(rows) rows"
    if seconds > 0 { line += " · \(Int(Double(rows) / seconds))/s" }
    guard share >= 0 else { return line }
    line += " · \(share / 10).\(share % 10) %"
    guard share > 0, share < 1000, seconds > 1 else { return line }
    let left = Int(seconds * Double(1000 - share) / Double(share))
    let padded = left % 60 < 10 ? "0\(left % 60)" : "\(left % 60)"
    return line + " · \(left / 60):\(padded) left"
  }

  private func write(_ text: String) {
    // A terminal that is gone needs no progress.
    _ = try? terminal.write(Array(text.utf8)[...])
  }
}
