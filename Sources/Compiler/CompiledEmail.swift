public import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressProgram
package import LetterpressSchema

/// A layout ready to be rendered: immutable, for any number of threads.
///
/// Load what `letterpress build` wrote, decode a profile, render:
///
///     let email = try CompiledEmail(contentsOf: "output/compiled/welcome.letterpress")
///     var renderer = email.makeRenderer()
///     var buffer = MessageBuffer()
///     let recipient = try email.recipient(profile: json)
///     try renderer.renderHTML(recipient, into: &buffer)
///
/// Copies share one program; a renderer and a buffer belong to one thread.
public struct CompiledEmail: Sendable {
  /// The layout's name.
  public let name: String
  /// What it was made of; nil where it was compiled by this process.
  public let origin: Origin?
  /// The files that failures have places in.
  public let sources: SourceSet
  /// The type of the profiles that it renders.
  package let schema: ProfileSchema
  let program: RenderProgram
  /// The bounds of one message.
  let limits: RenderLimits
  let html: RenderProgram.Part
  let text: RenderProgram.Part
  let texts: [EnvelopeText: RenderProgram.Part]
  /// What a whole message has beside its parts.
  var envelope: MessageEnvelope
  /// The parts with an `abort` that the HTML has not, or the text: whom they skip gets no part at all.
  private let skippingHTML: [RenderProgram.Part]
  private let skippingText: [RenderProgram.Part]

  /// The roles of the HTML and of the text among the parts; that of another text is the name of its kind.
  static let htmlRole = "html"
  static let textRole = "text"

  /// Puts a program's parts in their places; nil where HTML or text is missing, or a role is unknown.
  init?(
    name: String,
    schema: ProfileSchema,
    sources: SourceSet,
    program: RenderProgram,
    limits: RenderLimits,
    parts: [EmailPart],
    envelope: MessageEnvelope,
    origin: Origin? = nil
  ) {
    var html: RenderProgram.Part?
    var text: RenderProgram.Part?
    var texts: [EnvelopeText: RenderProgram.Part] = [:]
    var envelope = envelope
    for part in parts {
      let isHeader = envelope.take(part)
      switch part.role {
      case Self.htmlRole: html = part.part
      case Self.textRole: text = part.part
      default:
        if let kind = EnvelopeText(rawValue: part.role) {
          texts[kind] = part.part
        } else if !isHeader {
          return nil
        }
      }
    }
    guard let html, let text else { return nil }
    let skippingParts = parts.map(\.part).filter { !$0.aborts.isSubset(of: html.aborts) }
    skippingHTML = skippingParts.filter { $0 != html }
    skippingText =
      skippingParts.filter { $0 != text } + (html.aborts.isSubset(of: text.aborts) ? [] : [html])
    self.name = name
    self.schema = schema
    self.sources = sources
    self.program = program
    self.limits = limits
    self.html = html
    self.text = text
    self.texts = texts
    self.envelope = envelope
    self.origin = origin
  }

  /// How many bytes of static text the program holds.
  package var staticByteCount: Int { program.staticByteCount }

  /// The texts beside the HTML.
  public enum EnvelopeText: String, Sendable, CaseIterable {
    /// `lp-subject`.
    case subject
    /// `mj-preview`: the line that a client shows behind the subject.
    case preheader
    /// `lp-from`.
    case from
  }

  /// What one recipient gets.
  public struct Message: Sendable {
    /// The HTML part, UTF-8.
    public var html: [UInt8]
    /// The text part, UTF-8: `text/plain; format=flowed; delsp=no`, lines ending in `\n`.
    public var text: [UInt8]
    /// The texts that the layout has.
    public var texts: [EnvelopeText: String]
  }

  /// Renders everything for one decoded profile.
  ///
  /// - Throws: The first reason why this recipient cannot get the message; nothing is half-rendered.
  package func render(_ record: Record, now: Moment) throws(RenderError) -> Message {
    var texts: [EnvelopeText: String] = [:]
    for (kind, part) in self.texts {
      texts[kind] = String(decoding: try render(part, record, now: now), as: UTF8.self)
    }
    return Message(
      html: try render(html, record, now: now),
      text: try render(text, record, now: now),
      texts: texts
    )
  }

  private func render(
    _ part: RenderProgram.Part,
    _ record: Record,
    now: Moment
  ) throws(RenderError) -> [UInt8] {
    var buffer = OutputBuffer(capacity: 65_536)
    try program.render(part, of: record, now: now, limits: limits, into: &buffer)
    return buffer.bytes()
  }
}

extension CompiledEmail {
  /// Appends one part of a message to a buffer.
  func render(
    _ part: RenderProgram.Part,
    _ record: borrowing Record,
    now: Moment,
    in frame: inout Frame,
    into buffer: inout OutputBuffer
  ) throws(RenderFailure) {
    frame.begin(now: now, limits: limits)
    do throws(RenderError) {
      try program.render(part, of: record, in: &frame, into: &buffer)
    } catch {
      throw RenderFailure(error, in: sources)
    }
  }

