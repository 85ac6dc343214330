import ArgumentParser
import LetterpressDiagnostics

/// How findings are shown.
struct FindingsOptions: ParsableArguments {
  /// A form of output.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// Code frames for people, on standard error.
    case text
  }

  @Option(help: "How findings are shown.")
  var format: Format = .text

  /// Prints findings: what a machine reads on standard output.
  func print(_ diagnostics: [Diagnostic], in sources: SourceSet) throws {
    show(diagnostics, in: sources)
  }

  /// Shows findings: to people on standard error.
  func show(_ diagnostics: [Diagnostic], in sources: SourceSet) {
    for diagnostic in diagnostics {
      let file = sources[diagnostic.primary.range.file]
      let place = file.position(at: diagnostic.primary.range.start)
      Terminal.tell(
        "\(file.path):\(place.line):\(place.column): \(diagnostic.severity.rawValue): "
          + "\(diagnostic.message) [\(diagnostic.id)]\n"
      )
    }
  }
}
