import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What can be wrong with names, types and flow, in alphabetical order of the functions (A to M).
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

  static func blockCycle(_ names: [String], at use: Element) -> Diagnostic {
    let isDirect = names.count == 2
    return Diagnostic(
      DiagnosticID("block-cycle"),
      .error,
      "block \(quoted(names[0])) uses itself"
        + (isDirect ? "" : ": " + names.joined(separator: " → ")),
      at: use.startTag,
      label: isDirect ? "" : "the way back",
      notes: ["A block cannot contain itself: its expansion would never end."]
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

  static func computedPartial(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-partial"),
      .error,
      "the name of the partial has to be a string literal",
      at: range,
      notes: ["What is included has to be known when the template is compiled."]
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

  static func duplicateFill(
    _ name: String,
    at range: SourceRange,
    first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("duplicate-fill"),
      .error,
      name.isEmpty ? "the default slot is filled twice" : "slot \(quoted(name)) is filled twice",
      at: range,
      labels: [Label(first, "filled here")]
    )
  }

  static func duplicateParameter(
    _ parameter: BlockDeclaration.Parameter,
    first: BlockDeclaration.Parameter
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("duplicate-parameter"),
      .error,
      "parameter \(quoted(parameter.name)) is declared twice",
      at: parameter.range,
      labels: [Label(first.range, "declared here")]
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

  static func dynamicLayoutArgument(
    _ attribute: String,
    of element: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("dynamic-layout-attribute"),
      .error,
      "the block puts this into '\(attribute)' of \(element), with which the layout computes: it must "
        + "be known when the template is compiled, or be one of finitely many",
      at: range,
      label: "could be anything"
    )
  }

  static func dynamicLayoutAttribute(
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

  static func expansionTooDeep(
    _ name: String,
    limit: Int,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("expansion-limit"),
      .error,
      "\(quoted(name)) is nested more than \(limit) blocks deep",
      at: range
    )
  }

  static func expansionTooLarge(
    _ name: String,
    limit: Int,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("expansion-limit"),
      .error,
      "the blocks of this layout expand to more than \(limit) elements; "
        + "\(quoted(name)) is one too many",
      at: range
    )
  }

  static func frameTooLarge(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("expansion-limit"),
      .error,
      "with its blocks and partials this layout has more than \(limit) loops or variables",
      at: range,
      notes: ["Each use of a block or a partial has its own."]
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

  static func invalidDefault(
    _ text: String,
    for parameter: BlockDeclaration.Parameter,
    reason: String,
    suggestion near: String?,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-default"),
      .error,
      "the default \(quoted(text)) of \(quoted(parameter.name)) is not \(reason)"
        + didYouMean(near),
      at: range,
      fixIts: replacement(of: range, by: near)
    )
  }

  static func invalidParameterName(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-parameter"),
      .error,
      "\(quoted(name)) is no name for a parameter",
      at: range,
      notes: ["A name starts with a letter; letters, digits, '_' and '-' follow."]
    )
  }

  static func levelsTooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("nesting-too-deep"),
      .error,
      "elements, tags and partials are nested more than \(ExpansionLimits.levels) deep in all",
      at: range
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

  static func loopOverMap(_ collection: Operand) -> Diagnostic {
    Diagnostic(
      DiagnosticID("loop-over-map"),
      .error,
      "\(collection.shown) is a map; a loop over it gives pairs in no certain order",
      at: collection.range,
      notes: ["Let the profile hold an array of objects, or read the keys by their names."]
    )
  }

  static func malformedParameterType(_ type: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-parameter-type"),
      .error,
      "\(quoted(type)) is no type of a parameter",
      at: range,
      notes: ["For instance string, integer?, Product[], or light | dark."]
    )
  }

  static func misplacedElement(_ element: Element, _ place: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("misplaced-element"),
      .error,
      "<\(element.name)> stands outside of \(place)",
      at: element.startTag
    )
  }

  static func missingArguments(
    _ parameters: [BlockDeclaration.Parameter],
    of block: String,
    at range: SourceRange
  ) -> Diagnostic {
    let names = parameters.map { quoted($0.name) }
    return Diagnostic(
      DiagnosticID("missing-argument"),
      .error,
      "\(quoted(block)) needs \(names.joinedByAnd)",
      at: range,
      label: "\(names.joinedByAnd) \(names.count == 1 ? "is" : "are") missing",
      labels: parameters.map { Label($0.range, "declared here") }
    )
  }

  static func missingPartial(
    _ name: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let near = suggestion(for: name, among: known)
    return Diagnostic(
      DiagnosticID("missing-partial"),
      .error,
      "there is no partial \(quoted(name))" + didYouMean(near),
      at: range,
      label: "blocks/\(name).liquid is missing",
      fixIts: near.map { [FixIt("replace by '\($0)'", edits: [.init(range, "'\($0)'")])] } ?? []
    )
  }

  static func mixedPersonas(_ name: Identifier, other: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("mixed-personas"),
      .error,
      "an example is the message to one recipient: it reads from '\(other)' already",
      at: name.range,
      notes: ["Write a second lp-example, or a literal."],
      fixIts: [FixIt("replace by '\(other)'", edits: [.init(name.range, other)], isSafe: false)]
    )
  }

  static func mixedText(for name: String, wanted: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("argument-type"),
      .error,
      "text with placeholders passes a string, but \(quoted(name)) wants \(wanted)",
      at: range,
      notes: ["One single placeholder, with nothing around it, passes its value as it is."]
    )
  }
}
