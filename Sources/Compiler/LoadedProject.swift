import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMJML
import LetterpressMarkup
import LetterpressSchema
import LetterpressTyping

/// A project's files, read and parsed once, and what is wrong with them.
struct LoadedProject: Sendable {
  /// A layout's tree with its includes in place; nil where an error was found.
  struct Layout: Sendable {
    var name: String
    var file: SourceFile.ID
    var document: Document?
    var diagnostics: [Diagnostic]
    /// How included files were reached.
    var frames: [SourceFile.ID: Diagnostic.Frame]
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

  /// Reads everything; a layout that is not named is not parsed.
  init(_ project: Project, layouts names: [String]) {
    let catalog = MJMLCatalog.catalog
    var loader = SourceLoader(
      root: project.root,
      includeRoots: project.manifest.includeRoots,
      limits: project.limits,
      catalog: catalog,
      sources: project.sources
    )
    var diagnostics = project.manifestDiagnostics
    let schema = Self.readSchema(with: &loader, &diagnostics)
    let blocks = Self.readBlocks(project.blockNames, schema, with: &loader, &diagnostics)
    let personas = project.personaNames.compactMap {
      Self.readPersona($0, schema, with: &loader, &diagnostics)
    }
    let partials = Self.readPartials(project.partialNames, with: &loader, &diagnostics)
    let languages = project.localeNames.map {
      Self.readTranslations($0, with: &loader, &diagnostics)
    }
    let extended = blocks.extending(catalog)
    loader.hold(against: .init(catalog: extended))
    for name in project.blockNames {
      let parsed = loader.parse("blocks/\(name).mjml")
      diagnostics += loader.content(of: parsed).filter { !parsed.diagnostics.contains($0) }
    }
    layouts = names.map { Self.readLayout($0, with: &loader) }
    self.schema = schema
    self.personas = personas
    recipient = Self.recipient(of: project.manifest, schema, &diagnostics)
    self.diagnostics = diagnostics
    sources = loader.sources
    input = CheckInput(
      sources: loader.sources,
      catalog: extended,
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
      translations: Translations(languages: languages, defaultTag: project.manifest.locale)
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
      schema = ProfileSchema.read(loader.sources[id], id: id, diagnostics: &diagnostics)
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
    let schema = ProfileSchema.read(loader.sources[id], id: id, diagnostics: &diagnostics)
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

  private static func readBlocks(
    _ names: [String],
    _ schema: ProfileSchema,
    with loader: inout SourceLoader,
    _ diagnostics: inout [Diagnostic]
  ) -> BlockLibrary {
    var documents: [(name: String, document: Document)] = []
    for name in names {
      let path = "blocks/\(name).mjml"
      let parsed = loader.parse(path)
      diagnostics += parsed.diagnostics
      guard let document = parsed.document else { continue }
      var expander = IncludeExpander(of: path)
      documents.append((name, expander.expand(document, with: &loader)))
      diagnostics += expander.locatedDiagnostics
    }
    let (library, found) = BlockLibrary.declare(
      documents,
      types: schema.types,
      in: loader.sources
    )
    diagnostics += found
    return library
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

  private static func readLayout(_ name: String, with loader: inout SourceLoader) -> Layout {
    let path = "layouts/\(name).mjml"
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
    if let root = layout.document?.rootWithoutBody {
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
