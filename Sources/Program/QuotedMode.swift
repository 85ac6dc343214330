/// Characters of a line before its soft break.
private let lineWidth = 75

/// Writes in quoted-printable form: static text as it was encoded before, values as they come.
///
/// Unsafe memory is touched here, as BlockCopying.swift says. Three characters for each byte of a value of
/// `OutputBuffer.shortValue` bytes and the soft breaks stay within `OutputBuffer.slack`.
@unsafe
struct QuotedMode: OutputMode {
  private let bytes: UnsafeRawPointer
  private let pieces: UnsafePointer<QuotedText.Piece>
  private var runs = QuotedRuns()
  /// A capture or the like is open: what is written is looked at before it is encoded.
  private var isRaw = false
  /// Where that starts which is not encoded yet.
  private var rawStart = 0
  /// How many bytes the part has as it is.
  private(set) var rawCount = 0

  init(bytes: UnsafeRawPointer, pieces: UnsafePointer<QuotedText.Piece>) {
    unsafe self.bytes = bytes
    unsafe self.pieces = pieces
  }

  @inline(__always)
  func room(for count: Int, of instruction: Int) -> Int {
    // Three more for a soft break.
    unsafe max(count, Int(pieces[instruction].length) &+ 3)
  }

  @inline(__always)
  mutating func writeText(
    from source: UnsafeRawPointer,
    _ count: Int,
    of instruction: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    if unsafe isRaw {
      unsafe copyText(from: source, count, to: target)
      unsafe target += count
      return
    }
    guard count > 0 else { return }
    unsafe rawCount &+= count
    let piece = unsafe pieces[instruction]
    if unsafe runs.column &+ Int(piece.first) > lineWidth { unsafe runs.breakLine(&target) }
    unsafe copyText(from: bytes + Int(piece.offset), Int(piece.length), to: target)
    unsafe target += Int(piece.length)
    unsafe runs.column =
      piece.last == QuotedText.Piece.oneLine
      ? runs.column &+ Int(piece.first) : Int(piece.last)
  }

  @inline(__always)
  mutating func writeValue(
    from source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    if unsafe isRaw {
      unsafe copyBlocks(from: source, count, to: target)
      unsafe target += count
    } else {
      unsafe rawCount &+= count
      unsafe encode(source, count, to: &target)
    }
  }

  @inline(__always)
  mutating func didWrite(
    from start: UnsafeMutableRawPointer,
    to target: inout UnsafeMutableRawPointer
  ) {
    guard unsafe !isRaw else { return }
    let count = unsafe target - start
    unsafe rawCount &+= count
    if unsafe runs.take(start, count) { return }
    // Encoded in its own place it would overwrite what is still to be read.
    var copy = InlineArray<80, UInt8>(repeating: 0)
    unsafe withUnsafeMutableBytes(of: &copy) { copy in
      guard let base = copy.baseAddress else { return }
      unsafe copyBlock(from: start, to: base)
      unsafe target = start
      unsafe encode(base, count, to: &target)
    }
  }

  mutating func willLeave(_ out: borrowing OutputBuffer) {
    if unsafe !isRaw { unsafe rawStart = out.count }
  }

  mutating func didReturn(
    _ frame: borrowing Frame,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    unsafe isRaw = !frame.marks.isEmpty
    let count = unsafe out.count - rawStart
    guard unsafe !isRaw, count > 0 else { return }
    unsafe rawCount &+= count
    // Its encoded form is written behind it, and then takes its place.
    try out.reserve(QuotedPrintableEncoder.room(for: count) + 8)
    let (end, _) = unsafe out.cursor
    var to = unsafe end
    unsafe encode(UnsafeRawPointer(end - count), count, to: &to)
    let length = unsafe to - end
    unsafe (end - count).copyMemory(from: end, byteCount: length)
    unsafe out.setEnd(end - count + length)
  }

  // MARK: - Values

  @inline(__always)
  private mutating func encode(
    _ source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    let done = unsafe runs.write(source, count, isFragment: true, to: &target)
    if done < count { unsafe encodeLines(source + done, count &- done, to: &target) }
  }

  /// Encodes the rest of a value, which starts with a line end.
  @inline(never)
  private mutating func encodeLines(
    _ source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    var encoder = unsafe QuotedPrintableEncoder(source: source, count: count, column: runs.column)
    unsafe target += unsafe encoder.encode(to: count, into: target)
    unsafe target += unsafe encoder.finish(into: target)
    unsafe runs.column = encoder.column
  }
}

extension ProgramCode {
  /// Runs the instructions of a part and writes in quoted-printable form.
  func runQuoted(
    from start: Int,
    _ text: QuotedText,
    limit: Int,
    _ frame: inout Frame,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    let (bytes, pieces) = (text.bytes, text.pieces)
    try unsafe bytes.span.withUnsafeBytes { (bytes) throws(RenderFault) in
      try unsafe pieces.span.withUnsafeBufferPointer { (pieces) throws(RenderFault) in
        guard let bytes = bytes.baseAddress, let pieces = pieces.baseAddress else { return }
        var mode = unsafe QuotedMode(bytes: bytes, pieces: pieces)
        try unsafe run(from: start, &frame, &out, &mode)
        if unsafe mode.rawCount > limit { throw .tooLong }
      }
    }
  }
}
