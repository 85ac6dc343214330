import ArgumentParser
import Letterpress
import LetterpressDiagnostics
import LetterpressGallery

/// Every layout for every persona as a gallery of static pages: `letterpress preview`.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Write a gallery of every layout for every persona at every client width.",
    discussion: """
      The gallery is a folder of static pages to be opened from disk. What is broken is marked on its
      page; everything else is there. The catalogue of the blocks goes beside it, into output/blocks,
      unless the gallery goes somewhere else.

      Examples:
        letterpress preview
        letterpress preview --project shop --output build/gallery
      """
  )

  @OptionGroup var options: ProjectOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The gallery's folder. Default: output/gallery in the project.",
      valueName: "dir"
    )
  )
  var output: String?

  @OptionGroup var findings: FindingsOptions

  func run() throws {
    let project = try options.load()
    let compiler = ProjectCompiler(project)
    let hasCatalogue = output == nil && !project.blockNames.isEmpty
    let catalogue = hasCatalogue ? CatalogueSource(compiler, hasGallery: true) : nil
    let source = GallerySource(
      compiler,
      blocksPage: catalogue.map { _ in CatalogueSource.pageFromGallery }
    )
    let folder = output ?? project.root + "/output/gallery"
    let progress = ProgressLine(total: source.messageCount, unit: "messages")
    do {
      try OutputFile.makeFolder(OutputFile.parent(of: folder))
      let summary = try GalleryWriter(path: folder).write(source.contents) { layout, persona in
        progress.step()
        return source.render(layout, persona)
      }
      progress.finish()
      try catalogue?.write()
      findings.show(source.diagnostics, in: compiler.sources)
      Terminal.tell("\(summary.messages) messages, \(summary.failures) not rendered\n")
      try OutputFile.write(Array((summary.page + "\n").utf8), to: 1)
    } catch {
      throw Exit.reporting(error)
    }
    if source.diagnostics.hasErrors { throw Exit.findings }
  }
}
