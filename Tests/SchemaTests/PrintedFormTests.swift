import LetterpressSchema
import Testing

/// The printed forms of texts, which renders copy without a look.
@Suite("Printed forms")
struct PrintedFormTests {
  private static let printed: Slot.Traits = [
    .isPrinted, .isPrintedAsIs, .isPrintedURLPart, .isPrintedWebURL,
  ]
  private static let schema = #"{"type": "object", "properties": {"list": {"type": "array"}}}"#

  @Test(arguments: [0, 1, 5, 31, 32, 63, 64, 65, 127, 128, 254, 255, 256, 300])
  func `each text has its own`(length: Int) throws {
    for character in ["a", "é", "&", "\""] {
      let text = String(repeating: character, count: length / character.utf8.count)
      try Self.check(Decoding(Self.profile([text, "<b>", text, ""]), by: Self.schema).record)
    }
  }

  /// Texts are set aside until the room for their forms ends, wherever that is.
  @Test func `none reaches into the padding`() throws {
    for length in 0...255 {
      let texts = Self.texts(endingIn: length)
      try Self.check(Decoding(Self.profile(texts), by: Self.schema).record)
    }
  }

  /// Those of defaults are copied into each record, and nothing of the profile comes in their places.
  @Test func `those of defaults are whole`() throws {
    for length in 0...255 {
      let texts = Self.texts(endingIn: length)
      let list = "[" + texts.map { "\"\($0)\"" }.joined(separator: ",") + "]"
      let schema = """
        {"type": "object", "properties": {"other": {"type": "string"},
          "list": {"type": "array", "items": {"type": "string"}, "default": \(list)}}}
        """
      let decoding = try Decoding(#"{"other":"<script>"}"#, by: schema)
      #expect(decoding.violations.isEmpty)
      try Self.check(decoding.record)
    }
  }

  @Test func `a record that is used again has those of the last profile`() throws {
    let schema = try #require(SchemaReading(Self.schema).schema)
    var record = Record()
    for texts in [Array(repeating: "a & b", count: 200), [], ["<"], [""], ["x", "y"]] {
      try schema.decoder.decode(Array(Self.profile(texts).utf8), into: &record)
      try Self.check(record)
      #expect(throws: ProfileError.self) {
        try schema.decoder.decode(Array(#"{"list":["&&&"#.utf8), into: &record)
      }
    }
  }

  /// Texts whose forms fill the room that a small profile has, or nearly so.
  private static func texts(endingIn length: Int) -> [String] {
    Array(repeating: String(repeating: "&", count: 20), count: 10)
      + Array(repeating: String(repeating: "a", count: 255), count: 5)
      + [String(repeating: "b", count: length)]
  }

  private static func profile(_ texts: [String]) -> String {
    let list = texts.map { "\"\($0.replacing("\"", with: "\\\""))\"" }
    return #"{"list":[\#(list.joined(separator: ","))]}"#
  }

  /// Holds each printed form against its text, and wants the padding behind it.
  private static func check(_ record: Record) throws {
    for slot in record.slots where slot.printed > 0 {
      let text = record.bytes[slot.first..<slot.first + Int(slot.count)]
      let start = Int(slot.payload >> 32)
      let form = start..<start + Int(slot.printed)
      try #require(form.upperBound + Record.padding <= record.bytes.count)
      #expect(Array(record.bytes[form]) == escaped(text))
      #expect(slot.kind == .string && slot.traits.contains(.isPrinted))
    }
    for slot in record.slots where slot.printed == 0 {
      #expect(slot.traits.isDisjoint(with: printed))
    }
  }

  private static func escaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    text.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "&"): Array("&amp;".utf8)
      case UInt8(ascii: "<"): Array("&lt;".utf8)
      case UInt8(ascii: ">"): Array("&gt;".utf8)
      case UInt8(ascii: "\""): Array("&quot;".utf8)
      case UInt8(ascii: "'"): Array("&#39;".utf8)
      default: [byte]
      }
    }
  }
}
