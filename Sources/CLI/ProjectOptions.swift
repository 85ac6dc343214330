import ArgumentParser
import Letterpress
import LetterpressDiagnostics

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

extension Project {
  /// The names that were given, or all layouts; the command ends with 66 where one does not exist.
  func layouts(named names: [String]) throws -> [String] {
    let all = layoutNames
    for name in names where !all.contains(name) {
      let hint = suggestion(for: name, among: all).map { "; did you mean '\($0)'?" } ?? ""
      Terminal.complain("there is no layout '\(name)' in \(root)/layouts\(hint)")
      throw Exit.inputMissing
    }
    return names.isEmpty ? all : names
  }
}
