import ArgumentParser
import Letterpress
import LetterpressDiagnostics
import LetterpressMessage
import LetterpressProfiles

/// Runs a batch of one layout.
struct BatchRendering {
  let email: CompiledEmail
  /// What must be the same when the run is resumed.
  let fingerprint: String
  /// Which profiles are taken, and its text.
  var condition: (text: String, compiled: RowCondition)?
  /// What is rendered where nothing is kept.
  var measured = BatchRenderOptions.Measured.html
  /// The file for the report on the profiles' quality.
  var qualityPath: String?

  /// Runs to the end; the command ends with the run's exit code.
  func run(_ options: BatchOptions, stats: Bool) throws {
    var options = options
    options.identity = [
      ("template", fingerprint), ("condition", condition?.text ?? ""),
      ("recipient", email.recipientPath ?? ""),
    ]
    options.measuresTime = stats
    if options.measuresQuality, options.key == nil, let key = RowKey.likely(in: email.schema) {
      // Rows are counted by what names them in all likelihood; nobody asked to reject them.
      options.key = key
      options.allowsDuplicates = true
    }
    do {
      let summary = try batch(options).run()
      for line in summary.lines { Terminal.tell(line + "\n") }
      if summary.isResumable, options.output.path != nil {
        Terminal.tell("go on with: \(Self.resumeCommand)\n")
      }
      if let qualityPath {
        let report = QualityReport(summary, key: options.key)
        try OutputFile.replace(qualityPath, with: report.json)
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

  private typealias Renderer = CompiledEmail.BatchRenderer

  private func batch(_ options: BatchOptions) -> BatchRun<Renderer> {
    let holdsMessages = options.output.holdsMessages
    let (email, compiled, measured) = (email, condition?.compiled, measured)
    return BatchRun<Renderer>(
      options,
      schema: email.schema,
      where: { renderer, record in
        do throws(RenderFailure) {
          return try renderer.matches(record)
        } catch {
          throw RowRejection(error)
        }
      },
      makeState: { pins in
        email.makeBatchRenderer(now: pins.now, jobID: pins.jobID, where: compiled)
      },
      render: { renderer, record, row, out in
        do throws(RenderFailure) {
          if holdsMessages {
            try renderer.appendMessage(record, row: row.number, to: &out)
          } else {
            try renderer.appendJSON(record, row: row.number, key: row.key, to: &out)
          }
        } catch {
          throw RowRejection(error)
        }
      },
      measure: { renderer, record, row in
        do throws(RenderFailure) {
          switch measured {
          case .html: return try renderer.renderHTML(record)
          case .message: return try renderer.renderMessage(record, row: row.number)
          }
        } catch {
          throw RowRejection(error)
        }
      }
    )
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

extension BatchOutput {
  /// Whether whole messages are kept, as mail servers take them; otherwise JSON.
  var holdsMessages: Bool {
    switch self {
    case .maildir, .mbox, .eml: true
    case .ndjson, .sqlite, .standardOutput, .null: false
    }
  }
}

extension RowRejection {
  /// Why a message was not rendered, as the report names it.
  fileprivate init(_ failure: RenderFailure) {
    self.init(
      code: failure.diagnostic.id.name,
      message: failure.diagnostic.message,
      field: failure.field ?? "",
      isIntended: failure.isIntended
    )
  }
}
