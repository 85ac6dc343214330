import LetterpressDiagnostics
import LetterpressMarkup

/// Reads a project's sources and parses them; each file once, however many layouts include it.
struct SourceLoader {
  let root: String
  /// Real paths of the folders that includes may read: the root and what the manifest allows.
  let includeRoots: [String]
  let limits: ProjectLimits
  private let parser: MarkupParser
  private(set) var sources: SourceSet
  private var parsed: [String: Parsed] = [:]

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
    sources: SourceSet
  ) {
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

  /// A place for findings about a file that cannot be read.
  mutating func addEmpty(_ path: String) -> SourceFile.ID {
    sources.add(SourceFile(path: path, bytes: []))
  }

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
    let (document, diagnostics) = parser.parse(sources[id], id: id)
    return Parsed(id: id, document: document, diagnostics: diagnostics, isWholeDocument: true)
  }

  /// What an include names: a whole mail, or any number of elements.
  mutating func parseIncluded(_ path: String) throws(FileAccess.Failure) -> Parsed {
    let key = "include:" + path
    if let known = parsed[key] { return known }
    let id = try read(path)
    var (document, diagnostics) = parser.parse(sources[id], id: id, as: .fragment)
    var isWhole = false
    if let fragment = document, fragment.root?.name == "mjml" {
      (document, diagnostics) = parser.parse(sources[id], id: id)
      isWhole = true
    }
    let result = Parsed(
      id: id,
      document: document,
      diagnostics: diagnostics,
      isWholeDocument: isWhole
    )
    parsed[key] = result
    return result
  }

  /// The names beside a path that does not exist, for did-you-mean.
  func neighbours(of path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return FileAccess.names(in: root + "/" + folder)
  }
}
