import Foundation
import TestSupport

/// The probe in Tests/BatchProbe as a process of its own, which can be killed.
struct BatchProcess {
  /// What was left of it.
  struct End {
    /// The exit code; 128 and the signal's number where a signal ended it.
    var code: Int32
    var output: Data
    var errors: String
  }

  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()

  /// Starts the probe on a fixture's input.
  ///
  /// `standardOutput` replaces the pipe that is read.
  init(
    _ fixture: BatchFixture,
    _ kind: String,
    _ arguments: [String] = [],
    standardOutput: FileHandle? = nil
  ) throws {
    try fixture.write("state-schema.json", BatchFixture.standardSchema)
    process.executableURL = Repository.program("BatchProbe")
    let target = kind == "stdout" ? [] : [fixture.path("out")]
    process.arguments =
      [fixture.path("state-schema.json"), fixture.path("in.ndjson"), kind] + target + arguments
    if let standardOutput {
      process.standardOutput = standardOutput
    } else {
      process.standardOutput = output
    }
    process.standardError = errors
    // A crash that is wanted needs no backtrace.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["SWIFT_BACKTRACE": "enable=no"],
      uniquingKeysWith: { $1 }
    )
    try process.run()
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for the end.
  func wait() -> End {
    let errors = (try? self.errors.fileHandleForReading.readToEnd()) ?? nil
    var output: Data?
    if (process.standardOutput as? Pipe) === self.output {
      output = (try? self.output.fileHandleForReading.readToEnd()) ?? nil
    }
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return End(
      code: process.terminationStatus + (isSignal ? 128 : 0),
      output: output ?? Data(),
      errors: String(decoding: errors ?? Data(), as: UTF8.self)
    )
  }

  /// Closes the reading end of its standard output after the first bytes.
  func readOnce() {
    _ = try? output.fileHandleForReading.read(upToCount: 10)
    try? output.fileHandleForReading.close()
  }
}
