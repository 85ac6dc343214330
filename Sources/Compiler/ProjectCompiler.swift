public import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMJML
import LetterpressMarkup
import LetterpressProgram
import LetterpressSchema
import LetterpressTyping

/// Checks and compiles the layouts of a project.
///
/// Everything is read when it is made; compiling is a pure function after that, also from many threads.
public struct ProjectCompiler: Sendable {
  /// The project.
  public let project: Project
  let loaded: LoadedProject
  /// What is wrong in the blocks, the templates that they are.
  let blockDiagnostics: [Diagnostic]
  /// The translations that the blocks read.
  private let blockTranslations: TranslationUses
  private let suppressions: Suppressions
  /// The manifest's language, clock and currency, with what was learnt of them.
  private let locality: ProgramBlueprint.Locality
  /// The blocks that nothing may be compiled with.
  let brokenBlocks: Set<String>
  /// What was found so far, for `check` and for the compiler after the next change.
  let results: CheckResults
  /// The layouts that were asked for; nil for all that there are.
  let requestedLayouts: [String]?

  /// Reads a project's files; without `layouts` all of them.
  public init(_ project: Project, layouts: [String]? = nil) {
    self.init(project, layouts: layouts, after: nil)
  }

  /// After a change, what does not depend on it is taken over from the former compiler.
  init(_ project: Project, layouts: [String]?, after change: Change?) {
    let project = project.listed()
    self.project = project
    requestedLayouts = layouts
    let loaded = LoadedProject(
      project,
      layouts: layouts ?? project.layoutNames,
      after: change.map {
        LoadedProject.Change(former: $0.former.loaded, path: $0.path, text: $0.text)
      }
    )
    self.loaded = loaded
    let checks = CheckResults.blocks(in: loaded, after: change?.former)
    blockDiagnostics = checks.flatMap(\.diagnostics)
    blockTranslations = checks.reduce(into: TranslationUses()) { $0.formUnion($1.translationUses) }
    brokenBlocks = loaded.brokenBlocks(besides: blockDiagnostics)
    suppressions = Suppressions(
      loaded.sources,
      after: change?.former.suppressions,
      where: loaded.changedFiles
    )
    let manifest = project.manifest
    locality =
      change?.former.locality
      ?? .init(
        locale: manifest.locale,
        timeZone: manifest.timeZone,
        currency: manifest.currency
      )
    results = CheckResults(checks)
    if let change { takeOver(from: change.former) }
  }

  /// All files that findings can be in.
  public var sources: SourceSet { loaded.sources }

  /// The files that were looked for and not found, by their paths in the project: with one of them the findings
  /// may be others.
  package var absentFiles: Set<String> { loaded.absentFiles }

  /// The same for the same files (personas apart): what a batch that goes on has to find unchanged.
  public var fingerprint: String { sources.fingerprint }

  /// What came of one layout.
  public struct Compilation: Sendable {
    /// The layout, ready to be rendered; nil where an error was found.
    public var email: CompiledEmail?
    /// What artefacts are written of.
    var blueprint: EmailBlueprint?
    /// Everything found in it and in what it uses.
    public var diagnostics: [Diagnostic]
    /// The blocks that it uses, directly or through others.
    public var usedBlocks: Set<String>
    /// The translations that it reads.
    var translationUses: TranslationUses
  }

  /// What is wrong with the manifest, the schema, the blocks and the personas.
  public var projectDiagnostics: [Diagnostic] {
    house(loaded.diagnostics + blockDiagnostics + exampleDiagnostics)
  }

  /// The RELAX NG grammar of layouts, with the project's blocks, in XML syntax.
  public var grammar: String { Grammar(catalog: loaded.input.catalog).text }

  /// A persona as people know it.
  public struct PersonaDescription: Sendable {
    /// What the gallery calls it.
    public let title: String
    /// What is special about it.
    public let notes: String
    /// Labels to filter by.
    public let tags: [String]
  }

  /// A persona that could be read, by its file's name.
  public func persona(_ name: String) -> PersonaDescription? {
    loaded.personas.first { $0.name == name }.map {
      PersonaDescription(title: $0.title, notes: $0.notes, tags: $0.tags)
    }
  }

