package import LetterpressLiquid
package import LetterpressProgram
public import LetterpressSchema

/// A layout ready to be rendered: immutable, for any number of threads.
public struct CompiledEmail: Sendable {
  /// The layout's name.
  public let name: String
  /// The type of the profiles that it renders.
  public let schema: ProfileSchema
  let program: RenderProgram
  let html: RenderProgram.Part
  let texts: [EnvelopeText: RenderProgram.Part]

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
    return Message(html: try render(html, record, now: now), texts: texts)
  }

  private func render(
    _ part: RenderProgram.Part,
    _ record: Record,
    now: Moment
  ) throws(RenderError) -> [UInt8] {
    var buffer = OutputBuffer(capacity: 65_536)
    try program.render(part, of: record, now: now, into: &buffer)
    return buffer.bytes()
  }
}
