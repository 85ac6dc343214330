package import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What can be wrong with names, flow and where a thing stands, in alphabetical order of the functions.
extension Diagnostic {
  static func bareLoopObject(_ range: SourceRange, written: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("object-printed"),
      .error,
      "\(quoted(written)) is an object; read one of its properties",
      at: range,
      notes: ["For instance 'forloop.index', 'forloop.first' or 'forloop.last'."]
    )
  }

  static func caseNotExhaustive(
    _ subject: String,
    missing: [String],
    cause: NilCause?,
    at range: SourceRange,
    before whens: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("case-not-exhaustive"),
      .warning,
      "'case' over \(quoted(subject)) has no branch for \(missing.joinedByAnd) and no 'else'",
      at: range,
      label: "prints nothing for \(missing.joinedByAnd)",
      labels: cause?.labels ?? [],
      notes: ["Add a 'when' for each of them, or an 'else'."]
    )
  }

  static func computedName(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-variable"),
      .error,
      "the name of a variable has to be written out",
      at: range
    )
  }

  static func constantCondition(
    _ range: SourceRange,
    _ answer: Bool,
    reason: ConstantReason
  ) -> Diagnostic {
    let always = answer ? "always true" : "always false"
    var message = "this condition is \(always)"
    var notes: [String] = []
    var fixIts: [FixIt] = []
    switch reason {
    case .types: notes = ["No value that the schema allows gives another answer."]
    case .literalAfter(let name, let place):
      message = "a literal is \(always); '\(name) ==' is missing before it"
      notes = ["'or' joins whole conditions, not values."]
      fixIts = [
        FixIt("insert '\(name) =='", edits: [.init(place, "\(name) == ")], isSafe: false)
      ]
    case .literal: message = "a literal is \(always); compare something with it"
    case .neverNil(let name, let noun):
      message = "\(quoted(name)) is \(always): it is \(noun) and can neither be nil nor false"
    case .truthyString(let name, let end):
      message = "\(quoted(name)) is \(always): in Liquid the empty string is true, too"
      notes = ["To ask whether there is any text, compare it with 'blank'."]
      fixIts = [
        FixIt("compare with 'blank'", edits: [.init(end, " != blank")], isSafe: false)
      ]
    case .conditionsAround:
      message += ": the conditions around it have decided that"
    case .together:
      message += ", whatever the values are"
      notes = ["Was 'and' meant for 'or', or the other way round?"]
    }
    return Diagnostic(
      DiagnosticID("constant-condition"),
      .warning,
      message,
      at: range,
      label: always,
      notes: notes,
      fixIts: fixIts
    )
  }

  static func deprecatedField(_ name: Identifier, _ field: ObjectType.Field) -> Diagnostic {
    Diagnostic(
      DiagnosticID("deprecated-field"),
      .warning,
      "\(quoted(name.name)) is deprecated",
      at: name.range,
      labels: [Label(field.declaration, "declared here")],
      notes: field.description.isEmpty ? [] : [field.description]
    )
  }

  static func duplicateWhen(_ value: Operand, first: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("duplicate-when"),
      .warning,
      "\(value.written) has a branch already",
      at: value.range,
      label: "again",
      labels: [Label(first, "the first one")],
      notes: ["Liquid runs every 'when' that matches, so both would print."]
    )
  }

  package static func dynamicLayoutAttribute(
    _ attribute: String,
    of element: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("dynamic-layout-attribute"),
      .error,
      "the layout computes with '\(attribute)' of \(element), so its value must be known when the "
        + "template is compiled, or be one of finitely many",
      at: range,
      label: "could be anything",
      notes: [
        "Use an enum of the schema, or an 'if' or 'case' that names each value: "
          + "\(attribute)=\"{% if … %}50%{% else %}100%{% endif %}\"."
      ]
    )
  }

  static func elementInCapture(_ element: Element) -> Diagnostic {
    Diagnostic(
      DiagnosticID("element-in-capture"),
      .error,
      "'capture' collects text; <\(element.name)> is layout",
      at: element.startTag,
      notes: ["To reuse layout make a block of it, or put the 'capture' into a text."]
    )
  }

  static func foreignMergeTag(_ tag: String, field: String?, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("foreign-merge-tag"),
      .warning,
      "'\(tag)' looks like a placeholder of another system; it would be sent as it stands",
      at: range,
      notes: ["A placeholder is written {{ … }} here; {% raw %} keeps such text."],
      fixIts: field.map {
        [FixIt("replace by {{ \($0) }}", edits: [.init(range, "{{ \($0) }}")], isSafe: false)]
      } ?? []
    )
  }

  static func hiddenVariable(_ name: Identifier, by loop: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("shadowed-name"),
      .warning,
      "the loop's variable \(quoted(name.name)) hides the variable of that name, which is read later",
      at: loop,
      label: "hides it in the loop",
      labels: [Label(name.range, "read here")],
      notes: ["After the loop it has its old value again. Give one of them another name."]
    )
  }

  static func interruptOutside(_ interrupt: Interrupt) -> Diagnostic {
    let name = interrupt.kind == .leave ? "break" : "continue"
    return Diagnostic(
      DiagnosticID("interrupt-outside-loop"),
      .error,
      "'\(name)' stands outside of a loop",
      at: interrupt.range
    )
  }

  static func loopObjectOutside(_ name: Identifier, tag: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-variable"),
      .error,
      "\(quoted(name.name)) exists only inside of a '\(tag)' loop",
      at: name.range
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

  static func tooManyVariables(_ name: Identifier, limit: Int) -> Diagnostic {
    Diagnostic(
      DiagnosticID("expansion-limit"),
      .error,
      "a file assigns at most \(limit) names; \(quoted(name.name)) is one too many",
      at: name.range
    )
  }

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

  static func unusedAssignment(
    _ name: String,
    at range: SourceRange,
    isWhole: Bool
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-assign"),
      .warning,
      "\(quoted(name)) is assigned but never read",
      at: range,
      fixIts: isWhole ? [FixIt("remove the assignment", edits: [.init(range, "")])] : []
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
