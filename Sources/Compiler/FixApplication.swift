public import LetterpressDiagnostics

/// The safe fix-its of findings, applied to the text of their files.
public struct FixApplication: Sendable {
  /// The files that change, with their new content.
  public private(set) var files: [(path: String, bytes: [UInt8])] = []
  /// How many fix-its were applied.
  public private(set) var count = 0

  /// Takes the first safe fix-it of each finding, as long as it touches nothing that another one changes.
  public init(_ diagnostics: [Diagnostic], in sources: SourceSet) {
    var edits: [SourceFile.ID: [Diagnostic.FixIt.Edit]] = [:]
    for diagnostic in diagnostics {
      guard let fixIt = diagnostic.fixIts.first(where: \.isSafe), !fixIt.edits.isEmpty else {
        continue
      }
      let isFree = fixIt.edits.allSatisfy { edit in
        !(edits[edit.range.file] ?? []).contains { $0.range.touches(edit.range) }
      }
      guard isFree else { continue }
      for edit in fixIt.edits { edits[edit.range.file, default: []].append(edit) }
      count += 1
    }
    for (id, edits) in edits.sorted(by: { $0.key < $1.key }) {
      var bytes = sources[id].bytes
      for edit in edits.sorted(by: { $0.range.start > $1.range.start }) {
        bytes.replaceSubrange(edit.range.bounds, with: edit.replacement.utf8)
      }
      files.append((sources[id].path, bytes))
    }
  }
}

extension SourceRange {
  /// Whether two edits would get into each other's way.
  fileprivate func touches(_ other: SourceRange) -> Bool {
    file == other.file && start <= other.end && other.start <= end
  }
}
