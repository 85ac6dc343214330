package import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
package import LetterpressSchema

extension CompiledEmail {
  /// What one thread of a batch renders with: everything that is reused from row to row.
  package struct BatchRenderer: ~Copyable {
    private let email: CompiledEmail
    private let texts: [(name: String, part: RenderProgram.Part)]
    private let now: Moment
    private let jobID: String
    private var condition: RowCondition.Evaluator?
    private var frame: Frame
    private var buffer = OutputBuffer(capacity: 65_536)
    private var messages: MessageWriter

    fileprivate init(
      _ email: CompiledEmail,
      now: Moment,
      jobID: String,
      where condition: RowCondition?
    ) {
      self.email = email
      self.now = now
      self.jobID = jobID
      self.condition = condition.map { RowCondition.Evaluator($0, now: now, limits: email.limits) }
      var texts = EnvelopeText.allCases.compactMap { kind in
        email.texts[kind].map { (name: kind.rawValue, part: $0) }
      }
      texts += [(Self.replyTo, email.envelope.replyTo?.part)].compactMap { name, part in
        part.map { (name, $0) }
      }
      texts += [(CompiledEmail.textRole, email.text), (CompiledEmail.htmlRole, email.html)]
      self.texts = texts
      frame = email.program.makeFrame()
      messages = MessageWriter(email)
    }

    private static let replyTo = "reply_to"

    /// Whether the run's condition holds for a profile.
    package mutating func matches(_ record: borrowing Record) throws(RenderFailure) -> Bool {
      try condition?.holds(for: record) ?? true
    }

    /// Renders the HTML and drops it, for measuring; returns its size.
    package mutating func renderHTML(_ record: borrowing Record) throws(RenderFailure) -> Int {
      buffer.removeAll()
      try email.renderAlone(email.html, record, now: now, in: &frame, into: &buffer)
      return buffer.count
    }

    /// Renders a whole message and drops it, for measuring; returns its size.
    package mutating func renderMessage(
      _ record: borrowing Record,
      row: Int
    ) throws(RenderFailure) -> Int {
      buffer.removeAll()
      try messages.write(record, now: now, id: "\(jobID).\(row)", in: &frame, into: &buffer)
      return buffer.count
    }

    /// Appends a whole message, as it goes to a mail server.
    package mutating func appendMessage(
      _ record: borrowing Record,
      row: Int,
      to out: inout [UInt8]
    ) throws(RenderFailure) {
      _ = try renderMessage(record, row: row)
      buffer.move(to: &out)
    }

    /// Appends a message as one line of JSON: `{"row":…,"key":…,"to":…,"subject":…,"text":…,"html":…}`.
    ///
    /// What the layout has not, or prints nothing for, is left out.
    package mutating func appendJSON(
      _ record: borrowing Record,
      row: Int,
      key: String?,
      to out: inout [UInt8]
    ) throws(RenderFailure) {
      out += "{\"row\":\(row)".utf8
      if let key { Self.append("key", Array(key.utf8).span, to: &out) }
      if let address = email.envelope.recipientAddress(in: record, email.schema.types) {
        Self.append("to", address.span, to: &out)
      }
      for (name, part) in texts {
        buffer.removeAll()
        try email.render(part, record, now: now, in: &frame, into: &buffer)
        buffer.withSpan { Self.append(name, $0, to: &out) }
      }
      out.append(UInt8(ascii: "}"))
    }

    /// `,"name":"text"`.
    private static func append(_ name: String, _ text: Span<UInt8>, to out: inout [UInt8]) {
      out += ",\"\(name)\":\"".utf8
      for index in text.indices {
        switch text[index] {
        case UInt8(ascii: "\""): out += "\\\"".utf8
        case UInt8(ascii: "\\"): out += "\\\\".utf8
        case UInt8(ascii: "\n"): out += "\\n".utf8
        case UInt8(ascii: "\r"): out += "\\r".utf8
        case UInt8(ascii: "\t"): out += "\\t".utf8
        case let byte where byte < 0x20:
          let digits = Array("0123456789abcdef".utf8)
          out += "\\u00".utf8
          out.append(digits[Int(byte >> 4)])
          out.append(digits[Int(byte & 15)])
        case let byte: out.append(byte)
        }
      }
      out.append(UInt8(ascii: "\""))
    }
  }

  /// A renderer for one thread of a batch.
  ///
  /// - Parameters:
  ///   - now: Seconds since 1970.
  ///   - jobID: Stands in the Message-IDs, with the row's number.
  ///   - condition: Which profiles are taken.
  /// - Returns: The renderer.
  package func makeBatchRenderer(
    now: Int,
    jobID: String,
    where condition: RowCondition? = nil
  ) -> BatchRenderer {
    BatchRenderer(self, now: Moment(seconds: now), jobID: jobID, where: condition)
  }

  /// What every message of this layout lacks; empty where messages can be made.
  package var missingForMessages: [Diagnostic] {
    var missing: [Diagnostic] = []
    if envelope.subject == nil { missing.append(.missingSubject(at: envelope.place)) }
    if envelope.from == nil, envelope.defaultSender == nil {
      missing.append(.missingSender(at: envelope.place))
    }
    return missing
  }

  /// The profile's field with the address for `To`; nil where messages have no such field.
  package var recipientPath: String? { envelope.recipient?.joined(separator: ".") }

  /// The layout with another field of the profile for `To`.
  ///
  /// - Parameter path: The field, as templates write it.
  /// - Returns: The layout.
  /// - Throws: Where there is no such text.
  package func addressed(to path: String) throws(RecipientPath.Failure) -> CompiledEmail {
    var email = self
    email.envelope.recipient = try RecipientPath(path, in: schema).names
    return email
  }
}
