import ArgumentParser
import Letterpress

/// The grammar of layouts, for editors: `letterpress grammar`.
struct GrammarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grammar",
    abstract: "Print the RELAX NG grammar of layouts, with the project's blocks.",
    discussion: """
      Editors complete elements and attributes from it (docs/EDITORS.md). Outside of a project, or with
      --mjml, it is the grammar of MJML and our own elements.

      Examples:
        letterpress grammar > letterpress.rng
        xmllint --noout --relaxng letterpress.rng layouts/welcome.mjml
      """
  )

  @Flag(help: "Without the blocks of a project.")
  var mjml = false

  @OptionGroup var options: ProjectOptions

  func run() throws {
    let text =
      mjml ? MJMLCompiler.grammar : ProjectCompiler(try options.load(), layouts: []).grammar
    do {
      try OutputFile.write(Array(text.utf8), to: 1)
    } catch {
      Terminal.complain(error.description)
      throw Exit.inputOutput
    }
  }
}
