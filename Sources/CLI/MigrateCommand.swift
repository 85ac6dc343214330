import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// `letterpress migrate`: templates of MJML 3 and 4 as MJML 5 has them.
struct MigrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Rewrite templates of MJML 3 and 4 as MJML 5 has them.",
    discussion: """
      Changes what has to change and nothing else; Liquid, comments and formatting stay. What cannot be
      migrated is reported at its place and left alone, and the command ends with 1.

      Examples:
        letterpress migrate old.mjml > new.mjml
        letterpress migrate mails/*.mjml --write
      """
  )

  @Argument(help: ArgumentHelp("Templates; '-' is standard input.", valueName: "file"))
  var files: [String]

  @Flag(help: "Rewrite the files in place of printing them.")
  var write = false

  @OptionGroup var findings: FindingsOptions

  func validate() throws {
    if write, files.contains("-") { throw ValidationError("standard input cannot be rewritten") }
    if !write, files.count > 1 { throw ValidationError("several templates need --write") }
  }

  func run() throws {
    var sources = SourceSet()
    var diagnostics: [Diagnostic] = []
    var exit = ExitCode.success
    for file in files {
      do {
        let migration = MJMLMigration(
          try InputFile.read(file),
          path: file == "-" ? "stdin" : file,
          sources: sources
        )
        sources = migration.sources
        diagnostics += migration.diagnostics
        if migration.diagnostics.hasErrors { exit = worse(exit, Exit.findings) }
        try put(migration, in: file)
      } catch let failure as InputFile.Failure {
        Terminal.complain(failure.description)
        exit = worse(exit, Exit.inputMissing)
      } catch let failure as OutputFile.Failure {
        Terminal.complain(failure.description)
        exit = worse(exit, ExitCode(failure.exit))
      }
    }
    findings.show(diagnostics, in: sources)
    if exit != .success { throw exit }
  }

  private func put(_ migration: MJMLMigration, in file: String) throws(OutputFile.Failure) {
    guard let bytes = migration.template else { return }
    if !write {
      try OutputFile.write(bytes, to: 1)
    } else if migration.hasChanged {
      try OutputFile.replace(file, with: bytes)
    }
  }

  private func worse(_ a: ExitCode, _ b: ExitCode) -> ExitCode { a.rawValue > b.rawValue ? a : b }
}
