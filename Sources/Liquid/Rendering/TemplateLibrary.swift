import LetterpressDiagnostics

/// A template with the partials that it reaches, each parsed once.
struct TemplateLibrary: Sendable {
  /// A file that was parsed.
  struct Entry: Sendable {
    var template: Template
    var diagnostics: [Diagnostic]
  }

  private(set) var sources = SourceSet()
  let dialect: Dialect
  let catalog: FilterCatalog
  let loader: LiquidRenderer.PartialLoader
  private var partials: [ByteString: Entry] = [:]

  init(
    dialect: Dialect,
    catalog: FilterCatalog,
    loader: @escaping LiquidRenderer.PartialLoader
  ) {
    self.dialect = dialect
    self.catalog = catalog
    self.loader = loader
  }

  /// Parses a file and checks the filters that it uses.
  mutating func add(_ source: SourceFile) -> Entry {
    let file = sources.add(source)
    let range = SourceRange(file: file, start: 0, end: source.bytes.count)
    let result = Parser.parse(range, in: sources, dialect: dialect)
    var checker = FilterChecker(catalog: catalog)
    checker.check(result.template.nodes)
    return Entry(
      template: result.template,
      diagnostics: result.allDiagnostics + checker.diagnostics
    )
  }

  /// The partial of a name; nil where the loader knows none.
  mutating func partial(named name: String) -> Entry? {
    if let known = partials[ByteString(name)] { return known }
    guard let source = loader(name) else { return nil }
    let entry = add(source)
    partials[ByteString(name)] = entry
    return entry
  }
}
