import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// Templates compiled one after the other: a broken one never hides the others.
struct TemplateRun {
  let compiler: MJMLCompiler
  /// nil: only look for mistakes.
  let output: TemplateOutput?
  /// The folder of includes; nil for each template's own.
  let includeFolder: String?
  /// What was found, in the order of the templates.
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var sources = SourceSet()
  /// The worst that happened: what cannot be read or written is worse than a mistake in a template.
  private(set) var exit: ExitCode = .success

  init(compiler: MJMLCompiler, output: TemplateOutput?, filePath: String?) {
    self.compiler = compiler
    self.output = output
    includeFolder = filePath.map { FileAccess.isFolder($0) ? $0 : Self.folder(of: $0) }
  }

  /// Compiles a template; returns the files that its HTML depends on, itself first.
  @discardableResult
  mutating func compile(_ template: String) -> [String] {
    let bytes: [UInt8]
    do {
      bytes = try InputFile.read(template)
    } catch {
      Terminal.complain(error.description)
      fail(Exit.inputMissing)
      return [template]
    }
    let folder = includeFolder ?? Self.folder(of: template)
    let first = sources.files.count
    let result = compiler.compile(
      bytes,
      path: template == "-" ? "stdin" : template,
      folder: folder,
      sources: sources
    )
    sources = result.sources
    diagnostics += result.diagnostics
    if let html = result.html {
      write(html, of: template)
    } else {
      fail(Exit.findings)
    }
    return [template] + sources.files[first...].dropFirst().map { "\(folder)/\($0.path)" }
  }

  /// Shows what was found so far and forgets it.
  mutating func report(as findings: FindingsOptions) throws {
    defer {
      diagnostics = []
      sources = SourceSet()
    }
    if output == nil {
      try findings.print(diagnostics, in: sources)
    } else {
      findings.show(diagnostics, in: sources)
    }
  }

  private mutating func write(_ html: [UInt8], of template: String) {
    guard let output else { return }
    do throws(OutputFile.Failure) {
      try output.write(html, of: template)
    } catch {
      Terminal.complain(error.description)
      fail(ExitCode(error.exit))
    }
  }

  private mutating func fail(_ code: ExitCode) {
    if code.rawValue > exit.rawValue { exit = code }
  }

  private static func folder(of file: String) -> String {
    guard file != "-", let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}
