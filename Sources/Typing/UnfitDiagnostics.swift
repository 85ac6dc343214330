import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What is unknown, unfit, unlike, unreachable or unused, in alphabetical order of the functions.
extension Diagnostic {
  static func unbalancedVerbatim(
    _ tag: UnmatchedTag,
    in element: Element,
    other: UnmatchedTag?
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unbalanced-raw"),
      .error,
      "<\(element.name)> mixes '\(tag.name.name)', whose partner stands elsewhere, with HTML",
      at: tag.range,
      labels: other.map { [Label($0.range, "the partner")] } ?? [],
      notes: [
        "Give the tag an <\(element.name)> of its own, or none at all: "
          + "tags may stand between elements."
      ]
    )
  }

  static func unfitArgument(
    _ value: Operand,
    for parameter: String,
    wanted: String,
    missing: [String],
    in types: TypeTable
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("argument-type"),
      .error,
      "\(quoted(parameter)) wants \(wanted), but \(quoted(value.written)) is "
        + value.type.noun(in: types),
      at: value.range,
      notes: missing.isEmpty
        ? [] : ["It lacks \(missing.prefix(6).map { quoted($0) }.joinedByAnd)."]
    )
  }

  static func unfitContains(_ value: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'contains' looks into a string or an array, but \(quoted(value.written)) is "
        + value.type.unwrapped.noun(in: types),
      at: value.range
    )
  }

  static func unfitCount(_ value: Operand, _ name: String, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'\(name)' takes an integer, but \(quoted(value.written)) is \(value.type.noun(in: types))",
      at: value.range
    )
  }

  static func unfitIndex(_ key: Operand, of base: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "\(quoted(base.written)) is \(base.type.unwrapped.noun(in: types)) and has no element "
        + "[\(key.written)]",
      at: key.range
    )
  }

  static func unfitLiteral(
    _ text: String,
    for parameter: String,
    wanted: String,
    suggestion near: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("argument-type"),
      .error,
      "\(quoted(parameter)) wants \(wanted), not \(quoted(text))" + didYouMean(near),
      at: range,
      fixIts: replacement(of: range, by: near)
    )
  }

  static func unfitPart(_ part: Operand, of whole: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unlike-comparison"),
      .error,
      "\(quoted(whole.written)) is a string; it cannot contain \(part.type.noun(in: types))",
      at: part.range
    )
  }

  static func unknownArgument(
    _ name: String,
    at range: SourceRange,
    of block: String,
    known: [String],
    suggestion near: String?
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-argument"),
      .error,
      "\(quoted(block)) has no parameter \(quoted(name))" + didYouMean(near),
      at: range,
      notes: [
        known.isEmpty
          ? "It has no parameters."
          : "Its parameters are \(known.map { quoted($0) }.joinedByAnd)."
      ],
      fixIts: replacement(of: range, by: near)
    )
  }

  static func unknownConstant(_ name: Identifier, of base: String, known: [String]) -> Diagnostic {
    let near = suggestion(for: name.name, among: known)
    return Diagnostic(
      DiagnosticID("unknown-field"),
      .error,
      "\(quoted(base)) in the manifest has no \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unknownField(
    _ name: Identifier,
    of base: Operand,
    in types: TypeTable
  ) -> Diagnostic {
    let type = base.type.unwrapped
    let names = types.memberNames(of: type)
    let near = suggestion(for: name.name, among: names)
    var notes: [String] = []
    var labels: [Label] = []
    switch type {
    case .object(let id):
      labels = [Label(types[id].declaration, "\(types[id].name) is declared here")]
      if near == nil, !names.isEmpty, names.count <= 12 {
        notes = ["It has \(names.map { quoted($0) }.joinedByAnd)."]
      }
    case .array(let array):
      let inner = types.memberNames(of: array.element)
      if inner.contains(name.name) {
        notes = ["It is an array; its elements have \(quoted(name.name)): loop over it."]
      }
    case .string(let facts) where facts.format == .date || facts.format == .dateTime:
      notes = ["It is a date; its parts are printed by the filter 'date': | date: '%Y'."]
    default: break
    }
    let what = types.memberNames(of: type).isEmpty ? type.noun(in: types) : nil
    return Diagnostic(
      DiagnosticID("unknown-field"),
      .error,
      what.map { "\(quoted(base.written)) is \($0) and has no \(quoted(name.name))" }
        ?? "\(quoted(base.written)) has no \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      labels: labels,
      notes: notes,
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unknownLoopProperty(_ name: Identifier, isTableRow: Bool) -> Diagnostic {
    let names = LoopProperty.allCases.map(\.rawValue)
    let near = suggestion(for: name.name, among: names)
    return Diagnostic(
      DiagnosticID("unknown-field"),
      .error,
      "'\(isTableRow ? "tablerowloop" : "forloop")' has no \(quoted(name.name))"
        + didYouMean(near),
      at: name.range,
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unknownParameterType(
    _ name: String,
    suggestion near: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-parameter-type"),
      .error,
      "there is no type \(quoted(name))" + didYouMean(near),
      at: range,
      notes: [
        "Types are string, integer, number, boolean, html, date, date-time, uri, email, color, "
          + "length, and the names under $defs in the schema."
      ],
      fixIts: replacement(of: range, by: near)
    )
  }

  static func unknownPersona(_ name: Identifier, known: [String]) -> Diagnostic {
    let near = suggestion(for: name.name, among: known)
    return Diagnostic(
      DiagnosticID("unknown-persona"),
      .error,
      "there is no persona \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      label: "fixtures/personas/\(name.name).json is missing",
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unknownSlot(
    _ name: String,
    of block: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let near = suggestion(for: name, among: known)
    return Diagnostic(
      DiagnosticID("unknown-slot"),
      .error,
      "\(quoted(block)) has no slot \(quoted(name))" + didYouMean(near),
      at: range,
      notes: [
        known.isEmpty
          ? "It has no named slots." : "Its slots are \(known.map { quoted($0) }.joinedByAnd)."
      ],
      fixIts: replacement(of: range, by: near)
    )
  }

  static func unknownVariable(
    _ name: Identifier,
    suggestion near: String?,
    isField: Bool,
    later: SourceRange?,
    visible: [String],
    scope: Scope.Kind
  ) -> Diagnostic {
    var notes: [String] = []
    var near = near
    switch scope {
    case .block: notes = ["A block sees its parameters and 'now', nothing else: pass it."]
    case .partial:
      notes = ["A partial sees its arguments and 'now', nothing else: pass it."]
    case .example, .layout: break
    }
    if isField {
      near = "profile.\(name.name)"
      notes = ["Fields are read from 'profile'."]
    }
    return Diagnostic(
      DiagnosticID("unknown-variable"),
      .error,
      "there is no variable \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      labels: later.map { [Label($0, "assigned only here")] } ?? [],
      notes: notes,
      fixIts: replacement(of: name.range, by: near)
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
      "\(quoted(left.written)) is \(left.type.unwrapped.noun(in: types)) and never "
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

  static func unorderedValue(
    _ value: Operand,
    _ relation: Condition.Operator,
    in types: TypeTable
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'\(relation.rawValue)' compares numbers or strings, but \(quoted(value.written)) is "
        + value.type.unwrapped.noun(in: types),
      at: value.range
    )
  }

  static func unreachableBranch(_ range: SourceRange, written: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unreachable-branch"),
      .warning,
      "this branch is never reached: the branches before it leave nothing for it",
      at: range,
      label: "always false here"
    )
  }

  static func unreachableWhen(_ value: Operand, subject: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unreachable-branch"),
      .warning,
      "\(quoted(subject)) is never \(value.written) here",
      at: value.range
    )
  }

  static func unusedAssignment(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-assign"),
      .warning,
      "\(quoted(name)) is assigned but never read",
      at: range
    )
  }

  static func unusedParameter(
    _ name: String,
    of block: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-parameter"),
      .warning,
      "\(quoted(block)) never reads its parameter \(quoted(name))",
      at: range
    )
  }

  static func variantField(
    _ name: Identifier,
    of base: String,
    tag: String,
    values: [ValueType.Constant]
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("variant-field"),
      .error,
      "\(quoted(base)) has \(quoted(name.name)) only where its '\(tag)' is "
        + values.map(\.quoted).joinedByOr,
      at: name.range,
      notes: [
        "Ask for the variant first: "
          + "'if \(base).\(tag) == \(values.first.map(\.quoted) ?? "…")'."
      ]
    )
  }
}
