import LetterpressLiquid
package import LetterpressSchema

/// The static bytes of a program in quoted-printable form, made once, so that a whole message costs little
/// more than its HTML.
///
/// Each piece is encoded as if it began a line and anything could follow it: white space at its end is
/// encoded. At render time a soft line break goes before a piece whose first line has no room on the
/// line under way.
package final class QuotedText: Sendable {
  /// The form of one instruction's static text; plain data.
  struct Piece {
    var offset: UInt32 = 0
    var length: UInt32 = 0
    /// Characters of the first line, without its soft break.
    var first: UInt8 = 0
    /// Characters of the last line; `oneLine` where that is the first.
    var last = oneLine

    static let oneLine = UInt8.max
  }

  /// All pieces, with `ProgramText.padding` behind.
  let bytes: [UInt8]
  /// By the number of the instruction.
  let pieces: [Piece]
  /// The program, whose instructions the loop finds the pieces of by address.
  let code: ProgramCode

  init(_ code: ProgramCode) {
    self.code = code
    var buffer = OutputBuffer(capacity: code.text.count + code.text.count / 4)
    var pieces: [Piece] = []
    pieces.reserveCapacity(code.instructions.count)
    var known: [UInt64: Piece] = [:]
    for instruction in code.instructions {
      // Variants share pieces.
      let key = UInt64(instruction.textOffset) << 32 | UInt64(instruction.textLength)
      if let piece = known[key] {
        pieces.append(piece)
        continue
      }
      let start = buffer.count
      code.text.withSpan(
        from: Int(instruction.textOffset),
        count: Int(instruction.textLength)
      ) { buffer.appendQuotedFragment($0) }
      let piece = buffer.withSpan { Piece($0, from: start) }
      known[key] = piece
      pieces.append(piece)
    }
    bytes = buffer.bytes() + Array(repeating: 0, count: ProgramText.padding)
    self.pieces = pieces
  }
}

extension QuotedText.Piece {
  /// A piece that was just written at the end of a text.
  fileprivate init(_ text: Span<UInt8>, from start: Int) {
    offset = UInt32(truncatingIfNeeded: start)
    length = UInt32(truncatingIfNeeded: text.count - start)
    var end = start
    while end < text.count, text[end] != 0x0D { end += 1 }
    let isSoft = end < text.count && end > start && text[end - 1] == UInt8(ascii: "=")
    first = UInt8(truncatingIfNeeded: end - start - (isSoft ? 1 : 0))
    guard end < text.count else { return }
    var lineStart = text.count
    while text[lineStart - 1] != 0x0A { lineStart -= 1 }
    last = UInt8(truncatingIfNeeded: text.count - lineStart)
  }
}

extension RenderProgram {
  /// The static bytes in the form for whole messages.
  package func makeQuotedText() -> QuotedText { QuotedText(code) }

  /// Appends one part in quoted-printable form, which begins a line.
  ///
  /// The part is the HTML or the text. The limit of the output is that of the part as it is.
  ///
  /// - Throws: `RenderError`; what was written is taken back then.
  package func renderQuoted(
    _ part: Part,
    of record: borrowing Record,
    in frame: inout Frame,
    with text: QuotedText,
    into out: inout OutputBuffer
  ) throws(RenderError) {
    precondition(frame.code === code, "a frame is for its own program")
    precondition(text.code === code, "a quoted text is for its own program")
    let start = out.count
    let limit = frame.limits.output
    // Each byte takes three at most, and a soft break for each 24 of them.
    out.limit = start + min(limit, 1 << 40) * 4
    defer { frame.record = .none }
    do throws(RenderFault) {
      try RecordView.withView(of: record) { (view) throws(RenderFault) in
        frame.take(view, code.anchors)
        if part.ending == .lines {
          try appendLines(of: part, isQuoted: true, in: &frame, to: &out)
        } else {
          try code.runQuoted(from: part.start, text, limit: limit, &frame, &out)
        }
      }
    } catch {
      out.truncate(to: start)
      throw RenderError(error, at: code.ranges[part.start])
    }
  }
}
