import Foundation
import LetterpressDiagnostics
import LetterpressMessage
import LetterpressProfiles
import Testing

/// Runs that go on where another one stopped, and runs that must not.
struct BatchResumeTests {
  /// A fixture whose first run stopped in the middle.
  private func stopped(
    _ output: (String) -> BatchOutput = BatchOutput.ndjson
  ) throws -> (BatchFixture, BatchOptions) {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(500) { $0 % 50 == 0 }
    var options = fixture.options(output)
    options.maxRejects = 4
    options.key = RowKey("id")
    #expect(try fixture.run(options).exitCode == 1)
    options.maxRejects = nil
    options.resumes = true
    return (fixture, options)
  }

  @Test(arguments: ["ndjson", "mbox", "maildir", "eml"])
  func `a resumed run ends with the same bytes`(_ kind: String) throws {
    let output: (String) -> BatchOutput =
      switch kind {
      case "mbox": BatchOutput.mbox
      case "maildir": BatchOutput.maildir
      case "eml": BatchOutput.eml
      default: BatchOutput.ndjson
      }
    let (fixture, options) = try stopped(output)
    #expect(try fixture.run(options).exitCode == 2)
    let resumed = fixture.outputs()
    try FileManager.default.removeItem(atPath: fixture.path("out"))
    try FileManager.default.removeItem(atPath: fixture.path("out.rejects.ndjson"))
    try FileManager.default.removeItem(atPath: fixture.path("out.state"))
    var whole = options
    whole.resumes = false
    #expect(try fixture.run(whole).counts.rows == 500)
    #expect(fixture.outputs() == resumed)
  }

  @Test func `a run that finished has nothing more to do`() throws {
    let (fixture, options) = try stopped()
    _ = try fixture.run(options)
    let again = try fixture.run(options)
    #expect(again.ending == .alreadyComplete && again.exitCode == 2)
    #expect(again.counts.delivered == 490)
  }

  @Test func `an unfinished run is neither forgotten nor continued by mistake`() throws {
    let (fixture, options) = try stopped()
    var fresh = options
    fresh.resumes = false
    #expect(fixture.error(fresh)?.kind == .cannotCreate)
    fresh.overwrites = true
    #expect(try fixture.run(fresh).counts.rows == 500)
  }

  @Test func `a resumed run knows the keys of before`() throws {
    let fixture = try BatchFixture()
    let rows = (1...300).map { row in
      row == 20 ? "oops\n" : "{\"id\":\(row == 299 ? 3 : row),\"name\":\"n\"}\n"
    }
    try fixture.write("in.ndjson", rows.joined())
    var options = fixture.options(BatchOutput.ndjson)
    options.maxRejects = 0
    options.key = RowKey("id")
    #expect(try fixture.run(options).counts.rows == 20)
    options.maxRejects = nil
    options.resumes = true
    #expect(try fixture.run(options).counts.rejected == 2)
    #expect(fixture.lines("out.rejects.ndjson").last?.contains("\"line\":299,") == true)
  }

  @Test func `what changed since refuses to be resumed, and nothing is written`() throws {
    let (fixture, options) = try stopped()
    let before = fixture.text("out.state/out.part")
    var changed = options
    changed.identity = [("template", "other")]
    #expect(fixture.error(changed)?.message == "the template changed since the run began")
    changed = options
    changed.limit = 7
    #expect(fixture.error(changed)?.exitCode == 78)
    changed = options
    changed.now = 1
    #expect(fixture.error(changed)?.exitCode == 78)
    try fixture.writeProfiles(501) { $0 % 50 == 0 }
    #expect(fixture.error(options)?.message == "the input changed since the run began")
    #expect(fixture.text("out.state/out.part") == before)
  }

  @Test func `only one run at a time has a state`() throws {
    let (fixture, options) = try stopped()
    let lock = unsafe open(fixture.path("out.state/lock"), O_RDWR)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    #expect(fixture.error(options)?.exitCode == 75)
    close(lock)
    #expect(try fixture.run(options).exitCode == 2)
  }

