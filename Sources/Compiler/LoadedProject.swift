import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMJML
import LetterpressMarkup
import LetterpressSchema
import LetterpressTyping

/// A project's files, read and parsed once, and what is wrong with them.
struct LoadedProject: Sendable {
  /// The tree of a layout or a block with its includes in place; nil where an error was found.
  struct Layout: Sendable {
    var name: String
    var file: SourceFile.ID
    var document: Document?
    var diagnostics: [Diagnostic]
    /// How included files were reached.
    var frames: [SourceFile.ID: Diagnostic.Frame]
  }

  /// What a project is loaded after: the same project with another text of one file.
  struct Change {
    var former: LoadedProject
    var path: String
    var text: [UInt8]
  }

  let sources: SourceSet
  /// Of a project without one: anything goes.
  let schema: ProfileSchema
  let layouts: [Layout]
  let personas: [Persona]
  /// The path of the profile's field with the address for `To`.
  let recipient: [String]?
  let input: CheckInput
  /// Of the manifest, the schema, the blocks' shape and the personas.
  let diagnostics: [Diagnostic]
  /// Those of what all layouts share: the manifest, the schema, the partials and the translations.
  let sharedDiagnostics: [Diagnostic]
  /// Those of the blocks' files.
  let blockDiagnostics: [Diagnostic]
  /// The blocks that are not what they were before the change; nil where there was none.
  let changedBlocks: Set<String>?
  /// The layouts of which neither the file nor an include changed.
  let unchangedLayouts: Set<String>
  /// The files that differ from those before the change; nil where there was none.
  let changedFiles: Set<SourceFile.ID>?
  /// Files that were looked for and not found.
  var absentFiles: Set<String> { loader.absentFiles }
  private let personaDiagnostics: [Diagnostic]
  private let blockFiles: [Layout]
  private let loader: SourceLoader

  /// Reads everything; a layout that is not named is not parsed.
  ///
  /// After a change of one file, what does not depend on it is taken over. The shared files must be the
  /// same ones.
  init(_ project: Project, layouts names: [String], after change: Change? = nil) {
    let former = change?.former
    var loader =
      change.map { $0.former.loader.updating($0.path, to: $0.text) }
      ?? SourceLoader(
        root: project.root,
        includeRoots: project.manifest.includeRoots,
        limits: project.limits,
        sources: project.sources,
        texts: project.texts
      )
    var shared = project.manifestDiagnostics
    let schema = former?.schema ?? Self.readSchema(with: &loader, &shared)
    let blockNames = project.blockNames
    loader.parse(ahead: blockNames.map { "blocks/\($0).mjml" })
    let (blockFiles, unchangedBlocks) = Self.read(
      blockNames,
      in: "blocks",
      after: former?.blockFiles,
      with: &loader
    )
    let (blocks, declarationDiagnostics) = BlockLibrary.declare(
      blockFiles.compactMap { block in block.document.map { (block.name, $0) } },
      types: schema.types,
      in: loader.sources,
      limits: LiquidLimits(project.limits),
      previous: former?.input.blocks ?? BlockLibrary(),
      unchanged: unchangedBlocks
    )
    var personaDiagnostics: [Diagnostic] = []
    if let change, !change.path.hasPrefix("fixtures/personas/") {
      personas = change.former.personas
      personaDiagnostics = change.former.personaDiagnostics
    } else {
      personas = project.personaNames.compactMap {
        Self.readPersona($0, schema, with: &loader, &personaDiagnostics)
      }
    }
    let partials =
      former?.input.partials ?? Self.readPartials(project.partialNames, with: &loader, &shared)
    let translations =
      former?.input.translations
      ?? Translations(
        languages: project.localeNames.map { Self.readTranslations($0, with: &loader, &shared) },
        defaultTag: project.manifest.locale
      )
    if let former {
      recipient = former.recipient
      shared = former.sharedDiagnostics
    } else {
      recipient = Self.recipient(of: project.manifest, schema, &shared)
      shared += schema.unknownPersonalPaths(of: project.manifest)
    }
    let changedBlocks = former.map { former in
      Set(blockNames).symmetricDifference(former.blockFiles.map(\.name))
        .union(blockNames.filter { !unchangedBlocks.contains($0) })
    }
    let catalog = Self.hold(
      blocks,
      after: former,
      changing: changedBlocks ?? [],
      with: &loader
    )
    var found = blockFiles.flatMap(\.diagnostics) + declarationDiagnostics
    loader.readContents(of: blockNames.map { loader.parse("blocks/\($0).mjml") })
    for name in blockNames {
      let parsed = loader.parse("blocks/\(name).mjml")
      found += loader.content(of: parsed).filter { !parsed.diagnostics.contains($0) }
    }
    loader.parse(ahead: names.map { "layouts/\($0).mjml" })
    (layouts, unchangedLayouts) = Self.read(
      names,
      in: "layouts",
      after: former?.layouts,
      changing: changedBlocks ?? [],
      with: &loader
    )
    self.schema = schema
    self.personaDiagnostics = personaDiagnostics
    changedFiles = loader.changedFiles
    self.blockFiles = blockFiles
    self.changedBlocks = changedBlocks
    self.blockDiagnostics = found
    sharedDiagnostics = shared
    diagnostics = shared + found + personaDiagnostics
    sources = loader.sources
    self.loader = loader
    input = CheckInput(
      sources: loader.sources,
      catalog: catalog,
      roles: changedBlocks?.isEmpty == true ? former?.input.roles : nil,
      types: schema.types,
      profile: schema.root,
      roots: project.manifest.usesPropertyRoots ? .properties : .profile,
      constants: Dictionary(
        project.manifest.constants.map { ($0.name, ConstantValue($0.value)) }
      ) { first, _ in first },
      allowedPersonalFields: Set(project.manifest.allowedPersonalPaths),
      blocks: blocks,
      partials: partials,
      personas: project.personaNames,
      translations: translations,
      limits: ExpansionLimits(project.limits),
      liquidLimits: LiquidLimits(project.limits)
    )
  }

