import ArgumentParser
import LetterpressDiagnostics
import LetterpressPages

/// `letterpress explain`: why a finding matters, with an example, wrong and right.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a finding matters, and show it wrong and right.",
    discussion: """
      Examples:
        letterpress explain optional-without-default
        letterpress explain                               the names of all findings
      """
  )

  @Argument(help: ArgumentHelp("The name of the finding, as it stands behind it.", valueName: "id"))
  var finding: String?

  func run() throws {
    guard let finding else {
      try show(FindingPages.byName.keys.sorted().map { $0 + "\n" }.joined())
      return
    }
    guard let page = FindingPages.byName[finding] else {
      let near = suggestion(for: finding, among: FindingPages.byName.keys.sorted())
      throw ValidationError(
        "there is no finding '\(finding)'" + (near.map { "; did you mean '\($0)'?" } ?? "")
      )
    }
    try show(page + "\n")
  }

  private func show(_ text: String) throws {
    do {
      try OutputFile.write(Array(text.utf8), to: 1)
    } catch {
      Terminal.complain(error.description)
      throw ExitCode(error.exit)
    }
  }
}
