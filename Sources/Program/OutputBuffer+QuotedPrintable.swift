/// The quoted-printable encoding of RFC 2045, section 6.7, for a part of a message.
///
/// A line has at most 76 characters, its soft break included. A line end of the text (LF or CRLF) is
/// one of the message (CRLF); a CR by itself is encoded, as are spaces and tabs at the end of a
/// line. So are a full stop and the F of `From ` at the beginning of a line, because SMTP and mbox
/// do something to them. In the result `=` is followed by two digits or a line end, so that a
/// boundary with `=_` in it never stands there.
extension OutputBuffer {
  /// As many bytes of the text are encoded at a time: room is asked of the worst case.
  private static let pieceSize = 4096

  /// Appends bytes, whatever the limit is.
  package mutating func appendToMessage(_ bytes: Span<UInt8>) {
    withoutLimit { buffer throws(RenderFault) in try buffer.append(bytes) }
  }

  /// Appends everything to an array, and forgets it here.
  package mutating func move(to array: inout [UInt8]) { move(from: 0, to: &array) }

  /// Appends text, encoded; the text begins a line.
  package mutating func appendQuotedPrintable(_ text: Span<UInt8>) {
    withoutLimit { buffer throws(RenderFault) in
      try unsafe text.withUnsafeBytes { (memory) throws(RenderFault) in
        guard let base = memory.baseAddress else { return }
        try buffer.append(unsafe QuotedPrintableEncoder(source: base, count: memory.count))
      }
    }
  }

  /// Appends a piece of static text, encoded as if it began a line and anything could follow it.
  mutating func appendQuotedFragment(_ text: Span<UInt8>) {
    withoutLimit { buffer throws(RenderFault) in
      try unsafe text.withUnsafeBytes { (memory) throws(RenderFault) in
        guard let base = memory.baseAddress else { return }
        try buffer.append(
          unsafe QuotedPrintableEncoder(source: base, count: memory.count, column: 0)
        )
      }
    }
  }

  /// Appends what an encoder makes of all of its text.
  private mutating func append(_ encoder: QuotedPrintableEncoder) throws(RenderFault) {
    var encoder = encoder
    while encoder.index < encoder.count {
      let end = min(encoder.count, encoder.index + Self.pieceSize)
      try unsafe write(room: QuotedPrintableEncoder.room(for: Self.pieceSize)) { target in
        unsafe encoder.encode(to: end, into: target)
      }
    }
    // In a step of its own: the last byte can be a space.
    try unsafe write(room: 8) { target in unsafe encoder.finish(into: target) }
  }

  /// Appends the first bytes of a line of text, encoded, and its end.
  ///
  /// The line holds no control characters; 63 bytes behind it may be read.
  mutating func appendQuoted(line: borrowing OutputBuffer, to end: Int) throws(RenderFault) {
    let count = min(max(end, 0), line.count)
    try reserve(QuotedPrintableEncoder.room(for: count) + 8)
    let (start, _) = unsafe cursor
    var (runs, to) = unsafe (QuotedRuns(), start)
    _ = unsafe runs.write(line.start, count, isFragment: false, to: &to)
    unsafe to.storeBytes(of: UInt16(littleEndian: 0x0A0D), as: UInt16.self)
    unsafe setEnd(to + 2)
  }

  /// A message is larger than its parts, which were held to the limit.
  private mutating func withoutLimit(
    _ body: (inout OutputBuffer) throws(RenderFault) -> Void
  ) {
    let old = limit
    limit = .max
    // Without a limit nothing is refused.
    try? body(&self)
    limit = old
  }
}

/// An encoding under way.
@safe
struct QuotedPrintableEncoder {
  /// Characters of a line before its soft break.
  private static let width = 75

  let source: UnsafeRawPointer
  let count: Int
  /// How many bytes of the source are done.
  var index = 0
  /// Characters on this line.
  private(set) var column = 0
  /// Whether more text may follow.
  private var isFragment = false
  /// A space or a tab that stands at the end of what was written, and would have to be encoded if the line ended.
  private var trailing: UInt8 = 0

  init(source: UnsafeRawPointer, count: Int) {
    unsafe self.source = unsafe source
    self.count = count
  }

  /// The encoding of a piece of a text from a column on.
  init(source: UnsafeRawPointer, count: Int, column: Int) {
    unsafe self.init(source: source, count: count)
    self.column = column
    isFragment = true
  }

  /// What so many bytes take at most: three characters each, a soft break after 73, and a line end of one
  /// byte takes two; a block of 16 may reach beyond.
  static func room(for count: Int) -> Int { count * 4 + 64 }

  /// Encodes up to a place, or a byte beyond it; returns how much was written.
  mutating func encode(to end: Int, into target: UnsafeMutableRawPointer) -> Int {
    var to = 0
    while index < end {
      if column == 0 { unsafe beginLine(target, &to) }
      // The longest run of what stands for itself, by blocks while there are some.
      let room = Self.width - column
      var run = 0
      while run < room, index + run + 16 <= count {
        let block = unsafe (source + index + run).loadUnaligned(as: SIMD16<UInt8>.self)
        unsafe (target + to + run).storeBytes(of: block, as: SIMD16<UInt8>.self)
        let literals = literalCount(block)
        run += literals
        if literals < 16 { break }
      }
      while run < room, index + run < count, isLiteral(byte(run)) {
        unsafe (target + to + run).storeBytes(of: byte(run), as: UInt8.self)
        run += 1
      }
      run = min(run, room)
      if run > 0 {
        let last = byte(run - 1)
        trailing = last == 0x20 ? last : 0
        index += run
        to += run
        column += run
      }
      guard index < end else { break }
      unsafe encodeNext(target, &to)
    }
    return to
  }

