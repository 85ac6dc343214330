import LetterpressDiagnostics
import LetterpressSchema
import Testing

/// Laws of the decoder, over texts that a generator has damaged.
struct DecoderPropertyTests {
  private static let seeds = [
    #"{"a":[1,-2.5e3,true,null,"x\n\u00e9\ud83d\ude00"],"b":{"c":"é😀","d":0.1},"e":-0}"#,
    #" {"k" : "v", "n":{} , "l":[ ] }"#, #"{"a":"\"\\\/\b\f\r\t","b":false}"#,
    #"{"x":12345678901234567890,"y":1E5,"z":1.0e-7,"w":[[[]]]}"#,
  ].map { Array($0.utf8) }

  private static let pieces =
    [
      "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", "+", ".", "e", "null", "\\u", "\\ud800",
      " ", "/", "\u{1}",
    ]
    .map { Array($0.utf8) } + [[0x80], [0xC3], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0]]

  @Test("The decoder takes what the reader takes, and both agree on the value")
  func decoderAgreesWithReader() throws {
    let schema = try #require(SchemaReading(#"{"type": "object"}"#).schema)
    var random = SplitMix(seed: 1)
    for _ in 0..<5_000 {
      let text = damaged(&random)
      var reader = JSONReader(text, in: 0..<text.count, file: NoFile.id)
      let tree = try? reader.readDocument()
      let isFit = tree?.isObject == true && reader.duplicates.isEmpty
      let decoding = try Decoding(text, by: schema)
      #expect(decoding.violations.isEmpty == isFit, "\(String(decoding: text, as: UTF8.self))")
      guard isFit else { continue }
      let again = try Decoding(Array(decoding.json.utf8), by: schema)
      #expect(again.json == decoding.json, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test("Violations stand inside the row, and what surrounds it changes nothing")
  func rowsInABuffer() throws {
    let schema = try #require(
      SchemaReading(
        #"{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "object", "additionalProperties": false}}}"#
      ).schema
    )
    var random = SplitMix(seed: 2)
    for _ in 0..<2_000 {
      let row = damaged(&random)
      let alone = try Decoding(row, by: schema).violations
      let buffer = Array("{\"a\":\"".utf8) + row + Array("\"}".utf8)
      var record = Record()
      do {
        try schema.decoder.decode(buffer, in: 6..<6 + row.count, into: &record)
        #expect(alone == [])
      } catch {
        #expect(error.violations.map(\.message) == alone.map(\.message))
        #expect(error.violations.map(\.pointer) == alone.map(\.pointer))
        #expect(
          error.violations.map(\.range)
            == alone.map { $0.range.lowerBound + 6..<$0.range.upperBound + 6 }
        )
      }
    }
  }

  private func damaged(_ random: inout SplitMix) -> [UInt8] {
    var text = Self.seeds.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let place = Int.random(in: 0...text.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        text.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
      case 1 where place < text.count:
        let end = min(text.count, place + Int.random(in: 1...3, using: &random))
        text.removeSubrange(place..<end)
      default:
        if place < text.count { text[place] = UInt8.random(in: 0...255, using: &random) }
      }
    }
    return text
  }
}

/// A generator whose numbers are the same on every run (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

private enum NoFile {
  /// A file for places that no one looks at.
  static let id: SourceFile.ID = {
    var sources = SourceSet()
    return sources.add(SourceFile(path: "", bytes: []))
  }()
}