  @Test func `another run's output is not replaced at the end either`() throws {
    let (fixture, options) = try stopped()
    try fixture.write("out", "another run's")
    #expect(fixture.error(options)?.exitCode == 73)
    #expect(fixture.text("out") == "another run's")
    try FileManager.default.removeItem(atPath: fixture.path("out"))
    #expect(try fixture.run(options).ending == .alreadyComplete)
    #expect(fixture.lines("out").count == 490)
  }
}

/// A checkpoint is believed whole or not at all.
struct BatchCheckpointTests {
  private var checkpoint: BatchCheckpoint {
    var checkpoint = BatchCheckpoint(pins: BatchPins(jobID: "a1", now: -5, seed: .max))
    checkpoint.identity = [.init(name: "input", value: "1 2 3"), .init(name: "where", value: "-")]
    checkpoint.position = SourcePosition(offset: -9, line: 3, column: 4, row: 5)
    checkpoint.outputLength = 6
    checkpoint.rejectsLength = 7
    checkpoint.keysLength = 8
    checkpoint.counts = BatchCounts(delivered: 1, rejected: 2, skipped: 3, leftOut: 4, bytes: 5)
    checkpoint.quality.count("missing", at: "/a b/c", times: 3)
    checkpoint.quality.count("json-syntax", at: "")
    return checkpoint
  }

  @Test func `a checkpoint is read as it was written`() throws {
    let fixture = try BatchFixture()
    #expect(try BatchCheckpoint.read(in: fixture.folder.path) == nil)
    try checkpoint.write(in: fixture.folder.path)
    #expect(try BatchCheckpoint.read(in: fixture.folder.path) == checkpoint)
  }

  @Test func `a checkpoint that is cut or changed anywhere is refused`() throws {
    let fixture = try BatchFixture()
    let whole = checkpoint.text
    for length in 0..<whole.count {
      try #expect(refusal(of: Array(whole[..<length]), fixture) != nil, "\(length)")
    }
    for index in whole.indices {
      var damaged = whole
      damaged[index] ^= 1
      try #expect(refusal(of: damaged, fixture) != nil, "\(index)")
    }
  }

  @Test(arguments: [
    ("letterpress-checkpoint 1", "letterpress-checkpoint 2", 1, "version 2"),
    ("state running", "state walking", 7, "unknown or incomplete"),
    ("lengths 6 7 8", "lengths -6 7 8", 9, "negative"),
    ("position -9 3 4 5", "position -9 3 4 -5", 8, "negative"),
    ("counts 1 2 3 4 5", "counts 1 2 3 4 99999999999999999999", 10, "expected 5 numbers"),
    ("now -5\n", "", 11, "'now' is missing"),
  ])
  func `a checkpoint that says what cannot be names the line`(
    _ old: String,
    _ new: String,
    _ line: Int,
    _ words: String
  ) throws {
    let fixture = try BatchFixture()
    let text = String(decoding: checkpoint.text, as: UTF8.self)
    let end = try #require(text.range(of: "checksum")?.lowerBound)
    let body = text[..<end].replacing(old, with: new)
    let signed = body + "checksum \(SHA256.hex(of: Array(body.utf8)))\n"
    let error = try #require(try refusal(of: Array(signed.utf8), fixture))
    #expect(error.exitCode == 78)
    #expect(error.message.contains(":\(line): "), "\(error.message)")
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func `a part that is shorter than the checkpoint says is refused`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(200) { $0 > 100 }
    var options = fixture.options(BatchOutput.ndjson)
    options.maxRejects = 5
    _ = try fixture.run(options)
    try fixture.write("out.state/out.part", "short")
    options.resumes = true
    #expect(fixture.error(options)?.exitCode == 78)
    #expect(fixture.text("out.state/out.part") == "short")
  }

  private func refusal(of bytes: [UInt8], _ fixture: BatchFixture) throws -> BatchError? {
    try Data(bytes).write(to: fixture.folder.appending(path: "checkpoint"))
    do {
      _ = try BatchCheckpoint.read(in: fixture.folder.path)
      return nil
    } catch {
      return error
    }
  }
}
