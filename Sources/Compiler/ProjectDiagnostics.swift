import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup

// What can be wrong with a project's files. Alphabetical.

extension Diagnostic {
  static func blockWithoutPlace(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("misplaced-element"),
      .error,
      "the elements at the root of '\(name)' cannot stand in one place",
      at: range
    )
  }

  static func idlePluralForm(
    _ form: PluralCategory,
    _ key: String,
    forms: [PluralCategory],
    language: String,
    at range: SourceRange
  ) -> Diagnostic {
    let names = forms.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return Diagnostic(
      DiagnosticID("plural-forms"),
      .warning,
      "no number asks for the form '\(form.rawValue)' in '\(language)', so this text of '\(key)' is "
        + "never used",
      at: range,
      notes: ["Its forms are \(names)."]
    )
  }

  static func conditionWithTags(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "a condition stands without its tag: '%}' cannot be in it",
      at: range
    )
  }

  static func includeDenied(_ path: String, reason: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("include-denied"),
      .error,
      "mj-include may not read '\(path)': \(reason)",
      at: range,
      notes: [
        "includes stay inside the project; a folder outside of it has to be allowed in "
          + "letterpress.yaml: includes: { allow: [../shared] }"
      ]
    )
  }

  static func includeCycle(_ path: String, chain: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("include-cycle"),
      .error,
      "'\(path)' includes itself: \(chain.joined(separator: " → "))",
      at: range
    )
  }

  static func includeLimit(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(DiagnosticID("include-limit"), .error, what, at: range)
  }

  static func includeNotFound(
    _ path: String,
    suggestion: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("include-not-found"),
      .error,
      "there is no file '\(path)' to include",
      at: range,
      label: suggestion.map { "did you mean '\($0)'?" } ?? "",
      notes: ["the path is relative to the file that includes it"],
      fixIts: suggestion.map { [.init("replace by '\($0)'", edits: [.init(range, $0)])] } ?? []
    )
  }

  static func includeUnreadable(
    _ path: String,
    reason: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("include-unreadable"),
      .error,
      "cannot include '\(path)': \(reason)",
      at: range
    )
  }

  static func includeWithLiquid(_ path: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("include-not-static"),
      .error,
      "the path of an include is fixed when the template is compiled, so it cannot hold '\(path)'",
      at: range,
      notes: ["put the includes into the branches of an if or case instead"]
    )
  }

  static func invalidTranslations(
    _ problem: String,
    at range: SourceRange,
    labels: [Label] = []
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-translations"),
      .error,
      problem,
      at: range,
      labels: labels
    )
  }

  static func manifestUnreadable(_ problem: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-manifest"),
      .error,
      "letterpress.yaml cannot be read: \(problem)",
      at: range
    )
  }

  static func manifestValue(
    _ key: String,
    wants expected: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-manifest"),
      .error,
      "'\(key)' wants \(expected)",
      at: range
    )
  }

  static func missingBody(_ root: Element) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-body"),
      .error,
      "the template has no mj-body, so there is nothing to send",
      at: root.startTag
    )
  }

  static func pluralForms(
    _ key: String,
    missing: [PluralCategory],
    language: String,
    at range: SourceRange
  ) -> Diagnostic {
    let names = missing.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    return Diagnostic(
      DiagnosticID("plural-forms"),
      .warning,
      "'\(key)' lacks the form \(names), which numbers ask for in '\(language)'",
      at: range,
      notes: ["Unicode's rules for the language have it; 'other' would be used in its place."]
    )
  }

  static func unknownFinding(
    _ name: String,
    suggestion: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-manifest-key"),
      .error,
      "there is no kind of finding '\(name)'",
      at: range,
      label: suggestion.map { "did you mean '\($0)'?" } ?? "",
      notes: ["'letterpress explain' lists them all."],
      fixIts: suggestion.map { [.init("replace by '\($0)'", edits: [.init(range, $0)])] } ?? []
    )
  }

  static func unknownManifestKey(
    _ key: String,
    suggestion: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-manifest-key"),
      .error,
      "there is no setting '\(key)'",
      at: range,
      label: suggestion.map { "did you mean '\($0)'?" } ?? "",
      fixIts: suggestion.map { [.init("replace by '\($0)'", edits: [.init(range, $0)])] } ?? []
    )
  }

  static func unknownPersona(
    _ name: String,
    among names: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let near = suggestion(for: name, among: names)
    return Diagnostic(
      DiagnosticID("unknown-persona"),
      .error,
      "there is no persona '\(name)'",
      at: range,
      label: near.map { "did you mean '\($0)'?" } ?? ""
    )
  }

  static func unknownRecipient(
    _ failure: RecipientPath.Failure,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-manifest"),
      .error,
      "'recipient' wants the path of a text in the profile: \(failure.message)",
      at: range,
      label: failure.suggestion.map { "did you mean '\($0)'?" } ?? ""
    )
  }

  static func unknownPersonalPath(
    _ name: String,
    suggestion near: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-manifest"),
      .error,
      "the profile has no '\(name)' that could be allowed",
      at: range,
      label: near.map { "did you mean '\($0)'?" } ?? ""
    )
  }

  static func unreadableFile(_ reason: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unreadable-file"),
      .error,
      "cannot read this file: \(reason)",
      at: range
    )
  }
}
