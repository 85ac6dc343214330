import Foundation
package import Testing

/// Holds `actual` against the file `Tests/Fixtures/<name>`.
///
/// `UPDATE_SNAPSHOTS=1 swift test` writes the file and still fails the test, so that an update is never
/// taken for a pass: read `git diff`, then run again. A missing snapshot fails too, and is written only
/// then.
package func expectSnapshot(
  _ actual: String,
  named name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let url = Repository.fixtures.appending(path: name)
  if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
    guard Repository.text(url) != actual else { return }
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(actual.utf8).write(to: url)
      Issue.record("snapshot '\(name)' was updated: read the diff", sourceLocation: sourceLocation)
    } catch {
      Issue.record("snapshot '\(name)' cannot be written: \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let expected = Repository.text(url) else {
    Issue.record(
      "snapshot '\(name)' is missing; UPDATE_SNAPSHOTS=1 writes it",
      sourceLocation: sourceLocation
    )
    return
  }
  guard expected != actual else { return }
  Attachment.record(actual, named: "actual." + url.lastPathComponent)
  Issue.record(
    "snapshot '\(name)' differs:\n\(difference(from: expected, to: actual))",
    sourceLocation: sourceLocation
  )
}

/// The lines that went and came, with a few around them.
func difference(from expected: String, to actual: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
  var start = 0
  while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
  var end = 0
  while end < min(old.count, new.count) - start,
    old[old.count - 1 - end] == new[new.count - 1 - end]
  {
    end += 1
  }
  let context = old[max(0, start - 2)..<start].map { "  \($0)" }
  let removed = old[start..<old.count - end].map { "- \($0)" }
  let added = new[start..<new.count - end].map { "+ \($0)" }
  return (context + removed.prefix(40) + added.prefix(40)).joined(separator: "\n")
}
