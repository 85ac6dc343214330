import LetterpressDiagnostics

// What layout cannot make of a correct tree. Alphabetical.

extension Diagnostic {
  static func noRoom(for element: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("no-room"),
      .warning,
      "no room is left for \(element): paddings and borders take more than the width around it",
      at: range,
      notes: ["it gets a width of 0"]
    )
  }

  static func tooManyMatches(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      DiagnosticID("expansion-limit"),
      .error,
      "the selectors of inline styles and mj-html-attributes have too many elements to be tried on",
      at: range,
      notes: [
        "\(MatchingWork.limit) trials are the limit; a style sheet that is not inline costs none."
      ]
    )
  }

  static func tooManyVariants(
    maximum: Int,
    asked: [SourceRange],
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      DiagnosticID("too-many-variants"),
      .error,
      "this part needs more than \(maximum) layouts, one for each combination of what it depends on",
      at: range,
      labels: asked.filter { $0 != range }.prefix(8).map {
        .init($0, "the layout depends on this")
      },
      notes: [
        "put columns that depend on each other under one if/case, or into sections of their own; "
          + "give loops a lower bound (limit: 3, or maxItems in the schema)"
      ]
    )
  }

  static func unboundedLayoutLoop(bound: Int?, maximum: Int, at range: SourceRange) -> Diagnostic {
    let found = bound.map { "can take \($0) turns" } ?? "has no bound"
    return Diagnostic(
      DiagnosticID("unbounded-layout-loop"),
      .error,
      "the layout here depends on the number of elements, and this loop \(found) "
        + "(at most \(maximum - 1) can be laid out)",
      at: range,
      notes: ["give it a limit (limit: 3), or the array a maxItems in the schema"]
    )
  }
}
