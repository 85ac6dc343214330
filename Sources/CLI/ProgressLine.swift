/// How far a long command has got: one line that is written over, on a terminal only.
final class ProgressLine {
  private let total: Int
  private let unit: String
  private var done = 0

  init(total: Int, unit: String) {
    self.total = total
    self.unit = unit
  }

  /// One more is done.
  func step() {
    done += 1
    guard Terminal.isInteractive, done.isMultiple(of: 8) || done == total else { return }
    Terminal.tell("\r\(done) of \(total) \(unit)")
  }

  /// Takes the line away.
  func finish() {
    if Terminal.isInteractive, done > 0 { Terminal.tell("\r\u{1B}[K") }
  }
}
