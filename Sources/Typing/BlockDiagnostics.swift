import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What can be wrong with blocks and partials, and with their uses, in alphabetical order of the functions.
extension Diagnostic {
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

  static func computedPartial(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-partial"),
      .error,
      "the name of the partial has to be a string literal",
      at: range,
      notes: ["What is included has to be known when the template is compiled."]
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
      "\(quoted(parameter)) wants \(wanted), but \(value.shown) is "
        + value.type.noun(in: types),
      at: value.range,
      notes: missing.isEmpty
        ? [] : ["It lacks \(missing.prefix(6).map { quoted($0) }.joinedByAnd)."]
    )
  }

  static func unusedBlock(_ block: BlockDeclaration) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unused-block"),
      .warning,
      "no layout uses the block \(quoted(block.name))",
      at: block.root.startTag
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
}
