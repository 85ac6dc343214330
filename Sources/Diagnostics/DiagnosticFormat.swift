/// A form in which findings are shown.
public enum DiagnosticFormat: String, Sendable, CaseIterable {
  /// Code frames, for people.
  case text
  /// A line for each: `file:line:column: severity: message [id]`.
  case oneline
  /// `{"version":1,"findings":[…]}`.
  case json
  /// SARIF 2.1.0.
  case sarif
  /// Workflow commands that GitHub shows at the lines of a pull request.
  case github
  /// JUnit XML: a test case for each file.
  case junit
  /// GitLab's code quality report.
  case gitlab

  /// Findings in this form.
  ///
  /// - Parameters:
  ///   - diagnostics: What was found, in the order in which it is shown.
  ///   - sources: The files of the findings.
  ///   - color: Whether to use the colours of a terminal; only `text` has any.
  ///   - skips: Where layouts skip a recipient; JSON lists it beside the findings.
  ///   - page: The documentation of a kind of finding, in Markdown; SARIF carries it.
  /// - Returns: The whole output; for people nothing where nothing was found.
  public func render(
    _ diagnostics: [Diagnostic],
    in sources: SourceSet,
    color: Bool = false,
    skips: [SkipReason] = [],
    page: (DiagnosticID) -> String? = { _ in nil }
  ) -> String {
    switch self {
    case .text: CodeFrames(sources: sources, usesColor: color).render(diagnostics)
    case .oneline: OneLine(sources: sources).render(diagnostics)
    case .json: FindingsJSON(sources: sources).render(diagnostics, skips: skips)
    case .sarif:
      withoutActuallyEscaping(page) { SARIF(sources: sources, page: $0).render(diagnostics) }
    case .github: GitHubAnnotations(sources: sources).render(diagnostics)
    case .junit: JUnitReport(sources: sources).render(diagnostics)
    case .gitlab: GitLabReport(sources: sources).render(diagnostics)
    }
  }

  /// Whether a program reads it, so that it belongs on standard output.
  public var isForMachines: Bool { self != .text && self != .oneline }
}

extension SourceSet {
  /// Both ends of a range as people count them.
  func positions(
    of range: SourceRange
  ) -> (path: String, start: SourceFile.Position, end: SourceFile.Position) {
    let file = self[range.file]
    return (file.path, file.position(at: range.start), file.position(at: range.end))
  }
}
