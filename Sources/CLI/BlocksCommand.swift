import ArgumentParser
import Letterpress
import LetterpressDiagnostics
import LetterpressGallery

/// The catalogue of a project's blocks: `letterpress blocks`.
struct BlocksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blocks",
    abstract: "Write a catalogue of the blocks: contracts, live examples, uses, source.",
    discussion: """
      The catalogue is a folder of static pages to be opened from disk. Each lp-example of a block is
      shown as a message, on a phone and on a desktop.

      Examples:
        letterpress blocks
        letterpress blocks --project shop --output build/blocks
      """
  )

  @OptionGroup var options: ProjectOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The catalogue's folder. Default: output/blocks in the project.",
      valueName: "dir"
    )
  )
  var output: String?

  @OptionGroup var findings: FindingsOptions

  func run() throws {
    let project = try options.load()
    let compiler = ProjectCompiler(project)
    let gallery = project.root + "/output/gallery/index.html"
    let source = CatalogueSource(
      compiler,
      output: output,
      hasGallery: output == nil && FileAccess.realPath(gallery) != nil
    )
    do {
      let page = try source.write()
      findings.show(source.diagnostics, in: compiler.sources)
      Terminal.tell("\(source.contents.blocks.count) blocks\n")
      try OutputFile.write(Array((page + "\n").utf8), to: 1)
    } catch {
      throw Exit.reporting(error)
    }
    if source.diagnostics.hasErrors { throw Exit.findings }
  }
}
