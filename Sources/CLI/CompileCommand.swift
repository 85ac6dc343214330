public import ArgumentParser
public import Letterpress
import LetterpressDiagnostics

/// `letterpress compile`: MJML to HTML, as the `mjml` command does it.
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compile MJML to HTML; Liquid is kept as it stands.",
    discussion: """
      Takes the place of the mjml command: no project and no types are needed.

      Examples:
        letterpress compile newsletter.mjml                    HTML on standard output
        letterpress compile newsletter.mjml -o newsletter.html
        letterpress compile mails/*.mjml --output-dir build
        letterpress compile - < newsletter.mjml
      """
  )

  @Argument(help: ArgumentHelp("Templates; '-' is standard input.", valueName: "file"))
  var files: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("Where the HTML goes.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A folder for one HTML file for each template; it is made where it is missing.",
      valueName: "dir"
    )
  )
  var outputDir: String?

  @Option(
    name: [.customLong("validation"), .customLong("config.validationLevel")],
    help:
      "What becomes of unknown elements and attributes: soft warns, strict refuses, skip is silent."
  )
  var validation: MJMLCompiler.Validation = .soft

  @Option(
    name: [.customLong("includes"), .customLong("config.allowIncludes")],
    help: "Whether mj-include is followed."
  )
  var includes = true

  @OptionGroup var findings: FindingsOptions

  func validate() throws {
    if output != nil, outputDir != nil {
      throw ValidationError("either -o or --output-dir")
    }
    if output != nil, files.count > 1 {
      throw ValidationError("-o takes one template; use --output-dir for several")
    }
  }

  func run() throws {
    let compiler = MJMLCompiler(validation: validation, followsIncludes: includes)
    var worst: ExitCode = .success
    for file in files {
      let exit = try compile(file, with: compiler)
      if exit != .success { worst = exit }
    }
    if worst != .success { throw worst }
  }

  private func compile(_ file: String, with compiler: MJMLCompiler) throws -> ExitCode {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.read(file)
    } catch {
      Terminal.complain(error.description)
      return Exit.inputMissing
    }
    let result = compiler.compile(
      bytes,
      path: file == "-" ? "stdin" : file,
      folder: folder(of: file)
    )
    findings.show(result.diagnostics, in: result.sources)
    guard let html = result.html else { return Exit.findings }
    do {
      try write(html, of: file)
      return .success
    } catch let failure as OutputFile.Failure {
      Terminal.complain(failure.description)
      return ExitCode(failure.exit)
    }
  }

  private func write(_ html: [UInt8], of file: String) throws {
    if let outputDir {
      try OutputFile.makeFolder(outputDir)
      let name = file.split(separator: "/").last.map(String.init) ?? "stdin"
      let stem = name.hasSuffix(".mjml") ? String(name.dropLast(5)) : name
      try OutputFile.replace("\(outputDir)/\(stem == "-" ? "stdin" : stem).html", with: html)
    } else if let output {
      try OutputFile.replace(output, with: html)
    } else {
      try OutputFile.write(html, to: 1)
    }
  }

  private func folder(of file: String) -> String {
    guard file != "-", let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}

extension MJMLCompiler.Validation: ExpressibleByArgument {}
