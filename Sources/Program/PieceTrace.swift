package import LetterpressSchema

/// Notes where the pieces of a message end; nothing of it is left in the code of a plain render.
protocol PieceTrace {
  mutating func note(_ count: Int)
}

struct NoTrace: PieceTrace {
  @inline(__always)
  func note(_ count: Int) {}
}

/// The ends of all pieces.
struct PieceEnds: PieceTrace {
  private(set) var ends: [Int] = []

  mutating func note(_ count: Int) {
    if count != ends.last { ends.append(count) }
  }
}

extension RenderProgram {
  /// The pieces that a part is copied together of: static bytes, and values as they come out.
  ///
  /// Copying them is the least that any renderer has to do; benchmarks hold rendering against it.
  package func pieces(
    of part: Part,
    of record: borrowing Record,
    in frame: inout Frame
  ) throws(RenderError) -> [[UInt8]] {
    var out = OutputBuffer()
    var trace = PieceEnds()
    try render(part, of: record, in: &frame, into: &out, &trace)
    let bytes = out.bytes()
    var pieces: [[UInt8]] = []
    var start = 0
    for end in trace.ends where end > start && end <= bytes.count {
      pieces.append(Array(bytes[start..<end]))
      start = end
    }
    return pieces
  }
}
