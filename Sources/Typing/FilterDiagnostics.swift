import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What can be wrong with what a filter is given, in alphabetical order of the functions.
extension Diagnostic {
  static func divisionByZero(_ divisor: Operand, isCertain: Bool) -> Diagnostic {
    Diagnostic(
      DiagnosticID("division-by-zero"),
      .error,
      isCertain
        ? "this divides by zero"
        : "\(divisor.shown) may be zero; nothing divides by it then",
      at: divisor.range,
      label: isCertain ? "zero" : "may be zero",
      notes: isCertain
        ? [] : ["Ask for it first ('if \(divisor.written) > 0'), or use 'at_least: 1'."]
    )
  }

  /// `directive` is one that there is not; nil where the format has none at all.
  static func invalidDateFormat(
    _ format: String,
    _ directive: String?,
    isWritten: Bool,
    at range: SourceRange
  ) -> Diagnostic {
    let meant = directive == nil ? format.asDirectives : nil
    return Diagnostic(
      DiagnosticID("date-format"),
      .warning,
      directive.map { "a date has no directive \(quoted($0)); it is printed as it stands" }
        ?? "\(quoted(format)) has no directive, so every date prints the same" + didYouMean(meant),
      at: range,
      notes: [
        "Directives are %-d (day), %m (month), %B (its name), %Y (year), %H:%M (time); styles are "
          + DateStyle.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ") + "."
      ],
      fixIts: isWritten
        ? meant.map { [FixIt("replace by '\($0)'", edits: [.init(range, "'\($0)'")])] } ?? [] : []
    )
  }

  static func noCurrency(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-filter-argument"),
      .error,
      "\(quoted(text)) is no currency; that is a code of three letters (ISO 4217), such as 'EUR'",
      at: range
    )
  }

  static func noLocale(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-filter-argument"),
      .error,
      "\(quoted(text)) is no language; that is a tag such as 'en' or 'pt-BR' (BCP 47)",
      at: range
    )
  }

  static func noTimeZone(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-filter-argument"),
      .error,
      "\(quoted(text)) is no time zone; that is a name such as 'Europe/Berlin' (IANA)",
      at: range
    )
  }

  static func optionalCount(_ value: Operand, _ name: String, cause: NilCause?) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-argument"),
      .error,
      "\(value.shown) may be nil, but '\(name)' needs a number",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: ["Assign it to a variable with a default first."]
    )
  }

  static func optionalFilterArgument(
    _ value: Operand,
    of filter: String,
    cause: NilCause?
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-filtered"),
      .error,
      "\(value.shown) may be nil, but '\(filter)' needs a value",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: ["Assign it to a variable with a default first, or put it into an 'if'."]
        + (cause?.notes ?? [])
    )
  }

  static func optionalFiltered(
    _ value: Operand,
    by filter: String,
    cause: NilCause?,
    fix: FixIt?
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-filtered"),
      .error,
      "\(value.shown) may be nil; '\(filter)' needs a value",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: [
        fix == nil
          ? "Put '| default: …' before the filter, or the whole into an 'if'."
          : "The default comes too late: put it before '\(filter)'."
      ] + (cause?.notes ?? []),
      fixIts: fix.map { [$0] } ?? defaultFixes(value)
    )
  }

  static func unfitCount(_ value: Operand, _ name: String, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'\(name)' takes an integer, but \(value.shown) is \(value.type.noun(in: types))",
      at: value.range
    )
  }

  static func unfitFilterArgument(
    _ value: Operand,
    _ parameter: String,
    of filter: String,
    wanted: String,
    in types: TypeTable
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("filter-argument-type"),
      .error,
      "'\(parameter)' of '\(filter)' is \(wanted), not \(value.type.noun(in: types))",
      at: value.range
    )
  }

  static func unfitInput(
    _ value: Operand,
    of filter: String,
    wanted: String,
    in types: TypeTable
  ) -> Diagnostic {
    let notes: [String] =
      switch filter {
      case "date": ["A date has \"format\": \"date\" or \"date-time\" in the schema."]
      case "money":
        ["An amount is a whole number of the currency's smallest unit: 1999 is € 19.99."]
      default: []
      }
    return Diagnostic(
      DiagnosticID("filter-input"),
      .error,
      "'\(filter)' takes \(wanted), but \(value.shown) is "
        + value.type.noun(in: types),
      at: value.range,
      notes: notes
    )
  }
}
