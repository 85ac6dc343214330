import LetterpressDiagnostics
import LetterpressLiquid

/// What can be wrong with translations, in alphabetical order of the functions.
extension Diagnostic {
  static func countWithoutForms(
    _ key: String,
    at range: SourceRange,
    entry: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-translation-argument"),
      .warning,
      "the translation of \(quoted(key)) has one text for every 'count' and does not print it",
      at: range,
      labels: [Label(entry, "translated here")],
      notes: ["Forms are keys below it: one, other, and what else the language has."]
    )
  }

  static func dynamicTranslationKey(_ key: Operand) -> Diagnostic {
    Diagnostic(
      DiagnosticID("dynamic-translation-key"),
      .error,
      "the key of a translation has to be known when the template is compiled, or be one of finitely "
        + "many; \(quoted(key.written)) could be anything",
      at: key.range,
      notes: ["A key made of an enum is fine: {% assign key = 'tier.' | append: profile.tier %}."]
    )
  }

  static func missingTranslation(
    _ key: String,
    at range: SourceRange,
    defaultTag: String,
    hasFile: Bool,
    suggestion near: String?,
    isWritten: Bool
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-translation"),
      .error,
      "there is no translation of \(quoted(key)) in '\(defaultTag)'" + didYouMean(near),
      at: range,
      label: hasFile ? "" : "fixtures/locales/\(defaultTag).yaml is missing",
      notes: ["'\(defaultTag)' is the project's language, which every other one falls back to."],
      fixIts: isWritten ? near.map { replacement(ofQuoted: range, by: $0) } ?? [] : []
    )
  }

  static func missingTranslation(
    _ key: String,
    in tags: [String],
    at range: SourceRange,
    fallback: String,
    suspects: [Label]
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-translation"),
      .warning,
      "there is no translation of \(quoted(key)) in \(tags.map { "'\($0)'" }.joinedByAnd)",
      at: range,
      labels: suspects,
      notes: ["Who reads that language gets the text of '\(fallback)'."]
    )
  }

  static func missingTranslationArgument(
    _ name: String,
    of key: String,
    in tag: String,
    at range: SourceRange,
    text: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-translation-argument"),
      .error,
      name == "count"
        ? "the translation of \(quoted(key)) in '\(tag)' depends on a number: give it 'count:'"
        : "the translation of \(quoted(key)) in '\(tag)' wants \(quoted(name))",
      at: range,
      label: "'\(name):' is missing",
      labels: [Label(text, "wanted here")]
    )
  }

  private static func replacement(ofQuoted range: SourceRange, by near: String) -> [FixIt] {
    [FixIt("replace by '\(near)'", edits: [.init(range, "'\(near)'")])]
  }

  static func unknownLocale(_ tag: String, known: [String], at range: SourceRange) -> Diagnostic {
    let near = suggestion(for: tag, among: known)
    return Diagnostic(
      DiagnosticID("unknown-locale"),
      .warning,
      "there are no translations for \(quoted(tag))" + didYouMean(near),
      at: range,
      label: "fixtures/locales/\(tag).yaml is missing"
    )
  }

  static func unusedTranslation(
    _ key: String,
    at range: SourceRange,
    also others: [SourceRange]
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-translation"),
      .warning,
      "no template uses the translation \(quoted(key))",
      at: range,
      labels: others.prefix(8).map { Label($0, "and here") }
    )
  }

  static func unusedTranslationArgument(
    _ name: Identifier,
    of key: String,
    suggestion near: String?,
    entry: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-translation-argument"),
      near == nil ? .warning : .error,
      "the translation of \(quoted(key)) has no placeholder \(quoted(name.name))"
        + didYouMean(near),
      at: name.range,
      labels: [Label(entry, "translated here")],
      fixIts: replacement(of: name.range, by: near)
    )
  }
}
