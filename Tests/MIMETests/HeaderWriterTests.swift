import LetterpressMIME
import TestSupport
import Testing

@Suite("Header fields")
struct HeaderWriterTests {
  @Test(
    arguments: [
      ("Hello", "Subject: Hello\r\n"),
      ("  Hello \t\r\n world ", "Subject: Hello world\r\n"),
      ("", "Subject:\r\n"),
      ("Grüße", "Subject: =?utf-8?B?R3LDvMOfZQ==?=\r\n"),
      ("日本語", "Subject: =?utf-8?B?5pel5pys6Kqe?=\r\n"),
      ("Hello Zoë", "Subject: Hello =?utf-8?Q?Zo=C3=AB?=\r\n"),
      // A word between two others is encoded with them where that is shorter.
      ("Zoë loves Zoë", "Subject: =?utf-8?B?Wm/DqyBsb3ZlcyBab8Or?=\r\n"),
      // What looks like an encoded word would be decoded.
      ("=?utf-8?Q?x?=", "Subject: =?utf-8?B?PT91dGYtOD9RP3g/PQ==?=\r\n"),
      // Controls, and what some take for line ends, are gone.
      ("a\u{0}b\u{85}c\u{2028}d\u{7F}", "Subject: abc d\r\n"),
      // No line end of a value ends the field.
      ("Hi\r\nBcc: eve@example.org", "Subject: Hi Bcc: eve@example.org\r\n"),
      ("Hi\r\n\r\n<script>", "Subject: Hi <script>\r\n"),
    ]
  )
  func `a text becomes a field`(_ text: String, _ field: String) {
    #expect(subject(text) == field)
  }

  @Test func `a long name leaves room for an encoded word`() throws {
    let name = try #require(HeaderName("X-" + String(repeating: "x", count: 46)))
    var writer = HeaderWriter()
    writer.append(name, text: "😀é日本語 and Zoë".utf8.span)
    let fields = try ReceivedMessage.fields(writer.bytes)
    #expect(fields.map(\.value) == ["😀é日本語 and Zoë"])
    let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
  }

