import LetterpressDiagnostics
import LetterpressMJML
import LetterpressMarkup

/// Reads a project's sources and parses them; each file once, however many layouts include it.
struct SourceLoader {
  let root: String
  /// Real paths of the folders that includes may read: the root and what the manifest allows.
  let includeRoots: [String]
  let limits: ProjectLimits
  private let parser: MarkupParser
  /// What trees are held against; nil while the blocks that belong to it are still being read.
  private var gate: Gate?
  private(set) var sources: SourceSet
  private var parsed: [String: Parsed] = [:]
  private var included: [String: SourceFile.ID] = [:]

  /// The elements that may be used, as grammar and in words.
  struct Gate: Sendable {
    let grammar: Grammar
    let checker: ContentChecker

    init(catalog: ComponentCatalog, level: ValidationLevel = .strict) {
      grammar = Grammar(catalog: catalog)
      checker = ContentChecker(catalog: catalog, level: level)
    }

    private init(grammar: Grammar, checker: ContentChecker) {
      self.grammar = grammar
      self.checker = checker
    }

    /// The grammar of MJML's own elements and ours; it is compiled once.
    static let mjmlGrammar = Grammar(catalog: MJMLCatalog.catalog)

    /// MJML's own elements and ours.
    static func mjml(_ level: ValidationLevel) -> Gate {
      Gate(
        grammar: mjmlGrammar,
        checker: ContentChecker(catalog: MJMLCatalog.catalog, level: level)
      )
    }
  }

  /// A file and what came of parsing it.
  struct Parsed {
    var id: SourceFile.ID
    var document: Document?
    var diagnostics: [Diagnostic]
    /// The root has a name that says it is a whole mail.
    var isWholeDocument: Bool
  }

  init(
    root: String,
    includeRoots: [String] = [],
    limits: ProjectLimits,
    catalog: ComponentCatalog,
    sources: SourceSet,
    gate: Gate? = nil
  ) {
    self.gate = gate
    self.root = root
    self.includeRoots =
      [root]
      + includeRoots.compactMap {
        FileAccess.realPath($0.hasPrefix("/") ? $0 : root + "/" + $0)
      }
    self.limits = limits
    self.sources = sources
    var markupLimits = MarkupLimits()
    markupLimits.fileSize = limits.sourceFile
    markupLimits.elementDepth = limits.elementDepth
    markupLimits.attributesOfElement = limits.attributes
    parser = MarkupParser(catalog: catalog, limits: markupLimits)
  }

  /// The text of a file of the project, added to the sources.
  mutating func read(_ path: String) throws(FileAccess.Failure) -> SourceFile.ID {
    let bytes = try FileAccess.read(
      root + "/" + path,
      within: includeRoots,
      limit: limits.sourceFile
    )
    return sources.add(SourceFile(path: path, bytes: bytes))
  }

  /// Whether there is something of that name.
  func hasFile(_ path: String) -> Bool { FileAccess.realPath(root + "/" + path) != nil }

  /// A place for findings about a file that cannot be read.
  mutating func addEmpty(_ path: String) -> SourceFile.ID {
    add(SourceFile(path: path, bytes: []))
  }

  /// Adds a text that is no file's.
  mutating func add(_ file: SourceFile) -> SourceFile.ID { sources.add(file) }

  /// A file of the project as a tree; a finding where it cannot be read.
  mutating func parse(_ path: String) -> Parsed {
    if let known = parsed[path] { return known }
    let result: Parsed
    do {
      let id = try read(path)
      result = parse(id)
    } catch {
      let id = sources.add(SourceFile(path: path, bytes: []))
      let place = SourceRange(file: id, start: 0, end: 0)
      result = Parsed(
        id: id,
        document: nil,
        diagnostics: [.unreadableFile(error.description, at: place)],
        isWholeDocument: true
      )
    }
    parsed[path] = result
    return result
  }

  /// A file that is in the sources already, as a tree.
  func parse(_ id: SourceFile.ID) -> Parsed {
    parse(id, as: .document, within: nil)
  }

  /// Holds all trees from here on against a catalogue.
  mutating func hold(against gate: Gate) { self.gate = gate }

  /// What the catalogue says of a file that was parsed before there was one.
  func content(of parsed: Parsed) -> [Diagnostic] {
    guard parsed.document != nil else { return [] }
    return parse(parsed.id, as: .document, within: nil).diagnostics
  }

  private func parse(
    _ id: SourceFile.ID,
    as kind: MarkupParser.Kind,
    within parent: String?
  ) -> Parsed {
    let file = sources[id]
    let result = parser.parse(file, id: id, as: kind, validatingWith: gate?.grammar)
    var diagnostics = result.diagnostics
    if let gate, let document = result.document {
      diagnostics += gate.checker.check(
        document,
        in: file,
        violations: result.violations,
        within: parent
      )
    }
    return Parsed(
      id: id,
      document: result.document,
      diagnostics: diagnostics,
      isWholeDocument: kind == .document
    )
  }

  /// What an include names: a whole mail, or any number of elements for the inside of `parent`.
  mutating func parseIncluded(
    _ path: String,
    within parent: String
  ) throws(FileAccess.Failure) -> Parsed {
    let key = "\(parent)/\(path)"
    if let known = parsed[key] { return known }
    let id = try includedFile(path)
    var result = parse(id, as: .fragment, within: parent)
    if result.document?.root?.name == "mjml" { result = parse(id, as: .document, within: nil) }
    parsed[key] = result
    return result
  }

  /// An included file, the same however it is reached.
  private mutating func includedFile(_ path: String) throws(FileAccess.Failure) -> SourceFile.ID {
    if let known = included[path] { return known }
    let id = try read(path)
    included[path] = id
    return id
  }

  /// The names beside a path that does not exist, for did-you-mean.
  func neighbours(of path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return FileAccess.names(in: root + "/" + folder)
  }
}
