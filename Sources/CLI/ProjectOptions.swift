import ArgumentParser
import Letterpress

/// `--project`, which every command that reads a project takes.
struct ProjectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project's folder.",
      discussion: "Default: the nearest folder upwards that has a letterpress.yaml.",
      valueName: "dir"
    )
  )
  var project: String?

  /// The project; the command ends with 66 where there is none.
  func load() throws -> Project {
    do {
      return try Project(at: project ?? Project.folder(from: "."))
    } catch {
      Terminal.complain(error.description)
      throw Exit.inputMissing
    }
  }
}
