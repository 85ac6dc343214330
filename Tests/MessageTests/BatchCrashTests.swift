import Foundation
import LetterpressMessage
import Testing

/// Runs that are killed, stopped or crash, and go on: Scripts/check-faults does the same with the real
/// program, as often as one likes, and fails each call of the system.
@Suite(.serialized) struct BatchCrashTests {
  private static let resuming = ["--resume", "--jobs", "2"]

  @Test(arguments: ["ndjson", "mbox", "maildir", "eml"])
  func `a run that is killed fifty times ends with the same bytes`(_ kind: String) throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(400) { $0 % 100 == 0 }
    #expect(try BatchProcess(fixture, kind, Self.resuming).wait().code == 2)
    let whole = fixture.outputs()
    #expect(!whole.isEmpty)
    var generator = SystemRandomNumberGenerator()
    var kills = 0
    while kills < 50 {
      try clear(fixture)
      // Each round is killed at a random moment until it comes to its end.
      for round in 0..<60 {
        let process = try BatchProcess(fixture, kind, Self.resuming + ["--busy", "100"])
        Thread.sleep(forTimeInterval: Double.random(in: 0.003...0.06, using: &generator))
        if round < 50 { process.send(SIGKILL) }
        let end = process.wait()
        guard end.code == 128 + SIGKILL else {
          #expect(end.code == 2, "\(end.errors)")
          break
        }
        kills += 1
        // A kill can come after the last row; before it there is no output under its name.
        if kind == "ndjson" || kind == "mbox", let early = fixture.outputs()["out"] {
          #expect(early == whole["out"])
        }
      }
      #expect(fixture.outputs() == whole)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal stops after the rows that are under way`(_ signal: Int32) throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(3000)
    let process = try BatchProcess(fixture, "ndjson", ["--busy", "1000", "--jobs", "2"])
    // Once the run is under way, it has a checkpoint.
    while fixture.text("out.state/checkpoint") == nil { Thread.sleep(forTimeInterval: 0.01) }
    Thread.sleep(forTimeInterval: 0.1)
    process.send(signal)
    let end = process.wait()
    #expect(end.code == 128 + signal)
    #expect(end.errors.contains("stopped by a signal") && end.errors.contains("--resume"))
    #expect(fixture.text("out") == nil)
    #expect(try BatchProcess(fixture, "ndjson", Self.resuming).wait().code == 0)
    #expect(fixture.lines("out").count == 3000)
  }

  @Test func `a row that crashes the program is reported by the next run`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(400)
    let arguments = Self.resuming + ["--crash-row", "77"]
    let crash = try BatchProcess(fixture, "ndjson", arguments).wait()
    #expect([SIGILL, SIGTRAP].map { 128 + $0 }.contains(crash.code))
    let end = try BatchProcess(fixture, "ndjson", arguments).wait()
    #expect(end.code == 2, "\(end.errors)")
    #expect(fixture.lines("out").count == 399)
    let report = fixture.lines("out.rejects.ndjson")
    #expect(report.count == 1)
    #expect(report.first?.contains(#""row":77,"row_key":"77","field":"","code":"E-CRASH""#) == true)
  }

  @Test func `a reader that goes away ends the run, and loses nothing silently`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(20_000)
    let process = try BatchProcess(fixture, "stdout")
    process.readOnce()
    let end = process.wait()
    #expect(end.code == 74)
    #expect(end.errors.contains("standard output"))
  }

  @Test func `a full disk is no success`() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    let fixture = try BatchFixture()
    try fixture.writeProfiles(10)
    let end = try BatchProcess(fixture, "stdout", standardOutput: full).wait()
    #expect(end.code == 74, "\(end.errors)")
  }

  @Test func `rows of a pipe are answered as they come`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(10)
    let end = try BatchProcess(fixture, "stdout").wait()
    #expect(String(decoding: end.output, as: UTF8.self).split(separator: "\n").count == 10)
  }

  /// Takes away the outputs and the state.
  private func clear(_ fixture: BatchFixture) throws {
    for name in ["out", "out.rejects.ndjson", "out.state"]
    where FileManager.default.fileExists(atPath: fixture.path(name)) {
      try FileManager.default.removeItem(atPath: fixture.path(name))
    }
  }
}
