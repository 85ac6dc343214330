/// Marked text by address, while lines are made of it.
///
/// Unsafe memory is touched here: runs are found and copied in blocks, and up to 64 bytes behind the last one
/// may be read. They are there, for the text stands in an `OutputBuffer`, whose `slack` is larger. Valid
/// within `withSource` only.
@safe
struct MarkedSource {
  private let memory: UnsafeRawPointer
  let count: Int

  private init(_ memory: UnsafeRawPointer, _ count: Int) {
    unsafe self.memory = memory
    self.count = count
  }

  /// Calls `body` with what was written to a buffer.
  @inline(__always)
  static func withSource<Failure: Error>(
    in text: borrowing OutputBuffer,
    _ body: (MarkedSource) throws(Failure) -> Void
  ) throws(Failure) {
    try body(unsafe MarkedSource(text.start, text.count))
  }

  /// A byte; 0 where none is.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
    return unsafe memory.load(fromByteOffset: index, as: UInt8.self)
  }

  /// Whether a byte starts text that stands for itself: it shows, and begins no character that is looked at
  /// by itself (`TextWriter.scalar`).
  @inline(__always)
  static func startsRun(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte != 0x7F && byte & 0xDF != 0xC2 && byte != 0xEF
  }

  /// Behind the last byte, from `start` on, of text that stands for itself; where `holdsSpaces`, words with
  /// single spaces between them.
  ///
  /// The first byte starts such text; the last is no space.
  @inline(__always)
  func endOfRun(from start: Int, holdsSpaces: Bool) -> Int {
    let keepsSpaces = SIMD16<UInt8>(repeating: holdsSpaces ? 0 : 0xFF)
    var index = start
    while index < count {
      let block = unsafe (memory + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let next = unsafe (memory + index + 1).loadUnaligned(as: SIMD16<UInt8>.self)
      let spaces = Self.equal(block, 0x20) & (Self.equal(next, 0x20) | keepsSpaces)
      let length = Self.lengthBeforeMark(Self.stops(block) | spaces)
      index &+= length
      if length < 16 { break }
    }
    index = min(index, count)
    // At most one space stands before what ends the run.
    return self[index &- 1] == 0x20 ? index &- 1 : index
  }

  /// Behind the last byte of a link's target, which holds neither marks nor white space.
  @inline(__always)
  func endOfTarget(from start: Int) -> Int {
    var index = start
    while index < count {
      let block = unsafe (memory + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let control = (block &- SIMD16(repeating: 0x21)) & ~block
      let length = Self.lengthBeforeMark(control | Self.equal(block, 0x7F))
      index &+= length
      if length < 16 { break }
    }
    return min(index, count)
  }

  /// The last space of a part; nil where there is none.
  func lastSpace(from start: Int, to end: Int) -> Int? {
    var index = min(end, count)
    while index > start {
      index &-= 1
      if self[index] == 0x20 { return index }
    }
    return nil
  }

  /// The first space of a part; nil where there is none.
  func firstSpace(from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end {
      if self[index] == 0x20 { return index }
      index &+= 1
    }
    return nil
  }

  /// Whether two parts of the same length, one behind the other, hold the same bytes.
  func isSame(_ part: Range<Int>, at other: Int) -> Bool {
    guard part.lowerBound >= 0, part.upperBound <= other, other <= count &- part.count else {
      return false
    }
    return unsafe equalBlocks(memory + part.lowerBound, memory + other, part.count)
  }

  /// Whether these bytes stand at an offset.
  @inline(__always)
  func holds(_ text: StaticString, at offset: Int) -> Bool {
    for index in 0..<text.utf8CodeUnitCount {
      guard unsafe self[offset &+ index] == text.utf8Start[index] else { return false }
    }
    return true
  }

  /// Copies a part to the end of a line; nothing where it does not lie in the text.
  @inline(__always)
  func append(from start: Int, to end: Int, to line: inout OutputBuffer) throws(RenderFault) {
    guard start >= 0, start <= end, end <= count else { return }
    try unsafe line.append(blocks: memory + start, end &- start)
  }

  // MARK: - Blocks

  /// How many bytes stand before the first whose high bit is set.
  @inline(__always)
  private static func lengthBeforeMark(_ block: SIMD16<UInt8>) -> Int {
    let marks = block & SIMD16(repeating: 0x80)
    let words = unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    if words[0] != 0 { return words[0].littleEndian.trailingZeroBitCount &>> 3 }
    if words[1] != 0 { return 8 &+ words[1].littleEndian.trailingZeroBitCount &>> 3 }
    return 16
  }

  /// The high bit of each byte that `startsRun` refuses, the space aside.
  @inline(__always)
  private static func stops(_ block: SIMD16<UInt8>) -> SIMD16<UInt8> {
    (block &- SIMD16(repeating: 0x20)) & ~block | equal(block, 0x7F) | equal(block, 0xEF)
      | equal(block & SIMD16(repeating: 0xDF), 0xC2)
  }

  /// The high bit of each byte that is this one; arithmetic, as in HTMLEscaping.swift.
  @inline(__always)
  private static func equal(_ block: SIMD16<UInt8>, _ byte: UInt8) -> SIMD16<UInt8> {
    let difference = block ^ SIMD16(repeating: byte)
    return (difference &- SIMD16(repeating: 1)) & ~difference
  }
}
