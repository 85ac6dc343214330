import LetterpressProfiles
import Testing

struct RowKeyTests {
  @Test(arguments: [
    (#"{"id": 7}"#, "7"), (#"{"x": {"id": 1}, "y": [{"id": 2}], "id": "a\u0062\n"}"#, "ab\n"),
    (#"{"s": "\"id\": 3,", "id": -1.50 }"#, "-1.50"), (#"{"id": true}"#, "true"),
    (#"{"id": null}"#, nil), (#"{"id": {}}"#, nil), (#"{"id": "x"#, nil), (#"{"ida": 1}"#, nil),
    (#"{"a": 1 "id": 2}"#, nil), ("[1]", nil), ("", nil), (#"{"id""#, nil), (#"{"\"#, nil),
  ])
  func `a row's key is found in its text`(_ json: String, _ key: String?) {
    let bytes = Array(json.utf8)
    #expect(RowKey("id").value(in: bytes, 0..<bytes.count) == key)
  }

  @Test func `a key can stand inside of an object`() {
    let bytes = Array(#"{"id": 1, "user": {"name": "x", "id": "u"}}"#.utf8)
    #expect(RowKey("user.id").value(in: bytes, 0..<bytes.count) == "u")
  }
}

struct RowSampleTests {
  @Test func `a sample has about its share of the rows, and always the same`() throws {
    let sample = try #require(RowSample(share: 0.1))
    let rows = (1...100_000).filter { sample.contains($0) }
    #expect((9_000...11_000).contains(rows.count))
    #expect(rows == (1...100_000).filter { sample.contains($0) })
    let other = try #require(RowSample(share: 0.1, seed: 1))
    #expect(rows != (1...100_000).filter { other.contains($0) })
    #expect(RowSample(share: 0) == nil && RowSample(share: 1.5) == nil)
  }
}
