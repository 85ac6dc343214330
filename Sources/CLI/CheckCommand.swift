import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// Asks whether everything is right in a project: `letterpress check`.
struct CheckCommand: ParsableCommand {
  /// From which severity on the command fails.
  enum FailLevel: String, ExpressibleByArgument, CaseIterable {
    case error
    case warning
    case never
  }

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a project's layouts, blocks, schema and personas.",
    discussion: """
      Says nothing and ends with 0 where all is right.

      Examples:
        letterpress check
        letterpress check --layout welcome
        letterpress check --project shop --format json
        letterpress check --fix
        letterpress check --list-aborts
        letterpress check --watch
        letterpress check --write-baseline letterpress-baseline.json
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

  @Flag(help: "Apply the fixes that are safe, then check again.")
  var fix = false

  @Flag(help: "Check again whenever a file changes, and show what is new, until you stop it.")
  var watch = false

  @Option(help: "From which severity on the command fails.")
  var failLevel: FailLevel = .error

  @Option(help: ArgumentHelp("Leave out the findings of this baseline.", valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp("Write what is found now as a baseline, and end with 0.", valueName: "file")
  )
  var writeBaseline: String?

  @Flag(
    help: "List where layouts skip a recipient ('abort'), with the reasons, on standard output."
  )
  var listAborts = false

  @OptionGroup var findings: FindingsOptions

  func run() throws {
    let project = try options.load()
    let names = try project.layouts(named: layout)
    if watch {
      var watch = ProjectWatch(project, layouts: layout, findings: findings)
      throw try watch.watch()
    }
    var compiler = ProjectCompiler(project, layouts: names)
    var diagnostics = compiler.check()
    if fix { try applyFixes(to: project, names, &compiler, &diagnostics) }
    if let writeBaseline {
      let baseline = Baseline(diagnostics, in: compiler.sources)
      try write(baseline.json, to: writeBaseline)
      return
    }
    if let baseline {
      diagnostics = try read(baseline).new(in: diagnostics, sources: compiler.sources)
    }
    let skips = compiler.skipReasons()
    if listAborts, !findings.format.isForMachines {
      findings.show(diagnostics, in: compiler.sources)
      let listing = SkipListing(reasons: skips, sources: compiler.sources)
      try write(Array(listing.text.utf8), to: nil)
    } else {
      try findings.print(diagnostics, in: compiler.sources, skips: skips)
      if findings.format == .text, !skips.isEmpty {
        let places = skips.count == 1 ? "1 place skips" : "\(skips.count) places skip"
        Terminal.tell("\(places) a recipient; --list-aborts lists them\n")
      }
    }
    let fails =
      switch failLevel {
      case .error: diagnostics.hasErrors
      case .warning: !diagnostics.isEmpty
      case .never: false
      }
    if fails { throw Exit.findings }
  }

  /// A fix can bring the next one to light, so this goes on while something changes; ten rounds at most.
  private func applyFixes(
    to project: Project,
    _ names: [String],
    _ compiler: inout ProjectCompiler,
    _ diagnostics: inout [Diagnostic]
  ) throws {
    for _ in 0..<10 {
      let application = FixApplication(diagnostics, in: compiler.sources)
      guard application.count > 0 else { return }
      for (path, bytes) in application.files { try write(bytes, to: project.root + "/" + path) }
      Terminal.tell("\(application.count) fixes applied\n")
      compiler = ProjectCompiler(try Project(at: project.root), layouts: names)
      diagnostics = compiler.check()
    }
  }

  private func read(_ path: String) throws -> Baseline {
    do {
      return try Baseline(json: try InputFile.read(path))
    } catch let failure as InputFile.Failure {
      Terminal.complain(failure.description)
      throw Exit.inputMissing
    } catch {
      Terminal.complain("'\(path)' is no baseline; write one with --write-baseline")
      throw Exit.inputMissing
    }
  }

  /// Writes to a file, or to standard output.
  private func write(_ bytes: [UInt8], to path: String?) throws {
    do {
      if let path {
        try OutputFile.replace(path, with: bytes)
      } else {
        try OutputFile.write(bytes, to: 1)
      }
    } catch {
      Terminal.complain(error.description)
      throw ExitCode(error.exit)
    }
  }
}
