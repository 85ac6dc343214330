package import LetterpressDiagnostics

/// What can be wrong with the tags of Liquid, in alphabetical order of the functions.
extension Diagnostic {
  static func branchAfterElse(
    _ tag: Identifier,
    at range: SourceRange,
    after otherwise: SourceRange
  )
    -> Diagnostic
  {
    Diagnostic(
      DiagnosticID("branch-after-else"),
      .error,
      "'\(tag.name)' stands after 'else', where it is never reached",
      at: range,
      label: "never reached",
      labels: [Label(otherwise, "the 'else'")]
    )
  }

  static func contentBeforeWhen(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("content-before-when"),
      .error,
      "what stands between 'case' and its first 'when' is never printed",
      at: range,
      label: "never printed"
    )
  }

  static func elseCondition(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("else-condition"),
      .error,
      "'else' takes no condition; what follows it is ignored",
      at: range,
      label: "ignored"
    )
  }

  static func elseIf(_ tag: Identifier, word: SourceRange) -> Diagnostic {
    let written = tag.name == "else" ? "else if" : tag.name
    return Diagnostic(
      DiagnosticID(tag.name == "else" ? "else-condition" : "unknown-tag"),
      .error,
      "Liquid spells '\(written)' as 'elsif'",
      at: word,
      label: "'elsif'",
      notes: tag.name == "else"
        ? ["To Liquid this is a plain 'else': what follows the word is ignored."] : [],
      fixIts: [FixIt("replace by 'elsif'", edits: [FixIt.Edit(word, "elsif")])]
    )
  }

  static func emptyTag(_ range: SourceRange) -> Diagnostic {
    Diagnostic(DiagnosticID("unknown-tag"), .error, "the tag has no name", at: range)
  }

  static func inlineComment(_ line: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("inline-comment"),
      .error,
      "each line of an inline comment starts with '#'",
      at: line,
      label: "no '#' here",
      fixIts: [FixIt("insert '#'", edits: [FixIt.Edit(line.startPoint, "# ")])]
    )
  }

  static func mismatchedEnd(
    _ end: Identifier,
    at range: SourceRange,
    of block: UnmatchedTag
  )
    -> Diagnostic
  {
    let wanted = "end" + block.name.name
    return Diagnostic(
      DiagnosticID("mismatched-end"),
      .error,
      "'\(block.name.name)' is closed by '\(wanted)', not by \(quoted(end.name))",
      at: range,
      label: "expected '\(wanted)'",
      labels: [Label(block.range, "opened here")],
      fixIts: [FixIt("replace by '\(wanted)'", edits: [FixIt.Edit(end.range, wanted)])]
    )
  }

  static func nestedDoc(_ range: SourceRange, in open: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "'doc' cannot stand in another 'doc'",
      at: range,
      labels: [Label(open, "opened here")]
    )
  }

  static func nestedTooDeep(_ limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-limit"),
      .error,
      "brackets are nested more than \(limit) deep",
      at: range
    )
  }

  static func notInLiquidTag(_ tag: Identifier) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "'\(tag.name)' cannot stand in a 'liquid' tag",
      at: tag.range
    )
  }

  static func reversedAfterArguments(_ range: SourceRange, collection: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "'reversed' stands right after the array, before 'limit' and 'offset'",
      at: range,
      labels: [Label(collection, "the array")],
      notes: ["'limit' and 'offset' apply before 'reversed', wherever it stands."]
    )
  }

  static func strayTag(_ tag: UnmatchedTag) -> Diagnostic {
    let name = tag.name.name
    let message =
      switch name {
      case "else": "'else' stands outside of 'if', 'unless', 'case' and 'for'"
      case "elsif": "'elsif' stands outside of 'if' and 'unless'"
      case "when": "'when' stands outside of 'case'"
      default: "\(quoted(name)) closes nothing: no '\(name.dropFirst(3))' is open here"
      }
    return Diagnostic(DiagnosticID("stray-tag"), .error, message, at: tag.range)
  }

  static func tagArguments(_ tag: Identifier, at range: SourceRange) -> Diagnostic {
    Diagnostic(DiagnosticID("liquid-syntax"), .error, "'\(tag.name)' takes no arguments", at: range)
  }

  static func tooDeep(_ tag: Identifier, limit: Int) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-limit"),
      .error,
      "blocks are nested more than \(limit) deep",
      at: tag.range
    )
  }

  static func tooManyElses(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-limit"),
      .error,
      "more than \(LiquidLimits.casesInCase) 'else' with a 'when' after it in one 'case'",
      at: range
    )
  }

  /// A tag that is open where its list of items ends.
  ///
  /// `end` is that place, or the tag of this name that closes an outer block.
  package static func unclosedBlock(
    _ block: UnmatchedTag,
    before end: SourceRange,
    named outer: String? = nil
  ) -> Diagnostic {
    let name = block.name.name
    let place = outer.map { " before '\($0)'" } ?? ""
    return Diagnostic(
      DiagnosticID("unclosed-block"),
      .error,
      "'\(name)' is never closed\(place); 'end\(name)' is missing",
      at: block.range,
      label: "opened here",
      labels: end.isEmpty ? [] : [Label(end, "'end\(name)' should stand before this")]
    )
  }

  static func unknownAttribute(_ name: Identifier, of tag: String, known: [String]) -> Diagnostic {
    let near = suggestion(for: name.name, among: known)
    return Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "'\(tag)' has no argument \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      notes: ["It takes \(known.map { "'\($0)'" }.joined(separator: ", "))."],
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unknownTag(_ tag: Identifier, suggestion near: String?) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unknown-tag"),
      .error,
      "unknown tag \(quoted(tag.name))" + didYouMean(near),
      at: tag.range,
      fixIts: replacement(of: tag.range, by: near)
    )
  }

  /// `brace` is the place of a single `}` that was meant for its end.
  static func unterminatedTag(_ range: SourceRange, brace: Int? = nil) -> Diagnostic {
    var fixIts: [FixIt] = []
    if let brace {
      let place = SourceRange(file: range.file, start: brace, end: brace)
      fixIts = [FixIt("insert '%'", edits: [.init(place, "%")])]
    }
    return Diagnostic(
      DiagnosticID("unterminated-tag"),
      .error,
      brace == nil
        ? "'{%' is never closed; '%}' is missing" : "'{%' is closed by '}' alone; '%}' is meant",
      at: range,
      label: "opened here",
      fixIts: fixIts
    )
  }
}
