import LetterpressDiagnostics

/// What can be wrong with a schema, a persona or a profile; alphabetical.
extension Diagnostic {
  static func contradiction(
    _ message: String,
    at range: SourceRange,
    labels: [Label] = []
  ) -> Self {
    Diagnostic("schema-contradiction", error: message, at: range, labels: labels)
  }

  static func cyclicSchema(_ what: String, at range: SourceRange) -> Self {
    Diagnostic(
      "schema-cycle",
      error: "\(what) leads back to itself before it says what the value is",
      at: range
    )
  }

  static func duplicateKey(_ fault: JSONFault, in file: SourceFile.ID) -> Self {
    Diagnostic("duplicate-key", error: fault.message, at: SourceRange(fault.range, in: file))
  }

  static func excludedProperty(
    _ name: String,
    at range: SourceRange,
    excludedAt exclusion: SourceRange
  ) -> Self {
    Diagnostic(
      "schema-contradiction",
      error: "no value can have the property '\(name)', which another part of the schema excludes",
      at: range,
      labels: [Label(exclusion, "excluded here")],
      notes: [
        "'additionalProperties' looks only at the 'properties' beside it, not at those of other"
          + " parts of an 'allOf'"
      ]
    )
  }

  static func invalidDefault(
    _ violation: ProfileViolation,
    of value: ObjectRule.DefaultValue
  ) -> Self {
    let range = SourceRange(
      file: value.range.file,
      start: value.range.start + violation.range.lowerBound,
      end: value.range.start + violation.range.upperBound
    )
    return Diagnostic(
      "invalid-default",
      error: "the default does not fit its own schema: \(violation.message)",
      at: range
    )
  }

  static func invalidKeyword(
    _ keyword: String,
    _ problem: String,
    at range: SourceRange,
    notes: [String] = []
  ) -> Self {
    Diagnostic("invalid-keyword", error: "'\(keyword)' \(problem)", at: range, notes: notes)
  }

  static func invalidPersona(_ problem: String, at range: SourceRange) -> Self {
    Diagnostic("invalid-persona", error: problem, at: range)
  }

  static func notJSON(_ fault: JSONFault, in file: SourceFile.ID) -> Self {
    let fixIts = fault.removable.map { range in
      [FixIt("remove it", edits: [FixIt.Edit(SourceRange(range, in: file), "")])]
    }
    return Diagnostic(
      DiagnosticID(fault.code.rawValue),
      .error,
      fault.message,
      at: SourceRange(fault.range, in: file),
      fixIts: fixIts ?? []
    )
  }

  static func remoteReference(_ reference: String, at range: SourceRange) -> Self {
    Diagnostic(
      "unknown-reference",
      error: "'\(reference)' is not in this file",
      at: range,
      notes: ["A '$ref' can name a schema of the same file, such as '#/$defs/Name'."]
    )
  }

  static func schemaTooComplex(_ message: String, at range: SourceRange) -> Self {
    Diagnostic("schema-limit", error: message, at: range)
  }

  static func undeclaredRequired(
    _ name: String,
    at range: SourceRange,
    suggestion: String?
  ) -> Self {
    Diagnostic(
      "undeclared-required",
      error: "'required' names '\(name)', which is not among the properties"
        + didYouMean(suggestion),
      at: range,
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unknownFormat(_ name: String, at range: SourceRange, suggestion: String) -> Self {
    Diagnostic(
      "unknown-format",
      .warning,
      "unknown format '\(name)'" + didYouMean(suggestion),
      at: range,
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unknownKeyword(
    _ keyword: String,
    at range: SourceRange,
    suggestion: String?
  ) -> Self {
    Diagnostic(
      "unknown-keyword",
      suggestion == nil ? .warning : .error,
      "unknown keyword '\(keyword)'" + didYouMean(suggestion),
      at: range,
      notes: suggestion == nil ? ["It is ignored; a remark of your own starts with 'x-'."] : [],
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unknownReference(
    _ reference: String,
    at range: SourceRange,
    suggestion: String?
  ) -> Self {
    Diagnostic(
      "unknown-reference",
      error: "nothing stands at '\(reference)'" + didYouMean(suggestion),
      at: range,
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unknownType(_ name: String, at range: SourceRange, suggestion: String?) -> Self {
    let known =
      suggestion == nil
      ? ["The types are " + JSONKinds.names.map(\.name).joined(separator: ", ") + "."] : []
    return Diagnostic(
      "unknown-type",
      error: "unknown type '\(name)'" + didYouMean(suggestion),
      at: range,
      notes: known,
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unknownPersonaKey(
    _ key: String,
    at range: SourceRange,
    suggestion: String?
  ) -> Self {
    Diagnostic(
      "unknown-persona-key",
      suggestion == nil ? .warning : .error,
      "a persona has no '\(key)'" + didYouMean(suggestion),
      at: range,
      notes: suggestion == nil
        ? ["It has 'title', 'notes', 'tags', 'now' and 'profile'; the data belong into 'profile'."]
        : [],
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unusedPersonaField(
    _ name: String,
    pointer: String,
    at range: SourceRange,
    suggestion: String?
  ) -> Self {
    Diagnostic(
      "unused-persona-field",
      .warning,
      "the schema has no field '\(name)'" + didYouMean(suggestion),
      at: range,
      notes: ["JSON Pointer: \(pointer)"],
      fixIts: replacement(suggestion, at: range)
    )
  }

  static func unsupportedKeyword(_ keyword: String, advice: String, at range: SourceRange) -> Self {
    let shapes = SchemaKeywords.shaping.contains(keyword)
    var notes = advice.isEmpty ? [] : [sentence(advice)]
    if !shapes { notes.append("It is ignored: profiles are not held to it.") }
    return Diagnostic(
      "unsupported-keyword",
      shapes ? .error : .warning,
      "the keyword '\(keyword)' is not supported",
      at: range,
      notes: notes
    )
  }

  static func unsupportedUnion(
    _ problem: String,
    at range: SourceRange,
    notes: [String] = []
  )
    -> Self
  {
    Diagnostic("unsupported-union", error: problem, at: range, notes: notes)
  }

  static func unsupportedValue(_ value: LocatedJSON, of keyword: String) -> Self {
    Diagnostic(
      "unsupported-constant",
      error:
        "\(value.kindName) in '\(keyword)' is not supported; expected text, numbers, booleans or"
        + " null",
      at: value.range
    )
  }

  private init(
    _ id: String,
    error message: String,
    at range: SourceRange,
    labels: [Label] = [],
    notes: [String] = [],
    fixIts: [FixIt] = []
  ) {
    self.init(
      DiagnosticID(id),
      .error,
      message,
      at: range,
      labels: labels,
      notes: notes,
      fixIts: fixIts
    )
  }

  private init(
    _ id: String,
    _ severity: Severity,
    _ message: String,
    at range: SourceRange,
    notes: [String] = [],
    fixIts: [FixIt] = []
  ) {
    self.init(DiagnosticID(id), severity, message, at: range, notes: notes, fixIts: fixIts)
  }

  private static func didYouMean(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }

  /// The range is a string with its quotes.
  private static func replacement(_ suggestion: String?, at range: SourceRange) -> [FixIt] {
    guard let suggestion else { return [] }
    return [
      FixIt("replace by '\(suggestion)'", edits: [FixIt.Edit(range, "\"\(suggestion)\"")])
    ]
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst() + "."
  }
}

extension SourceRange {
  init(_ offsets: Range<Int>, in file: SourceFile.ID) {
    self.init(file: file, start: offsets.lowerBound, end: offsets.upperBound)
  }
}
