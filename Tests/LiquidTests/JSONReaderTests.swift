import LetterpressLiquid
import Testing

@Suite struct JSONReaderTests {
  @Test(
    "what is no JSON is refused",
    arguments: [
      "", "{", "[1,]", "{\"a\":1,}", "[1 2]", "01", "1.", "-", "+1", ".5", "1e", "nul", "\"a",
      "\"\\x\"",
      "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "{\"a\":1,\"a\":2}", "{a:1}",
      "1 2", "1e999",
      String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    ]
  )
  func refused(_ text: String) {
    #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
  }

  @Test func values() throws {
    let text =
      #" {"é":[1,-2.5e3,true,null,"\u00e9\ud83d\ude00\n"],"e\u0301":12345678901234567890} "#
    let value = try JSONReader.read(Array(text.utf8))
    #expect(
      value.member("é")
        == .array([.integer(1), .number(-2500), .boolean(true), .nil, .string("é😀\n")])
    )
    #expect(value.member("e\u{301}") == .number(12_345_678_901_234_567_168))
  }
}
