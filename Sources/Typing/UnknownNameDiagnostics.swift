import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// Names that do not exist, in alphabetical order of the functions.
extension Diagnostic {
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

  static func unknownDocTag(
    _ name: String,
    suggestion near: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-parameter"),
      .error,
      "a description has no tag '@\(name)'" + didYouMean("@" + near),
      at: range,
      fixIts: replacement(of: range, by: near)
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
      what.map { "\(base.shown) is \($0) and has no \(quoted(name.name))" }
        ?? "\(base.shown) has no \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      labels: labels,
      notes: notes,
      fixIts: replacement(of: name, by: near)
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

  static func unknownProperty(
    _ name: String,
    of filter: String,
    element: ValueType,
    at range: SourceRange,
    in types: TypeTable
  ) -> Diagnostic {
    let names = types.memberNames(of: element)
    let near = suggestion(for: name, among: names)
    return Diagnostic(
      DiagnosticID("unknown-field"),
      .error,
      "the elements have no \(quoted(name)) for '\(filter)'" + didYouMean(near),
      at: range,
      notes: names.isEmpty
        ? ["They are \(element.noun(in: types))."] : [],
      fixIts: near.map { [FixIt("replace by '\($0)'", edits: [.init(range, "'\($0)'")])] } ?? []
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
}
