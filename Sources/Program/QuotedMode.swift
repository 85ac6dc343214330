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
  /// Characters on the line under way.
  private var column = 0
  /// A capture or the like is open: what is written is looked at before it is encoded.
  private var isRaw = false
  /// Where that starts which is not encoded yet.
  private var rawStart = 0
  /// How many bytes the part has as it is.
  private(set) var rawCount = 0
  private var scratch: [UInt8] = []

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
    if unsafe column &+ Int(piece.first) > lineWidth { unsafe breakLine(&target) }
    unsafe copyText(from: bytes + Int(piece.offset), Int(piece.length), to: target)
    unsafe target += Int(piece.length)
    unsafe column =
      piece.last == QuotedText.Piece.oneLine ? column &+ Int(piece.first) : Int(piece.last)
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
      return
    }
    unsafe rawCount &+= count
    if unsafe count > 64 || !writeOnOneLine(from: source, count, to: &target) {
      unsafe writeLong(from: source, count, to: &target)
    }
  }

  @inline(__always)
  mutating func didWrite(
    from start: UnsafeMutableRawPointer,
    to target: inout UnsafeMutableRawPointer
  ) {
    guard unsafe !isRaw else { return }
    var copy = InlineArray<128, UInt8>(repeating: 0)
    let count = unsafe target - start
    unsafe withUnsafeMutableBytes(of: &copy) { copy in
      guard let base = copy.baseAddress else { return }
      unsafe copyBlock(from: start, to: base)
      unsafe target = start
      unsafe writeValue(from: base, count, to: &target)
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
    guard unsafe !isRaw, unsafe out.count > rawStart else { return }
    unsafe scratch.removeAll(keepingCapacity: true)
    unsafe out.move(from: rawStart, to: &scratch)
    unsafe rawCount &+= scratch.count
    unsafe column = try out.appendQuotedFragment(scratch.span, at: column)
  }

  // MARK: - Values

  @inline(__always)
  private mutating func breakLine(_ target: inout UnsafeMutableRawPointer) {
    // `=`, CR, LF; the fourth byte is overwritten.
    unsafe target.storeBytes(of: UInt32(littleEndian: 0x000A_0D3D), as: UInt32.self)
    unsafe target += 3
    unsafe column = 0
  }

  /// Writes up to 64 bytes that fit on one line, this one or the next; false where they do not.
  @inline(__always)
  private mutating func writeOnOneLine(
    from source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  ) -> Bool {
    guard count > 0 else { return true }
    var mask = unsafe quotedCharacters(source) & (UInt64.max &>> UInt64(64 &- count))
    // The other character of a space at the end could be a line's end.
    if unsafe source.load(fromByteOffset: count &- 1, as: UInt8.self) == 0x20 {
      mask |= 1 &<< UInt64(count &- 1)
    }
    var length = count &+ 2 &* mask.nonzeroBitCount
    let isNext = unsafe column &+ length > lineWidth
    if unsafe isNext || column == 0 {
      // What must not begin a line, like `From `, of which the rest may follow.
      let first = unsafe source.load(as: UInt8.self)
      if first == UInt8(ascii: ".") || first == UInt8(ascii: "F") {
        mask |= 1
        length &+= 2
      }
    }
    guard length <= lineWidth else { return false }
    if mask != 0, unsafe hasLineEnd(source, mask) { return false }
    if isNext { unsafe breakLine(&target) }
    unsafe column &+= length
    var done = 0
    while mask != 0 {
      let place = mask.trailingZeroBitCount
      mask &= mask &- 1
      unsafe copyBlock(from: source + done, to: target)
      unsafe target += place &- done
      let byte = unsafe source.load(fromByteOffset: place, as: UInt8.self)
      unsafe target.storeBytes(of: encodedBytes[Int(byte)], as: UInt32.self)
      unsafe target += 3
      done = place &+ 1
    }
    unsafe copyBlock(from: source + done, to: target)
    unsafe target += count &- done
    return true
  }

  /// Whether one of the marked bytes is CR or LF.
  private func hasLineEnd(_ source: UnsafeRawPointer, _ mask: UInt64) -> Bool {
    var mask = mask
    while mask != 0 {
      let byte = unsafe source.load(fromByteOffset: mask.trailingZeroBitCount, as: UInt8.self)
      if byte == 0x0A || byte == 0x0D { return true }
      mask &= mask &- 1
    }
    return false
  }

  @inline(never)
  private mutating func writeLong(
    from source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    var encoder = unsafe QuotedPrintableEncoder(source: source, count: count, column: column)
    unsafe target += unsafe encoder.encode(to: count, into: target)
    unsafe target += unsafe encoder.finish(into: target)
    unsafe column = encoder.column
  }
}

/// A bit for each of 64 bytes that does not stand for itself: `=`, controls, and all beyond ASCII.
@inline(__always)
private func quotedCharacters(_ source: UnsafeRawPointer) -> UInt64 {
  var mask: UInt64 = 0
  for block in 0..<4 {
    let words = unsafe notLiteral(
      source.loadUnaligned(fromByteOffset: block &* 16, as: SIMD16<UInt8>.self)
    )
    mask |= (highBits(words[0]) | highBits(words[1]) &<< 8) &<< UInt64(block &* 16)
  }
  return mask
}

/// The high bits of eight bytes, in their order.
@inline(__always)
private func highBits(_ word: UInt64) -> UInt64 {
  ((word.littleEndian &>> 7) &* 0x0102_0408_1020_4080) &>> 56
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
