import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// What is unfit, unlike, unreachable or unused, in alphabetical order of the functions.
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

  static func tooManyVariables(_ name: Identifier, limit: Int) -> Diagnostic {
    Diagnostic(
      DiagnosticID("expansion-limit"),
      .error,
      "a file assigns at most \(limit) names; \(quoted(name.name)) is one too many",
      at: name.range
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

  static func unfitContains(_ value: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "'contains' looks into a string or an array, but \(value.shown) is "
        + value.type.unwrapped.noun(in: types),
      at: value.range
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

  static func unfitIndex(_ key: Operand, of base: Operand, in types: TypeTable) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unfit-operand"),
      .error,
      "\(base.shown) is \(base.type.unwrapped.noun(in: types)) and has no element "
        + "[\(key.written)]",
      at: key.range
    )
  }

  static func unfitInput(
    _ value: Operand,
    of filter: String,
    wanted: String,
    in types: TypeTable
  ) -> Diagnostic {
    var notes: [String] = []
    if filter == "date" {
      notes = ["A date has \"format\": \"date\" or \"date-time\" in the schema."]
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
