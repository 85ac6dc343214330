import FuzzSupport
@testable import Letterpress
@testable import LetterpressMIME

/// Whole messages of arbitrary values, and of arbitrary templates.
///
/// The first part is a layout, or nothing for one of ours with a value in every field of the header; the parts
/// behind it are the values of the profile. The laws: what is made is one message with the fields that the
/// layout writes, each once, in lines of the lengths that RFC 5322 and 2045 allow; read by other means than
/// those that wrote it, it is what was rendered.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMessage(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let parts = FuzzInput(data, count).parts
  let compiler: ProjectCompiler
  let email: CompiledEmail
  if parts[0].isEmpty {
    (compiler, email) = standard
  } else {
    guard let compiled = compile(parts[0]) else { return 0 }
    (compiler, email) = compiled
  }
  let json = profile(of: Array(parts.dropFirst()))
  guard let recipient = try? email.recipient(profile: json) else { return 0 }
  var renderer = email.makeRenderer(now: now)
  var buffer = MessageBuffer()
  do throws(RenderFailure) {
    try renderer.renderMessage(recipient, into: &buffer)
  } catch {
    requireShowable([error.diagnostic], in: error.sources)
    precondition(buffer.count == 0, "what failed is taken back")
    return 0
  }
  let message = buffer.bytes()
  // Once more with storage that was used.
  buffer.removeAll()
  guard (try? renderer.renderMessage(recipient, into: &buffer)) != nil, buffer.bytes() == message
  else { preconditionFailure("a message is the same again") }
  guard let rendered = try? email.render(recipient, now: now) else {
    preconditionFailure("the parts of a message can be rendered")
  }
  requireLines(of: message)
  let received: ReceivedMessage
  do {
    received = try ReceivedMessage(message)
  } catch {
    preconditionFailure("a message can be read: \(error)")
  }
  precondition(received.parts.count == 2, "a message has two parts")
  precondition(
    received.parts[0].content == canonical(rendered.text),
    "the text is what was rendered"
  )
  precondition(
    received.parts[1].content == canonical(rendered.html),
    "the HTML is what was rendered"
  )
  requireFields(of: received, email, rendered)
  requireAddresses(of: message)
  _ = compiler
  return 0
}

private let now = "2026-03-01T10:00:00Z"

/// Lines end with CRLF, and nothing else is a line's end; none is too long; all is ASCII.
private func requireLines(of message: [UInt8]) {
  var length = 0
  var isHeader = true
  for (index, byte) in message.enumerated() {
    precondition(byte < 0x80 && byte != 0, "a message is ASCII")
    if byte == 0x0D {
      precondition(index + 1 < message.count && message[index + 1] == 0x0A, "CR stands before LF")
      precondition(length <= (isHeader ? 998 : 76), "a line is not too long")
      if length == 0 { isHeader = false }
    } else if byte == 0x0A {
      precondition(index > 0 && message[index - 1] == 0x0D, "LF stands behind CR")
      length = 0
    } else {
      length += 1
    }
  }
}

/// The fields are those that the layout and the message have, each once.
private func requireFields(
  of received: ReceivedMessage,
  _ email: CompiledEmail,
  _ rendered: CompiledEmail.Message
) {
  let own = [
    "date", "from", "reply-to", "to", "subject", "list-unsubscribe", "list-unsubscribe-post",
    "message-id", "mime-version", "content-type",
  ]
  let allowed = Set(own + email.envelope.headers.map { $0.name.lowercased() })
  var seen: Set<String> = []
  for field in received.fields {
    let name = field.name.lowercased()
    precondition(allowed.contains(name), "the field '\(field.name)' is written by nobody")
    precondition(seen.insert(name).inserted, "the field '\(field.name)' stands once")
  }
  for name in ["date", "from", "subject", "message-id", "mime-version", "content-type"] {
    precondition(seen.contains(name), "a message has a '\(name)'")
  }
  var subject: [UInt8] = []
  HeaderText.append(Array((rendered.texts[.subject] ?? "").utf8).span, to: &subject)
  precondition(
    Array((received.field("Subject") ?? "").utf8) == subject,
    "the subject is what was rendered"
  )
}

