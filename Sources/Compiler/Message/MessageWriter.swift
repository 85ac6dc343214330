import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMIME
import LetterpressProgram
import LetterpressSchema

/// Makes whole messages of a layout's parts: a header, and the text and the HTML as alternatives.
///
/// All of it goes to its place in the caller's buffer at once. Fields that are the same for everybody are made
/// once; storage is reused from message to message.
struct MessageWriter: ~Copyable {
  private let email: CompiledEmail
  /// The HTML's static text in quoted-printable form.
  private let quoted: QuotedText
  private let recipientSlots: RecipientSlots?
  private let pieces = MessagePieces()
  private var header = HeaderWriter()
  private var line = OutputBuffer()
  /// The domain of the sender, for the message's identifier.
  private var domain: [UInt8] = []
  private var word: [UInt8] = []
  private var boundary: [UInt8] = []
  /// A line with it, from the line end before it on.
  private var delimiter: [UInt8] = []
  /// The field of the last date: all messages of a run have the same.
  private var date: (seconds: Int, field: [UInt8])?
  /// Fields without values, once they were made: the sender's, and by their places those of `lp-header`.
  private var fixedSender: [UInt8] = []
  private var fixedHeaders: [[UInt8]]
  private let headerNames: [HeaderName?]

  init(_ email: CompiledEmail) {
    self.email = email
    quoted = email.program.makeQuotedText()
    recipientSlots = email.envelope.recipient.flatMap { RecipientSlots($0, in: email.schema) }
    headerNames = email.envelope.headers.map { HeaderName($0.name) }
    fixedHeaders = Array(repeating: [], count: headerNames.count)
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
    let start = out.count
    do throws(RenderFailure) {
      try append(record, now: now, id: id, in: &frame, to: &out)
    } catch {
      out.truncate(to: start)
      throw firstFailure(error, record, now, &frame)
    }
  }

  private mutating func append(
    _ record: borrowing Record,
    now: Moment,
    id: [UInt8]?,
    in frame: inout Frame,
    to out: inout OutputBuffer
  ) throws(RenderFailure) {
    let start = out.count
    header.removeAll()
    appendDate(now)
    try appendSender(record, now, &frame)
    try appendAddress(email.envelope.replyTo, .replyTo, record, now, &frame)
    try appendRecipient(record)
    try appendSubject(record, now, &frame)
    try appendUnsubscribe(record, now, &frame)
    try appendOthers(record, now, &frame)
    let hashed = header.bytes.count
    appendID(id)
    appendStructure()
    Self.append(header, to: &out)
    try email.renderQuoted(email.text, record, now: now, with: quoted, in: &frame, into: &out)
    // Clients show the last one that they can (RFC 2046, section 5.1.4).
    out.appendToMessage(delimiter.span)
    out.appendToMessage(pieces.htmlHead.span)
    let html = out.count
    try email.renderQuoted(email.html, record, now: now, with: quoted, in: &frame, into: &out)
    if id?.isEmpty ?? true {
      word.removeAll(keepingCapacity: true)
      Self.hash(out, start..<start + hashed, html..<out.count).write(to: &word)
      out.replace(at: start + hashed + pieces.idHead.count, with: word.span)
    }
    out.appendToMessage(delimiter.span)
    out.appendToMessage(pieces.end.span)
  }

  /// What is told of a message that cannot be made: what is wrong with its HTML, else with its text, and only
  /// then with its header.
  ///
  /// So a recipient whom the layout skips is skipped, whatever else there is.
  private mutating func firstFailure(
    _ failure: RenderFailure,
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) -> RenderFailure {
    do throws(RenderFailure) {
      line.removeAll()
      try email.renderQuoted(email.html, record, now: now, with: quoted, in: &frame, into: &line)
      line.removeAll()
      try email.renderQuoted(email.text, record, now: now, with: quoted, in: &frame, into: &line)
      return failure
    } catch {
      return error
    }
  }

  private static func append(_ header: borrowing HeaderWriter, to out: inout OutputBuffer) {
    out.appendToMessage(header.bytes.span)
  }

  // MARK: - Addresses

