import LetterpressProgram
import TestSupport
import Testing

@Suite("Quoted-printable")
struct QuotedPrintableTests {
  @Test(
    arguments: [
      ("", ""), ("a", "a"), ("a=b", "a=3Db"), ("é", "=C3=A9"),
      ("a\nb", "a\r\nb"), ("a\r\nb", "a\r\nb"), ("a\rb", "a=0Db"), ("a\n", "a\r\n"),
      // White space at the end of a line would be lost.
      ("a \nb", "a=20\r\nb"), ("a\t\nb", "a=09\r\nb"), ("a \tb", "a \tb"), ("a  ", "a =20"),
      (" ", "=20"), ("\t", "=09"),
      // SMTP and mbox do something to these.
      (".", "=2E"), ("a\n.b", "a\r\n=2Eb"), ("From x", "=46rom x"), ("Fromx", "Fromx"),
      ("From", "From"), ("x\nFrom y", "x\r\n=46rom y"), ("\u{0}", "=00"), ("\u{7F}", "=7F"),
    ]
  )
  func `a text is encoded`(_ text: String, _ encoded: String) {
    #expect(self.encoded(Array(text.utf8)) == encoded)
  }

  @Test func `a line has 76 characters at most`() {
    let line = String(repeating: "x", count: 75)
    #expect(encoded(Array(line.utf8)) == line)
    #expect(encoded(Array((line + "yz").utf8)) == line + "=\r\nyz")
    // Three characters for a byte stay together.
    let short = String(repeating: "x", count: 73)
    #expect(encoded(Array((short + "é").utf8)) == short + "=\r\n=C3=A9")
    #expect(encoded(Array((short + "x \n").utf8)) == short + "x=\r\n=20\r\n")
    // A soft break is the beginning of a line, too.
    #expect(encoded(Array((line + ".").utf8)) == line + "=\r\n=2E")
  }

  @Test func `random text comes back`() throws {
    var generator = SeededGenerator(seed: 2)
    for round in 0..<600 {
      var text = Array(RandomText.make(&generator).utf8)
      // Some are longer than the pieces in which the encoder works.
      for _ in 0..<(round.isMultiple(of: 50) ? 9 : 0) { text += text.prefix(20_000) }
      let encoded = Array(self.encoded(text).utf8)
      #expect(try ReceivedMessage.decodedQuotedPrintable(encoded) == canonical(text))
      #expect(encoded.firstRange(of: "=_".utf8) == nil)
    }
  }

  @Test func `random bytes come back`() throws {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let count = Int.random(in: 0...300, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let encoded = Array(self.encoded(bytes).utf8)
      #expect(try ReceivedMessage.decodedQuotedPrintable(encoded) == canonical(bytes))
    }
  }

  /// LF is CRLF in a message.
  private func canonical(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      if byte == 0x0A, result.last != 0x0D { result.append(0x0D) }
      result.append(byte)
    }
    return result
  }

  private func encoded(_ text: [UInt8]) -> String {
    var buffer = OutputBuffer()
    buffer.appendQuotedPrintable(text.span)
    return String(decoding: buffer.bytes(), as: UTF8.self)
  }
}
