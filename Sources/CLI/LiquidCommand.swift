import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// A Liquid file rendered by itself: `letterpress liquid`.
struct LiquidCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "liquid",
    abstract: "Render a Liquid file with JSON data; no types, no escaping.",
    discussion: """
      Behaves as Shopify's Liquid in strict mode, with limits on work and size.

      Examples:
        letterpress liquid page.liquid --data page.json
        echo '{{ "now" | date: "%Y" }}' | letterpress liquid -
        letterpress liquid index.liquid --data site.json --partials snippets
      """
  )

  @Argument(help: ArgumentHelp("The template; '-' is standard input.", valueName: "file"))
  var template: String

  @Option(help: ArgumentHelp("A JSON object with the template's variables.", valueName: "file"))
  var data: String?

  @Option(
    help: ArgumentHelp("The folder that partials are read from: NAME.liquid.", valueName: "dir")
  )
  var partials: String?

  @OptionGroup var findings: FindingsOptions

  func run() throws {
    do {
      var template = LiquidTemplate(
        try InputFile.read(self.template),
        path: self.template == "-" ? "stdin" : self.template,
        partials: partials
      )
      if template.diagnostics.hasErrors {
        findings.show(template.diagnostics, in: template.sources)
        throw Exit.findings
      }
      let text = try template.render(json: try data.map(InputFile.read))
      findings.show(template.diagnostics, in: template.sources)
      try OutputFile.write(text, to: 1)
    } catch let failure as InputFile.Failure {
      Terminal.complain(failure.description)
      throw Exit.inputMissing
    } catch let failure as LiquidTemplate.InvalidData {
      Terminal.complain(failure.description)
      throw Exit.findings
    } catch let failure as LiquidTemplate.Failure {
      findings.show([failure.diagnostic], in: failure.sources)
      throw Exit.findings
    } catch let failure as OutputFile.Failure {
      Terminal.complain(failure.description)
      throw ExitCode(failure.exit)
    }
  }
}
