import Letterpress
import LetterpressDiagnostics
import LetterpressGallery

/// A project's blocks as the catalogue takes them, and where it goes.
struct CatalogueSource {
  /// The catalogue's page, seen from the gallery's where both stand in `output`.
  static let pageFromGallery = "../blocks/index.html"

  let contents: CatalogueContents
  /// What is wrong with the blocks, in the order in which it is shown.
  let diagnostics: [Diagnostic]
  private let folder: String

  /// - Parameters:
  ///   - compiler: The project, with all layouts read.
  ///   - output: The catalogue's folder; nil for `output/blocks` in the project, beside the gallery.
  ///   - hasGallery: Whether there is, or will be, a gallery beside it to link.
  init(_ compiler: ProjectCompiler, output: String? = nil, hasGallery: Bool) {
    let project = compiler.project
    let blocks = compiler.describeBlocks()
    folder = output ?? project.root + "/output/blocks"
    diagnostics = blocks.flatMap(\.diagnostics).sortedForDisplay(in: compiler.sources)
    contents = CatalogueContents(
      title: project.title,
      blocks: blocks.map { CatalogueBlock($0, in: compiler.sources) },
      galleryPage: hasGallery ? "../gallery/index.html" : nil
    )
  }

  /// Writes the catalogue.
  ///
  /// - Returns: The page to open.
  @discardableResult
  func write() throws -> String {
    try OutputFile.makeFolder(OutputFile.parent(of: folder))
    return try CatalogueWriter(path: folder).write(contents)
  }
}

extension CatalogueBlock {
  fileprivate init(_ block: BlockDescription, in sources: SourceSet) {
    self.init(
      name: block.name,
      summary: block.summary,
      parameters: block.parameters.map {
        Parameter(
          name: $0.name,
          type: $0.type,
          defaultText: $0.defaultText,
          isRequired: $0.isRequired,
          summary: $0.summary
        )
      },
      slots: block.slots.map { Slot(name: $0.name, summary: $0.summary) },
      examples: block.examples.map {
        Example(usage: $0.usage, persona: $0.persona, outcome: Example.Outcome($0.outcome))
      },
      source: block.source,
      layouts: block.layouts.map { User(name: $0.name, isDirect: $0.isDirect) },
      blocks: block.blocks.map { User(name: $0.name, isDirect: $0.isDirect) },
      findings: block.diagnostics.map { GalleryFinding($0, in: sources) }
    )
  }
}

extension CatalogueBlock.Example.Outcome {
  fileprivate init(_ outcome: BlockDescription.Outcome) {
    switch outcome {
    case .rendered(let html): self = .rendered(html)
    case .failed(let reason): self = .failed(reason)
    }
  }
}
