import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// `letterpress build`: compiled emails for production.
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Compile layouts to files that render without a project.",
    discussion: """
      Writes NAME.letterpress for each layout, by default to output/compiled/: all that \
      'letterpress render' and the library need, with a checksum and the hashes of schema \
      and sources. The same sources give the same bytes.

      Examples:
        letterpress build
        letterpress build welcome --output-dir dist
        letterpress render output/compiled/welcome.letterpress --profile ada.json
      """
  )

  @Argument(help: ArgumentHelp("Layouts; without any, all of them.", valueName: "layout"))
  var layouts: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder for the files.",
      discussion: "Default: output/compiled in the project.",
      valueName: "dir"
    )
  )
  var outputDir: String?

  @OptionGroup var options: ProjectOptions
  @OptionGroup var findings: FindingsOptions

  func run() throws {
    let project = try options.load()
    let names = try project.layouts(named: layouts)
    let compiler = ProjectCompiler(project, layouts: names)
    var diagnostics = compiler.projectDiagnostics
    var artefacts: [(name: String, bytes: [UInt8])] = []
    for name in names {
      guard let compilation = compiler.compile(name) else { continue }
      diagnostics += compilation.diagnostics
      if let bytes = compilation.artefact() { artefacts.append((name, bytes)) }
    }
    try findings.print(diagnostics.sortedForDisplay(in: compiler.sources), in: compiler.sources)
    try write(artefacts, to: outputDir ?? project.root + "/output/compiled")
    if artefacts.count < names.count { throw Exit.findings }
  }

  private func write(_ artefacts: [(name: String, bytes: [UInt8])], to folder: String) throws {
    do {
      if !artefacts.isEmpty { try OutputFile.makeFolder(folder) }
      for (name, bytes) in artefacts {
        // What cannot be loaded must not take the place of what could.
        _ = try CompiledEmail(artefact: bytes)
        try OutputFile.replace("\(folder)/\(name).letterpress", with: bytes)
      }
    } catch let error as ArtefactError {
      Terminal.complain(error.description)
      throw Exit.findings
    } catch let failure as OutputFile.Failure {
      Terminal.complain(failure.description)
      throw ExitCode(failure.exit)
    }
  }
}