  /// Compiles one of the layouts that were read.
  ///
  /// - Parameter name: The layout's name.
  /// - Returns: The compiled layout and what was found; nil where no layout of that name was read.
  public func compile(_ name: String) -> Compilation? {
    loaded.layouts.first { $0.name == name }.map { compile($0) }
  }

  /// Compiles one of the layouts that were read, and tells what it is at: for who measures it.
  ///
  /// - Parameters:
  ///   - name: The layout's name.
  ///   - observe: Called where a stage begins; some come up more than once.
  /// - Returns: As `compile(_:)`.
  public func compile(_ name: String, observingStages observe: (Stage) -> Void) -> Compilation? {
    loaded.layouts.first { $0.name == name }.map { compile($0, observe) }
  }

  /// What a compilation does once the layout is read.
  public enum Stage: String, Sendable, CaseIterable {
    /// Liquid's tags and expressions become syntax.
    case liquid
    /// Names, types and flow are checked.
    case typing
    /// Components become HTML with holes.
    case layout
    /// The text part is derived.
    case text
    /// The holes' contexts are found.
    case contexts
    /// Nodes become instructions.
    case building
  }

  /// Checks everything that was read.
  ///
  /// - Returns: All findings, each once, in the order in which they are shown.
  public func check() -> [Diagnostic] {
    var all = projectDiagnostics
    var usedBlocks: Set<String> = []
    var translations = blockTranslations
    for result in layoutResults {
      all += result.diagnostics
      usedBlocks.formUnion(result.usedBlocks)
      translations.formUnion(result.translationUses)
    }
    // Of a layout that was not read nobody knows what it uses.
    let isComplete =
      loaded.layouts.count == project.layoutNames.count
      && loaded.layouts.allSatisfy { $0.document != nil }
    if isComplete, !loaded.layouts.isEmpty {
      all += house(loaded.input.blocks.unused(besides: usedBlocks))
      let misread = all.filter { $0.severity == .error }.map(\.primary.range.file)
      all += house(
        loaded.input.translations.unused(besides: translations, in: Set(misread), of: sources)
      )
    }
    return all.sortedForDisplay(in: sources)
  }

  /// Everything that kept a layout from compiling, what is wrong with its blocks included.
  public func shown(_ compilation: Compilation) -> [Diagnostic] {
    (projectDiagnostics + compilation.diagnostics).sortedForDisplay(in: sources)
  }

  func compile(
    _ layout: LoadedProject.Layout,
    _ observe: (Stage) -> Void = { _ in }
  ) -> Compilation {
    var diagnostics = layout.diagnostics
    var email: CompiledEmail?
    var blueprint: EmailBlueprint?
    var usedBlocks: Set<String> = []
    var translations = TranslationUses()
    if let document = layout.document {
      observe(.liquid)
      let structure = Structure.read(document, with: loaded.input)
      observe(.typing)
      let (typed, found) = Checking.check(document, structure, with: loaded.input)
      usedBlocks = typed.usedBlocks
      translations = typed.translationUses
      diagnostics += found
      // A layout may rest on a block that is wrong: what follows may assume a correct tree.
      if !diagnostics.hasErrors, !usesBrokenBlock(typed) {
        let lowered = lower(typed, named: layout.name, in: layout.file, &diagnostics, observe)
        email = lowered?.email
        blueprint = lowered?.blueprint
        blueprint?.inputs = loaded.inputs(of: layout)
      }
    }
    let shown = house(diagnostics.map { $0.reached(through: layout.frames) })
    return Compilation(
      email: shown.hasErrors ? nil : email,
      blueprint: shown.hasErrors ? nil : blueprint,
      diagnostics: shown,
      usedBlocks: usedBlocks,
      translationUses: translations
    )
  }

  private func usesBrokenBlock(_ layout: TypedLayout) -> Bool {
    !layout.usedBlocks.isEmpty
      && (hasErrorsOfAllBlocks || !layout.usedBlocks.isDisjoint(with: brokenBlocks))
  }

