import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import LetterpressSchema
import LetterpressTyping
import TestSupport
import Testing

/// The lines of marked text: however it is cut into runs, and in quoted-printable form too.
@Suite("Lines of a text part")
struct TextLineTests {
  /// Between the bytes of a word these marks do nothing, but that no run is longer than a byte.
  private static let nothing: [TextMark] = [.hide, .show]

  @Test(arguments: 0..<8)
  func `runs of words are written as their bytes are one by one`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<40 {
      let text = Self.markedText(&random)
      #expect(try lines(text) == lines(Self.cut(text)), "\(text)")
    }
  }

  @Test(arguments: 0..<8)
  func `lines are encoded as the whole text is`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    for _ in 0..<40 {
      let text = Self.markedText(&random)
      let plain = try lines(text)
      var encoded = OutputBuffer()
      encoded.appendQuotedPrintable(plain.span)
      let quoted = try lines(text, isQuoted: true)
      #expect(quoted == encoded.bytes(), "\(text)")
    }
  }

  @Test func `the limit is that of the lines`() throws {
    // Eleven bytes and a line end.
    let text = Array("words words".utf8)
    #expect(try lines(text, limit: 12).count == 12)
    #expect(throws: RenderError.self) { try lines(text, limit: 11) }
    #expect(throws: RenderError.self) { try lines(text, limit: 11, isQuoted: true) }
  }

  // MARK: - Marked text

  private static let words = [
    "a", "of", "the", "From", "F", "Fro", ">", ">>", "--", "-", ".", "=", "a=b", "é", "日本", "😀",
    "–", "|",
    "\u{AD}", "\u{200B}", "x\u{A0}y", "\u{A0}", "\u{2028}", "https://a.example/?a=1&b=2",
    String(repeating: "y", count: 30), String(repeating: "z", count: 77),
    String(repeating: "w", count: 90), "ordinary", "words", "of", "text,",
  ]
  private static let spaces = [" ", " ", " ", " ", "  ", "\n", "\t", "\r\n", ""]
  private static let marks: [TextMark] = [
    .paragraph, .line, .lineBreak, .divider, .hide, .show, .preserve, .collapse, .heading1,
    .heading2, .heading3, .headingEnd, .bulletList, .numberedList, .item, .item, .listEnd, .quote,
    .quoteEnd, .dataTable, .layoutTable, .row, .cell, .cell, .tableEnd, .signature, .paragraph,
  ]

  private static func markedText(_ random: inout SeededGenerator) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...4: append(&text, &random)
      case 5:
        text.append(TextMark.linkTarget.rawValue)
        text += "https://a.example/\(Int.random(in: 0...3, using: &random))".utf8
        if Bool.random(using: &random) { text += String(repeating: "p", count: 70).utf8 }
        text.append(TextMark.linkLabel.rawValue)
        append(&text, &random)
        text.append(TextMark.linkEnd.rawValue)
      default: text.append((marks.randomElement(using: &random) ?? .line).rawValue)
      }
    }
    return text
  }

  private static func append(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      text += (words.randomElement(using: &random) ?? "").utf8
      text += (spaces.randomElement(using: &random) ?? "").utf8
    }
  }

  /// The same text with marks behind each byte of ASCII that shows, targets aside.
  private static func cut(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var isTarget = false
    for byte in text {
      result.append(byte)
      if byte == TextMark.linkTarget.rawValue { isTarget = true }
      if byte == TextMark.linkLabel.rawValue { isTarget = false }
      if !isTarget, byte > 0x20, byte < 0x7F { result += nothing.map(\.rawValue) }
    }
    return result
  }

  private func lines(
    _ text: [UInt8],
    limit: Int? = nil,
    isQuoted: Bool = false
  ) throws -> [UInt8] {
    var builder = ProgramBuilder(sources: SourceSet(), types: TypeTable(), frame: FrameSize())
    let placed = builder.placePlainText([.bytes(text)])
    let part = builder.add(placed)
    let program = try builder.finish()
    var limits = RenderLimits()
    if let limit { limits.output = limit }
    var out = OutputBuffer()
    var frame = program.makeFrame()
    frame.begin(now: Moment(seconds: 0), limits: limits)
    if isQuoted {
      let quoted = program.makeQuotedText()
      try program.renderQuoted(part, of: Record(), in: &frame, with: quoted, into: &out)
    } else {
      try program.render(part, of: Record(), in: &frame, into: &out)
    }
    return out.bytes()
  }
}
