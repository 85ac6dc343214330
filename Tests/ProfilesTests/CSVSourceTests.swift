import LetterpressProfiles
import Testing

struct CSVSourceTests {
  @Test func `columns are the paths of fields, and cells take their types`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read(
      "a.csv",
      """
      name,id,address.city,vip,score,tags,age,address.zip.code
      "Ann ""A"" B",1,Rome,TRUE,1.5,"[""x"",""y""]",3,0042
      B,2,,,,,,
      "",3,"",false,1e3,[],0,

      """
    )
    #expect(
      reading.profiles == [
        #"{"name":"Ann \"A\" B","id":1,"address":{"city":"Rome","zip.code":"0042"},"#
          + #""vip":true,"score":1.5,"tags":["x","y"],"age":3}"#,
        #"{"name":"B","id":2,"age":null}"#,
        #"{"name":"","id":3,"address":{"city":""},"vip":false,"score":1e3,"tags":[],"age":0}"#,
      ]
    )
  }

  @Test func `a cell that does not fit names its line, column and field`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read(
      "a.csv",
      "id,name,age,vip,tags\r\n1,\"a\r\nb\",old,maybe,x\r\n2,c,-1,1,\"[1]\"\r\n+3,d,1,1,[]\r\n"
    )
    #expect(
      reading.places == [
        "3:4 /age", "3:8 /vip", "3:14 /tags", "4:5 /age", "4:10 /tags/0", "5:1 /id",
      ]
    )
    #expect(reading.rejected[0].failures[0].message == "expected an integer, such as 12")
  }

  @Test func `what is no record is refused alone`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read(
      "a.csv",
      "id,name\n1,a\"b\n2,\"a\"b\n3\n4,a,b\n5,\"a\nb\n\nc\"\n\n6,f\n7,\"g\n8,h\n"
    )
    #expect(reading.accepted == [5, 6])
    #expect(
      reading.codes == [
        "1 csv-quote", "2 csv-quote", "3 csv-field-count", "4 csv-field-count",
        "7 csv-unterminated",
      ]
    )
    #expect(reading.lines == [2, 3, 4, 5, 12])
  }

  @Test func `records end with LF, CRLF or CR`() throws {
    let fixture = try ProfileFixture()
    for end in ["\n", "\r\n", "\r"] {
      let text = ["id,name", "1,a", "", "2,\"b\(end)\"", "x,c", ""].joined(separator: end)
      let reading = try fixture.read("a.csv", text)
      #expect(reading.accepted == [1, 2])
      #expect(reading.lines == [6])
    }
  }

  @Test(arguments: [
    ("", "missing-header"), ("id,,name\n", "empty-header"), ("id,name,id\n", "duplicate-header"),
    ("id,name,nme\n", "unknown-column"), ("id;name\n", "wrong-delimiter"),
    ("id\tname\n", "wrong-delimiter"), ("id,age\n", "missing-column"),
    ("id,name,address,address.city\n", "duplicate-header"), ("id,\"name\n", "bad-header"),
  ])
  func `a header that does not fit is refused as a whole`(_ text: String, _ code: String) throws {
    let fixture = try ProfileFixture()
    #expect(try fixture.read("a.csv", text).error?.code == code)
  }

  @Test func `the delimiter comes from the option, the name or Excel's first line`() throws {
    let fixture = try ProfileFixture()
    #expect(try fixture.read("a.tsv", "id\tname\n1\ta,b\n").accepted == [1])
    #expect(try fixture.read("a.csv", "sep=;\r\nid;name\r\n1;a,b\r\nx;c\r\n").lines == [4])
    let option = try fixture.read("a.csv", "id|name\n1|a\n") { $0.delimiter = UInt8(ascii: "|") }
    #expect(option.accepted == [1])
  }

  @Test func `unknown columns can be left out`() throws {
    let fixture = try ProfileFixture()
    let reading = try fixture.read("a.csv", "id,x,name\n1,2,a\n") {
      $0.ignoresUnknownColumns = true
    }
    #expect(reading.profiles == [#"{"id":1,"name":"a"}"#])
  }

  @Test func `a record over 1 MiB costs that row alone`() throws {
    let fixture = try ProfileFixture()
    let long = String(repeating: "x\n", count: 1 << 20)
    let reading = try fixture.read("a.csv", "id,name\n1,a\n2,\"\(long)\"\n3,c\n")
    #expect(reading.accepted == [1, 3])
    #expect(reading.codes == ["2 row-too-large"])
    #expect(reading.lines == [3])
  }

  @Test func `reading goes on after any row`() throws {
    let fixture = try ProfileFixture()
    let rows = (1...600).map { "\($0),\"n\n\($0)\",\($0 % 5 == 0 ? "x" : "1")\r\n" }
    let input = try fixture.input("a.csv", ("id,name,age\r\n" + rows.joined()).utf8)
    let whole = ProfileReading(input, schema: fixture.schema)
    #expect(whole.rejected.count == 120)
    for row in [1, 255, 256, 257, 599, 600] {
      let rest = ProfileReading(input, schema: fixture.schema, from: whole.positions[row - 1])
      #expect(rest.positions == Array(whole.positions[row...]))
      #expect(rest.places == Array(whole.places.suffix(rest.places.count)))
    }
  }
}
