package import LetterpressLiquid
public import LetterpressProgram
public import LetterpressSchema

/// A layout ready to be rendered: immutable, for any number of threads.
public struct CompiledEmail: Sendable {
  /// The layout's name.
  public let name: String
  /// The type of the profiles that it renders.
  public let schema: ProfileSchema
  let program: RenderProgram
  /// The bounds of one message.
  let limits: RenderLimits
  let html: RenderProgram.Part
  let text: RenderProgram.Part
  let texts: [EnvelopeText: RenderProgram.Part]

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

/// The buffer that messages are rendered into: it only grows, and is reused from message to message.
public typealias MessageBuffer = OutputBuffer

extension CompiledEmail {
  /// Renders one message after the other, with storage that is reused: once warm, nothing is allocated.
  ///
  /// Not to be shared: each thread makes its own.
  public struct Renderer: ~Copyable {
    private let email: CompiledEmail
    private var frame: Frame
    private let now: Moment?

    fileprivate init(_ email: CompiledEmail, now: Moment?) {
      self.email = email
      self.now = now
      frame = email.program.makeFrame()
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
      try render(email.html, recipient, into: &buffer)
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
      try render(email.text, recipient, into: &buffer)
    }

    private mutating func render(
      _ part: RenderProgram.Part,
      _ recipient: borrowing Recipient,
      into buffer: inout MessageBuffer
    ) throws(RenderFailure) {
      frame.begin(now: now ?? recipient.moment, limits: email.limits)
      do throws(RenderError) {
        try email.program.render(part, of: recipient.record, in: &frame, into: &buffer)
      } catch {
        throw RenderFailure(error)
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
