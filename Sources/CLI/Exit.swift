import ArgumentParser

/// The exit codes of DESIGN.md; usage (64) is the argument parser's own.
enum Exit {
  /// Findings of severity error, or nothing could be rendered.
  static let findings = ExitCode(1)
  static let inputMissing = ExitCode(66)
  static let cannotCreate = ExitCode(73)
  static let inputOutput = ExitCode(74)
}
