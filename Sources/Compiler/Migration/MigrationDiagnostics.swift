import LetterpressDiagnostics

// What has no place in MJML 5.

extension Diagnostic {
  /// Something that an author has to migrate, for nobody else can know what it should become.
  static func notMigrated(_ message: String, at range: SourceRange, note: String) -> Diagnostic {
    Diagnostic(DiagnosticID("not-migrated"), .error, message, at: range, notes: [note])
  }
}
