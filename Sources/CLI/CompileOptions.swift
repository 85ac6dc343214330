public import ArgumentParser
public import Letterpress

/// Where templates come from and what becomes of them.
struct InputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    parsing: .upToNextOption,
    help: ArgumentHelp("Compile these templates; the same as naming them alone.", valueName: "file")
  )
  var read: [String] = []

  @Flag(name: [.customShort("i"), .customLong("stdin")], help: "Compile standard input.")
  var stdin = false

  @Option(
    name: .shortAndLong,
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Compile these templates, and again when they or their includes change.",
      valueName: "file"
    )
  )
  var watch: [String] = []

  @Option(
    name: [.customShort("v"), .customLong("validate")],
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Only look for mistakes in these templates, strictly unless --validation says otherwise.",
      valueName: "file"
    )
  )
  var check: [String] = []
}

/// Where the HTML goes.
struct DestinationOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Where the HTML goes: a file, or a folder (which exists, or ends with '/').",
      valueName: "path"
    )
  )
  var output: String?

  @Flag(name: .shortAndLong, help: "The HTML goes to standard output, as it does without -o.")
  var stdout = false

  @Option(
    help: ArgumentHelp(
      "A folder for one HTML file for each template; it is made where it is missing.",
      valueName: "dir"
    )
  )
  var outputDir: String?

  // What it leaves out is never written here.
  @Flag(name: .customLong("noStdoutFileComment"), help: .hidden)
  var noFileComment = false

  /// Refuses what cannot go where it should.
  func validate(for templates: [String]) throws {
    guard [output != nil, outputDir != nil, stdout].filter(\.self).count <= 1 else {
      throw ValidationError("only one of -o, --output-dir and -s")
    }
    let output = output(isWatching: false)
    if case .file = output, templates.count > 1 {
      throw ValidationError("-o with several templates takes a folder: a name that ends with '/'")
    }
    var taken: [String: String] = [:]
    for template in templates {
      guard let path = output.path(of: template) else { continue }
      if let other = taken.updateValue(template, forKey: path) {
        throw ValidationError("'\(other)' and '\(template)' would both be written to '\(path)'")
      }
    }
  }

  /// A watched template without -o goes into the current folder.
  func output(isWatching: Bool) -> TemplateOutput {
    if let outputDir { return .folder(outputDir) }
    if let output { return TemplateOutput(output) }
    return isWatching && !stdout ? .folder(".") : .standardOutput
  }
}

/// What MJML calls its configuration: `--config.NAME` and `-c.NAME`.
struct MJMLOptions: ParsableArguments {
  @Option(
    name: [
      .customLong("validation"), .customLong("config.validationLevel"),
      .customLong("c.validationLevel", withSingleDash: true),
    ],
    help:
      "What becomes of unknown elements and attributes: soft warns, strict refuses, skip is silent."
  )
  var validation: MJMLCompiler.Validation?

  @Option(
    name: [
      .customLong("includes"), .customLong("config.allowIncludes"),
      .customLong("c.allowIncludes", withSingleDash: true),
    ],
    help: "Whether mj-include is followed."
  )
  var includes = true

  @Flag(help: "Take out the white space that no client shows.")
  var minify = false

  @Option(
    name: [
      .customLong("config.minify"), .customLong("c.minify", withSingleDash: true),
    ],
    help: "The same as --minify."
  )
  var minifyOption: Bool?

  @Flag(help: "Break the HTML into indented lines.")
  var beautify = false

  @Option(
    name: [
      .customLong("config.beautify"), .customLong("c.beautify", withSingleDash: true),
    ],
    help: "The same as --beautify."
  )
  var beautifyOption: Bool?

  @Option(
    name: [
      .customLong("config.keepComments"), .customLong("c.keepComments", withSingleDash: true),
    ],
    help: "Whether comments are kept; those for Outlook always are."
  )
  var keepComments = true

  @Option(
    name: [
      .customLong("config.printerSupport"), .customLong("c.printerSupport", withSingleDash: true),
    ],
    help: "Whether columns stand side by side on paper, too."
  )
  var printerSupport = false

  @Option(
    name: [
      .customLong("config.fonts"), .customLong("c.fonts", withSingleDash: true),
    ],
    help: ArgumentHelp(
      "The web fonts that need no mj-font, in place of MJML's five: a JSON object, name to URL.",
      valueName: "json"
    ),
    transform: Self.reading(MJMLConfiguration.fonts)
  )
  var fonts: [MJMLCompiler.WebFont]?

  @Option(
    name: [
      .customLong("config.minifyOptions"), .customLong("c.minifyOptions", withSingleDash: true),
    ],
    help: ArgumentHelp(
      "A JSON object; of it collapseWhitespace and removeComments count.",
      valueName: "json"
    ),
    transform: Self.reading(MJMLConfiguration.minifyOptions)
  )
  var minifyOptions = MJMLConfiguration.MinifyOptions()

  @Option(
    name: [
      .customLong("config.includePath"), .customLong("c.includePath", withSingleDash: true),
    ],
    help: ArgumentHelp(
      "A folder outside of the template's that includes may read, or a JSON array of such.",
      valueName: "path"
    ),
    transform: Self.reading(MJMLConfiguration.folders)
  )
  var includeFolders: [String] = []

  @Option(
    name: [
      .customLong("config.filePath"), .customLong("c.filePath", withSingleDash: true),
    ],
    help: ArgumentHelp(
      "The folder, or a file in it, that includes are read from, in place of the template's.",
      valueName: "path"
    )
  )
  var filePath: String?

  /// A value that is read from JSON; what is wrong with it is a mistake in the usage.
  private static func reading<Value: Sendable>(
    _ read: @escaping @Sendable (String) throws -> Value
  ) -> @Sendable (String) throws -> Value {
    { text in
      do {
        return try read(text)
      } catch {
        throw ValidationError("\(error)")
      }
    }
  }

  /// Those that may stand without a value.
  static let switches: Set<String> = Set(
    ["minify", "beautify", "keepComments", "allowIncludes", "printerSupport"].flatMap {
      ["--config.\($0)", "-c.\($0)"]
    }
  )

  /// The compiler that these ask for; `validation` is the level where none is named.
  func compiler(validation level: MJMLCompiler.Validation) -> MJMLCompiler {
    var keepsComments = keepComments
    var compiler = MJMLCompiler(validation: validation ?? level, followsIncludes: includes)
    if minify || minifyOption == true {
      compiler.spacing = minifyOptions.collapsesWhiteSpace ? .minified : .plain
      if minifyOptions.removesComments { keepsComments = false }
    } else if beautify || beautifyOption == true {
      compiler.spacing = .beautified
    }
    compiler.keepsComments = keepsComments
    compiler.fonts = fonts
    compiler.includeFolders = includeFolders
    compiler.supportsPrinters = printerSupport
    return compiler
  }
}

extension MJMLCompiler.Validation: ExpressibleByArgument {}
