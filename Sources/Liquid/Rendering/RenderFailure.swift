package import LetterpressDiagnostics

/// Why a render stopped, and where.
package struct RenderFailure: Error, Sendable {
  package var error: LiquidError
  /// The place, and the partials through which it was reached.
  package var diagnostic: Diagnostic

  /// Locates an error.
  package init(_ error: LiquidError, at range: SourceRange) {
    self.error = error
    diagnostic = Diagnostic(error.kind.diagnosticID, .error, error.message, at: range)
  }

  /// A template or a partial that is not to be rendered, for the finding.
  init(broken diagnostic: Diagnostic) {
    error = LiquidError(.template, diagnostic.message)
    self.diagnostic = diagnostic
  }
}

extension LiquidError.Kind {
  /// The ID under which such an error is reported.
  package var diagnosticID: DiagnosticID {
    switch self {
    case .argument: DiagnosticID("invalid-argument")
    case .zeroDivision: DiagnosticID("division-by-zero")
    case .limit: DiagnosticID("render-limit")
    case .partial: DiagnosticID("missing-partial")
    case .template: DiagnosticID("broken-template")
    case .abort: DiagnosticID("aborted")
    }
  }
}

/// Gives an error its place.
func located<Result>(
  _ range: SourceRange,
  _ body: () throws(LiquidError) -> Result
) throws(RenderFailure) -> Result {
  do throws(LiquidError) {
    return try body()
  } catch {
    throw RenderFailure(error, at: range)
  }
}
