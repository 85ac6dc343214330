package import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressSchema

/// A compiled layout: what makes messages of profiles.
///
/// Immutable and safe to use from any number of threads; each render has its own `Frame` and
/// `OutputBuffer`. A layout is one program with several parts (HTML, subject, text), which share its
/// text and the numbering of its variables.
package struct RenderProgram: Sendable {
  /// One of the texts that a program makes.
  package struct Part: Hashable, Sendable {
    /// What happens to its text once it is there.
    enum Ending: UInt8, Sendable {
      case asIs
      /// White space at its ends is taken away (subjects and headers).
      case trimmed
      /// It is text with marks, of which the lines of a text part are made.
      case lines
    }

    /// Where its instructions start.
    let start: Int
    let ending: Ending
    /// Where it may skip the recipient (`abort`).
    package let aborts: Set<SourceRange>
  }

  let code: ProgramCode
  private let size: Frame.Size

  init(code: ProgramCode, size: Frame.Size) {
    self.code = code
    self.size = size
  }

  /// How many bytes of static text it holds.
  package var staticByteCount: Int { code.text.count }

  /// Whether a part prints the same for everybody.
  package func isFixed(_ part: Part) -> Bool { code.instructions[part.start].operation == .end }

  /// Makes the state for messages, to be reused from one to the next.
  package func makeFrame() -> Frame { Frame(size: size, code: code) }

  /// Appends one part of the frame's message; all parts of a message have the same record.
  ///
  /// - Throws: `RenderError`; what was written is taken back then.
  package func render(
    _ part: Part,
    of record: borrowing Record,
    in frame: inout Frame,
    into out: inout OutputBuffer
  ) throws(RenderError) {
    precondition(frame.code === code, "a frame is for its own program")
    let start = out.count
    out.limit = min(frame.limits.output, Int.max - start) + start
    defer { frame.record = .none }
    do {
      try RecordView.withView(of: record) { (view) throws(RenderFault) in
        frame.take(view, code.anchors)
        if part.ending == .lines {
          return try appendLines(of: part, isQuoted: false, in: &frame, to: &out)
        }
        try code.run(from: part.start, &frame, &out)
        // The buffer looks at its limit when it grows; one that was large before never did.
        if out.count > out.limit { throw .tooLong }
        if part.ending == .trimmed { out.trim(from: start) }
      }
    } catch {
      out.truncate(to: start)
      throw RenderError(error, at: code.ranges[part.start])
    }
  }

  /// Appends a text part: renders it as text with marks, and makes lines of that.
  func appendLines(
    of part: Part,
    isQuoted: Bool,
    in frame: inout Frame,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    let limit = frame.limits.output
    frame.markedText.removeAll()
    frame.markedText.limit = limit
    // The frame is busy while its instructions run, so the two buffers change places.
    swap(&out, &frame.markedText)
    do throws(RenderFault) {
      try code.run(from: part.start, &frame, &out)
      swap(&out, &frame.markedText)
    } catch {
      swap(&out, &frame.markedText)
      throw error
    }
    if frame.markedText.count > limit { throw .tooLong }
    try frame.textWriter.write(frame.markedText, isQuoted: isQuoted, limit: limit, to: &out)
  }

  /// Appends one part of a message, on its own; `now` is the send time.
  ///
  /// - Throws: `RenderError`; what was written is taken back then.
  package func render(
    _ part: Part,
    of record: borrowing Record,
    now: Moment,
    limits: RenderLimits = RenderLimits(),
    into out: inout OutputBuffer
  ) throws(RenderError) {
    var frame = makeFrame()
    frame.begin(now: now, limits: limits)
    try render(part, of: record, in: &frame, into: &out)
  }
}
