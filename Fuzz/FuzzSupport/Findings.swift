@testable import LetterpressDiagnostics

/// The law of findings: each lies in a file, on the boundary of a character, and can be shown.
public func requireShowable(_ diagnostics: [Diagnostic], in sources: SourceSet) {
  for diagnostic in diagnostics {
    for label in [diagnostic.primary] + diagnostic.labels {
      let range = label.range
      precondition(
        0 <= range.start && range.start <= range.end
          && range.end <= sources[range.file].bytes.count,
        "a finding lies in its file"
      )
    }
  }
  _ = DiagnosticFormat.oneline.render(diagnostics, in: sources)
  _ = DiagnosticFormat.text.render(diagnostics, in: sources)
}