  private mutating func appendSender(
    _ record: borrowing Record,
    _ now: Moment,
    _ frame: inout Frame
  ) throws(RenderFailure) {
    if !fixedSender.isEmpty { return header.append(made: fixedSender) }
    let start = header.bytes.count
    var range = try appendAddress(email.envelope.from, .from, record, now, &frame)
    if range == nil { range = try appendDefaultSender() }
    domain.removeAll(keepingCapacity: true)
    if let range { domain.append(contentsOf: header.bytes[range]) }
    if email.envelope.from.map({ email.program.isFixed($0.part) }) ?? true {
      fixedSender = Array(header.bytes[start...])
    }
  }

  /// Appends the manifest's sender; returns where the domain stands.
  private mutating func appendDefaultSender() throws(RenderFailure) -> Range<Int> {
    guard let sender = email.envelope.defaultSender else {
      throw RenderFailure(.missingSender(at: email.envelope.place))
    }
    do throws(AddressFault) {
      return try header.append(.from, address: Array(sender.utf8).span)
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

  private static func appendWord(
    _ word: [UInt8],
    inList: Bool = false,
    to header: inout HeaderWriter
  ) {
    header.appendWord(word.span, inList: inList)
  }

  private mutating func appendRecipient(_ record: borrowing Record) throws(RenderFailure) {
    guard let path = email.envelope.recipient else { return }
    do throws(AddressFault) {
      if let place = recipientSlots?.address(in: record) {
        try header.append(.to, address: record.bytes.span.extracting(place))
        return
      } else if let address = email.envelope.recipientAddress(in: record, email.schema.types) {
        try header.append(.to, address: address.span)
        return
      }
    } catch {
      let what = "the recipient's '\(path.joined(separator: "."))'"
      throw RenderFailure(
        .invalidAddress(what, error, at: email.envelope.place),
        field: path.map(JSONPointer.token).joined()
      )
    }
    throw RenderFailure(
      .missingRecipient(path.joined(separator: "."), at: email.envelope.place),
      field: path.map(JSONPointer.token).joined()
    )
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
    for index in headerNames.indices {
      if !fixedHeaders[index].isEmpty {
        header.append(made: fixedHeaders[index])
        continue
      }
      let field = email.envelope.headers[index].part
      guard let name = headerNames[index], try render(field, record, now, &frame) else { continue }
      let start = header.bytes.count
      Self.appendText(name, line, keepsWords: true, to: &header)
      if email.program.isFixed(field.part) { fixedHeaders[index] = Array(header.bytes[start...]) }
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
      Self.appendWord(word, inList: true, to: &header)
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
    if let date, date.seconds == now.seconds { return header.append(made: date.field) }
    header.append(.date, text: MessageDate.text(now).utf8.span)
    // The first of the fields.
    date = (now.seconds, header.bytes)
  }

  /// Appends the Message-ID; a hash of the message is put in when that is there.
  private mutating func appendID(_ id: [UInt8]?) {
    word.removeAll(keepingCapacity: true)
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
      for _ in 0..<MessageHash.length { word.append(UInt8(ascii: "0")) }
    }
    word.append(UInt8(ascii: "@"))
    word.append(contentsOf: domain)
    header.append(made: pieces.idHead)
    header.append(made: word)
    header.append(made: pieces.idEnd)
  }

  /// A hash of the fields before the Message-ID and of the HTML.
  private static func hash(
    _ message: borrowing OutputBuffer,
    _ fields: Range<Int>,
    _ html: Range<Int>
  ) -> MessageHash {
    message.withSpan { message in
      var hash = MessageHash(message.extracting(fields))
      hash.add(message.extracting(html))
      return hash
    }
  }

  /// Appends the fields of the structure, and what stands before the text.
  ///
  /// The boundary follows from the fields above, so that messages have boundaries of their own; that it
  /// stands in no part is so whatever it is.
  private mutating func appendStructure() {
    boundary.removeAll(keepingCapacity: true)
    MessageHash(header.bytes.span).writeBoundary(to: &boundary)
    delimiter.removeAll(keepingCapacity: true)
    delimiter.append(contentsOf: pieces.delimiter)
    delimiter.append(contentsOf: boundary)
    header.append(made: pieces.structure)
    header.append(made: boundary)
    header.append(made: pieces.structureEnd)
    header.append(made: delimiter)
    header.append(made: pieces.textHead)
  }
}
