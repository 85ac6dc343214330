import ArgumentParser
import Letterpress

/// Beginnings: `letterpress new`.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Start a project, a block or a layout.",
    discussion: """
      What is there is never overwritten.

      Examples:
        letterpress new shop                a project in the folder 'shop'
        letterpress new block price-tag     blocks/price-tag.mjml in this project
        letterpress new layout goodbye      layouts/goodbye.mjml in this project
      """,
    subcommands: [NewProject.self, NewBlock.self, NewLayout.self],
    defaultSubcommand: NewProject.self
  )
}

/// A small project that checks, previews and renders.
struct NewProject: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project",
    abstract: "Start a project. (default)"
  )

  @Argument(
    help: ArgumentHelp(
      "The folder; it is made where it is missing. Default: this one.",
      valueName: "dir"
    )
  )
  var folder: String = "."

  func run() throws {
    let real = FileAccess.realPath(folder) ?? folder
    let name = real.split(separator: "/").last.map(String.init) ?? "letters"
    try NewFiles.write(Scaffold.project(title: name), to: folder)
    let place = folder == "." ? "" : " --project \(folder)"
    Terminal.tell("next: letterpress preview\(place)\n")
  }
}

/// A block in an existing project.
struct NewBlock: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block",
    abstract: "Start a block in this project.",
    discussion: """
      Example:
        letterpress new block price-tag     blocks/price-tag.mjml
      """
  )

  @Argument(help: "The element's name: lower-case letters, digits and hyphens.")
  var name: String

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let project = try options.load()
    try NewFiles.write(try NewFiles.valid { try Scaffold.block(named: name) }, to: project.root)
  }
}

/// A layout in an existing project.
struct NewLayout: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layout",
    abstract: "Start a layout in this project.",
    discussion: """
      Example:
        letterpress new layout goodbye      layouts/goodbye.mjml
      """
  )

  @Argument(help: "The layout's name: lower-case letters, digits and hyphens.")
  var name: String

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let project = try options.load()
    try NewFiles.write(try NewFiles.valid { try Scaffold.layout(named: name) }, to: project.root)
  }
}

/// Writing the files that something begins with.
private enum NewFiles {
  /// A name that cannot be used is wrong usage.
  static func valid(_ files: () throws -> [Scaffold.File]) throws -> [Scaffold.File] {
    do {
      return try files()
    } catch let error as Scaffold.InvalidName {
      throw ValidationError(error.description)
    }
  }

  /// Writes all files, or none where one of them is there already, and says where they are.
  static func write(_ files: [Scaffold.File], to folder: String) throws {
    // A repository that has rules of its own on what to ignore keeps them.
    let files = files.filter { file in
      file.path != ".gitignore" || FileAccess.realPath("\(folder)/.gitignore") == nil
    }
    let paths = files.map { folder == "." ? $0.path : "\(folder)/\($0.path)" }
    // The check comes first, so that nothing is half-made; creating refuses once more by itself.
    for path in paths where FileAccess.realPath(path) != nil {
      Terminal.complain("'\(path)' is there already")
      throw Exit.cannotCreate
    }
    do {
      for (path, file) in zip(paths, files) {
        try OutputFile.makeFolder(OutputFile.parent(of: path))
        try OutputFile.create(path, with: Array(file.text.utf8))
      }
      let list = paths.map { $0 + "\n" }.joined()
      try OutputFile.write(Array(list.utf8), to: 1)
    } catch {
      throw Exit.reporting(error)
    }
  }
}
