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
    case 2:
      near.map {
        [FixIt("replace by '\($0)'", edits: [.init(name.range, "'\($0)'")])]
      } ?? []
    // The name is a variable's value: the mistake is elsewhere.
    default: []
    }
  }

  /// A fallback, which is for the author to choose; none where a filter cannot stand or none would do.
  static func defaultFixes(_ value: Operand) -> [FixIt] {
    guard value.isFilterable else { return [] }
    let fallback: String
    switch value.type.kinds {
    case [.text]: fallback = "''"
    case [.number]: fallback = "0"
    case [.boolean]: fallback = "false"
    default: return []
    }
    let edit = FixIt.Edit(value.range.endPoint, " | default: \(fallback)")
    return [FixIt("give it a default", edits: [edit], isSafe: false)]
  }

  /// What to do about a value that may be nil.
  static func optionalNotes(_ value: Operand) -> [String] {
    var isPath = value.subject != nil
    if case .filter = value.expression.kind { isPath = false }
    let guarded = isPath ? "put it into 'if \(value.written)'" : nil
    let advice = [value.isFilterable ? "give it a default" : nil, guarded].compactMap(\.self)
    guard let first = advice.first else {
      return ["Assign it to a variable with a default first."]
    }
    return [
      first.prefix(1).uppercased() + first.dropFirst()
        + (advice.count > 1 ? ", or " + advice[1] : "") + "."
    ]
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

extension String {
  /// A date's format as others write it (`dd.MM.yyyy`, `MMM D, YYYY`), in Liquid's directives; nil where it
  /// does not look like one.
  var asDirectives: String? {
    let known = [
      "yyyy": "%Y", "YYYY": "%Y", "yy": "%y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m",
      "M": "%-m", "dddd": "%A", "EEEE": "%A", "ddd": "%a", "EEE": "%a", "dd": "%d", "DD": "%d",
      "d": "%-d", "D": "%-d", "HH": "%H", "H": "%-H", "hh": "%I", "h": "%-I", "mm": "%M",
      "ss": "%S", "a": "%p", "A": "%p", "tt": "%p",
    ]
    var result = ""
    var rest = self[...]
    var count = 0
    while let first = rest.first {
      let run = rest.prefix { $0 == first }
      rest = rest.dropFirst(run.count)
      if let directive = known[String(run)] {
        result += directive
        count += 1
      } else if first.isLetter {
        return nil
      } else {
        result += run
      }
    }
    return count > 1 ? result : nil
  }
}