  /// The full stop or F that must not begin a line.
  private mutating func beginLine(_ target: UnsafeMutableRawPointer, _ to: inout Int) {
    let first = byte(0)
    guard first == UInt8(ascii: ".") || first == UInt8(ascii: "F") else { return }
    if first == UInt8(ascii: "F"), !isFragment || index + 4 < count {
      guard index + 4 < count else { return }
      let word = unsafe (source + index + 1).loadUnaligned(as: UInt32.self)
      // "rom " in the order of memory.
      guard word.littleEndian == 0x206D_6F72 else { return }
    }
    unsafe appendEncoded(first, target, &to)
    index += 1
  }

  /// The byte after a run: one that does not stand for itself, or the first that has no room.
  private mutating func encodeNext(_ target: UnsafeMutableRawPointer, _ to: inout Int) {
    let next = byte(0)
    switch next {
    case 0x0A: unsafe endLine(1, target, &to)
    case 0x0D where index + 1 < count && byte(1) == 0x0A: unsafe endLine(2, target, &to)
    case 0x09:
      if column >= Self.width {
        unsafe breakLine(target, &to)
      } else {
        unsafe (target + to).storeBytes(of: next, as: UInt8.self)
        to += 1
        column += 1
        index += 1
        trailing = next
      }
    case _ where isLiteral(next): unsafe breakLine(target, &to)
    default:
      if column + 3 > Self.width {
        unsafe breakLine(target, &to)
      } else {
        unsafe appendEncoded(next, target, &to)
        index += 1
      }
    }
  }

  private mutating func endLine(
    _ length: Int,
    _ target: UnsafeMutableRawPointer,
    _ to: inout Int
  ) {
    unsafe encodeTrailing(target, &to)
    unsafe (target + to).storeBytes(of: UInt16(littleEndian: 0x0A0D), as: UInt16.self)
    to += 2
    column = 0
    index += length
  }

  /// A soft line break.
  private mutating func breakLine(_ target: UnsafeMutableRawPointer, _ to: inout Int) {
    // `=`, CR, LF; the fourth byte is overwritten.
    unsafe (target + to).storeBytes(of: UInt32(littleEndian: 0x000A_0D3D), as: UInt32.self)
    to += 3
    column = 0
    trailing = 0
  }

  /// Encodes the white space that turned out to end its line, on a line of its own where this one is
  /// full.
  private mutating func encodeTrailing(_ target: UnsafeMutableRawPointer, _ to: inout Int) {
    guard trailing != 0 else { return }
    let space = trailing
    to -= 1
    column -= 1
    if column + 3 > Self.width { unsafe breakLine(target, &to) }
    unsafe appendEncoded(space, target, &to)
  }

  /// Encodes white space at the end of the text; returns how much more is written now.
  ///
  /// The space itself was written before and stands in front of the target.
  mutating func finish(into target: UnsafeMutableRawPointer) -> Int {
    var to = 0
    unsafe encodeTrailing(target, &to)
    return to
  }

  private mutating func appendEncoded(
    _ byte: UInt8,
    _ target: UnsafeMutableRawPointer,
    _ to: inout Int
  ) {
    unsafe (target + to).storeBytes(of: encoded(byte), as: UInt32.self)
    to += 3
    column += 3
    trailing = 0
  }

  @inline(__always)
  private func byte(_ offset: Int) -> UInt8 {
    unsafe source.load(fromByteOffset: index + offset, as: UInt8.self)
  }

  private func isLiteral(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "=")
  }
}

/// How many bytes from the first on stand for themselves: printable ASCII and the space, but not `=`.
@inline(__always)
private func literalCount(_ block: SIMD16<UInt8>) -> Int {
  let words = notLiteral(block)
  if words[0] != 0 { return words[0].littleEndian.trailingZeroBitCount >> 3 }
  if words[1] != 0 { return 8 + words[1].littleEndian.trailingZeroBitCount >> 3 }
  return 16
}

/// The high bit of each byte that does not stand for itself: arithmetic, as in HTMLEscaping.swift.
@inline(__always)
func notLiteral(_ block: SIMD16<UInt8>) -> SIMD2<UInt64> {
  let one = SIMD16<UInt8>(repeating: 1)
  let equals = block ^ SIMD16<UInt8>(repeating: UInt8(ascii: "="))
  let isEquals = (equals &- one) & ~equals
  let isControl = (block &- SIMD16<UInt8>(repeating: 0x20)) & ~block
  let isBeyond = block | (block &+ one)
  let found = (isEquals | isControl | isBeyond) & SIMD16<UInt8>(repeating: 0x80)
  return unsafe unsafeBitCast(found, to: SIMD2<UInt64>.self)
}

/// A byte as `=` and two digits, and nothing behind, in the order of memory.
@inline(__always)
func encoded(_ byte: UInt8) -> UInt32 {
  let digits = (UInt32(byte) & 0xF0) &<< 4 | (UInt32(byte) & 0x0F) &<< 16
  let letters = ((digits &+ 0x0006_0600) &>> 4) & 0x0001_0100
  return UInt32(littleEndian: digits &+ letters &* 7 &+ 0x0030_303D)
}
