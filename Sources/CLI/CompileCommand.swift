import ArgumentParser
import Letterpress

/// `letterpress compile`: MJML to HTML, as the `mjml` command does it.
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compile MJML to HTML; Liquid is kept as it stands.",
    discussion: """
      Takes the place of the mjml command and knows its options: no project and no types are needed.
      Findings go to standard error; those of --validate to standard output where a machine reads them.

      Examples:
        letterpress compile letter.mjml                  HTML on standard output
        letterpress compile letter.mjml -o letter.html
        letterpress compile mails/*.mjml -o build/       one file each
        letterpress compile 'mails/**/*.mjml' --output-dir build
        letterpress compile -i -s --minify < letter.mjml
        letterpress compile -w mails/*.mjml -o build/    after each change again
        letterpress compile -v mails/*.mjml              only look for mistakes
      """
  )

  @Argument(help: ArgumentHelp("Templates; '-' is standard input.", valueName: "file"))
  var files: [String] = []

  @OptionGroup(title: "What to do") var input: InputOptions

  @OptionGroup(title: "Output") var destination: DestinationOptions

  @OptionGroup(title: "MJML") var mjml: MJMLOptions

  @OptionGroup var findings: FindingsOptions

  func validate() throws {
    let inputs = [files, input.read, input.check, input.watch].map(Self.expanded)
    let given = (inputs + [input.stdin ? ["-"] : []]).filter { !$0.isEmpty }
    guard given.count == 1 else {
      throw ValidationError(
        given.isEmpty
          ? "no template is named; '-' is standard input"
          : "templates come either as arguments or from one of -r, -v, -w and -i"
      )
    }
    if !input.watch.isEmpty, input.watch.contains("-") {
      throw ValidationError("standard input cannot be watched")
    }
    try destination.validate(for: given[0])
  }

  func run() throws {
    let isValidating = !input.check.isEmpty
    var run = TemplateRun(
      compiler: mjml.compiler(validation: isValidating ? .strict : .soft),
      output: isValidating ? nil : destination.output(isWatching: !input.watch.isEmpty),
      filePath: mjml.filePath
    )
    if !input.watch.isEmpty {
      var watch = TemplateWatch(run, findings: findings)
      throw try watch.watch(Self.expanded(input.watch))
    }
    let templates = input.stdin ? ["-"] : Self.expanded(files + input.read + input.check)
    for template in templates { run.compile(template) }
    try run.report(as: findings)
    if run.exit != .success { throw run.exit }
  }

  /// Names with patterns in the place of which are the files that match; a pattern that matches none stays,
  /// to be found missing.
  private static func expanded(_ names: [String]) -> [String] {
    names.flatMap { name -> [String] in
      guard FileAccess.stamp(of: name) == nil, let pattern = FilePattern(name) else {
        return [name]
      }
      let files = pattern.files
      return files.isEmpty ? [name] : files
    }
  }
}