  @Test(arguments: 50...70)
  func `a list has room for its commas`(length: Int) throws {
    let word = String(repeating: "x", count: length)
    var writer = HeaderWriter()
    writer.begin(.listUnsubscribe)
    writer.appendWord("<y>".utf8.span, inList: true)
    writer.appendComma()
    writer.appendWord(word.utf8.span, inList: true)
    writer.appendComma()
    writer.appendWord("<z>".utf8.span, inList: true)
    writer.end()
    let lines = String(decoding: writer.bytes, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 76 }, "\(lines)")
    #expect(try ReceivedMessage.fields(writer.bytes).map(\.value) == ["<y>, \(word), <z>"])
  }

  @Test func `a long text is folded at spaces`() {
    let text = Array(repeating: "word", count: 40).joined(separator: " ")
    let lines = subject(text).split(separator: "\r\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    #expect(read(subject(text)) == text)
  }

  @Test func `bytes that are no text become the replacement character`() {
    var writer = HeaderWriter()
    writer.append(.subject, text: ([0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80] as [UInt8]).span)
    let field = String(decoding: writer.bytes, as: UTF8.self)
    #expect(read(field) == "a\u{FFFD}\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}")
  }

  @Test(
    arguments: [
      ("ada@example.org", "From: ada@example.org\r\n"),
      ("<ada@example.org>", "From: ada@example.org\r\n"),
      ("Ada <ada@example.org>", "From: Ada <ada@example.org>\r\n"),
      ("Alder & Ink <a@b.example>", "From: Alder & Ink <a@b.example>\r\n"),
      ("Ink, Inc. <a@b.example>", #"From: "Ink, Inc." <a@b.example>"# + "\r\n"),
      (#""Ink, Inc." <a@b.example>"#, #"From: "Ink, Inc." <a@b.example>"# + "\r\n"),
      (#"The "Ink" <a@b.example>"#, #"From: "The \"Ink\"" <a@b.example>"# + "\r\n"),
      ("Zoë <a@b.example>", "From: =?utf-8?Q?Zo=C3=AB?= <a@b.example>\r\n"),
      // RFC 2047, section 5: in a name, Q encodes more.
      (
        "Zoë, of Falmouth <a@b.example>",
        "From: =?utf-8?Q?Zo=C3=AB=2C_of_Falmouth?= <a@b.example>\r\n"
      ),
      // A name can hold anything, but it adds no address.
      (
        "Eve <eve@evil.example>, <a@b.example>",
        #"From: "Eve <eve@evil.example>," <a@b.example>"# + "\r\n"
      ),
      ("x\r\nBcc: y <a@b.example>", #"From: "x Bcc: y" <a@b.example>"# + "\r\n"),
      (#""odd name"@example.org"#, #"From: "odd name"@example.org"# + "\r\n"),
    ]
  )
  func `an address becomes a field`(_ text: String, _ field: String) throws {
    var writer = HeaderWriter()
    try writer.append(.from, address: text.utf8.span)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == field)
  }

  @Test(
    arguments: [
      ("", AddressFault.empty), ("  ", .empty), ("ada", .noAt), ("@example.org", .local),
      ("ada@", .domain), (".ada@example.org", .local), ("a..b@example.org", .local),
      ("ada.@example.org", .local), ("ada@example..org", .domain), ("ada@-x.org", .domain),
      ("ada@example.org.", .domain), ("ada@exa_mple.org", .domain),
      ("a@example.org, b@example.org", .list), ("a@x.org,b@x.org", .list),
      ("Friends: a@x.org;", .group), ("Friends: a@x.org, b@x.org", .group),
      ("ada(x)@example.org", .comment), ("ada@example.org (Ada)", .space),
      ("ada@[127.0.0.1]", .literal), ("Ada <ada@example.org> x", .angles),
      ("ada lovelace@example.org", .space), ("zoë@example.org", .localBeyondASCII),
      ("ada@m☃ller.example", .domainBeyondASCII), ("ada@example.org>", .angles),
      (String(repeating: "a", count: 65) + "@example.org", .tooLong),
      ("a@" + String(repeating: "b", count: 64) + ".org", .domain),
    ] as [(String, AddressFault)]
  )
  func `what is no address is refused`(_ text: String, _ fault: AddressFault) {
    var writer = HeaderWriter()
    #expect(throws: fault) { try writer.append(.from, address: text.utf8.span) }
    #expect(writer.bytes.isEmpty)
  }

  @Test(arguments: ["X-Campaign", "Feedback-ID", "x"])
  func `names of fields`(_ name: String) { #expect(HeaderName(name)?.text == name) }

  @Test(arguments: ["", "X Y", "X:", "X\r\nBcc", "X\"", "Ü", String(repeating: "x", count: 49)])
  func `no names of fields`(_ name: String) { #expect(HeaderName(name) == nil) }

  /// The law of headers: whatever comes in, one field comes out, of short lines of ASCII, and a
  /// reader gets the text with its white space made even.
  @Test func `random text comes back`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let text = RandomText.make(&generator)
      let field = subject(text)
      for line in field.split(separator: "\r\n") { #expect(line.utf8.count <= 76, "\(text)") }
      #expect(read(field) == normal(text), "\(Array(text.utf8))")
      var writer = HeaderWriter()
      try writer.append(.from, address: (text + " <ada@example.org>").utf8.span)
      let fields = try ReceivedMessage.fields(writer.bytes)
      #expect(fields.count == 1 && fields[0].name == "From")
      #expect(fields[0].value.hasSuffix("ada@example.org>") || normal(text).isEmpty)
    }
  }

  private func subject(_ text: String) -> String {
    var writer = HeaderWriter()
    writer.append(.subject, text: text.utf8.span)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func read(_ field: String) -> String? {
    let fields = try? ReceivedMessage.fields(Array(field.utf8))
    return fields?.count == 1 ? fields?[0].value : nil
  }

  private func normal(_ text: String) -> String {
    var line: [UInt8] = []
    HeaderText.append(text.utf8.span, to: &line)
    return String(decoding: line, as: UTF8.self)
  }
}
