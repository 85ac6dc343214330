import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema
import TestSupport
import Testing

/// A part that is rendered in quoted-printable form at once, against the same part decoded.
@Suite("Quoted-printable rendering")
struct QuotedRenderTests {
  private static let templates = [
    "plain text", "", "{{ a }}", "a = b\n. dot\nFrom here\n", "{{ a }}{{ b }}",
    "F{{ a }}rom {{ b }}",
    "{{ a }}\n{{ b }}\n\n", "line with a space \n{{ a }} \n\t{{ b }}\t",
    String(repeating: "0123456789", count: 40) + "{{ a }}" + String(repeating: "é=", count: 60),
    "<p style=\"a\">{{ a }}</p>\r\n<a href=\"https://x.example/?q={{ b | url_encode }}\">{{ b }}</a>",
    "{% for x in list %}<li>{{ forloop.index }}: {{ x }}</li>\n{% else %}none{% endfor %}",
    "{% capture c %}<b>{{ a }}</b> = \n{% endcapture %}{{ c }}{{ c }}{{ n }}",
    "{{ n | money }} {{ n }} {{ a | default: 'nobody = here' }} {% if n > 3 %}many{% endif %}",
    "{% for x in list %}{% ifchanged %}{{ x }}={% endifchanged %}{{ n | times: 3 }}{% endfor %}",
    String(repeating: "{{ a }} {{ b }}={{ n }}, ", count: 12),
  ]

  @Test(arguments: templates)
  func `decodes to what a plain render gives`(template: String) throws {
    let sample = try Sample(template, "a, b, n: integer, list: strings")
    let text = sample.program.makeQuotedText()
    var frame = sample.program.makeFrame()
    var random = SeededGenerator(seed: 7)
    for _ in 0..<60 {
      let profile = Self.profile(&random)
      let record = try sample.record(profile)
      var plain = OutputBuffer()
      var quoted = OutputBuffer()
      frame.begin(now: .init(seconds: 0))
      try sample.program.render(sample.part, of: record, in: &frame, into: &plain)
      frame.begin(now: .init(seconds: 0))
      try sample.program.renderQuoted(
        sample.part,
        of: record,
        in: &frame,
        with: text,
        into: &quoted
      )
      let encoded = String(decoding: quoted.bytes(), as: UTF8.self)
      let lines = encoded.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { $0.utf8.count <= 76 }, "\(profile)")
      #expect(lines.allSatisfy { !$0.hasSuffix(" ") && !$0.hasSuffix("\t") }, "\(profile)")
      #expect(lines.allSatisfy { !$0.hasPrefix(".") && !$0.hasPrefix("From ") }, "\(profile)")
      #expect(quoted.bytes().allSatisfy { $0 < 0x7F })
      #expect(
        Self.withLineFeeds(Self.decoded(quoted.bytes())) == Self.withLineFeeds(plain.bytes()),
        "\(profile)"
      )
    }
  }

  @Test func `the limit is that of the part as it is`() throws {
    let sample = try Sample("=={{ a }}==", "a")
    let text = sample.program.makeQuotedText()
    let record = try sample.record(#"{"a":"======"}"#)
    for (limit, isAllowed) in [(10, true), (9, false)] {
      var frame = sample.program.makeFrame()
      var out = OutputBuffer()
      var limits = RenderLimits()
      limits.output = limit
      frame.begin(now: .init(seconds: 0), limits: limits)
      let isDone: Void? = try? sample.program.renderQuoted(
        sample.part,
        of: record,
        in: &frame,
        with: text,
        into: &out
      )
      #expect((isDone != nil) == isAllowed)
      #expect(out.count == (isAllowed ? 30 : 0))
    }
  }

  private static func profile(_ random: inout SeededGenerator) -> String {
    func text() -> String {
      var json: [UInt8] = []
      RecordWriter.write(Array(RandomText.make(&random).utf8)[...], to: &json)
      return String(decoding: json, as: UTF8.self)
    }
    let list = (0..<Int.random(in: 0...3, using: &random)).map { _ in text() }.joined(
      separator: ","
    )
    return
      #"{"a":\#(text()),"b":\#(text()),"n":\#(Int.random(in: 0...2_000_000, using: &random)),"list":[\#(list)]}"#
  }

  /// CRLF and LF are the same line end in a message; a CR of a value that happens to stand before the LF
  /// of the template is one of its own in the quoted form.
  private static func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      if byte == 0x0A { while result.last == 0x0D { result.removeLast() } }
      result.append(byte)
    }
    return result
  }

  /// As RFC 2045 has it.
  private static func decoded(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "="), index + 2 < text.count {
        if text[index + 1] != 0x0D {
          let digits = String(decoding: text[index + 1...index + 2], as: UTF8.self)
          result.append(UInt8(digits, radix: 16) ?? 0)
        }
        index += 3
      } else if text[index] == 0x0D {
        result += [0x0D, 0x0A]
        index += 2
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }
}
