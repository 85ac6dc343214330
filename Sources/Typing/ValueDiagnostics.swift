import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What can be wrong with names, types and flow, in alphabetical order of the functions (N to Z).
extension Diagnostic {
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

  static func noDateCompared(
    _ comparison: Checker.Comparison,
    _ date: Operand,
    _ text: String
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "\(date.shown) is a date, and \(quoted(text)) is none: the two are compared as texts",
      at: comparison.whole,
      notes: [
        "Moments are compared as numbers: {% assign a = \(date.written) | date: '%s' | plus: 0 %}, and "
          + "{% assign b = 'now' | date: '%s' | plus: 0 %}."
      ]
    )
  }

  static func noDefaultSlot(
    of block: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let names = known.filter { !$0.isEmpty }
    return Diagnostic(
      DiagnosticID("unknown-slot"),
      .error,
      "\(quoted(block)) has no default slot; this would be lost",
      at: range,
      notes: [
        names.isEmpty
          ? "It has no slots at all." : "Its slots are \(names.map { quoted($0) }.joinedByAnd)."
      ]
    )
  }

  static func notABlock(_ element: Element) -> Diagnostic {
    Diagnostic(
      DiagnosticID("not-a-block"),
      .error,
      "a block's file holds <lp-block>, not <\(element.name)>",
      at: element.startTag
    )
  }

  static func notAURI(
    _ expression: TypedExpression,
    type: String,
    decidesHost: Bool,
    written: String
  ) -> Diagnostic {
    var notes = [
      "Give the field \"format\": \"uri\" in the schema, or write scheme and host out: "
        + "https://shop.example/{{ … }}."
    ]
    // A text may be one: each is held against the allow-list when it comes.
    let mayBeOne = !decidesHost && expression.type.mayBeURI && expression.finiteValues == nil
    if mayBeOne { notes.append("A profile whose value is no URL gets no message.") }
    return Diagnostic(
      DiagnosticID("not-a-uri"),
      mayBeOne ? .warning : .error,
      decidesHost
        ? "\(quoted(written)) decides which host the link goes to, but is \(type)"
        : "a URL needs a uri here, but \(quoted(written)) is \(type)",
      at: expression.range,
      notes: notes
    )
  }

  static func notInEnum(
    _ constant: ValueType.Constant,
    _ members: [ValueType.Constant],
    of name: String,
    at range: SourceRange
  ) -> Diagnostic {
    var near: String?
    if case .string(let text) = constant { near = ValueType.enumeration(members).near(text) }
    return Diagnostic(
      DiagnosticID("not-in-enum"),
      .error,
      "\(constant.quoted) is none of the values of \(quoted(name))" + didYouMean(near),
      at: range,
      notes: [
        "It is \(members.shown)."
      ],
      fixIts: near.map { [FixIt("replace by '\($0)'", edits: [.init(range, "'\($0)'")])] } ?? []
    )
  }

  static func notIterable(_ collection: Operand, in types: TypeTable) -> Diagnostic {
    var notes: [String] = []
    if collection.type.kinds == [.number] {
      notes = ["To repeat something that often, loop over a range: (1..\(collection.written))."]
    } else if collection.type.kinds == [.text] {
      notes = ["Make an array of it with 'split' first."]
    }
    return Diagnostic(
      DiagnosticID("not-iterable"),
      .error,
      "a loop needs an array, but \(collection.shown) is "
        + collection.type.unwrapped.noun(in: types),
      at: collection.range,
      notes: notes
    )
  }

  static func objectPrinted(_ value: Operand, _ what: String, in types: TypeTable) -> Diagnostic {
    let names = types.memberNames(of: value.type)
    return Diagnostic(
      DiagnosticID("object-printed"),
      .error,
      "\(value.shown) is \(what) and cannot be printed",
      at: value.range,
      notes: names.isEmpty || what != "an object"
        ? [] : ["Print one of its fields: \(names.prefix(8).map { quoted($0) }.joinedByOr)."]
    )
  }

  static func optionalArgument(
    _ value: Operand,
    for parameter: String,
    cause: NilCause?
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-argument"),
      .error,
      "\(value.shown) may be nil, but \(quoted(parameter)) needs a value",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: optionalNotes(value) + (cause?.notes ?? []),
      fixIts: defaultFixes(value)
    )
  }

  static func optionalCompared(
    _ value: Operand,
    _ relation: Condition.Operator,
    cause: NilCause?
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-compared"),
      .error,
      "\(value.shown) may be nil and cannot be compared by '\(relation.rawValue)' then",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: ["Ask for it first: 'if \(value.written) and \(value.written) …'."]
        + (cause?.notes ?? []),
      fixIts: [
        FixIt(
          "ask for it first",
          edits: [.init(value.range.startPoint, "\(value.written) and ")],
          isSafe: false
        )
      ]
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

  static func optionalIndex(_ value: Operand, cause: NilCause?) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-argument"),
      .error,
      "\(value.shown) may be nil and is no index then",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? []
    )
  }

  static func optionalPrinted(_ value: Operand, cause: NilCause?) -> Diagnostic {
    let name = value.shown
    var message = "\(name) may be nil and is printed without a default"
    if value.type == .null { message = "\(name) is nil here; nothing would be printed" }
    if case .unassigned(let variable, _)? = cause, value.type != .null {
      message = "\(quoted(variable)) is not assigned on every path; nothing would be printed"
    }
    return Diagnostic(
      DiagnosticID("optional-without-default"),
      .error,
      message,
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: optionalNotes(value) + (cause?.notes ?? []),
      fixIts: defaultFixes(value)
    )
  }

  static func optionalRangeEnd(_ value: Operand, cause: NilCause?) -> Diagnostic {
    Diagnostic(
      DiagnosticID("optional-argument"),
      .error,
      "\(value.shown) may be nil and is no end of a range then",
      at: value.range,
      label: "may be nil",
      labels: cause?.labels ?? [],
      notes: ["Assign it to a variable with a default first."]
    )
  }

  static func orderedState(_ value: Operand, _ relation: Condition.Operator) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "'\(relation.rawValue)' compares numbers; '\(value.written)' is none",
      at: value.range
    )
  }

  static func parameterWithout(_ attribute: String, _ element: Element) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-parameter"),
      .error,
      "a parameter needs a '\(attribute)'",
      at: element.startTag
    )
  }

  static func partialCycle(_ names: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("block-cycle"),
      .error,
      "partial \(quoted(names.last ?? "")) uses itself: " + names.joined(separator: " → "),
      at: range
    )
  }

  static func personaNameMissing(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-persona"),
      .error,
      "'personas' needs the name of a persona: personas.NAME.field",
      at: range
    )
  }

  static func personalData(
    _ paths: [String],
    reaching sink: Checker.Sink,
    at range: SourceRange,
    through place: Label? = nil
  ) -> Diagnostic {
    let names = paths.map { quoted($0) }.joinedByAnd
    let (id, target): (DiagnosticID, String) =
      switch sink {
      case .url(let attribute):
        (DiagnosticID("personal-data-in-url"), "a URL ('\(attribute)')")
      case .header(let name): (DiagnosticID("personal-data-in-header"), "a header (\(name))")
      }
    return Diagnostic(
      id,
      .error,
      "personal data (\(names)) reaches \(target)" + (place == nil ? "" : " through this argument"),
      at: range,
      label: "x-pii",
      labels: place.map { [$0] } ?? [],
      notes: [
        "Servers on the way log URLs and headers. Where it has to be, allow it in letterpress.yaml: "
          + "pii: { allow: [\(paths.joined(separator: ", "))] }."
      ]
    )
  }

  static func rangeEnd(_ value: Operand, type: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "the ends of a range are integers, but \(value.shown) is \(type)",
      at: value.range
    )
  }

  static func revealed(_ value: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(DiagnosticID("reveal"), .warning, value.type.description(in: types), at: value.range)
  }

  static func shadowedLoopVariable(_ name: Identifier, outer: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("shadowed-name"),
      .warning,
      "this loop's variable \(quoted(name.name)) hides the outer loop's",
      at: name.range,
      label: "hides it",
      labels: [Label(outer, "the outer loop")],
      notes: ["Give one of them another name."]
    )
  }

  static func shadowedName(_ name: Identifier, byLoop: Bool = false) -> Diagnostic {
    Diagnostic(
      DiagnosticID("shadowed-name"),
      .warning,
      byLoop
        ? "this loop's variable hides \(quoted(name.name))"
        : "this assignment hides \(quoted(name.name)) for the rest of the template",
      at: name.range,
      notes: ["Choose another name for the variable."]
    )
  }

  static func strayDelimiter(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("stray-delimiter"),
      .warning,
      "this '%}' closes no tag; it would be sent as it stands",
      at: range,
      fixIts: [FixIt("remove it", edits: [.init(range, "")], isSafe: false)]
    )
  }

  static func strayOutput(_ range: SourceRange, what: String, in element: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("stray-output"),
      .error,
      "\(what) cannot be printed directly in \(element.isEmpty ? "the file" : "<\(element)>")",
      at: range,
      label: "would be lost",
      notes: ["Put it into an element that holds text, such as <mj-text>."]
    )
  }

  static func strayText(_ range: SourceRange, in element: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("stray-text"),
      .error,
      "text cannot stand directly in \(element.isEmpty ? "the file" : "<\(element)>")",
      at: range,
      label: "would be lost",
      notes: ["Put it into an element that holds text, such as <mj-text>."]
    )
  }

  static func tagAcrossElements(
    _ opener: UnmatchedTag,
    in first: String,
    closedBy closer: UnmatchedTag,
    in last: String
  ) -> Diagnostic {
    let places =
      first == last
      ? "in one \(first) and closes in another" : "in \(first) and closes in \(last)"
    return Diagnostic(
      DiagnosticID("tag-across-elements"),
      .error,
      "'\(opener.name.name)' opens \(places)",
      at: opener.range,
      label: "opens here",
      labels: [Label(closer.range, "closes here")],
      notes: ["What a branch or a loop holds has to be whole elements."]
    )
  }
}
