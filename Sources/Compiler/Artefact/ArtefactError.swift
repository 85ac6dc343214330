/// Why a compiled email cannot be loaded; nothing of it is used then.
public struct ArtefactError: Error, Sendable, CustomStringConvertible {
  /// The kinds of reasons; their names are stable.
  public enum Reason: String, Sendable, CaseIterable {
    /// The file is not there, is no regular file, or cannot be read.
    case unreadable = "artefact-unreadable"
    /// The file is something else.
    case foreign = "artefact-foreign"
    /// It was written in another version of the format.
    case version = "artefact-version"
    /// Its end is missing, as after a copy that was cut off.
    case truncated = "artefact-truncated"
    /// Its bytes are not those that were written.
    case damaged = "artefact-damaged"
  }

  /// The kind.
  public let reason: Reason
  /// The file; nil for bytes that came from elsewhere.
  public internal(set) var path: String?
  /// What is there.
  public let found: String
  /// What should be there.
  public let expected: String
  /// What to do about it.
  public let fix: String

  init(
    _ reason: Reason,
    found: String,
    expected: String,
    fix: String = "build it again with 'letterpress build'"
  ) {
    self.reason = reason
    self.found = found
    self.expected = expected
    self.fix = fix
  }

  /// One line for people.
  public var description: String {
    let name = path.map { "'\($0)'" } ?? "the artefact"
    let difference = reason == .unreadable ? found : "found \(found), expected \(expected)"
    return "cannot load \(name): \(difference); \(fix) [\(reason.rawValue)]"
  }
}
