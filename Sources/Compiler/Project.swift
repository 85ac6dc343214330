package import LetterpressDiagnostics

/// A folder of layouts, blocks and fixtures, with its manifest.
///
///     letterpress.yaml   layouts/*.mjml   blocks/*.mjml   blocks/*.liquid
///     fixtures/profile.schema.json   fixtures/personas/*.json   fixtures/locales/*.yaml
public struct Project: Sendable {
  /// The folder's real path.
  public let root: String
  /// What `letterpress.yaml` says.
  public let manifest: Manifest
  /// The bounds in force.
  public let limits: ProjectLimits
  /// All files that were read so far.
  package var sources: SourceSet
  /// What is wrong with the manifest.
  package let manifestDiagnostics: [Diagnostic]
  /// Texts that count in the place of what is on the disk, by path: what an editor has not saved.
  package private(set) var texts: [String: [UInt8]]
  /// The files that a compiler has read; nil where the disk is asked.
  private var listing: Listing?

  /// Why there is no project.
  public enum Failure: Error, CustomStringConvertible {
    /// No folder of that name.
    case noFolder(String)
    /// The manifest is there and cannot be read.
    case unreadableManifest(String, reason: String)

    /// One line for people.
    public var description: String {
      switch self {
      case .noFolder(let path): "there is no folder '\(path)'"
      case .unreadableManifest(let path, let reason): "cannot read '\(path)': \(reason)"
      }
    }
  }

  /// The name of the manifest.
  public static let manifestName = "letterpress.yaml"

  /// Reads the manifest of a folder; a folder without one has the defaults.
  ///
  /// - Parameter path: The folder.
  /// - Throws: Where there is no such folder, or its manifest cannot be read at all. What is wrong
  ///   *in* the manifest is a finding of `check`.
  public init(at path: String) throws(Failure) {
    try self.init(at: path, texts: [:])
  }

  private init(at path: String, texts: [String: [UInt8]]) throws(Failure) {
    guard let root = FileAccess.realPath(path), FileAccess.isFolder(root) else {
      throw .noFolder(path)
    }
    self.root = root
    self.texts = texts
    sources = SourceSet()
    let manifestPath = root + "/" + Self.manifestName
    do {
      let bytes =
        if let text = texts[Self.manifestName] {
          text
        } else {
          try FileAccess.read(manifestPath, within: nil, limit: 1 << 20)
        }
      let file = SourceFile(path: Self.manifestName, bytes: bytes)
      let reader = ManifestReader(file, id: sources.add(file))
      manifest = reader.manifest
      manifestDiagnostics = reader.diagnostics
    } catch .notFound {
      manifest = Manifest()
      manifestDiagnostics = []
    } catch {
      throw .unreadableManifest(manifestPath, reason: error.description)
    }
    limits = ProjectLimits(manifest.limits)
  }

  /// The project with another text of one file, by its path in the project.
  func updating(_ path: String, to text: [UInt8]) -> Project {
    var project = self
    project.texts[path] = text
    // A file of a new name may not be the only one.
    if listing?.holds(path) != true { project.listing = nil }
    guard path == Self.manifestName else { return project }
    // The folder was there and nothing is read of it.
    return (try? Project(at: root, texts: project.texts)) ?? project
  }

  /// The nearest folder at or above `path` that has a manifest; `path` itself where none has.
  public static func folder(from path: String) -> String {
    guard let start = FileAccess.realPath(path) else { return path }
    var folder = start[...]
    while true {
      if FileAccess.realPath(folder + "/" + manifestName) != nil { return String(folder) }
      guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return start }
      folder = folder[..<slash]
    }
  }

  /// What to call it: the name in the manifest, else the folder's.
  public var title: String {
    manifest.name ?? root.split(separator: "/").last.map(String.init) ?? root
  }

  /// The names of the layouts, sorted: `layouts/welcome.mjml` is `welcome`.
  public var layoutNames: [String] { names(of: .layouts) }
  /// The names of the blocks, sorted.
  public var blockNames: [String] { names(of: .blocks) }
  /// The names of the inline partials, sorted: `blocks/price.liquid` is `price`.
  public var partialNames: [String] { names(of: .partials) }
  /// The names of the personas, sorted.
  public var personaNames: [String] { names(of: .personas) }
  /// The languages that have translations, sorted.
  public var localeNames: [String] { names(of: .locales) }

  private func names(of kind: FileKind) -> [String] {
    listing?.names[kind] ?? kind.names(in: root)
  }

  /// The project with the files that it has now, whatever comes or goes on the disk.
  func listed() -> Project {
    guard listing == nil else { return self }
    var project = self
    project.listing = Listing(
      names: Dictionary(uniqueKeysWithValues: FileKind.allCases.map { ($0, $0.names(in: root)) })
    )
    return project
  }
}

/// The files of a project that are found by their places.
private enum FileKind: CaseIterable {
  case layouts, blocks, partials, personas, locales

  private var folder: String {
    switch self {
    case .layouts: "layouts"
    case .blocks, .partials: "blocks"
    case .personas: "fixtures/personas"
    case .locales: "fixtures/locales"
    }
  }

  private var suffix: String {
    switch self {
    case .layouts, .blocks: ".mjml"
    case .partials: ".liquid"
    case .personas: ".json"
    case .locales: ".yaml"
    }
  }

  /// Those on the disk, sorted.
  func names(in root: String) -> [String] {
    FileAccess.names(in: root + "/" + folder)
      .filter { $0.hasSuffix(suffix) && $0.utf8.count > suffix.utf8.count }
      .map { String($0.dropLast(suffix.count)) }
  }

  /// What a file of that path is called; nil where it is of another kind.
  func name(ofPath path: String) -> String? {
    let name = path.dropFirst(folder.utf8.count + 1).dropLast(suffix.utf8.count)
    guard path.hasPrefix(folder + "/"), path.hasSuffix(suffix), !name.isEmpty else { return nil }
    return String(name)
  }
}

/// What files a project had at some time.
private struct Listing: Sendable {
  var names: [FileKind: [String]]

  /// Whether it has a file of that path.
  func holds(_ path: String) -> Bool {
    names.contains { kind, names in kind.name(ofPath: path).map(names.contains) ?? false }
  }
}
