import LetterpressDiagnostics

extension [Diagnostic] {
  /// Without what a second stage says about the same mistake.
  ///
  /// The catalogue and the checker of types both mind what stands where; of the two the one that says
  /// more is kept.
  var withoutRepetitions: [Diagnostic] {
    let names = Set(Self.repetitions.values.joined())
    let kept = filter { names.contains($0.id.name) }
    var stray: [SourceRange] = []
    return filter { diagnostic in
      if diagnostic.id.name == Self.strayText {
        guard !stray.contains(where: diagnostic.primary.range.overlaps) else { return false }
        stray.append(diagnostic.primary.range)
        return true
      }
      guard let others = Self.repetitions[diagnostic.id.name] else { return true }
      return !kept.contains {
        others.contains($0.id.name) && $0.primary.range.overlaps(diagnostic.primary.range)
      }
    }
  }

  /// Findings that are dropped where one of the others has the same place.
  private static let repetitions: [String: Set<String>] = [
    "element-not-allowed": ["misplaced-element", "not-a-block"]
  ]
  /// Both tell it by the same name.
  private static let strayText = "stray-text"
}

extension SourceRange {
  fileprivate func overlaps(_ other: SourceRange) -> Bool {
    file == other.file && start < other.end && other.start < end
  }
}
