import Foundation
import GRDB
import LetterpressMessage
import LetterpressProfiles
import Testing

struct BatchOutputTests {
  @Test func `mbox quotes lines that look like the start of a message`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(2)
    _ = try fixture.run(
      fixture.options(BatchOutput.mbox),
      render: { _, row in
        "Subject: \(row.number)\r\n\r\nFrom here\r\n>From there\r\n from\r\n"
      }
    )
    let message = "\n\n>From here\n>>From there\n from\n\n"
    #expect(
      fixture.text("out") == "From letterpress Tue Nov 14 22:13:20 2023\nSubject: 1" + message
        + "From letterpress Tue Nov 14 22:13:20 2023\nSubject: 2" + message
    )
  }

  @Test func `a Maildir may have other messages`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(200)
    for job in ["one", "two"] {
      var options = fixture.options(BatchOutput.maildir)
      options.jobID = job
      options.overwrites = job == "two"
      #expect(try fixture.run(options).exitCode == 0)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.path("out/new"))
    #expect(files.count == 400)
    #expect(fixture.text("out/new/1700000000.two_7.letterpress") == "7 name 7")
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.path("out/tmp")).isEmpty)
  }

  @Test func `lines of a Maildir end as lines of files do, those of an eml as mail does`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(1)
    for (output, name) in [(BatchOutput.maildir, "box"), (BatchOutput.eml, "files")] {
      var options = fixture.options(output, name)
      options.jobID = "job"
      _ = try fixture.run(options, render: { _, _ in "Subject: a\r\n\r\nb\rc\r\n" })
    }
    #expect(
      fixture.text("box/new/1700000000.job_1.letterpress") == "Subject: a\n\nb\rc\n"
    )
    #expect(fixture.text("files/1-1.eml") == "Subject: a\r\n\r\nb\rc\r\n")
  }

  @Test func `each message has a file that is named by row and key`() throws {
    let fixture = try BatchFixture()
    try fixture.write("in.ndjson", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"../b c\"}\n")
    var options = fixture.options(BatchOutput.eml, "out")
    options.key = RowKey("name")
    _ = try fixture.run(options)
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.path("out"))
    #expect(files.sorted() == ["1-a.eml", "2-.._b_c.eml"])
  }

  @Test func `a database has a row for each message`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(300) { $0 == 17 }
    let summary = try fixture.run(fixture.options(BatchOutput.sqlite, "out.db"))
    #expect(summary.exitCode == 2)
    let rows = try DatabaseQueue(path: fixture.path("out.db")).read { db in
      try Row.fetchAll(db, sql: "SELECT row, key, CAST(message AS TEXT) FROM messages ORDER BY row")
    }
    #expect(rows.count == 299)
    #expect(rows.last?[0] == 300)
    #expect(rows.last?[1] == "300")
    #expect(rows.last?[2] == "300 name 300")
  }

  @Test(arguments: ["ndjson", "mbox", "eml", "sqlite"])
  func `an output that exists is not touched unless it is to be overwritten`(
    _ kind: String
  ) throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(3)
    let output: (String) -> BatchOutput =
      switch kind {
      case "mbox": BatchOutput.mbox
      case "eml": BatchOutput.eml
      case "sqlite": BatchOutput.sqlite
      default: BatchOutput.ndjson
      }
    var options = fixture.options(output)
    try fixture.write("out", "mine")
    #expect(fixture.error(options)?.kind == .cannotCreate)
    #expect(fixture.text("out") == "mine")
    guard kind != "eml" else { return }
    options.overwrites = true
    #expect(try fixture.run(options).counts.delivered == 3)
    #expect(fixture.text("out") != "mine")
  }

  @Test func `a folder that is missing or a file is found before the first row`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(3)
    try fixture.write("file", "")
    for name in ["none/out", "file/out"] {
      #expect(fixture.error(fixture.options(BatchOutput.ndjson, name))?.exitCode == 73)
    }
    #expect(fixture.outputs().keys.sorted() == ["file"])
  }

  @Test func `an input that cannot be read makes no output`() throws {
    let fixture = try BatchFixture()
    #expect(fixture.error(fixture.options(BatchOutput.ndjson))?.exitCode == 66)
    try fixture.write("in.ndjson", "[]")
    #expect(fixture.error(fixture.options(BatchOutput.ndjson))?.exitCode == 1)
    #expect(fixture.outputs().isEmpty)
  }
}
