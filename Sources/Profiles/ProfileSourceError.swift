/// Why an input cannot be read at all, or not any further.
package struct ProfileSourceError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// There is no such file.
    case missing
    /// The system refuses to read.
    case unreadable
    /// The input is not what it should be.
    case unfit
    /// A database is damaged; the rows before it have been read.
    case damaged
  }

  package var kind: Kind
  /// Kebab case.
  package var code: String
  /// The input's name.
  package var file: String
  package var line: Int?
  /// One line, lower case, no final stop.
  package var message: String
  /// What to do about it.
  package var hint: String?

  init(
    _ kind: Kind,
    _ code: String,
    in file: String,
    line: Int? = nil,
    _ message: String,
    hint: String? = nil
  ) {
    self.kind = kind
    self.code = code
    self.file = file
    self.line = line
    self.message = message
    self.hint = hint
  }

  package var description: String {
    file + (line.map { ":\($0)" } ?? "") + ": " + message + (hint.map { " (\($0))" } ?? "")
  }
}
