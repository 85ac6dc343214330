public import ArgumentParser
public import LetterpressDiagnostics
import LetterpressPages

/// How findings are shown.
struct FindingsOptions: ParsableArguments {
  @Option(help: "How findings are shown: text and oneline are for people, the others for machines.")
  var format: DiagnosticFormat = .text

  /// Prints findings: what a machine reads on standard output, the rest on standard error.
  ///
  /// JSON lists `skips`, where layouts skip a recipient, beside them.
  func print(
    _ diagnostics: [Diagnostic],
    in sources: SourceSet,
    skips: [SkipReason] = []
  ) throws {
    guard format.isForMachines else {
      show(diagnostics, in: sources)
      return
    }
    do {
      let text = format.render(diagnostics, in: sources, skips: skips) {
        FindingPages.byName[$0.name]
      }
      try OutputFile.write(Array(text.utf8), to: 1)
    } catch {
      Terminal.complain(error.description)
      throw Exit.inputOutput
    }
  }

  /// Shows findings on standard error, for standard output has something else to carry.
  func show(_ diagnostics: [Diagnostic], in sources: SourceSet) {
    Terminal.tell(format.render(diagnostics, in: sources, color: Terminal.wantsColor))
  }
}

extension DiagnosticFormat: ExpressibleByArgument {}
