import LetterpressProfiles
import LetterpressSchema

/// The lines of the report on rows that were not delivered.
///
/// One JSON object for each row: `file`, `line`, `column`, `row`, `row_key`, `field` (a JSON
/// Pointer), `code`, `message`; what else is wrong with the row stands in `more`. But for its key,
/// nothing of the profile is repeated: reports travel further than profiles may.
struct BatchReport: Sendable {
  private let file: [UInt8]
  private let name: String

  init(file: String) {
    name = file
    var json: [UInt8] = []
    JSONText.append(file, to: &json)
    self.file = json
  }

  /// Appends a row's line; the reasons are not empty.
  func append(
    _ reasons: [RowFailure],
    row: Int,
    line: Int?,
    key: String?,
    to report: inout [UInt8]
  ) {
    guard let first = reasons.first else { return }
    report.append(contentsOf: "{\"file\":".utf8)
    report.append(contentsOf: file)
    report.append(contentsOf: ",\"line\":".utf8)
    append(first.line ?? line, to: &report)
    report.append(contentsOf: ",\"column\":".utf8)
    append(first.column, to: &report)
    report.append(contentsOf: ",\"row\":\(row),\"row_key\":".utf8)
    if let key { JSONText.append(key, to: &report) } else { append(nil, to: &report) }
    report.append(UInt8(ascii: ","))
    append(first, to: &report)
    for (index, reason) in reasons.dropFirst().enumerated() {
      report.append(contentsOf: (index == 0 ? ",\"more\":[{" : ",{").utf8)
      append(reason, to: &report)
      report.append(UInt8(ascii: "}"))
    }
    if reasons.count > 1 { report.append(UInt8(ascii: "]")) }
    report.append(contentsOf: "}\n".utf8)
  }

  private func append(_ reason: RowFailure, to report: inout [UInt8]) {
    report.append(contentsOf: "\"field\":".utf8)
    JSONText.append(reason.pointer, to: &report)
    report.append(contentsOf: ",\"code\":".utf8)
    JSONText.append(reason.code, to: &report)
    report.append(contentsOf: ",\"message\":".utf8)
    JSONText.append(reason.message, to: &report)
  }

  private func append(_ number: Int?, to report: inout [UInt8]) {
    report.append(contentsOf: (number.map { "\($0)" } ?? "null").utf8)
  }

  /// The same for a person.
  func words(_ reasons: [RowFailure], row: Int, line: Int?, key: String?) -> String {
    guard let first = reasons.first else { return "" }
    var place = name
    if let line = first.line ?? line {
      place += ":\(line)" + (first.column.map { ":\($0)" } ?? "")
    } else {
      place += ", row \(row)" + (key.map { ", key \($0)" } ?? "")
    }
    let field = first.pointer.isEmpty ? "" : " (\(first.pointer))"
    let more = reasons.count > 1 ? ", and \(reasons.count - 1) more" : ""
    return "\(place): \(first.message)\(field) [\(first.code)]\(more)"
  }

  // MARK: - Reasons

  /// The violations of a profile, with their places and without its values.
  static func reasons(
    _ error: ProfileError,
    of row: ProfileRow,
    in chunk: ProfileChunk
  ) -> [RowFailure] {
    error.violations.map { violation in
      var failure = chunk.failure(of: row, violation)
      failure.message = withoutValue(violation)
      return failure
    }
  }

  /// The codes whose messages begin with the value, and what follows it in them.
  private static let leading = ["bad-format": "' is no ", "pattern-mismatch": "' does not match "]
  /// The codes whose messages end with the value.
  private static let trailing: Set<String> = [
    "not-in-enum", "too-small", "too-large",
  ]

  static func withoutValue(_ violation: ProfileViolation) -> String {
    let message = violation.message
    if let words = leading[violation.code], message.hasPrefix("'"),
      let end = lastRange(of: words, in: message)
    {
      return "the value" + message[message.index(after: end)...]
    }
    if trailing.contains(violation.code), let end = firstRange(of: ", found ", in: message) {
      return String(message[..<end])
    }
    if violation.code == "not-a-multiple", let end = lastRange(of: " is no multiple", in: message) {
      return "the value" + message[end...]
    }
    return message
  }

  private static func firstRange(of words: String, in text: String) -> String.Index? {
    text.indices.first { text[$0...].hasPrefix(words) }
  }

  private static func lastRange(of words: String, in text: String) -> String.Index? {
    text.indices.last { text[$0...].hasPrefix(words) }
  }
}
