import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// Asks whether everything is right in a project: `letterpress check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a project's layouts, blocks, schema and personas.",
    discussion: """
      Says nothing and ends with 0 where all is right.

      Examples:
        letterpress check
        letterpress check --layout welcome
        letterpress check --project shop --format json
      """
  )

  @OptionGroup var options: ProjectOptions

  @Option(
    help: ArgumentHelp(
      "Only this layout, with what it uses; may be repeated.",
      valueName: "name"
    )
  )
  var layout: [String] = []

  @OptionGroup var findings: FindingsOptions

  func run() throws {
    let project = try options.load()
    let names = try project.layouts(named: layout)
    let compiler = ProjectCompiler(project, layouts: names)
    let diagnostics = compiler.check()
    try findings.print(diagnostics, in: compiler.sources)
    if diagnostics.hasErrors { throw Exit.findings }
  }
}
