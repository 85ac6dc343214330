import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
package import LetterpressSchema

extension CompiledEmail {
  /// What one thread of a batch renders with: everything that is reused from row to row.
  package struct BatchRenderer: ~Copyable {
    private let email: CompiledEmail
    private let texts: [(name: String, part: RenderProgram.Part)]
    private let now: Moment
    private var frame: Frame
    private var buffer = OutputBuffer(capacity: 65_536)

    fileprivate init(_ email: CompiledEmail, now: Moment) {
      self.email = email
      self.now = now
      texts = EnvelopeText.allCases.compactMap { kind in
        email.texts[kind].map { (kind.rawValue, $0) }
      }
      frame = email.program.makeFrame()
    }

    /// Renders the HTML and drops it, for measuring; returns its size.
    package mutating func render(_ record: borrowing Record) throws(RenderFailure) -> Int {
      buffer.removeAll()
      try render(email.html, record)
      return buffer.count
    }

    /// Appends a message as one line of JSON: `{"row":…,"key":…,"subject":…,"html":…}`.
    package mutating func appendJSON(
      _ record: borrowing Record,
      row: Int,
      key: String?,
      to out: inout [UInt8]
    ) throws(RenderFailure) {
      out += "{\"row\":\(row)".utf8
      if let key { append("key", Array(key.utf8).span, to: &out) }
      for (name, part) in texts {
        buffer.removeAll()
        try render(part, record)
        buffer.withSpan { append(name, $0, to: &out) }
      }
      buffer.removeAll()
      try render(email.html, record)
      buffer.withSpan { append("html", $0, to: &out) }
      out.append(UInt8(ascii: "}"))
    }

    private mutating func render(
      _ part: RenderProgram.Part,
      _ record: borrowing Record
    ) throws(RenderFailure) {
      frame.begin(now: now, limits: email.limits)
      do throws(RenderError) {
        try email.program.render(part, of: record, in: &frame, into: &buffer)
      } catch {
        throw RenderFailure(error)
      }
    }

    /// `,"name":"text"`.
    private func append(_ name: String, _ text: Span<UInt8>, to out: inout [UInt8]) {
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

  /// A renderer for one thread of a batch; `now` in seconds since 1970.
  package func makeBatchRenderer(now: Int) -> BatchRenderer {
    BatchRenderer(self, now: Moment(seconds: now))
  }
}

extension RenderFailure {
  /// Whether the template asked for it (`abort`).
  package var isIntended: Bool { diagnostic.id.name == RenderError.Reason.skipped.rawValue }
}
