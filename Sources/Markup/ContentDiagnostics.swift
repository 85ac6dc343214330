import LetterpressDiagnostics

/// What the catalogue says about elements and attributes, alphabetically.
extension Diagnostic {
  static func attributeValue(
    _ mistake: AttributeMistake,
    _ attribute: Attribute,
    _ kind: AttributeDeclaration.Kind,
    _ value: String
  ) -> Self {
    // An empty value has no bytes to underline.
    let whole = attribute.value.isEmpty ? attribute.range : attribute.value
    func part(_ range: Range<Int>) -> SourceRange {
      guard !range.isEmpty else { return whole }
      return SourceRange(
        file: whole.file,
        start: attribute.value.start + range.lowerBound,
        end: attribute.value.start + range.upperBound
      )
    }
    var place = whole
    var fixIts: [FixIt] = []
    let expected = kind.expectation
    var message = "'\(attribute.name)' is \(expected), not '\(value)'"
    switch mistake {
    case .boolean:
      if !attribute.hasValue {
        message = "'\(attribute.name)' needs a value: \(expected)"
        fixIts = [
          FixIt("write '=\"true\"'", edits: [.init(attribute.nameRange.endPoint, "=\"true\"")])
        ]
      }
    case .color, .integer: break
    case .word(let near):
      if let near {
        message += "; did you mean '\(near)'?"
        fixIts = [
          FixIt("replace by '\(near)'", edits: [.init(attribute.value, near)], isSafe: false)
        ]
      }
    case .length(let range, let unit):
      place = part(range)
      if let unit {
        fixIts = [FixIt("add '\(unit)'", edits: [.init(place.endPoint, unit)], isSafe: false)]
      }
    case .lengthCount(let count):
      message = "'\(attribute.name)' takes \(expected), not \(count)"
    case .lengthSpacing(let range):
      place = part(range)
      message = "the lengths of '\(attribute.name)' stand with one space between them"
      // A tab or a line's end is in the place of the space.
      let isSpace = range.lowerBound == 0 || value.utf8.dropFirst(range.lowerBound).first == 0x20
      fixIts = [FixIt("leave one space", edits: [.init(place, isSpace ? "" : " ")])]
    }
    if value.isEmpty, attribute.hasValue {
      message = "'\(attribute.name)' is empty: \(expected) is expected"
    }
    return Self(
      DiagnosticID("invalid-attribute-value"),
      .error,
      message,
      at: place,
      fixIts: fixIts
    )
  }

  static func elementNotAllowed(
    _ name: String,
    at range: SourceRange,
    in parent: String,
    isEmpty: Bool,
    parents: [String]
  ) -> Self {
    let shown = parents.prefix(6).map { "'\($0)'" }
    return Self(
      DiagnosticID("element-not-allowed"),
      .error,
      "'\(name)' cannot stand in '\(parent)'",
      at: range,
      label: isEmpty ? "'\(parent)' holds nothing" : "",
      notes: shown.isEmpty ? [] : ["It stands in \(list(shown))."]
    )
  }

  static func grammarViolation(_ violation: GrammarViolation) -> Self {
    Self(
      DiagnosticID("grammar-violation"),
      .error,
      violation.elementName.isEmpty
        ? "the file does not match the grammar"
        : "'\(violation.elementName)' does not match the grammar",
      at: SourceRange(
        file: violation.range.file,
        start: violation.range.start,
        end: min(violation.range.end, violation.range.start + 1 + violation.elementName.utf8.count)
      ),
      notes: ["The validator says: \(violation.message)"]
    )
  }

  static func missingAttribute(_ name: String, of element: String, at range: SourceRange) -> Self {
    Self(
      DiagnosticID("missing-attribute"),
      .error,
      "'\(element)' needs the attribute '\(name)'",
      at: range,
      fixIts: [FixIt("add it", edits: [.init(range.endPoint, " \(name)=\"\"")], isSafe: false)]
    )
  }

  static func textNotAllowed(
    at range: SourceRange,
    in parent: String,
    textElement: String?
  ) -> Self {
    Self(
      DiagnosticID("stray-text"),
      .error,
      "text cannot stand directly in '\(parent)'",
      at: range,
      notes: adviceForText(textElement)
    )
  }

  static func unknownAttribute(
    _ name: String,
    of element: String,
    known: [String],
    at range: SourceRange,
    near: String?
  ) -> Self {
    // Longer lists are for the documentation.
    let listsKnown = near == nil && known.count <= 12
    let takes = known.isEmpty ? "no attributes" : list(known.map { "'\($0)'" }, last: "and")
    return Self(
      DiagnosticID("unknown-attribute"),
      .error,
      "'\(element)' has no attribute '\(name)'" + question(near),
      at: range,
      notes: listsKnown ? ["It takes \(takes)."] : [],
      fixIts: near.map { [FixIt("replace by '\($0)'", edits: [.init(range, $0)], isSafe: false)] }
        ?? []
    )
  }

  static func unknownElement(
    _ name: String,
    at range: SourceRange,
    near: String?,
    edits: [FixIt.Edit],
    textElement: String?
  ) -> Self {
    Self(
      DiagnosticID("unknown-element"),
      .error,
      "there is no element '\(name)'" + question(near),
      at: range,
      notes: near == nil && textElement != nil ? ["HTML stands in '\(textElement ?? "")'."] : [],
      fixIts: near.map { [FixIt("replace by '\($0)'", edits: edits, isSafe: false)] } ?? []
    )
  }

  static func wrongRoot(_ name: String, at range: SourceRange, expected: [String]) -> Self {
    Self(
      DiagnosticID("element-not-allowed"),
      .error,
      "a file cannot consist of '\(name)'",
      at: range,
      notes: ["It consists of \(list(expected.map { "'\($0)'" }))."]
    )
  }

  private static func adviceForText(_ element: String?) -> [String] {
    element.map { ["Put it into '\($0)'."] } ?? []
  }

  private static func question(_ near: String?) -> String {
    near.map { "; did you mean '\($0)'?" } ?? ""
  }

  /// `a`, `a or b`, `a, b or c`.
  static func list(_ words: [String], last conjunction: String = "or") -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}

extension AttributeDeclaration.Kind {
  /// What a value should be: "a length in px or %".
  var expectation: String {
    switch self {
    case .string: return "text"
    case .color: return "a colour"
    case .boolean: return "'true' or 'false'"
    case .integer: return "a whole number"
    case .enumeration(let words): return Diagnostic.list(words.map { "'\($0)'" })
    case .unit(let units, let most): return Self.lengths(units, most: most)
    case .signedUnit(let units): return Self.lengths(units, most: 1)
    }
  }

  private static func lengths(_ units: [String], most: Int) -> String {
    let named = units.filter { !$0.isEmpty && $0 != "auto" }
    let length = most > 1 ? "1 to \(most) lengths" : "a length"
    var words = [named.isEmpty ? length : "\(length) in \(Diagnostic.list(named))"]
    if units.contains("") { words = [words[0], "a number"] }
    if units.contains("auto") { words.append("'auto'") }
    return Diagnostic.list(words)
  }
}
