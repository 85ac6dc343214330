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
      page; everything else is there.

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
    let source = GallerySource(compiler)
    let folder = output ?? project.root + "/output/gallery"
    let progress = ProgressLine(total: source.messageCount, unit: "messages")
    do {
      try OutputFile.makeFolder(folder.parentFolder)
      let summary = try GalleryWriter(path: folder).write(source.contents) { layout, persona in
        progress.step()
        return source.render(layout, persona)
      }
      progress.finish()
      findings.show(source.diagnostics, in: compiler.sources)
      Terminal.tell("\(summary.messages) messages, \(summary.failures) not rendered\n")
      try OutputFile.write(Array((summary.page + "\n").utf8), to: 1)
    } catch let error as GalleryError {
      Terminal.complain(error.description)
      if case .cannotWrite = error { throw Exit.inputOutput }
      throw Exit.cannotCreate
    } catch let failure as OutputFile.Failure {
      Terminal.complain(failure.description)
      throw ExitCode(failure.exit)
    }
    if source.diagnostics.hasErrors { throw Exit.findings }
  }
}

extension String {
  /// The folder that a path lies in.
  fileprivate var parentFolder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}
