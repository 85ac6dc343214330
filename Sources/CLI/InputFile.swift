import Letterpress

/// Reading what a command was given.
enum InputFile {
  /// Why there is no input (exit 66).
  struct Failure: Error, CustomStringConvertible {
    var path: String
    var reason: String

    var description: String { "cannot read '\(path)': \(reason)" }
  }

  /// The content of a file; '-' is standard input.
  static func read(_ path: String) throws(Failure) -> [UInt8] {
    do {
      // Larger than any limit on templates, so that these can name what they allow.
      let limit = 64 << 20
      return path == "-"
        ? try FileAccess.readAll(0, limit: limit)
        : try FileAccess.read(path, within: nil, limit: limit)
    } catch {
      throw Failure(path: path == "-" ? "standard input" : path, reason: error.description)
    }
  }
}