  /// Appends the HTML of a message of which nothing else is rendered: for a recipient whom any part skips it is
  /// skipped too.
  func renderHTMLAlone(
    _ record: borrowing Record,
    now: Moment,
    in frame: inout Frame,
    into buffer: inout OutputBuffer
  ) throws(RenderFailure) {
    try renderSilently(skippingHTML, record, now: now, in: &frame, into: &buffer)
    try render(html, record, now: now, in: &frame, into: &buffer)
  }

  /// The same for the text.
  func renderTextAlone(
    _ record: borrowing Record,
    now: Moment,
    in frame: inout Frame,
    into buffer: inout OutputBuffer
  ) throws(RenderFailure) {
    try renderSilently(skippingText, record, now: now, in: &frame, into: &buffer)
    try render(text, record, now: now, in: &frame, into: &buffer)
  }

  private func renderSilently(
    _ parts: [RenderProgram.Part],
    _ record: borrowing Record,
    now: Moment,
    in frame: inout Frame,
    into buffer: inout OutputBuffer
  ) throws(RenderFailure) {
    if parts.isEmpty { return }
    let start = buffer.count
    for part in parts {
      try render(part, record, now: now, in: &frame, into: &buffer)
      buffer.truncate(to: start)
    }
  }

  /// Appends the HTML or the text of a message in quoted-printable form.
  func renderQuoted(
    _ part: RenderProgram.Part,
    _ record: borrowing Record,
    now: Moment,
    with text: QuotedText,
    in frame: inout Frame,
    into buffer: inout OutputBuffer
  ) throws(RenderFailure) {
    frame.begin(now: now, limits: limits)
    do throws(RenderError) {
      try program.renderQuoted(part, of: record, in: &frame, with: text, into: &buffer)
    } catch {
      throw RenderFailure(error, in: sources)
    }
  }

  /// Renders one message after the other, with storage that is reused: once warm, only values that Liquid's
  /// own, dynamic filters make are allocated.
  ///
  /// Not to be shared: each thread makes its own.
  public struct Renderer: ~Copyable {
    private let email: CompiledEmail
    private var frame: Frame
    private let now: Moment?
    private var messages: MessageWriter

    fileprivate init(_ email: CompiledEmail, now: Moment?) {
      self.email = email
      self.now = now
      frame = email.program.makeFrame()
      messages = MessageWriter(email)
    }

    /// Appends the HTML of one recipient's message.
    ///
    /// - Parameters:
    ///   - recipient: Who gets it.
    ///   - buffer: Where it goes.
    /// - Throws: `RenderFailure`; what was appended is taken back then.
    public mutating func renderHTML(
      _ recipient: borrowing Recipient,
      into buffer: inout MessageBuffer
    ) throws(RenderFailure) {
      try email.renderHTMLAlone(
        recipient.record,
        now: now ?? recipient.moment,
        in: &frame,
        into: &buffer.output
      )
    }

    /// Appends the plain text of one recipient's message: `text/plain; format=flowed; delsp=no`, UTF-8, lines
    /// ending in `\n`.
    ///
    /// - Parameters:
    ///   - recipient: Who gets it.
    ///   - buffer: Where it goes.
    /// - Throws: `RenderFailure`; what was appended is taken back then.
    public mutating func renderText(
      _ recipient: borrowing Recipient,
      into buffer: inout MessageBuffer
    ) throws(RenderFailure) {
      try email.renderTextAlone(
        recipient.record,
        now: now ?? recipient.moment,
        in: &frame,
        into: &buffer.output
      )
    }

    /// Appends one recipient's whole message: a header, and the parts as alternatives (RFC 5322,
    /// RFC 2045 to 2049), with CRLF at the ends of its lines and nothing but ASCII in it.
    ///
    /// The parts are UTF-8 in quoted-printable. What is decoded from the message is what was
    /// rendered, but for line ends, which are CRLF, and white space in headers, which is one space.
    ///
    /// - Parameters:
    ///   - recipient: Who gets it.
    ///   - id: Names the message: it stands before the `@` of the Message-ID, the sender's domain behind
    ///     it. Nil for a hash of the message, so that the same message has the same name.
    ///   - buffer: Where it goes.
    /// - Throws: `RenderFailure`, also where the layout or this profile has no subject, no sender, or no
    ///   address where one is wanted; what was appended is taken back then.
    public mutating func renderMessage(
      _ recipient: borrowing Recipient,
      id: String? = nil,
      into buffer: inout MessageBuffer
    ) throws(RenderFailure) {
      do throws(RenderFailure) {
        try messages.write(
          recipient.record,
          now: now ?? recipient.moment,
          id: id.map { Array($0.utf8) },
          in: &frame,
          into: &buffer.output
        )
      } catch {
        throw error.located(in: email.sources)
      }
    }
  }

  /// A renderer for any number of recipients.
  ///
  /// - Parameter now: The send time, as RFC 3339 writes it; nil for each recipient's own, else the time of
  ///   day.
  /// - Returns: The renderer.
  public func makeRenderer(now: String? = nil) -> Renderer {
    Renderer(self, now: now.flatMap(Moment.init(rfc3339:)))
  }
}
