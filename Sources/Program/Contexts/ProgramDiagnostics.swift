import LetterpressDiagnostics

extension Diagnostic {
  /// Two paths end at places where a value would mean different things.
  static func ambiguousContext(
    _ first: HTMLContext,
    _ second: HTMLContext,
    at place: JoinPlace
  ) -> Diagnostic {
    Diagnostic(
      "ambiguous-context",
      "one path ends \(first.description), the other \(second.description)",
      at: place.branch,
      labels: place.labels(first.description, second.description),
      notes: ["Close what a branch opens within the branch."]
    )
  }

  /// A value stands where the paths before it disagree.
  static func ambiguousPlace(at range: SourceRange, since place: JoinPlace) -> Diagnostic {
    Diagnostic(
      "ambiguous-context",
      "this value stands in different places of a URL or of CSS, depending on the path before it",
      at: range,
      labels: place.labels("one path", "the other path"),
      notes: ["Put the value into each of the branches."]
    )
  }

  /// The nesting of the message is deeper than any template needs.
  static func nestedTooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic("nesting-too-deep", "conditions and loops are nested too deep", at: range)
  }

  /// A value marked `x-pii` becomes part of a URL or a header.
  static func personalData(
    _ sources: [String],
    inURL isURL: Bool,
    at range: SourceRange
  ) -> Diagnostic {
    let names = sources.map { "'\($0)'" }.joined(separator: ", ")
    let message =
      names + (sources.count == 1 ? " is" : " are") + " personal and would become part of "
    let notes = [
      "What stands there ends up in logs, in histories and with other companies.",
      "Where it is meant, name the field in the manifest: pii: { allow: [\(sources[0])] }.",
    ]
    return isURL
      ? Diagnostic("personal-data-in-url", message + "a URL", at: range, notes: notes)
      : Diagnostic("personal-data-in-header", message + "a header", at: range, notes: notes)
  }

  /// An element is open behind one path and not behind the other.
  static func unbalancedElement(_ problem: OpenElements.Problem) -> Diagnostic {
    let name = problem.element.text.map { "<\($0)>" } ?? "an element"
    return Diagnostic(
      "unbalanced-element",
      "\(name) is open after one path and not after the other",
      at: problem.place.branch,
      labels: problem.place.labels("one path", "the other path"),
      notes: ["Open and close an element on the same path."]
    )
  }

  /// No escaping makes a value safe at this place.
  static func misplacedPlaceholder(_ refusal: Refusal, at range: SourceRange) -> Diagnostic {
    Diagnostic("misplaced-placeholder", refusal.message, at: range, notes: refusal.notes)
  }

  /// A whole URL, or its host, is made of a value that need not be one.
  static func notAURI(
    _ what: String,
    type: String,
    _ severity: Severity,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("not-a-uri"),
      severity,
      "\(what) must be a 'uri', this is \(type)",
      at: range,
      notes: [
        "Give the field 'format: uri' in the schema, or write scheme and host before the value: https://example.com/{{ … }}."
      ]
    )
  }

  private init(
    _ id: String,
    _ message: String,
    at range: SourceRange,
    labels: [Label] = [],
    notes: [String] = []
  ) {
    self.init(DiagnosticID(id), .error, message, at: range, labels: labels, notes: notes)
  }
}

extension JoinPlace {
  fileprivate func labels(_ first: String, _ second: String) -> [Diagnostic.Label] {
    var labels: [Diagnostic.Label] = []
    if let range = self.first { labels.append(Diagnostic.Label(range, first)) }
    if let range = self.second { labels.append(Diagnostic.Label(range, second)) }
    return labels
  }
}

extension Refusal {
  fileprivate var message: String {
    switch self {
    case .tagName: "a value must not stand in the name of a tag"
    case .attributeName: "a value must not be the name of an attribute or stand between attributes"
    case .unquotedValue: "the value of this attribute needs quotes"
    case .eventHandler: "a value must not stand in an event handler"
    case .script: "a value must not stand in a script or in other content that is no HTML"
    case .document: "a value must not stand in 'srcdoc'"
    case .base: "a value must not be the base of all links"
    case .linkedResource: "a value must not stand in the address of a style sheet"
    case .meta: "a value must not stand in <meta>"
    case .formTarget: "a value must not be the target of a form"
    case .embedded: "a value must not name what an embedded document or a script loads"
    case .declaration: "a value must not stand in a declaration or in CDATA"
    case .condition: "a value must not stand in the condition of a conditional comment"
    case .commentEnd: "a value must not follow directly on '-' in a comment"
    case .scheme: "a value must not be part of a URL's scheme"
    case .literalScheme: "a value must not stand in a URL of this scheme"
    case .behindURI: "a value must not follow directly on a URL"
    case .cssComment: "a value must not stand in a comment in CSS"
    case .cssSelector: "a value must not stand in a selector"
    case .cssAtRule: "a value must not stand in this at-rule"
    case .cssPropertyName: "a value must not be the name of a property or a whole declaration"
    case .cssProperty: "a value must not stand in a property that loads code"
    }
  }

  fileprivate var notes: [String] {
    switch self {
    case .tagName, .attributeName, .cssSelector, .cssPropertyName:
      ["Write the alternatives out: {% if … %}…{% else %}…{% endif %}."]
    case .unquotedValue: ["Write name=\"{{ … }}\"."]
    case .behindURI:
      ["Join the two with '| append:', or write '/', '?' or '#' between them."]
    default: []
    }
  }
}