  /// The files that a layout is compiled of: its own, its includes, and what all layouts share.
  ///
  /// All that layouts share was read before the first of them.
  func inputs(of layout: Layout) -> [SourceFile.ID] {
    let own = Set(layout.frames.keys).union([layout.file])
    let firstLayout = layouts.map(\.file).min() ?? layout.file
    let ids = sources.files.indices.map { SourceFile.ID(index: UInt32($0)) }
    return ids.filter { id in
      own.contains(id)
        || id < firstLayout && !sources[id].path.hasPrefix("fixtures/personas/")
    }
  }

  // MARK: - Files

  private static func readSchema(
    with loader: inout SourceLoader,
    _ diagnostics: inout [Diagnostic]
  ) -> ProfileSchema {
    let path = "fixtures/profile.schema.json"
    var schema: ProfileSchema?
    do {
      let id = try loader.read(path)
      schema = ProfileSchema.read(
        loader.sources[id],
        id: id,
        limits: ProfileLimits(loader.limits),
        diagnostics: &diagnostics
      )
    } catch .notFound {
      // A project may go without types.
    } catch {
      diagnostics.append(loader.unreadable(path, error))
    }
    return schema ?? untyped(with: &loader)
  }

  /// The schema that everything conforms to.
  private static func untyped(with loader: inout SourceLoader) -> ProfileSchema {
    let id = loader.add(SourceFile(path: "(no schema)", text: "true"))
    var diagnostics: [Diagnostic] = []
    let schema = ProfileSchema.read(
      loader.sources[id],
      id: id,
      limits: ProfileLimits(loader.limits),
      diagnostics: &diagnostics
    )
    guard let schema else { preconditionFailure("'true' is a schema") }
    return schema
  }

  private static func recipient(
    of manifest: Manifest,
    _ schema: ProfileSchema,
    _ diagnostics: inout [Diagnostic]
  ) -> [String]? {
    guard let path = manifest.recipient else { return RecipientPath(likelyIn: schema)?.names }
    do throws(RecipientPath.Failure) {
      return try RecipientPath(path, in: schema).names
    } catch {
      if let range = manifest.recipientRange {
        diagnostics.append(.unknownRecipient(error, at: range))
      }
      return nil
    }
  }

  /// The files of blocks or layouts; and the names of those that are as they were before.
  private static func read(
    _ names: [String],
    in folder: String,
    after former: [Layout]?,
    changing blocks: Set<String> = [],
    with loader: inout SourceLoader
  ) -> (files: [Layout], unchanged: Set<String>) {
    let former = Dictionary((former ?? []).map { ($0.name, $0) }) { first, _ in first }
    var unchanged: Set<String> = []
    var files: [Layout] = []
    for name in names {
      let old = former[name]
      if let old, old.diagnostics.isEmpty, old.document?.mentions(blocks) == false,
        loader.isUnchanged(old)
      {
        unchanged.insert(name)
        files.append(old)
        continue
      }
      let new = read(name, in: folder, with: &loader)
      if let old, loader.isUnchanged(new), new.diagnostics == old.diagnostics,
        new.frames.keys == old.frames.keys
      {
        unchanged.insert(name)
      }
      files.append(new)
    }
    return (files, unchanged)
  }

