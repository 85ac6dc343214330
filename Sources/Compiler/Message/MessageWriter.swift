import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMIME
import LetterpressProgram
import LetterpressSchema

/// Makes whole messages of a layout's parts: a header, and the text and the HTML as alternatives.
///
/// Its buffers are reused from message to message.
struct MessageWriter: ~Copyable {
  private let email: CompiledEmail
  private var header = HeaderWriter()
  /// In quoted-printable form already.
  private var html = OutputBuffer(capacity: 65_536)
  /// The HTML's static text in this form.
  private let quoted: QuotedText
  private var text = OutputBuffer(capacity: 8_192)
  private var line = OutputBuffer()
  /// The domain of the sender, for the message's identifier.
  private var domain: [UInt8] = []
  private var word: [UInt8] = []
  private var boundary: [UInt8] = []
  /// The text of the last date: all messages of a run have the same.
  private var date: (seconds: Int, text: [UInt8])?

  init(_ email: CompiledEmail) {
    self.email = email
    quoted = email.program.makeQuotedText()
  }

  /// Appends the message for a profile; nothing where that fails.
  ///
  /// `id` stands before the `@` in the Message-ID; nil for a hash of the message.
  mutating func write(
    _ record: borrowing Record,
    now: Moment,
    id: [UInt8]?,
    in frame: inout Frame,
    into out: inout OutputBuffer
  ) throws(RenderFailure) {
    html.removeAll()
    try email.renderQuotedHTML(record, now: now, with: quoted, in: &frame, into: &html)
    text.removeAll()
    try email.render(email.text, record, now: now, in: &frame, into: &text)
    header.removeAll()
    appendDate(now)
    try appendSender(record, now, &frame)
    try appendAddress(email.envelope.replyTo, .replyTo, record, now, &frame)
    try appendRecipient(record)
    try appendSubject(record, now, &frame)
    try appendUnsubscribe(record, now, &frame)
    try appendOthers(record, now, &frame)
    appendID(id)
    MessageHash(header.bytes.span).writeBoundary(to: &boundary)
    appendStructure()
    out.appendToMessage(header.bytes.span)
    // Clients show the last one that they can (RFC 2046, section 5.1.4).
    Self.appendHead(Self.textHead, boundary, to: &out)
    Self.appendQuoting(text, to: &out)
    Self.appendHead(Self.htmlHead, boundary, to: &out)
    Self.append(html, to: &out)
    out.appendToMessage(Self.delimiter.span)
    out.appendToMessage(boundary.span)
    out.appendToMessage(Self.end.span)
  }

  private static let delimiter = Array("\r\n--".utf8)
  private static let end = Array("--\r\n".utf8)
  private static let textHead = head("text/plain; charset=utf-8; format=flowed; delsp=no")
  private static let htmlHead = head("text/html; charset=utf-8")

  /// What stands between a boundary and the content of its part.
  private static func head(_ type: String) -> [UInt8] {
    Array(
      ("\r\nContent-Type: \(type)\r\n"
        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n").utf8
    )
  }

  private static func appendHead(
    _ head: [UInt8],
    _ boundary: [UInt8],
    to out: inout OutputBuffer
  ) {
    out.appendToMessage(delimiter.span)
    out.appendToMessage(boundary.span)
    out.appendToMessage(head.span)
  }

  private static func appendQuoting(_ text: borrowing OutputBuffer, to out: inout OutputBuffer) {
    text.withSpan { out.appendQuotedPrintable($0) }
  }

  private static func append(_ text: borrowing OutputBuffer, to out: inout OutputBuffer) {
    text.withSpan { out.appendToMessage($0) }
  }

  // MARK: - Addresses

  private mutating func appendSender(
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) {
    let range = try appendAddress(email.envelope.from, .from, record, now, &frame)
    domain.removeAll(keepingCapacity: true)
    if let range {
      domain.append(contentsOf: header.bytes[range])
      return
    }
    guard let sender = email.envelope.defaultSender else {
      throw RenderFailure(.missingSender(at: email.envelope.place))
    }
    do throws(AddressFault) {
      let range = try header.append(.from, address: Array(sender.utf8).span)
      domain.append(contentsOf: header.bytes[range])
    } catch {
      throw RenderFailure(.invalidAddress("the sender", error, at: email.envelope.place))
    }
  }

  /// Appends a field of the layout's; returns where its domain stands, nil where it prints nothing.
  @discardableResult
  private mutating func appendAddress(
    _ field: EmailPart?,
    _ name: HeaderName,
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) -> Range<Int>? {
    guard let field, try render(field, record, now, &frame) else { return nil }
    do throws(AddressFault) {
      return try Self.appendAddress(name, line, to: &header)
    } catch {
      throw RenderFailure(.invalidAddress("'\(name.text)'", error, at: field.range))
    }
  }

  private static func appendAddress(
    _ name: HeaderName,
    _ text: borrowing OutputBuffer,
    to header: inout HeaderWriter
  ) throws(AddressFault) -> Range<Int> {
    try text.withSpan { (text) throws(AddressFault) in try header.append(name, address: text) }
  }

  private static func appendAddress(
    _ name: HeaderName,
    _ text: [UInt8],
    to header: inout HeaderWriter
  ) throws(AddressFault) {
    try header.append(name, address: text.span)
  }

  private static func appendWord(_ word: [UInt8], to header: inout HeaderWriter) {
    header.appendWord(word.span)
  }

  private mutating func appendRecipient(_ record: borrowing Record) throws(RenderFailure) {
    guard let path = email.envelope.recipient else { return }
    guard let address = email.envelope.recipientAddress(in: record, email.schema.types) else {
      throw RenderFailure(
        .missingRecipient(path.joined(separator: "."), at: email.envelope.place),
        field: path.map(JSONPointer.token).joined()
      )
    }
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: address)
    do throws(AddressFault) {
      try Self.appendAddress(.to, word, to: &header)
    } catch {
      let what = "the recipient's '\(path.joined(separator: "."))'"
      throw RenderFailure(
        .invalidAddress(what, error, at: email.envelope.place),
        field: path.map(JSONPointer.token).joined()
      )
    }
  }