/// A field of an address has one: outside of quotes there is one `@`, and nothing that parts addresses.
private func requireAddresses(of message: [UInt8]) {
  for (name, value) in rawFields(of: message)
  where ["from", "to", "reply-to", "message-id"].contains(name) {
    var isQuoted = false
    var isEscaped = false
    var (ats, opens, closes) = (0, 0, 0)
    for byte in value {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        if byte == UInt8(ascii: "\\") { isEscaped = true }
        if byte == UInt8(ascii: "\"") { isQuoted = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "@"): ats += 1
        case UInt8(ascii: "<"): opens += 1
        case UInt8(ascii: ">"): closes += 1
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("),
          UInt8(ascii: ")"):
          preconditionFailure("'\(name)' is one address")
        default: break
        }
      }
    }
    precondition(!isQuoted && ats == 1 && opens == closes && opens < 2, "'\(name)' is one address")
    precondition(opens == 0 || value.last == UInt8(ascii: ">"), "'\(name)' ends with its address")
  }
}

/// The fields of a header, unfolded but not decoded.
private func rawFields(of message: [UInt8]) -> [(name: String, value: [UInt8])] {
  var fields: [(name: String, value: [UInt8])] = []
  var rest = message[...]
  while let end = rest.firstIndex(of: 0x0D), end > rest.startIndex {
    let line = rest[..<end]
    rest = rest[(end + 2)...]
    if line.first == 0x20, let last = fields.indices.last {
      fields[last].value += line
    } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      fields.append((name, Array(line[(colon + 1)...])))
    }
  }
  return fields
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

// MARK: - The project

private nonisolated(unsafe) let folder: ProjectFolder = {
  let folder = ProjectFolder("fuzz-message")
  let manifest =
    "sender: Shop <shop@ink.example>\nlimits: {render-steps: 20000, output: 300000, value: 65536}\n"
  folder.write(Array(manifest.utf8), to: "letterpress.yaml")
  let members = fields.map { name in
    switch name {
    case "link": #""link": {"type": "string", "format": "uri"}"#
    case "html": #""html": {"type": "string", "contentMediaType": "text/html"}"#
    default: "\"\(name)\": {\"type\": \"string\"}"
    }
  }
  let schema = """
    {"type": "object", "required": [\(fields.map { "\"\($0)\"" }.joined(separator: ", "))],
    "properties": {\(members.joined(separator: ", "))}}
    """
  folder.write(Array(schema.utf8), to: "fixtures/profile.schema.json")
  return folder
}()

/// The fields of the profile; the values of an input go into them in this order, over and over.
private let fields = ["subject", "name", "email", "reply", "note", "link", "text", "html"]

/// A profile of these values.
private func profile(of values: [[UInt8]]) -> [UInt8] {
  var json = Array("{".utf8)
  for (index, name) in fields.enumerated() {
    var value = values.isEmpty ? [] : values[index % values.count]
    switch name {
    // The address is right, so that not all ends there, or is the value, or ends with a part that is.
    case "email" where index >= values.count, "reply" where index >= values.count:
      value = Array("ada@a.example".utf8)
    case "link" where !value.starts(with: "https:".utf8): value = Array("https://a.example/".utf8)
    default: break
    }
    json += (index == 0 ? "\"" : ", \"").utf8
    json += "\(name)\": ".utf8
    json += jsonString(value)
  }
  return json + "}".utf8
}

private func compile(_ layout: [UInt8]) -> (ProjectCompiler, CompiledEmail)? {
  folder.write(layout, to: "layouts/mail.mjml")
  guard let project = try? Project(at: folder.path) else { return nil }
  let compiler = ProjectCompiler(project)
  return compiler.compile("mail")?.email.map { (compiler, $0) }
}

private let standard: (ProjectCompiler, CompiledEmail) = {
  let layout = """
    <mjml><mj-head><lp-subject>About {{ profile.subject }}</lp-subject>
    <lp-from>{{ profile.name }} <shop@ink.example></lp-from><lp-reply-to>{{ profile.reply }}</lp-reply-to>
    <lp-header name="X-Campaign">{{ profile.note }}</lp-header>
    <lp-header name="X-A-Name-That-Is-As-Long-As-Names-May-Be">a {{ profile.subject }} z</lp-header>
    <lp-unsubscribe href="https://ink.example/u?n={{ profile.note }}" />
    <lp-unsubscribe href="{{ profile.link }}" /><mj-preview>{{ profile.subject }}</mj-preview></mj-head>
    <mj-body><mj-section><mj-column><mj-text><h1>{{ profile.name }}</h1>{{ profile.text }}
    <a href="{{ profile.link }}">{{ profile.note }}</a></mj-text>
    <mj-button href="{{ profile.link }}">{{ profile.subject }}</mj-button>
    <mj-text>{{ profile.html }}</mj-text></mj-column></mj-section></mj-body></mjml>
    """
  guard let compiled = compile(Array(layout.utf8)) else { fatalError("our layout compiles") }
  return compiled
}()