  /// From the typed tree to the render program.
  func lower(
    _ typed: TypedLayout,
    named name: String,
    in file: SourceFile.ID,
    _ diagnostics: inout [Diagnostic],
    _ observe: (Stage) -> Void = { _ in }
  ) -> (email: CompiledEmail, blueprint: EmailBlueprint)? {
    observe(.layout)
    let laidOut = LaidOutMail(
      typed.nodes,
      sources: sources,
      variables: typed.frame.variables,
      maximumVariants: project.limits.layoutVariants
    )
    diagnostics += laidOut.diagnostics
    guard !laidOut.diagnostics.hasErrors else { return nil }
    let manifest = project.manifest
    var frame = typed.frame
    frame.variables = laidOut.variables
    var blueprint = ProgramBlueprint(
      sources: sources,
      schema: loaded.schema,
      frame: frame,
      options: Self.placement(manifest),
      locality: locality,
      limits: RenderLimits(project.limits)
    )
    var builder = blueprint.makeBuilder()
    let place = SourceRange(file: file, start: 0, end: 0)
    let reader = EnvelopeReader(typed, in: sources)
    diagnostics += reader.diagnostics
    observe(.contexts)
    let html = builder.placeHTML(laidOut.html)
    observe(.building)
    var parts = [EmailPart(CompiledEmail.htmlRole, builder.add(html), of: place)]
    observe(.text)
    let textNodes = PlainTextMail(typed.nodes, envelope: typed.envelope, sources: sources).nodes
    observe(.contexts)
    let text = builder.placePlainText(textNodes)
    observe(.building)
    parts.append(EmailPart(CompiledEmail.textRole, builder.add(text), of: place))
    for (kind, element, nodes, form) in [
      (.subject, "lp-subject", typed.envelope, .subject),
      (.preheader, "mj-preview", typed.nodes, .subject),
      (.from, "lp-from", typed.envelope, .header),
    ] as [(CompiledEmail.EnvelopeText, String, [TypedNode], ProgramBuilder.TextKind)] {
      if let text = EnvelopeTexts.text(of: element, in: nodes) {
        let part = builder.addText(text, kind: form)
        parts.append(EmailPart(kind.rawValue, part, of: reader.range(of: element) ?? place))
      }
    }
    parts += reader.addFields(to: &builder)
    let envelope = MessageEnvelope(
      defaultSender: manifest.sender,
      recipient: loaded.recipient,
      place: place
    )
    // Of attributes the checker has said already what contexts say of all HTML.
    diagnostics += builder.diagnostics.filter { found in
      !diagnostics.contains {
        $0.id == found.id && $0.primary.range == found.primary.range
      }
    }
    blueprint.parts = builder.placedParts
    // The builder throws what it has reported above.
    guard let program = try? builder.finish(),
      let email = CompiledEmail(
        name: name,
        schema: loaded.schema,
        sources: sources,
        program: program,
        limits: blueprint.limits,
        parts: parts,
        envelope: envelope
      )
    else { return nil }
    return (
      email,
      EmailBlueprint(
        name: name,
        inputs: [],
        envelope: envelope,
        parts: parts.map { ($0.role, $0.range) },
        program: blueprint
      )
    )
  }

  static func placement(_ manifest: Manifest) -> PlacementOptions {
    PlacementOptions(
      allowedPersonalFields: Set(manifest.allowedPersonalPaths),
      schemes: URLSchemes(links: manifest.urlSchemes)
    )
  }

  /// Findings under the house rules of the manifest.
  private func house(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let diagnostics = suppressions.applied(to: diagnostics.withoutRepetitions)
    guard !project.manifest.severities.isEmpty else { return diagnostics }
    return diagnostics.compactMap { diagnostic in
      guard diagnostic.severity == .warning,
        let rule = project.manifest.severities[diagnostic.id.name]
      else { return diagnostic }
      guard let severity = rule else { return nil }
      var diagnostic = diagnostic
      diagnostic.severity = severity
      return diagnostic
    }
  }
}

extension SourceSet {
  /// A hash of all files, by name and content (FNV-1a: it tells a change, it keeps no secret).
  fileprivate var fingerprint: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for file in files where !file.path.hasPrefix("fixtures/personas/") {
      for byte in file.path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      for byte in file.bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return String(hash, radix: 16)
  }
}
