import Foundation
import Letterpress
import LetterpressDiagnostics
import TestSupport
import Testing

/// Whole messages are what was rendered: read by our own reader, and by Python's, which knows nothing of us.
struct WholeMessageTests {
  /// A message with what it was made of.
  private struct Case {
    var message: [UInt8]
    var parts: CompiledEmail.Message
    var name: String
  }

  @Test func `every message of the sample project is read as it was rendered`() throws {
    let cases = try sampleCases()
    #expect(cases.count > 50)
    for one in cases {
      let message = try ReceivedMessage(one.message)
      #expect(message.parts.map(\.content) == [one.parts.text, one.parts.html], "\(one.name)")
      #expect(
        message.parts.map(\.type) == [
          "text/plain; charset=utf-8; format=flowed; delsp=no", "text/html; charset=utf-8",
        ]
      )
      #expect(message.field("Subject") == one.parts.texts[.subject], "\(one.name)")
    }
  }

  @Test func `random text is read as it was rendered`() throws {
    for one in try randomCases(count: 50) {
      let message = try ReceivedMessage(one.message)
      #expect(message.parts[1].content == canonical(one.parts.html), "\(one.name)")
      #expect(message.parts[0].content == canonical(one.parts.text), "\(one.name)")
    }
  }

  @Test(.enabled(if: Python.isPresent, "there is no python3"))
  func `Python reads every message as it was rendered`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "messages-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let cases = try sampleCases() + randomCases(count: 50)
    for (index, one) in cases.enumerated() {
      try Data(one.message).write(to: folder.appending(path: "\(index).eml"))
      try Data(canonical(one.parts.html)).write(to: folder.appending(path: "\(index).html"))
      try Data(canonical(one.parts.text)).write(to: folder.appending(path: "\(index).text"))
      try Data((one.parts.texts[.subject] ?? "").utf8)
        .write(to: folder.appending(path: "\(index).subject"))
    }
    let answer = try Python.run(reader, folder.path)
    #expect(answer == "\(cases.count) messages\n", "\(answer)")
  }

  /// Compares the messages of a folder with the files beside them; prints how many there are.
  private let reader = """
    import email, email.policy, pathlib, sys
    folder = pathlib.Path(sys.argv[1])
    count = 0
    for path in sorted(folder.glob('*.eml')):
        data = path.read_bytes()
        assert data.isascii() and b'\\n' not in data.replace(b'\\r\\n', b''), path
        for policy in (email.policy.default, email.policy.SMTP):
            message = email.message_from_bytes(data, policy=policy)
            parts = list(message.iter_parts())
            assert [p.get_content_type() for p in parts] == ['text/plain', 'text/html'], path
            for part in [message, *parts]:
                assert not part.defects, (path, part.defects)
                for name, value in part.items():
                    assert not value.defects, (path, name, value.defects)
            for part, kind in zip(parts, ('text', 'html')):
                content = part.get_payload(decode=True).replace(b'\\r\\n', b'\\n')
                assert content == path.with_suffix('.' + kind).read_bytes(), (path, kind)
            subject = path.with_suffix('.subject').read_bytes().decode()
            assert str(message['Subject']).split() == subject.split(), (path, message['Subject'])
            assert len(message.get_all('From')) == 1 and message['From'].addresses[0].domain
            assert message['To'].addresses[0].addr_spec and message['Date'].datetime
            assert message.get_body(('html',)) is parts[1]
        count += 1
    print(count, 'messages')
    """

  // MARK: - Messages

  private func sampleCases() throws -> [Case] {
    let project = try Project(at: Repository.root.path)
    let compiler = ProjectCompiler(project)
    var cases: [Case] = []
    for layout in project.layoutNames {
      let email = try #require(compiler.compile(layout)?.email)
      for persona in project.personaNames {
        let recipient = try compiler.recipient(persona: persona)
        cases.append(
          Case(
            message: try email.message(for: recipient, now: "2026-11-24T21:00:00Z"),
            parts: try email.render(recipient, now: "2026-11-24T21:00:00Z"),
            name: "\(layout) \(persona)"
          )
        )
      }
    }
    return cases
  }

  private func randomCases(count: Int) throws -> [Case] {
    let project = try TestProject([
      "letterpress.yaml": "sender: Shop <shop@ink.example>",
      "fixtures/profile.schema.json": """
      {"type": "object", "required": ["subject", "name", "text", "email"], "properties": {
        "subject": {"type": "string"}, "name": {"type": "string"}, "text": {"type": "string"},
        "email": {"type": "string"}}}
      """,
      "layouts/mail.mjml": """
      <mjml><mj-head><lp-subject>About {{ profile.subject }}</lp-subject>
      <lp-from>{{ profile.name }} <shop@ink.example></lp-from></mj-head>
      <mj-body><mj-section><mj-column><mj-text>{{ profile.text }}</mj-text></mj-column></mj-section>
      </mj-body></mjml>
      """,
    ])
    let compiler = try project.compiler()
    let email = try #require(compiler.compile("mail")?.email)
    var generator = SeededGenerator(seed: 4)
    return try (0..<count).map { number in
      let profile = [
        "subject": header(RandomText.make(&generator)),
        "name": header(RandomText.make(&generator)),
        "text": RandomText.make(&generator), "email": "ada@example.org",
      ]
      let json = Array(try JSONEncoder().encode(profile))
      let recipient = try compiler.recipient(profile: json, path: "profile.json")
      return Case(
        message: try email.message(for: recipient, now: "2026-11-24T21:00:00Z"),
        parts: try email.render(recipient, now: "2026-11-24T21:00:00Z"),
        name: "random \(number)"
      )
    }
  }

  /// What a header takes: line ends and controls are refused.
  private func header(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter {
          $0.properties.generalCategory != .control && $0.value != 0x2028
        }
      )
    )
  }

  /// A CRLF of a part is an LF as any other line end of a message.
  private func canonical(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in text.enumerated() {
      if byte == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { continue }
      result.append(byte)
    }
    return result
  }
}

/// An independent reader, where the machine has one.
enum Python {
  static let isPresent = (try? run("print('yes')")) == "yes\n"

  /// Runs a program; its output and errors.
  static func run(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
