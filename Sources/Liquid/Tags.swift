import LetterpressDiagnostics

/// The tags that exist.
package enum Tags {
  /// Those that have an end.
  static let blocks: Set<String> = [
    "capture", "case", "comment", "doc", "for", "if", "ifchanged", "raw", "tablerow", "unless",
  ]

  /// All names, ends included, sorted.
  package static let names: [String] =
    ([
      "abort", "assign", "break", "continue", "cycle", "decrement", "echo", "else", "elsif",
      "include",
      "increment", "liquid", "render", "when",
    ] + blocks + blocks.map { "end" + $0 }).sorted()

  /// What was meant by a name that does not exist.
  static func suggestion(for name: String) -> String? {
    switch name {
    case "foreach", "each": "for"
    case "switch": "case"
    case "set", "let", "var": "assign"
    case "print", "prnt": "echo"
    default: LetterpressDiagnostics.suggestion(for: name, among: names)
    }
  }
}
