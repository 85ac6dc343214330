import Foundation
import GRDB
import LetterpressMessage
import LetterpressProfiles
import LetterpressSchema
import Testing

struct BatchRunTests {
  @Test(arguments: [1, 2, 7]) func `messages keep the order of the rows`(_ jobs: Int) throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(2000)
    var options = fixture.options(BatchOutput.ndjson, "out.ndjson")
    options.jobs = jobs
    let summary = try fixture.run(options)
    #expect(summary.exitCode == 0)
    #expect(fixture.lines("out.ndjson") == (1...2000).map { "\($0) name \($0)" })
    #expect(fixture.text("out.ndjson.rejects.ndjson") == nil)
    #expect(summary.lines == ["2000 messages"])
  }

  @Test func `large messages are handed over before their chunk is done`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(300)
    var options = fixture.options { _ in .null }
    options.jobs = 7
    let large = String(repeating: "x", count: 1 << 20)
    let summary = try fixture.run(options, render: { name, _ in name + large })
    #expect(summary.counts.delivered == 300 && summary.counts.bytes > 300 << 20)
  }

  @Test func `an endless view is left after as many rows as were asked for`() throws {
    let fixture = try BatchFixture()
    try DatabaseQueue(path: fixture.path("in.db")).write { db in
      try db.execute(
        sql: """
          CREATE VIEW profiles AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
          SELECT n AS id, 'a' AS name FROM r
          """
      )
    }
    var options = fixture.options(BatchOutput.ndjson)
    options.input = ProfileInput(path: fixture.path("in.db"), format: .sqlite)
    options.limit = 1000
    #expect(try fixture.run(options).counts.delivered == 1000)
    #expect(fixture.lines("out").last == "1000 a")
  }

  @Test func `a database is read as it was when the run began`() throws {
    let fixture = try BatchFixture()
    let queue = try DatabaseQueue(path: fixture.path("in.db"))
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA journal_mode = WAL;
          CREATE TABLE profiles (id INTEGER PRIMARY KEY, name TEXT);
          WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000)
          INSERT INTO profiles SELECT n, 'a' FROM r
          """
      )
    }
    var options = fixture.options(BatchOutput.ndjson)
    options.jobs = 1
    options.input = ProfileInput(path: fixture.path("in.db"), format: .sqlite)
    let summary = try fixture.run(
      options,
      render: { name, row in
        if row.number == 1 {
          try queue.write { try $0.execute(sql: "UPDATE profiles SET name = 'b' || id") }
          try queue.write { try $0.execute(sql: "INSERT INTO profiles VALUES (1001, 'c')") }
        }
        return name
      }
    )
    #expect(summary.counts.delivered == 1000)
    #expect(Set(fixture.lines("out")) == ["a"])
  }

  @Test func `a row that does not conform stands in the report, and the rest go on`() throws {
    let fixture = try BatchFixture()
    try fixture.write(
      "in.ndjson",
      """
      {"id":1,"name":"a"}
      {"id":2,"name":7,"age":3}
      oops

      {"id":5,"name":"b"}

      """
    )
    let summary = try fixture.run(fixture.options(BatchOutput.ndjson))
    #expect(summary.exitCode == 2)
    #expect(fixture.lines("out") == ["1 a", "4 b"])
    let file = fixture.path("in.ndjson")
    #expect(
      fixture.lines("out.rejects.ndjson") == [
        #"{"file":"\#(file)","line":2,"column":16,"row":2,"row_key":"2","field":"/name","#
          + #""code":"wrong-type","message":"expected a string, found a number","#
          + #""more":[{"field":"/age","code":"too-small","message":"expected at least 18"}]}"#,
        #"{"file":"\#(file)","line":3,"column":1,"row":3,"row_key":null,"field":"","#
          + #""code":"json-syntax","message":"'oops' is no JSON value"}"#,
      ]
    )
    #expect(summary.lines.last == "2 messages, 2 rows rejected")
    #expect(
      summary.lines.first
        == "\(file):2:16: expected a string, found a number (/name) [wrong-type], and 1 more"
    )
  }

  @Test func `the report repeats no value of a profile`() throws {
    let fixture = try BatchFixture()
    try fixture.write(
      "in.ndjson",
      """
      {"id":1,"name":"a","mail":"secret' is no mail"}
      {"id":2,"name":"a","tone":"secret"}
      {"id":3,"name":"a","age":-987654321}

      """
    )
    _ = try fixture.run(fixture.options(BatchOutput.ndjson))
    let report = try #require(fixture.text("out.rejects.ndjson"))
    #expect(!report.contains("secret") && !report.contains("987654321"))
    #expect(report.contains("the value is no email address"))
  }

  @Test func `what a renderer throws rejects its row, and an abort skips it`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(4)
    let summary = try fixture.run(
      fixture.options(BatchOutput.ndjson),
      render: { name, row in
        switch row.number {
        case 2: throw RowRejection(code: "render-limit", message: "too long", field: "/name")
        case 3: throw RowRejection(code: "aborted", message: "no offers", isIntended: true)
        default: return name
        }
      }
    )
    #expect(fixture.lines("out") == ["name 1", "name 4"])
    #expect(summary.counts.rejected == 1 && summary.counts.skipped == 1)
    #expect(fixture.lines("out.rejects.ndjson").count == 2)
    #expect(summary.lines.last == "2 messages, 1 row rejected, 1 skipped by the template")
  }

  @Test func `only as many rows as asked for are delivered`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(3000) { $0 == 5 }
    var options = fixture.options(BatchOutput.ndjson)
    options.limit = 10
    let summary = try fixture.run(options)
    #expect(summary.counts.rows == 10 && summary.counts.delivered == 9)
    #expect(fixture.lines("out").last == "10 name 10")
  }

  @Test func `a condition and a sample leave rows out`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(1000)
    var options = fixture.options(BatchOutput.ndjson)
    options.sample = RowSample(share: 0.5)
    options.limit = 20
    let types = fixture.schema.types
    let summary = try fixture.run(
      options,
      where: { record in
        let reader = RecordReader(record, types: types)
        return (reader.member("id", of: reader.profile)?.integer ?? 0) % 2 == 0
      }
    )
    let rows = fixture.lines("out").compactMap { Int($0.prefix { $0 != " " }) }
    #expect(rows.count == 20 && rows.allSatisfy { $0 % 2 == 0 } && rows == rows.sorted())
    #expect(rows.last ?? 0 > 60)
    #expect(summary.counts.leftOut > 0)
  }

  @Test func `a sample can be a number of rows`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(1000)
    func rows(_ count: Int, seed: UInt64) throws -> [Int] {
      var options = fixture.options(BatchOutput.ndjson)
      options.sampleCount = count
      options.seed = seed
      options.overwrites = true
      _ = try fixture.run(options)
      return fixture.lines("out").compactMap { Int($0.prefix { $0 != " " }) }
    }
    let sample = try rows(37, seed: 1)
    #expect(sample.count == 37 && sample == sample.sorted())
    #expect(try rows(37, seed: 1) == sample)
    #expect(try rows(37, seed: 2) != sample)
    #expect(try rows(5000, seed: 1).count == 1000)
  }

  @Test func `a second row with the same key is rejected, or counted`() throws {
    let fixture = try BatchFixture()
    // A row that is rejected itself takes no key away.
    try fixture.write(
      "in.ndjson",
      """
      {"id":1}
      {"id":1,"name":"a"}
      {"id":2,"name":"b"}
      {"id":1,"name":"c"}

      """
    )
    var options = fixture.options(BatchOutput.ndjson)
    options.key = RowKey("id")
    let summary = try fixture.run(options)
    #expect(fixture.lines("out") == ["2 a", "3 b"])
    #expect(summary.counts.rejected == 2)
    #expect(fixture.lines("out.rejects.ndjson").last?.contains(#""line":4"#) == true)
    #expect(fixture.lines("out.rejects.ndjson").last?.contains("duplicate-row") == true)
    options.allowsDuplicates = true
    options.overwrites = true
    let counted = try fixture.run(options)
    #expect(counted.counts.delivered == 3)
    #expect(counted.quality.counts[.init(field: "/id", code: "duplicate-row")] == 1)
  }

  @Test func `too many rejected rows stop the run`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(1000) { $0 % 10 == 0 }
    var options = fixture.options(BatchOutput.ndjson)
    options.maxRejects = 3
    let summary = try fixture.run(options)
    #expect(summary.exitCode == 1)
    #expect(summary.counts.rejected == 4 && summary.counts.rows == 40)
    #expect(fixture.text("out") == nil)
    // With more patience the run goes on, and ends as if it had not stopped.
    options.resumes = true
    options.maxRejects = nil
    let rest = try fixture.run(options)
    #expect(rest.exitCode == 2 && rest.counts.rejected == 100)
    #expect(fixture.lines("out").count == 900)
    #expect(fixture.lines("out.rejects.ndjson").count == 100)
  }

  @Test func `the quality of data is counted field by field`() throws {
    let fixture = try BatchFixture()
    try fixture.write(
      "in.ndjson",
      """
      {"id":1,"name":"a","age":20}
      {"id":2,"name":"b","age":3}
      {"id":3,"name":"c"}
      {"id":4}

      """
    )
    var options = fixture.options(BatchOutput.ndjson)
    options.measuresQuality = true
    let quality = try fixture.run(options).quality
    #expect(
      quality.sorted.map { "\($0.finding.field) \($0.finding.code) \($0.count)" } == [
        " missing-field 1", "/age missing 1", "/age too-small 1", "/mail missing 2",
        "/tone missing 2",
      ]
    )
  }

  @Test func `measured runs render each profile as often as asked`() throws {
    let fixture = try BatchFixture()
    try fixture.writeProfiles(100)
    var options = fixture.options { _ in .null }
    options.repeats = 3
    let statistics = try fixture.run(options).statistics
    #expect(statistics.rows == 100 && statistics.renders == 300)
    #expect(statistics.bytes == 3 * (1...100).map { "\($0) name \($0)".utf8.count }.reduce(0, +))
    struct Figures: Decodable {
      var rows: Int
      var decode: [String: Double]
      var render: [String: Double]
      var total: [String: Double]
    }
    let figures = try JSONDecoder().decode(Figures.self, from: Data(statistics.json.utf8))
    #expect(figures.rows == 100)
    #expect(Set(figures.render.keys) == ["seconds", "renders_per_second", "bytes_per_second"])
  }

  @Test func `progress is a line with rate, share and the time that is left`() {
    #expect(BatchProgress.line(rows: 0, share: -1, seconds: 0) == "0 rows")
    #expect(
      BatchProgress.line(rows: 1200, share: 300, seconds: 3)
        == "1200 rows · 400/s · 30.0 % · 0:07 left"
    )
  }
}
