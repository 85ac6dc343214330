import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema
import Testing

/// What is written and read beyond an end; with AddressSanitizer it shows each byte too many.
///
/// The largest values wherever the memory of a message ends, and records that hold less than a program reads.
@Suite("Blocks beyond an end")
struct SlackTests {
  private static let template =
    "{{ a }}{{ a }}{{ b }}{{ c }}{% if missing %}x{% endif %}"
    + "{{ missing | default: '\(String(repeating: "d", count: 255))' }}"
    + "{{ n }}{{ n | money }}{% if a == 'no' %}!{% endif %}{{ a }}"
  private static let properties = "a, b, c, missing, n: integer"

  /// Texts whose printed forms, or whose quoted-printable forms, are as long as they may be.
  private static let texts = [
    String(repeating: "a", count: 255), String(repeating: "=", count: 255),
    String(repeating: "é", count: 127), String(repeating: "&", count: 51),
    String(repeating: ".\\n", count: 127), String(repeating: " \\n", count: 127),
    String(repeating: "é", count: 128), String(repeating: "&", count: 52), "", "F",
  ]

  @Test(arguments: texts)
  func `values fit in wherever the memory ends`(text: String) throws {
    let sample = try Sample(Self.template, Self.properties)
    let record = try sample.record(#"{"a":"\#(text)","b":"\#(text)","c":"<","n":99999999}"#)
    let quotedText = sample.program.makeQuotedText()
    var frame = sample.program.makeFrame()
    let plain = try rendered(sample, record, quotedText, isQuoted: false, behind: 0, &frame)
    let quoted = try rendered(sample, record, quotedText, isQuoted: true, behind: 0, &frame)
    for length in stride(from: 1, through: 1100, by: 7) {
      let isSame = try (
        rendered(sample, record, quotedText, isQuoted: false, behind: length, &frame) == plain,
        rendered(sample, record, quotedText, isQuoted: true, behind: length, &frame) == quoted
      )
      #expect(isSame == (true, true), "behind \(length) bytes")
    }
  }

  /// A record of which nothing was decoded, and records of other schemas, have no such fields.
  @Test func `a record holds less than the program reads`() throws {
    let sample = try Sample(Self.template + "{% for x in n %}{{ x }}{% endfor %}", Self.properties)
    let small = try Sample("", "x").record(#"{"x":"<only>"}"#)
    let objects = try Sample("", #"{"type":"object","properties":{"a":{"type":"object"}}}"#)
      .record(#"{"a":{}}"#)
    var frame = sample.program.makeFrame()
    let text = sample.program.makeQuotedText()
    for record in [Record(), small, objects] {
      for isQuoted in [false, true] {
        var out = OutputBuffer()
        frame.begin(now: Moment(seconds: 0))
        if isQuoted {
          try? sample.program.renderQuoted(
            sample.part,
            of: record,
            in: &frame,
            with: text,
            into: &out
          )
        } else {
          try? sample.program.render(sample.part, of: record, in: &frame, into: &out)
        }
        #expect(out.count < 1_000)
      }
    }
  }

  @Test func `a refused message leaves nothing, and the next one is whole`() throws {
    let sample = try Sample(Self.template, Self.properties)
    let text = String(repeating: "a", count: 255)
    let record = try sample.record(#"{"a":"\#(text)","b":"","c":"","n":1}"#)
    let quotedText = sample.program.makeQuotedText()
    var frame = sample.program.makeFrame()
    let plain = try rendered(sample, record, quotedText, isQuoted: false, behind: 0, &frame)
    for limit in stride(from: 0, to: plain.count, by: 13) {
      var limits = RenderLimits()
      limits.output = limit
      var out = OutputBuffer()
      frame.begin(now: Moment(seconds: 0), limits: limits)
      #expect(throws: RenderError.self) {
        try sample.program.render(sample.part, of: record, in: &frame, into: &out)
      }
      #expect(out.count == 0)
      frame.begin(now: Moment(seconds: 0))
      try sample.program.render(sample.part, of: record, in: &frame, into: &out)
      #expect(out.bytes() == plain)
    }
  }

  private func rendered(
    _ sample: Sample,
    _ record: Record,
    _ text: QuotedText,
    isQuoted: Bool,
    behind length: Int,
    _ frame: inout Frame
  ) throws -> [UInt8] {
    var out = OutputBuffer()
    out.appendToMessage(Array(repeating: UInt8(ascii: "-"), count: length).span)
    frame.begin(now: Moment(seconds: 0))
    if isQuoted {
      try sample.program.renderQuoted(sample.part, of: record, in: &frame, with: text, into: &out)
    } else {
      try sample.program.render(sample.part, of: record, in: &frame, into: &out)
    }
    return Array(out.bytes()[length...])
  }
}
