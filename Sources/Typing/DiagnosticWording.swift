import LetterpressDiagnostics
import LetterpressLiquid

/// Wording that several findings share.
extension Diagnostic {
  static func didYouMean(_ near: String?) -> String {
    near.map { "; did you mean '\($0)'?" } ?? ""
  }

  static func replacement(of range: SourceRange, by near: String?) -> [FixIt] {
    near.map { [FixIt("replace by '\($0)'", edits: [.init(range, $0)])] } ?? []
  }

  /// The same for a name that may stand in quotes: `profile['frist_name']`.
  static func replacement(of name: Identifier, by near: String?) -> [FixIt] {
    switch name.range.bounds.count - name.name.utf8.count {
    case 0: replacement(of: name.range, by: near)
    case 2: replacement(of: name.range, by: near.map { "'\($0)'" })
    // The name is a variable's value: the mistake is elsewhere.
    default: []
    }
  }

  /// The fallback is for the author to choose.
  static func defaultFix(_ value: Operand) -> FixIt {
    FixIt(
      "give it a default",
      edits: [.init(value.range.endPoint, " | default: ''")],
      isSafe: false
    )
  }
}

extension NilCause {
  var labels: [Diagnostic.Label] {
    switch self {
    case .field(_, let declaration): [.init(declaration, "not required, or nullable")]
    case .unassigned(_, let places), .variable(_, let places):
      places.prefix(4).map { .init($0, "assigned here") }
    case .element, .key, .filter, .parameter: []
    }
  }

  var notes: [String] {
    switch self {
    case .field, .unassigned, .variable: []
    case .element(let array): ["'\(array)' may have too few elements."]
    case .key(let path): ["A map may lack the key: '\(path)'."]
    case .filter(let name): ["'\(name)' may find nothing."]
    case .parameter(let name): ["The parameter '\(name)' is optional."]
    }
  }
}

/// A name as messages show it: in quotes, on one line, not too long.
func quoted(_ text: String) -> String {
  var shown = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    guard index < 60 else { return "'\(shown)…'" }
    shown.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
  }
  return "'\(shown)'"
}
