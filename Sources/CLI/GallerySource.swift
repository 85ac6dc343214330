import Letterpress
import LetterpressDiagnostics
import LetterpressGallery

/// A compiled project as the gallery takes it.
struct GallerySource {
  let contents: GalleryContents
  /// Everything found, in the order in which it is shown.
  let diagnostics: [Diagnostic]
  private let compiler: ProjectCompiler
  private let emails: [String: CompiledEmail]

  /// `blocksPage` is the page about the blocks, seen from the gallery's; nil for none.
  init(_ compiler: ProjectCompiler, blocksPage: String? = nil) {
    self.compiler = compiler
    let project = compiler.project
    let sources = compiler.sources
    let projectDiagnostics = compiler.projectDiagnostics
    let byFile = Dictionary(grouping: projectDiagnostics) {
      sources[$0.primary.range.file].path
    }
    var emails: [String: CompiledEmail] = [:]
    var layouts: [GalleryLayout] = []
    var all = projectDiagnostics
    for name in project.layoutNames {
      guard let compilation = compiler.compile(name) else { continue }
      emails[name] = compilation.email
      all += compilation.diagnostics
      // A layout that is right itself, on a block that is not: the block's findings are its own.
      let found =
        compilation.email == nil && !compilation.diagnostics.hasErrors
        ? compilation.usedBlocks.sorted().flatMap { byFile["blocks/\($0).mjml"] ?? [] }
          + compilation.diagnostics
        : compilation.diagnostics
      layouts.append(
        GalleryLayout(
          name: name,
          findings: found.sortedForDisplay(in: sources).map { GalleryFinding($0, in: sources) }
        )
      )
    }
    self.emails = emails
    diagnostics = all.sortedForDisplay(in: sources)
    let personas = project.personaNames.map { name in
      let findings = byFile["fixtures/personas/\(name).json"] ?? []
      let persona = compiler.persona(name)
      return GalleryPersona(
        id: name,
        title: persona?.title ?? name,
        notes: persona?.notes,
        tags: persona?.tags ?? [],
        findings: findings.map { GalleryFinding($0, in: sources) }
      )
    }
    let personaFiles = Set(project.personaNames.map { "fixtures/personas/\($0).json" })
    contents = GalleryContents(
      title: project.title,
      widths: project.manifest.widths,
      layouts: layouts,
      personas: personas,
      findings:
        projectDiagnostics
        .filter { !personaFiles.contains(sources[$0.primary.range.file].path) }
        .map { GalleryFinding($0, in: sources) },
      blocksPage: blocksPage
    )
  }

  var messageCount: Int {
    contents.layouts.count { !$0.isBroken } * contents.personas.count { !$0.isRejected }
  }

  func render(_ layout: GalleryLayout, _ persona: GalleryPersona) -> GalleryMessage {
    guard let email = emails[layout.name] else {
      return .failed(reason: "a block that this layout uses is broken")
    }
    do {
      let message = try email.render(try compiler.recipient(persona: persona.id))
      return .rendered(
        RenderedMessage(
          subject: message.texts[.subject] ?? "",
          preheader: message.texts[.preheader] ?? "",
          from: message.texts[.from] ?? compiler.project.manifest.sender,
          html: message.html,
          plainText: String(decoding: message.text, as: UTF8.self)
        )
      )
    } catch let failure as RenderFailure where failure.isIntended {
      return .failed(reason: "the layout skips this recipient: \(failure.diagnostic.message)")
    } catch let failure as RenderFailure {
      let finding = GalleryFinding(failure.diagnostic, in: compiler.sources)
      return .failed(reason: failure.diagnostic.message, findings: [finding])
    } catch let failure as Recipient.Failure {
      let findings = failure.diagnostics.map { GalleryFinding($0, in: failure.sources) }
      return .failed(reason: "the persona does not conform to the schema", findings: findings)
    } catch {
      preconditionFailure("rendering fails in no other way: \(error)")
    }
  }
}

extension GalleryFinding {
  /// A finding with its code frame.
  init(_ diagnostic: Diagnostic, in sources: SourceSet) {
    let range = diagnostic.primary.range
    let place = sources[range.file].position(at: range.start)
    self.init(
      severity: diagnostic.severity == .error ? .error : .warning,
      id: diagnostic.id.name,
      message: diagnostic.message,
      file: sources[range.file].path,
      line: place.line,
      column: place.column,
      frame: DiagnosticFormat.text.render([diagnostic], in: sources)
    )
  }
}
