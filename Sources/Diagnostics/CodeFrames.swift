/// Findings for people: the message, the lines with what is meant marked, and what helps.
///
///     error: there is no field 'frist_name' in 'profile' [unknown-field]
///       ┌─ layouts/welcome.mjml:12:24
///       │
///     12│ <mj-text>Hi {{ profile.frist_name }}</mj-text>
///       │                        ^^^^^^^^^^ did you mean 'first_name'?
///       = fix: replace by 'first_name'
struct CodeFrames {
  let sources: SourceSet
  let usesColor: Bool
  /// Scalars of a line that are shown; of a longer one, those around the mark.
  private let width = 110

  func render(_ diagnostics: [Diagnostic]) -> String {
    guard !diagnostics.isEmpty else { return "" }
    return diagnostics.map(render).joined(separator: "\n") + "\n" + summary(diagnostics)
  }

  private func summary(_ diagnostics: [Diagnostic]) -> String {
    let errors = diagnostics.count { $0.severity == .error }
    let warnings = diagnostics.count - errors
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
    return counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ") + "\n"
  }

  private func render(_ diagnostic: Diagnostic) -> String {
    let style: Style = diagnostic.severity == .error ? .error : .warning
    var lines = [
      paint(diagnostic.severity.rawValue, style) + ": " + paint(diagnostic.message.visible, .strong)
        + " " + paint("[\(diagnostic.id)]", .faint)
    ]
    let labels = diagnostic.labels
    let margin = marginWidth([diagnostic.primary] + labels)
    lines += frame(diagnostic.primary, style, mark: "^", margin, isFirst: true)
    for label in labels { lines += frame(label, .note, mark: "-", margin, isFirst: false) }
    for step in diagnostic.stack {
      let place = sources.positions(of: step.range)
      let text = "\(step.text): \(place.path):\(place.start.line):\(place.start.column)"
      lines.append(gutter("=", margin) + " " + text.visible)
    }
    for note in diagnostic.notes {
      lines.append(gutter("=", margin) + " " + paint("note", .note) + ": " + note.visible)
    }
    for fixIt in diagnostic.fixIts {
      lines.append(gutter("=", margin) + " " + paint("fix", .note) + ": " + fixIt.message.visible)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  // MARK: - One place

  private func frame(
    _ label: Diagnostic.Label,
    _ style: Style,
    mark: String,
    _ margin: Int,
    isFirst: Bool
  ) -> [String] {
    let file = sources[label.range.file]
    let start = file.position(at: label.range.start)
    let place = "\(file.path.visible):\(start.line):\(start.column)"
    var lines = [gutter(isFirst ? "┌─" : "├─", margin) + " " + place]
    let line = file.lineRange(start.line)
    guard !file.bytes.isEmpty else { return lines }
    let before = text(
      file,
      line.lowerBound..<max(line.lowerBound, min(label.range.start, line.upperBound))
    )
    let end = min(max(label.range.end, label.range.start), line.upperBound)
    let marked = text(file, min(label.range.start, end)..<end)
    let after = text(file, max(end, line.lowerBound)..<line.upperBound)
    let (shown, column, length) = excerpt(before, marked, after)
    let number = String(start.line)
    let padding = String(repeating: " ", count: margin - number.count)
    lines.append(paint(padding + number + "│", .faint) + " " + shown)
    let underline =
      String(repeating: " ", count: column) + String(repeating: mark, count: max(1, length))
    let words = label.text.isEmpty ? "" : " " + label.text.visible
    lines.append(gutter("│", margin) + " " + paint(underline + words, style))
    return lines
  }

  private func text(_ file: SourceFile, _ range: Range<Int>) -> String {
    var bytes = file.bytes[range]
    if range.lowerBound == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    return String(decoding: bytes, as: UTF8.self).visible
  }

  /// The line, cut to the width around the mark, and where the mark is in it.
  private func excerpt(
    _ before: String,
    _ marked: String,
    _ after: String
  ) -> (line: String, column: Int, length: Int) {
    let before = Array(before.unicodeScalars)
    let marked = Array(marked.unicodeScalars)
    let after = Array(after.unicodeScalars)
    if before.count + marked.count + after.count <= width {
      return (joined(before + marked + after), before.count, marked.count)
    }
    let length = min(marked.count, width * 2 / 3)
    let lead = min(before.count, (width - length) / 2)
    let rest = max(0, width - lead - length)
    let end = length < marked.count ? [] : Array(after.prefix(rest))
    let open = lead < before.count ? "…" : ""
    let close = length < marked.count || end.count < after.count ? "…" : ""
    let line = open + joined(before.suffix(lead) + marked.prefix(length) + end) + close
    return (line, lead + (open.isEmpty ? 0 : 1), length)
  }

  private func joined(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  private func marginWidth(_ labels: [Diagnostic.Label]) -> Int {
    let last = labels.map { sources.positions(of: $0.range).start.line }.max() ?? 1
    return max(3, String(last).count)
  }

  private func gutter(_ sign: String, _ margin: Int) -> String {
    paint(String(repeating: " ", count: margin) + sign, .faint)
  }

  // MARK: - Colour

  private enum Style: String {
    case error = "1;31"
    case warning = "1;33"
    case note = "36"
    case strong = "1"
    case faint = "2"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}
