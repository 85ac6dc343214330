import ArgumentParser
import Letterpress
import LetterpressDiagnostics
import LetterpressMessage

/// `letterpress render`: one message, or one for each of many recipients.
struct RenderCommand: ParsableCommand {
  /// A part of a message.
  enum MessagePart: String, ExpressibleByArgument, CaseIterable {
    case html
    case text
    case subject
    case preheader
    /// All of it, with its header.
    case message

    func bytes(
      of email: CompiledEmail,
      for recipient: Recipient,
      now: String?
    ) throws(RenderFailure) -> [UInt8] {
      if self == .message { return try email.message(for: recipient, now: now) }
      let message = try email.render(recipient, now: now)
      return switch self {
      case .html, .message: message.html
      case .text: message.text
      case .subject: Array(((message.texts[.subject] ?? "") + "\n").utf8)
      case .preheader: Array(((message.texts[.preheader] ?? "") + "\n").utf8)
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Render a layout: for one recipient as HTML, or for many.",
    discussion: """
      Examples:
        letterpress render welcome --persona ada > welcome.html
        letterpress render welcome --persona ada --part text
        letterpress render welcome --persona ada --part message > ada.eml
        letterpress render welcome --profile profile.json --project shop
        letterpress render output/compiled/welcome.letterpress --profile profile.json
        letterpress render welcome --profiles all.ndjson --to mbox -o mails.mbox
        letterpress render welcome --profiles all.csv --where "profile.age > 17" \\
            --to maildir -o outbox
        letterpress render welcome --profiles all.csv --to null --stats json

      A recipient whom the template skips (abort) is no failure: the reason goes to
      standard error, nothing is written, and the exit code is 0.
      """
  )

  @Argument(
    help: ArgumentHelp(
      "The layout's name, or a file that 'letterpress build' wrote.",
      valueName: "layout"
    )
  )
  var layout: String

  @Option(help: ArgumentHelp("A persona of the project.", valueName: "name"))
  var persona: String?

  @Option(
    help: ArgumentHelp(
      "A JSON file with one profile; '-' is standard input.",
      valueName: "file"
    )
  )
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "The send time, as RFC 3339 writes it. Default: the persona's, else the time of day.",
      valueName: "time"
    )
  )
  var now: String?

  @Option(help: "Which part of the message; 'message' is all of it, with its header.")
  var part: MessagePart = .html

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the part goes, or the messages of --profiles.", valueName: "path")
  )
  var output: String?

  @OptionGroup(title: "Many recipients") var batch: BatchRenderOptions
  @OptionGroup var options: ProjectOptions
  @OptionGroup var findings: FindingsOptions

  func validate() throws {
    guard [persona, profile, batch.profiles].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("give one of --persona, --profile and --profiles")
    }
    if batch.profiles == nil, batch.to != .stdout, batch.to != .eml {
      throw ValidationError("--to \(batch.to.rawValue) wants --profiles")
    }
    if persona != nil, CompiledEmail.isArtefact(layout) {
      throw ValidationError("a compiled email has no personas; give --profile")
    }
  }

  func run() throws {
    let template = try CompiledEmail.isArtefact(layout) ? loaded() : compiled()
    let seconds = try now.map(seconds)
    if let batchOptions = try batch.batch(output: output, now: seconds) {
      return try run(batchOptions, template)
    }
    let recipient = try recipient(of: template)
    do {
      let part = batch.to == .eml ? .message : part
      let bytes = try part.bytes(of: template.email, for: recipient, now: now)
      if let output {
        try OutputFile.replace(output, with: bytes)
      } else {
        try OutputFile.write(bytes, to: 1)
      }
    } catch let error as RenderFailure where error.isIntended {
      // As of a batch: nobody failed, and there is nothing to send.
      Terminal.tell("\(error.place): skipped: \(error.message)\n")
    } catch let error as RenderFailure {
      findings.show([error.diagnostic], in: template.email.sources)
      throw Exit.findings
    } catch let failure as OutputFile.Failure {
      Terminal.complain(failure.description)
      throw ExitCode(failure.exit)
    }
  }

  private func seconds(_ time: String) throws -> Int {
    if let seconds = CompiledEmail.seconds(time) { return seconds }
    throw ValidationError("--now takes a time such as 2026-11-24T09:00:00Z")
  }

  private func run(_ options: BatchOptions, _ template: Template) throws {
    var email = template.email
    if let path = batch.recipient {
      do {
        email = try email.addressed(to: path)
      } catch {
        let hint = error.suggestion.map { ": did you mean '\($0)'?" } ?? ""
        throw ValidationError("--recipient: \(error.message)\(hint)")
      }
    }
    let needsHeader =
      options.output.holdsMessages || options.output == .null && batch.measure == .message
    if needsHeader, !email.missingForMessages.isEmpty {
      findings.show(email.missingForMessages, in: email.sources)
      throw Exit.findings
    }
    var rendering = BatchRendering(email: email, fingerprint: template.fingerprint)
    rendering.measured = batch.measure
    rendering.qualityPath = batch.quality
    if let text = batch.condition {
      do {
        let condition = try RowCondition(text, for: email, of: template.compiler)
        rendering.condition = (text, condition)
      } catch {
        findings.show(error.diagnostics, in: error.sources)
        throw Exit.findings
      }
    }
    try rendering.run(options, stats: batch.stats != nil)
  }

  /// What is rendered, and where it comes from.
  private struct Template {
    var email: CompiledEmail
    /// The same for the same sources: what a batch that goes on has to find unchanged.
    var fingerprint: String
    /// nil of an artefact.
    var compiler: ProjectCompiler?
  }

  private func compiled() throws -> Template {
    let project = try options.load()
    let names = try project.layouts(named: [layout])
    let compiler = ProjectCompiler(project, layouts: names)
    guard let compilation = compiler.compile(layout) else { throw Exit.inputMissing }
    guard let email = compilation.email else {
      findings.show(compiler.shown(compilation), in: compiler.sources)
      throw Exit.findings
    }
    return Template(email: email, fingerprint: compiler.fingerprint, compiler: compiler)
  }

  private func loaded() throws -> Template {
    do {
      let email = try CompiledEmail(contentsOf: layout)
      return Template(email: email, fingerprint: email.origin?.sourcesHash ?? "")
    } catch {
      Terminal.complain(error.description)
      throw Exit.inputMissing
    }
  }

  private func recipient(of template: Template) throws -> Recipient {
    do {
      if let persona, let compiler = template.compiler {
        return try compiler.recipient(persona: persona)
      }
      let path = profile ?? "-"
      let json = try InputFile.read(path)
      return try template.email.recipient(profile: json, path: path)
    } catch let failure as InputFile.Failure {
      Terminal.complain(failure.description)
      throw Exit.inputMissing
    } catch let failure as Recipient.Failure {
      findings.show(failure.diagnostics, in: failure.sources)
      throw failure.isMissing ? Exit.inputMissing : Exit.findings
    }
  }
}
