package import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
package import LetterpressSchema

extension CompiledEmail {
  /// What one thread of a batch renders with: everything that is reused from row to row.
  package struct BatchRenderer: ~Copyable {
    private let email: CompiledEmail
    private let now: Moment
    /// The job's name and a full stop; the row's number follows.
    private var id: [UInt8]
    private let idLead: Int
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
      id = Array("\(jobID).".utf8)
      idLead = id.count
      self.condition = condition.map { RowCondition.Evaluator($0, now: now, limits: email.limits) }
      frame = email.program.makeFrame()
      messages = MessageWriter(email)
    }

    /// Whether the run's condition holds for a profile.
    package mutating func matches(_ record: borrowing Record) throws(RenderFailure) -> Bool {
      try condition?.holds(for: record) ?? true
    }

    /// Renders the HTML and drops it, for measuring; returns its size.
    package mutating func renderHTML(_ record: borrowing Record) throws(RenderFailure) -> Int {
      buffer.removeAll()
      try email.renderHTMLAlone(record, now: now, in: &frame, into: &buffer)
      return buffer.count
    }

    /// Renders a whole message and drops it, for measuring; returns its size.
    package mutating func renderMessage(
      _ record: borrowing Record,
      row: Int
    ) throws(RenderFailure) -> Int {
      buffer.removeAll()
      id.removeLast(id.count - idLead)
      id.append(contentsOf: "\(row)".utf8)
      try messages.write(record, now: now, id: id, in: &frame, into: &buffer)
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
      let envelope = email.envelope
      out += "{\"row\":\(row)".utf8
      if let key { Self.append(",\"key\":", Array(key.utf8).span, to: &out) }
      if let address = envelope.recipientAddress(in: record, email.schema.types) {
        Self.append(",\"to\":", address.span, to: &out)
      }
      _ = try append(",\"subject\":", email.texts[.subject], record, to: &out)
      _ = try append(",\"preheader\":", email.texts[.preheader], record, to: &out)
      let hasSender = try append(",\"from\":", email.texts[.from], record, to: &out)
      if !hasSender, let sender = envelope.defaultSender {
        Self.append(",\"from\":", Array(sender.utf8).span, to: &out)
      }
      _ = try append(",\"reply_to\":", envelope.replyTo?.part, record, to: &out)
      var lead = ",\"headers\":{"
      for (name, field) in envelope.headers {
        let isPrinted = try append("\(lead)\"\(name)\":", field.part, record, to: &out)
        if isPrinted { lead = "," }
      }
      if lead == "," { out.append(UInt8(ascii: "}")) }
      lead = ",\"unsubscribe\":["
      for field in envelope.unsubscribe {
        let isPrinted = try append(lead, field.part, record, to: &out)
        if isPrinted { lead = "," }
      }
      if lead == "," { out.append(UInt8(ascii: "]")) }
      _ = try append(",\"text\":", email.text, record, to: &out)
      _ = try append(",\"html\":", email.html, record, to: &out)
      out.append(UInt8(ascii: "}"))
    }

    /// Appends a part as a JSON string behind `lead`; false, and nothing, where it prints nothing.
    private mutating func append(
      _ lead: String,
      _ part: RenderProgram.Part?,
      _ record: borrowing Record,
      to out: inout [UInt8]
    ) throws(RenderFailure) -> Bool {
      guard let part else { return false }
      buffer.removeAll()
      try email.render(part, record, now: now, in: &frame, into: &buffer)
      guard buffer.count > 0 else { return false }
      buffer.withSpan { Self.append(lead, $0, to: &out) }
      return true
    }

    /// A JSON string behind `lead`.
    private static func append(_ lead: String, _ text: Span<UInt8>, to out: inout [UInt8]) {
      out += lead.utf8
      out.append(UInt8(ascii: "\""))
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
