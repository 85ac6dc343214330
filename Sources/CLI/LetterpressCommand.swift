import ArgumentParser
import Letterpress

/// `letterpress`: checks, compiles and renders personalised email.
@main
struct LetterpressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letterpress",
    abstract: "A compiler for personalised email: MJML, Liquid, JSON Schema.",
    discussion: """
      Examples:
        letterpress new shop                        start a project
        letterpress check                           is everything right in it?
        letterpress preview                         write output/gallery/index.html
        letterpress render welcome --persona ada    one message, as HTML
        letterpress build                           compile to output/compiled/
        letterpress compile in.mjml -o out.html     MJML to HTML, as mjml does

      Exit codes: 0 all done · 1 errors were found · 64 wrong usage
      66 input is missing · 73 output cannot be created
      74 reading or writing failed
      """,
    version: CompilerVersion.current,
    subcommands: [
      BlocksCommand.self, BuildCommand.self, CheckCommand.self, CompileCommand.self,
      ExplainCommand.self,
      GrammarCommand.self, LiquidCommand.self, MigrateCommand.self, NewCommand.self,
      PreviewCommand.self, RenderCommand.self,
    ]
  )

  /// The program.
  static func main() { main(Self.normalized(Array(CommandLine.arguments.dropFirst()))) }

  /// The mjml command takes its options of yes and no with and without the word: `--config.minify`.
  private static func normalized(_ arguments: [String]) -> [String] {
    guard arguments.first == CompileCommand.configuration.commandName else { return arguments }
    return arguments.enumerated().map { index, argument in
      let next = arguments.indices.contains(index + 1) ? arguments[index + 1] : ""
      let isAlone = MJMLOptions.switches.contains(argument) && next != "true" && next != "false"
      return isAlone ? argument + "=true" : argument
    }
  }
}
