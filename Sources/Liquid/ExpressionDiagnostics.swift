import LetterpressDiagnostics

/// What can be wrong with what Liquid prints, computes and compares, in alphabetical order of the functions.
extension Diagnostic {
  static func curlyQuotes(_ quotes: [SourceRange], straight: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("curly-quotes"),
      .error,
      "typographic quotes are no quotes to Liquid",
      at: quotes[0].to(quotes[quotes.count - 1]),
      label: "use straight quotes",
      fixIts: [
        FixIt("use straight quotes", edits: quotes.map { FixIt.Edit($0, straight) })
      ]
    )
  }

  static func emptyOutput(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-value"),
      .error,
      "there is nothing to print",
      at: range,
      label: "empty"
    )
  }

  static func expected(
    _ wanted: String,
    butFound found: String,
    at range: SourceRange
  )
    -> Diagnostic
  {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "expected \(wanted) but found \(found)",
      at: range,
      label: "expected \(wanted)"
    )
  }

  static func expectedEquals(
    after target: Identifier,
    found: String,
    at range: SourceRange
  )
    -> Diagnostic
  {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "expected '=' after \(quoted(target.name)) but found \(found)",
      at: range,
      label: "expected '='",
      fixIts: [
        FixIt("insert '='", edits: [FixIt.Edit(target.range.endPoint, " =")], isSafe: false)
      ]
    )
  }

  static func expectedIn(
    after variable: Identifier,
    found: String,
    at range: SourceRange
  )
    -> Diagnostic
  {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "expected 'in' after \(quoted(variable.name)) but found \(found)",
      at: range,
      label: "expected 'in'",
      fixIts: found == "'of'" ? [FixIt("replace by 'in'", edits: [FixIt.Edit(range, "in")])] : []
    )
  }

  static func filterArgumentCount(_ call: FilterCall, _ signature: FilterSignature) -> Diagnostic {
    let (least, most) = (signature.arity.lowerBound, signature.arity.upperBound)
    let wanted =
      switch (least, most) {
      case (_, 0): "no arguments"
      case (1, 1): "1 argument"
      case _ where least == most: "\(most) arguments"
      default: "\(least) to \(most) arguments"
      }
    let count = call.arguments.count
    let place = count < least ? call.name.range : call.arguments[most].sourceRange
    let parameters = signature.parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }
    return Diagnostic(
      DiagnosticID("filter-argument-count"),
      .error,
      "'\(signature.name)' takes \(wanted), and has \(count == 0 ? "none" : String(count))",
      at: place,
      notes: parameters.isEmpty ? [] : ["\(signature.name): \(parameters.joined(separator: ", "))"]
    )
  }

  static func invalidName(_ range: SourceRange, _ name: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("invalid-name"),
      .error,
      "\(quoted(name)) is no name for a variable",
      at: range,
      label: "a name starts with a letter or '_'"
    )
  }

  static func missingColon(after name: Identifier, before argument: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "expected ':' between \(quoted(name.name)) and its argument",
      at: argument,
      label: "expected ':'",
      fixIts: [FixIt("insert ':'", edits: [FixIt.Edit(name.range.endPoint, ":")])]
    )
  }

  static func missingValue(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("missing-value"),
      .error,
      "expected \(what) but found the end of the tag",
      at: range,
      label: "expected \(what)"
    )
  }

  static func parentheses(_ open: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "parentheses only hold a range, as in (1..5)",
      at: open,
      label: "no range",
      notes: [
        "'and' and 'or' group from the right: 'a and b or c' is 'a and (b or c)'. "
          + "For another grouping nest the tags, or assign a part to a variable first."
      ]
    )
  }

  static func tooManyFilters(_ limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-limit"),
      .error,
      "more than \(limit) filters in a row",
      at: range
    )
  }

  static func tooManyOperands(_ limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-limit"),
      .error,
      "more than \(limit) operands in one tag",
      at: range
    )
  }

  static func unclosedBracket(
    _ open: SourceRange,
    _ close: String,
    found: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "expected '\(close)' but found \(found)",
      at: range,
      label: "expected '\(close)'",
      labels: [Label(open, "opened here")]
    )
  }

  /// A character that no token starts with, at `index` of a tag whose inside ends at `end`.
  static func unexpectedCharacter(
    at index: Int,
    before end: Int,
    in bytes: [UInt8],
    file: SourceFile.ID
  ) -> Diagnostic {
    func range(_ length: Int) -> SourceRange {
      SourceRange(file: file, start: index, end: min(index + length, end))
    }
    if isCurlyQuote(at: index, in: bytes) {
      return curlyQuotes(at: index, before: end, in: bytes, file: file)
    }
    if bytes[index] == UInt8(ascii: "{"), index >= 2, bytes[(index - 2)..<index] == [0x7B, 0x7B] {
      return tripleBrace(at: index, before: end, in: bytes, file: file)
    }
    for spelling in foreignSpellings where bytes[..<end].has(spelling.written, at: index) {
      let range = range(spelling.written.utf8.count)
      return Diagnostic(
        DiagnosticID("liquid-syntax"),
        .error,
        spelling.message,
        at: range,
        fixIts: spelling.replacement.map {
          [FixIt("replace by '\($0)'", edits: [FixIt.Edit(range, $0)], isSafe: false)]
        } ?? []
      )
    }
    var length = 1
    while index + length < end, bytes[index + length] & 0xC0 == 0x80 { length += 1 }
    let text = String(decoding: bytes[index..<index + length], as: UTF8.self)
    return Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "unexpected \(quoted(text))",
      at: range(length)
    )
  }

  /// A tag that could have ended at the current token.
  static func unexpectedRest(of tokens: TokenReader) -> Diagnostic {
    let range = tokens.sourceRange(tokens.current.range)
    let text = tokens.text(tokens.current.range)
    if tokens.current.kind == .equals {
      return Diagnostic(
        DiagnosticID("liquid-syntax"),
        .error,
        "'=' compares nothing; '==' does",
        at: range,
        fixIts: [FixIt("replace by '=='", edits: [FixIt.Edit(range, "==")])]
      )
    }
    if tokens.current.kind == .pipe {
      return Diagnostic(
        DiagnosticID("liquid-syntax"),
        .error,
        "this tag takes no filters",
        at: range,
        notes: ["Assign the filtered value to a variable first."]
      )
    }
    if tokens.previousWordIsNot {
      return Diagnostic(
        DiagnosticID("liquid-syntax"),
        .error,
        "Liquid has no 'not'; use 'unless' or '== false'",
        at: range
      )
    }
    return Diagnostic(
      DiagnosticID("liquid-syntax"),
      .error,
      "unexpected \(quoted(text))",
      at: range,
      label: "the tag should end here"
    )
  }

  static func unknownFilter(_ name: Identifier, among known: [String]) -> Diagnostic {
    if ["raw", "safe", "html_safe", "unescape", "no_escape"].contains(name.name) {
      return Diagnostic(
        DiagnosticID("unknown-filter"),
        .error,
        "there is no filter \(quoted(name.name)): nothing turns escaping off",
        at: name.range,
        notes: [
          "Give a field that holds markup the type 'html': contentMediaType: text/html."
        ]
      )
    }
    let near = filterSynonyms[name.name] ?? suggestion(for: name.name, among: known)
    return Diagnostic(
      DiagnosticID("unknown-filter"),
      .error,
      "unknown filter \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unknownFilterArgument(_ name: Identifier, of signature: FilterSignature) -> Diagnostic
  {
    let known = signature.namedParameters.map(\.name)
    let near = suggestion(for: name.name, among: known)
    return Diagnostic(
      DiagnosticID("unknown-filter-argument"),
      .error,
      "'\(signature.name)' has no argument \(quoted(name.name))" + didYouMean(near),
      at: name.range,
      fixIts: replacement(of: name.range, by: near)
    )
  }

  static func unterminatedOutput(_ range: SourceRange, missing: String) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unterminated-output"),
      .error,
      "'{{' is never closed; '}}' is missing",
      at: range,
      label: "opened here",
      fixIts: missing == "}"
        ? [FixIt("insert '}'", edits: [FixIt.Edit(range.endPoint, "}")])] : []
    )
  }

  static func unterminatedString(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("unterminated-string"),
      .error,
      "the string is never closed",
      at: range,
      label: "starts here"
    )
  }
}
