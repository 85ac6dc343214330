import ArgumentParser
import Letterpress
import LetterpressDiagnostics
import LetterpressMessage
import LetterpressProfiles

/// The options of `letterpress render LAYOUT --profiles FILE`.
struct BatchRenderOptions: ParsableArguments {
  /// Where messages go.
  enum Destination: String, ExpressibleByArgument, CaseIterable {
    case ndjson
    case sqlite
    case stdout
    case null
  }

  @Option(
    help: ArgumentHelp(
      "Many recipients: NDJSON, JSON, CSV or SQLite; '-' is NDJSON on standard input.",
      valueName: "file"
    )
  )
  var profiles: String?

  @Option(help: "Where the messages of --profiles go: a line, or a row, for each.")
  var to: Destination = .stdout

  @Option(help: ArgumentHelp("The file for --to ndjson and --to sqlite.", valueName: "file"))
  var batchOutput: String?

  @Option(
    help: ArgumentHelp(
      "A second row with the same value of this field is rejected.",
      valueName: "path"
    )
  )
  var key: String?

  @Option(help: ArgumentHelp("At most as many rows.", valueName: "n"))
  var limit: Int?

  @Option(help: ArgumentHelp("Only a share of the rows, the same each time.", valueName: "0…1"))
  var sample: Double?

  @Option(help: ArgumentHelp("The file for what is wrong with rows.", valueName: "file"))
  var rejects: String?

  @Option(help: ArgumentHelp("Stop once more rows are rejected.", valueName: "n"))
  var maxRejects: Int?

  @Flag(help: "Go on with the run that was stopped.")
  var resume = false

  @Flag(help: "Replace an output that exists.")
  var overwrite = false

  @Option(help: ArgumentHelp("Threads; by default one for each core.", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Render each profile as often, for measuring.", valueName: "n"))
  var `repeat`: Int?

  @Option(help: "Print what the run cost, as json.")
  var stats: StatisticsFormat?

  /// A form of the run's figures.
  enum StatisticsFormat: String, ExpressibleByArgument, CaseIterable {
    case json
  }

  /// The batch; nil without --profiles.
  func batch(now: Int?) throws -> BatchOptions? {
    guard let profiles else { return nil }
    let path = profiles == "-" ? nil : profiles
    let format = path.flatMap(ProfileInput.Format.init(path:)) ?? .ndjson
    var options = BatchOptions(
      input: ProfileInput(path: path, format: format),
      output: try output()
    )
    options.key = key.map(RowKey.init)
    options.limit = limit
    if let sample {
      guard let share = RowSample(share: sample) else {
        throw ValidationError("--sample takes a share from 0 to 1")
      }
      options.sample = share
    }
    options.rejects = rejects
    options.maxRejects = maxRejects
    options.resumes = resume
    options.overwrites = overwrite
    options.jobs = jobs
    options.repeats = `repeat`
    options.now = now
    options.handlesSignals = true
    options.showsProgress = true
    return options
  }

  private func output() throws -> BatchOutput {
    switch (to, batchOutput) {
    case (.ndjson, let path?): return .ndjson(path)
    case (.sqlite, let path?): return .sqlite(path)
    case (.ndjson, nil), (.sqlite, nil):
      throw ValidationError("--to \(to.rawValue) wants --batch-output FILE")
    case (.stdout, _): return .standardOutput
    case (.null, _): return .null
    }
  }
}

/// Runs a batch of one layout.
struct BatchRendering {
  let email: CompiledEmail
  /// What must be the same when the run is resumed.
  let fingerprint: String

  /// Runs to the end; the command ends with the run's exit code.
  func run(_ options: BatchOptions, stats: Bool) throws {
    var options = options
    options.identity = [("template", fingerprint)]
    options.measuresTime = stats
    let run = BatchRun<CompiledEmail.BatchRenderer>(options, schema: email.schema) { [email] pins in
      email.makeBatchRenderer(now: pins.now)
    } render: { renderer, record, row, out in
      do throws(RenderFailure) {
        try renderer.appendJSON(record, row: row.number, key: row.key, to: &out)
      } catch {
        throw RowRejection(error)
      }
    } measure: { renderer, record, _ in
      do throws(RenderFailure) {
        return try renderer.render(record)
      } catch {
        throw RowRejection(error)
      }
    }
    do {
      let summary = try run.run()
      for line in summary.lines { Terminal.tell(line + "\n") }
      if summary.isResumable, options.output.path != nil {
        Terminal.tell("go on with: \(Self.resumeCommand)\n")
      }
      if stats { try OutputFile.write(Array((summary.statistics.json + "\n").utf8), to: 1) }
      if summary.exitCode != 0 { throw ExitCode(summary.exitCode) }
    } catch let error as BatchError {
      Terminal.complain(error.description)
      throw ExitCode(error.exitCode)
    } catch let failure as OutputFile.Failure {
      Terminal.complain(failure.description)
      throw ExitCode(failure.exit)
    }
  }

  /// This command again, for a shell.
  private static var resumeCommand: String {
    let words = CommandLine.arguments.filter { $0 != "--resume" && $0 != "--overwrite" }
    return (words.map(quoted) + ["--resume"]).joined(separator: " ")
  }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        true
      default: "-./_=:,@".utf8.contains(byte)
      }
    }
    if isPlain, !word.isEmpty { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: #"'\''"#) + "'"
  }
}

extension RowRejection {
  /// Why a message was not rendered, as the report names it.
  fileprivate init(_ failure: RenderFailure) {
    self.init(
      code: failure.diagnostic.id.name,
      message: failure.diagnostic.message,
      isIntended: failure.isIntended
    )
  }
}
