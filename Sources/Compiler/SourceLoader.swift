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
  /// That of the loader that this one goes on from.
  private(set) var formerGate: Gate?
  private(set) var sources: SourceSet
  /// The files by their paths; each is read once.
  private var files: [String: SourceFile.ID] = [:]
  /// The empty ones that stand for files that could not be read.
  private var placeholders: [String: SourceFile.ID] = [:]
  /// What was looked for and not found: paths of files that would count if they came.
  private(set) var absentFiles: Set<String> = []
  private var parsed: [String: Parsed] = [:]
  /// What the gate says of files that were parsed before there was one.
  private var contents: [SourceFile.ID: [Diagnostic]] = [:]
  /// Texts that count in the place of what is on the disk.
  private var texts: [String: [UInt8]]
  /// The files that differ from those of the loader that this one goes on from; all of one that starts.
  private(set) var changedFiles: Set<SourceFile.ID>?

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

    /// The grammar, where anybody asks what it says.
    var grammarInUse: Grammar? { checker.isIdle ? nil : grammar }

    /// The grammar of MJML's own elements and ours; it is compiled once.
    static let mjmlGrammar = Grammar(catalog: MJMLCatalog.catalog)

    /// MJML's own elements and ours.
    static func mjml(_ level: ValidationLevel) -> Gate {
      Gate(grammar: mjmlGrammar, checker: mjmlChecker.at(level))
    }

    private static let mjmlChecker = ContentChecker(catalog: MJMLCatalog.catalog)
  }

  /// A file and what came of parsing it.
  struct Parsed: Sendable {
    var id: SourceFile.ID
    var document: Document?
    var diagnostics: [Diagnostic]
    /// The root has a name that says it is a whole mail.
    var isWholeDocument: Bool
    var isIncluded = false
    /// There was a gate when it was parsed.
    var isHeldAgainstGate = false
  }

  init(
    root: String,
    includeRoots: [String] = [],
    limits: ProjectLimits,
    sources: SourceSet,
    texts: [String: [UInt8]] = [:],
    gate: Gate? = nil
  ) {
    self.gate = gate
    self.texts = texts
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
    markupLimits.nameLength = limits.nameLength
    parser = Self.parser.bounded(by: markupLimits)
  }

  /// Blocks have no raw content, so the scan asks MJML's own catalogue, whatever the project.
  private static let parser = MarkupParser(catalog: MJMLCatalog.catalog)

  /// The loader after a change of one file: what does not depend on it is not read or parsed again.
  func updating(_ path: String, to text: [UInt8]) -> SourceLoader {
    var loader = self
    loader.texts[path] = text
    loader.changedFiles = []
    (loader.gate, loader.formerGate) = (nil, gate)
    if let id = files[path] {
      guard sources[id].bytes != text else { return loader }
      loader.changedFiles = [id]
      loader.sources.replace(id, by: text)
      loader.contents[id] = nil
    }
    loader.parsed = parsed.filter { sources[$0.value.id].path != path }
    return loader
  }

  /// Whether a file is as it was in the loader that this one goes on from.
  func isUnchanged(_ id: SourceFile.ID) -> Bool {
    changedFiles.map { !$0.contains(id) } ?? false
  }

  /// Whether a layout or a block and what it includes are.
  func isUnchanged(_ layout: LoadedProject.Layout) -> Bool {
    isUnchanged(layout.file) && layout.frames.keys.allSatisfy(isUnchanged)
  }

  /// The text of a file of the project, added to the sources; the same however it is reached.
  mutating func read(_ path: String) throws(FileAccess.Failure) -> SourceFile.ID {
    if let known = files[path] { return known }
    if let text = texts[path] { return add(SourceFile(path: path, bytes: text)) }
    do throws(FileAccess.Failure) {
      let bytes = try FileAccess.read(
        root + "/" + path,
        within: includeRoots,
        limit: limits.sourceFile
      )
      return add(SourceFile(path: path, bytes: bytes))
    } catch {
      if case .notFound = error { absentFiles.insert(path) }
      throw error
    }
  }

  /// Adds a file, or a text that is none.
  mutating func add(_ file: SourceFile) -> SourceFile.ID {
    let id = sources.add(file)
    files[file.path] = id
    changedFiles?.insert(id)
    return id
  }

  /// Whether there is something of that name.
  func hasFile(_ path: String) -> Bool { FileAccess.realPath(root + "/" + path) != nil }

  /// A place for findings about a file that cannot be read.
  mutating func addEmpty(_ path: String) -> SourceFile.ID {
    if let known = placeholders[path] { return known }
    let id = sources.add(SourceFile(path: path, bytes: []))
    changedFiles?.insert(id)
    placeholders[path] = id
    return id
  }

  /// A file of the project as a tree; a finding where it cannot be read.
  mutating func parse(_ path: String) -> Parsed {
    if let known = parsed[path] { return known }
    let result: Parsed
    do {
      let id = try read(path)
      result = parse(id)
    } catch {
      let id = addEmpty(path)
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

  /// Holds all trees from here on against a catalogue, which differs from the former one in the
  /// declarations of some blocks.
  ///
  /// It has nothing else to say of a file that was right and has none of them in it.
  mutating func hold(against gate: Gate, changing blocks: Set<String> = []) {
    self.gate = gate
    func stays(_ parsed: Parsed, _ diagnostics: [Diagnostic]) -> Bool {
      diagnostics.isEmpty && parsed.document?.mentions(blocks) == false
    }
    for (path, known) in parsed {
      if let content = contents[known.id] {
        if !stays(known, content) { contents[known.id] = nil }
      } else if known.isHeldAgainstGate ? !stays(known, known.diagnostics) : known.isIncluded {
        // What blocks included was parsed without a gate.
        parsed[path] = nil
      }
    }
  }

  /// Parses files of the project, on all cores.
  mutating func parse(ahead paths: [String]) {
    var jobs: [(path: String, id: SourceFile.ID)] = []
    for path in paths where parsed[path] == nil {
      // What cannot be read is found where it is needed.
      if let id = try? read(path) { jobs.append((path, id)) }
    }
    let loader = self
    let results = jobs.map(\.id).parallelMap { loader.parse($0) }
    for (job, result) in zip(jobs, results) { parsed[job.path] = result }
  }

  /// The gate's word on files that were parsed before there was one, on all cores.
  mutating func readContents(of files: [Parsed]) {
    let ids = files.filter { $0.document != nil && contents[$0.id] == nil }.map(\.id)
    let loader = self
    for (id, found) in zip(ids, ids.parallelMap { loader.parse($0).diagnostics }) {
      contents[id] = found
    }
  }

  /// What the catalogue says of a file that was parsed before there was one.
  mutating func content(of parsed: Parsed) -> [Diagnostic] {
    guard parsed.document != nil else { return [] }
    if let known = contents[parsed.id] { return known }
    let found = parse(parsed.id, as: .document, within: nil).diagnostics
    contents[parsed.id] = found
    return found
  }

  private func parse(
    _ id: SourceFile.ID,
    as kind: MarkupParser.Kind,
    within parent: String?
  ) -> Parsed {
    let file = sources[id]
    let result = parser.parse(file, id: id, as: kind, validatingWith: gate?.grammarInUse)
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
      isWholeDocument: kind == .document,
      isHeldAgainstGate: gate != nil
    )
  }

  /// What an include names: a whole mail, or any number of elements for the inside of `parent`.
  mutating func parseIncluded(
    _ path: String,
    within parent: String
  ) throws(FileAccess.Failure) -> Parsed {
    let key = "\(parent)/\(path)"
    if let known = parsed[key] { return known }
    let id = try read(path)
    var result = parse(id, as: .fragment, within: parent)
    if result.document?.root?.name == "mjml" { result = parse(id, as: .document, within: nil) }
    result.isIncluded = true
    parsed[key] = result
    return result
  }

  /// The names beside a path that does not exist, for did-you-mean.
  func neighbours(of path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    guard let real = FileAccess.realPath(root + "/" + folder),
      includeRoots.contains(where: { real == $0 || FileAccess.isInside(real, $0) })
    else { return [] }
    return FileAccess.names(in: real)
  }
}

extension Document {
  /// Whether an element of one of these names stands in it.
  func mentions(_ names: Set<String>) -> Bool {
    guard !names.isEmpty else { return false }
    var open = nodes
    while let node = open.popLast() {
      guard case .element(let element) = node else { continue }
      if names.contains(element.name) { return true }
      open += element.children
    }
    return false
  }
}