  // MARK: - Texts

  private mutating func appendSubject(
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) {
    guard let field = email.envelope.subject, try render(field, record, now, &frame) else {
      let place = email.envelope.subject?.range ?? email.envelope.place
      throw RenderFailure(.missingSubject(at: place))
    }
    Self.appendText(.subject, line, to: &header)
  }

  private mutating func appendOthers(
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) {
    for (name, field) in email.envelope.headers {
      guard let name = HeaderName(name), try render(field, record, now, &frame) else {
        continue
      }
      Self.appendText(name, line, keepsWords: true, to: &header)
    }
  }

  private static func appendText(
    _ name: HeaderName,
    _ text: borrowing OutputBuffer,
    keepsWords: Bool = false,
    to header: inout HeaderWriter
  ) {
    text.withSpan { header.append(name, text: $0, keepsWords: keepsWords) }
  }

  /// `<https://…>, <mailto:…>`, and that a POST to the first is enough.
  private mutating func appendUnsubscribe(
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) {
    var isFirst = true
    var hasOneClick = false
    for field in email.envelope.unsubscribe where try render(field, record, now, &frame) {
      let scheme = line.withSpan { UnsubscribeURL.Scheme(of: $0) }
      guard let scheme, line.withSpan(UnsubscribeURL.isPlain) else {
        throw RenderFailure(
          Diagnostic(
            DiagnosticID(RenderError.Reason.refusedValue.rawValue),
            .error,
            "List-Unsubscribe wants an https, http or mailto URL of at most "
              + "\(UnsubscribeURL.limit) characters",
            at: field.range
          )
        )
      }
      hasOneClick = hasOneClick || scheme == .https
      if isFirst { header.begin(.listUnsubscribe) } else { header.appendComma() }
      isFirst = false
      word.removeAll(keepingCapacity: true)
      word.append(UInt8(ascii: "<"))
      line.withSpan { url in for index in url.indices { word.append(url[index]) } }
      word.append(UInt8(ascii: ">"))
      Self.appendWord(word, to: &header)
    }
    guard !isFirst else { return }
    header.end()
    guard hasOneClick else { return }
    header.begin(.listUnsubscribePost)
    header.appendWord("List-Unsubscribe=One-Click".utf8.span)
    header.end()
  }

  /// Whether a field prints anything; it stands in `line` then.
  private mutating func render(
    _ field: EmailPart,
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) -> Bool {
    line.removeAll()
    try email.render(field.part, record, now: now, in: &frame, into: &line)
    return line.count > 0
  }

  // MARK: - What follows from the message

  private mutating func appendDate(_ now: Moment) {
    if date?.seconds != now.seconds { date = (now.seconds, Array(MessageDate.text(now).utf8)) }
    guard let date else { return }
    header.append(.date, text: date.text.span)
  }

  private mutating func appendID(_ id: [UInt8]?) {
    word.removeAll(keepingCapacity: true)
    word.append(UInt8(ascii: "<"))
    if let id, !id.isEmpty {
      // A dot may stand between other characters only.
      var previous = UInt8(ascii: ".")
      for byte in id.prefix(128) {
        let isDot = byte == UInt8(ascii: ".") && previous != byte
        word.append(isDot || MessageHash.isIDText(byte) ? byte : UInt8(ascii: "_"))
        previous = byte
      }
      if previous == UInt8(ascii: ".") { word.append(UInt8(ascii: "_")) }
    } else {
      Self.hash(header, html).write(to: &word)
    }
    word.append(UInt8(ascii: "@"))
    word.append(contentsOf: domain)
    word.append(UInt8(ascii: ">"))
    header.begin(.messageID)
    Self.appendWord(word, to: &header)
    header.end()
  }

  private static func hash(_ header: HeaderWriter, _ html: borrowing OutputBuffer) -> MessageHash {
    var hash = MessageHash(header.bytes.span)
    html.withSpan { hash.add($0) }
    return hash
  }

  private mutating func appendStructure() {
    header.append(.mimeVersion, text: "1.0".utf8.span)
    header.begin(.contentType)
    header.appendWord("multipart/alternative;".utf8.span)
    word.removeAll(keepingCapacity: true)
    word.append(contentsOf: "boundary=\"".utf8)
    word.append(contentsOf: boundary)
    word.append(UInt8(ascii: "\""))
    Self.appendWord(word, to: &header)
    header.end()
  }
}
