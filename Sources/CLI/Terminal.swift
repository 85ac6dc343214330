import Glibc

/// What people read, apart from what machines read.
enum Terminal {
  /// Whether messages on standard error reach a person, who may like colour.
  static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether colour is wanted there (no-color.org).
  static var wantsColor: Bool {
    let refusal = unsafe getenv("NO_COLOR")
    return unsafe isInteractive && refusal == nil
  }

  /// One line on standard error.
  static func complain(_ message: String) { write("letterpress: \(message)\n", to: STDERR_FILENO) }

  /// Text on standard error.
  static func tell(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    // What cannot be shown to anybody cannot be reported either.
    _ = try? OutputFile.write(Array(text.utf8), to: descriptor)
  }
}