  /// Holds everything from here on against MJML's elements and the blocks.
  private static func hold(
    _ blocks: BlockLibrary,
    after former: LoadedProject?,
    changing changed: Set<String>,
    with loader: inout SourceLoader
  ) -> ComponentCatalog {
    if let former, let gate = loader.formerGate {
      let catalog =
        changed.isEmpty ? former.input.catalog : blocks.extending(MJMLCatalog.catalog)
      let isSame = changed.isEmpty || catalog == former.input.catalog
      loader.hold(
        against: isSame ? gate : SourceLoader.Gate(catalog: catalog),
        changing: isSame ? [] : changed
      )
      return catalog
    }
    let catalog = blocks.extending(MJMLCatalog.catalog)
    loader.hold(against: blocks.names.isEmpty ? .mjml(.strict) : .init(catalog: catalog))
    return catalog
  }

  private static func readPersona(
    _ name: String,
    _ schema: ProfileSchema,
    with loader: inout SourceLoader,
    _ diagnostics: inout [Diagnostic]
  ) -> Persona? {
    let path = "fixtures/personas/\(name).json"
    do {
      let id = try loader.read(path)
      return Persona.read(
        loader.sources[id],
        id: id,
        name: name,
        schema: schema,
        diagnostics: &diagnostics
      )
    } catch {
      diagnostics.append(loader.unreadable(path, error))
      return nil
    }
  }

  private static func readPartials(
    _ names: [String],
    with loader: inout SourceLoader,
    _ diagnostics: inout [Diagnostic]
  ) -> [String: SourceFile.ID] {
    var partials: [String: SourceFile.ID] = [:]
    for name in names {
      let path = "blocks/\(name).liquid"
      do {
        partials[name] = try loader.read(path)
      } catch {
        diagnostics.append(loader.unreadable(path, error))
      }
    }
    return partials
  }

  private static func readTranslations(
    _ tag: String,
    with loader: inout SourceLoader,
    _ diagnostics: inout [Diagnostic]
  ) -> Translations.Language {
    let path = "fixtures/locales/\(tag).yaml"
    do {
      let id = try loader.read(path)
      let reader = TranslationReader(loader.sources[id], id: id, tag: tag)
      diagnostics += reader.diagnostics
      return reader.language
    } catch {
      let finding = loader.unreadable(path, error)
      diagnostics.append(finding)
      var language = Translations.Language(tag: tag, place: finding.primary.range, entries: [:])
      language.isBroken = true
      return language
    }
  }

  private static func read(
    _ name: String,
    in folder: String,
    with loader: inout SourceLoader
  ) -> Layout {
    let path = "\(folder)/\(name).mjml"
    let parsed = loader.parse(path)
    var layout = Layout(
      name: name,
      file: parsed.id,
      document: parsed.document,
      diagnostics: parsed.diagnostics,
      frames: [:]
    )
    guard let document = parsed.document else { return layout }
    var expander = IncludeExpander(of: path)
    layout.document = expander.expand(document, with: &loader)
    layout.diagnostics += expander.locatedDiagnostics
    layout.frames = expander.frames
    if folder == "layouts", let root = layout.document?.rootWithoutBody {
      layout.diagnostics.append(.missingBody(root))
    }
    return layout
  }
}

extension SourceLoader {
  /// A finding for a file that cannot be read, at its start.
  mutating func unreadable(_ path: String, _ failure: FileAccess.Failure) -> Diagnostic {
    let place = SourceRange(file: addEmpty(path), start: 0, end: 0)
    return .unreadableFile(failure.description, at: place)
  }
}

extension ConstantValue {
  /// What the manifest says, as the checker takes it.
  fileprivate init(_ value: Manifest.Constant.Value) {
    self =
      switch value {
      case .null: .scalar(.nil)
      case .boolean(let value): .scalar(.boolean(value))
      case .integer(let value): .scalar(.integer(value))
      case .number(let value): .scalar(.number(value))
      case .string(let value): .scalar(.string(value))
      case .array(let values): .list(values.map(ConstantValue.init))
      case .object(let pairs): .object(pairs.map { ($0.key, ConstantValue($0.value)) })
      }
  }
}
