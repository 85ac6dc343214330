package import LetterpressDiagnostics

/// From a file's bytes to its located tree: gate, scan, libxml2.
///
/// A parser is a value without state: parse as many files as you like, on as many threads. All lengths
/// are bounded (`MarkupLimits`) and all work is linear in the size of the file.
package struct MarkupParser: Sendable {
  /// What a file is.
  package enum Kind: Sendable {
    /// A layout or a block: one element, with nothing but comments and Liquid around it.
    case document
    /// What `mj-include` brings in: any number of elements, and text.
    case fragment
  }

  /// What came of parsing one file.
  package struct Result: Sendable {
    /// The tree; nil where an error was found.
    package var document: Document?
    /// Everything found, in the order of the file.
    package var diagnostics: [Diagnostic]
    /// Where the grammar says no; empty if no grammar was given or there is no tree.
    package var violations: [GrammarViolation]
  }

  private let table: NameTable
  private var limits: MarkupLimits

  /// A parser for the elements of a catalogue; it asks the catalogue which elements have raw content.
  package init(catalog: ComponentCatalog, limits: MarkupLimits = MarkupLimits()) {
    table = NameTable(catalog)
    self.limits = limits
  }

  /// The same with other limits.
  package func bounded(by limits: MarkupLimits) -> MarkupParser {
    var parser = self
    parser.limits = limits
    return parser
  }

  /// Parses a file; `id` is its place in the run's `SourceSet`.
  package func parse(
    _ file: SourceFile,
    id: SourceFile.ID,
    as kind: Kind = .document
  ) -> (Document?, [Diagnostic]) {
    let result = parse(file, id: id, as: kind, validatingWith: nil)
    return (result.document, result.diagnostics)
  }

  /// Parses a file and holds it against a grammar.
  package func parse(
    _ file: SourceFile,
    id: SourceFile.ID,
    as kind: Kind = .document,
    validatingWith grammar: Grammar?
  ) -> Result {
    var diagnostics = ByteGate(bytes: file.bytes, file: id, limits: limits).check()
    guard !diagnostics.hasErrors else {
      return Result(document: nil, diagnostics: diagnostics, violations: [])
    }
    var scanner = Scanner(
      bytes: file.bytes,
      file: id,
      table: table,
      limits: limits,
      isFragment: kind == .fragment
    )
    scanner.scan()
    diagnostics += scanner.diagnostics
    guard !diagnostics.hasErrors else {
      return Result(
        document: nil,
        diagnostics: diagnostics.sortedByOffset(),
        violations: []
      )
    }
    let parsed = LibXMLParser.parse(scanner, validatingWith: grammar)
    diagnostics += parsed.diagnostics
    return Result(
      document: diagnostics.hasErrors ? nil : parsed.document,
      diagnostics: diagnostics.sortedByOffset(),
      violations: parsed.violations
    )
  }
}

extension [Diagnostic] {
  /// In the order of the file; findings at one place keep the order in which they were made.
  fileprivate func sortedByOffset() -> [Diagnostic] {
    count < 2
      ? self
      : enumerated().sorted {
        ($0.element.primary.range.start, $0.offset) < ($1.element.primary.range.start, $1.offset)
      }.map(\.element)
  }
}
