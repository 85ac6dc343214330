/// Why a batch ended before its end.
package struct BatchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reason; its raw value is the exit code of DESIGN.md.
  package enum Kind: Int32, Sendable {
    /// The input is not what it should be, or too many rows were rejected.
    case unfit = 1
    case usage = 64
    case inputMissing = 66
    /// The output exists, or cannot be made.
    case cannotCreate = 73
    case inputOutput = 74
    case locked = 75
    /// What is to be resumed does not fit to its input, template, schema or options.
    case mismatch = 78
    /// Stopped by SIGHUP, SIGINT or SIGTERM.
    case hungUp = 129
    case interrupted = 130
    case terminated = 143
  }

  package var kind: Kind
  /// One line, lower case, no final stop.
  package var message: String
  /// What to do about it.
  package var hint: String?

  init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  package var exitCode: Int32 { kind.rawValue }

  package var description: String { message + (hint.map { " (\($0))" } ?? "") }

  static func exists(_ path: String) -> Self {
    BatchError(.cannotCreate, "'\(path)' exists", hint: "--overwrite replaces it")
  }
}
