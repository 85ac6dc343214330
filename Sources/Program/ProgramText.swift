/// All static bytes of a program in one array.
///
/// `padding` bytes stand behind the end, so that a short piece can be copied as one block of fixed size.
struct ProgramText: Sendable {
  static let padding = 64

  /// The bytes with the padding.
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes + Array(repeating: 0, count: Self.padding)
  }

  var count: Int { bytes.count - Self.padding }

  /// Appends a piece to a message.
  @inline(__always)
  func append(from offset: Int, count length: Int, to out: inout OutputBuffer) throws(RenderFault) {
    try out.append(bytes.span, from: offset, count: length)
  }

  /// Calls `body` with a piece; with nothing where it does not lie in the text.
  @inline(__always)
  func withSpan<Result, Failure: Error>(
    from offset: Int,
    count length: Int,
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let isInside = offset >= 0 && length >= 0 && length <= count - offset
    return try body(bytes.span.extracting(isInside ? offset..<offset + length : 0..<0))
  }
}
