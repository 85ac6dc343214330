import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What can be wrong with values, printed, compared and looped over, in alphabetical order of the functions.
extension Diagnostic {
  static func loopOverMap(_ collection: Operand) -> Diagnostic {
    Diagnostic(
      DiagnosticID("loop-over-map"),
      .error,
      "\(collection.shown) is a map; a loop over it gives pairs in no certain order",
      at: collection.range,
      notes: ["Let the profile hold an array of objects, or read the keys by their names."]
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

  static func rangeEnd(_ value: Operand, type: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "the ends of a range are integers, but \(value.shown) is \(type)",
      at: value.range
    )
  }

  static func unfitContains(_ value: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'contains' looks into a string or an array, but \(value.shown) is "
        + value.type.unwrapped.noun(in: types),
      at: value.range
    )
  }

  static func unfitIndex(_ key: Operand, of base: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "\(base.shown) is \(base.type.unwrapped.noun(in: types)) and has no element "
        + "[\(key.written)]",
      at: key.range
    )
  }

  static func unfitLiteral(
    _ text: String,
    for parameter: String,
    wanted: String,
    suggestion near: String?,
    isQuoted: Bool = false,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("argument-type"),
      .error,
      "\(quoted(parameter)) wants \(wanted), not \(quoted(text))" + didYouMean(near),
      at: range,
      fixIts: replacement(of: range, by: near.map { isQuoted ? "'\($0)'" : $0 })
    )
  }

  static func unfitPart(_ part: Operand, of whole: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "\(whole.shown) is a string; it cannot contain \(part.type.noun(in: types))",
      at: part.range
    )
  }

  static func unlikeComparison(
    _ comparison: Checker.Comparison,
    in types: TypeTable
  ) -> Diagnostic {
    let (left, right) = (comparison.left, comparison.right)
    var fixIts: [FixIt] = []
    if case .literal(.string(let text)) = right.expression.kind {
      if left.type.kinds == [.number], Double(text.trimmed) != nil {
        fixIts = [
          FixIt("compare with the number", edits: [.init(right.range, text.trimmed)])
        ]
      } else if left.type.kinds == [.boolean], text == "true" || text == "false" {
        fixIts = [FixIt("compare with the boolean", edits: [.init(right.range, text)])]
      }
    }
    return Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "\(left.shown) is \(left.type.unwrapped.noun(in: types)) and never "
        + (comparison.relation.isOrdering ? "comparable with " : "equal to ")
        + right.type.unwrapped.noun(in: types),
      at: comparison.whole,
      fixIts: fixIts
    )
  }

  static func unlikeElement(
    _ comparison: Checker.Comparison,
    in types: TypeTable
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "\(quoted(comparison.left.written)) is "
        + "\(comparison.left.type.unwrapped.noun(in: types)); it never contains "
        + comparison.right.type.unwrapped.noun(in: types),
      at: comparison.whole
    )
  }

  static func unlikeProperty(
    _ name: String,
    _ type: ValueType,
    _ value: Operand,
    in types: TypeTable
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "\(quoted(name)) is \(type.unwrapped.noun(in: types)) and never equal to "
        + value.type.noun(in: types),
      at: value.range
    )
  }

  static func unorderedValue(
    _ value: Operand,
    _ relation: Condition.Operator,
    in types: TypeTable
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'\(relation.rawValue)' compares numbers or strings, but \(value.shown) is "
        + value.type.unwrapped.noun(in: types),
      at: value.range
    )
  }
}
