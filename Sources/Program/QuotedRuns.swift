/// Writes text in quoted-printable form, by runs of what stands for itself; lines have up to 75 characters and a
/// soft break.
///
/// Unsafe memory is touched here: up to 16 bytes behind the text are read, and up to 16 behind what is written
/// are overwritten. What it takes is `QuotedPrintableEncoder.room`.
struct QuotedRuns {
  private static let width = 75

  /// Characters on the line under way.
  var column = 0

  /// Writes text up to its first line end; returns where that stands, the count where there is none.
  ///
  /// Anything may follow: a space at its end is encoded. `isFragment` tells that text may follow on the same
  /// line, so that an F at a line's start could become `From `.
  @inline(never)
  mutating func write(
    _ source: UnsafeRawPointer,
    _ count: Int,
    isFragment: Bool,
    to target: inout UnsafeMutableRawPointer
  ) -> Int {
    guard count > 0 else { return 0 }
    // Both stay in registers.
    var runs = self
    var to = unsafe target
    let done = unsafe runs.write(source, count, isFragment: isFragment, &to)
    self = runs
    unsafe target = to
    return done
  }

  @inline(__always)
  private mutating func write(
    _ source: UnsafeRawPointer,
    _ count: Int,
    isFragment: Bool,
    _ to: inout UnsafeMutableRawPointer
  ) -> Int {
    let endsInSpace = unsafe source.load(fromByteOffset: count &- 1, as: UInt8.self) == 0x20
    let end = endsInSpace ? count &- 1 : count
    var index = 0
    while index < end {
      let length = min(end &- index, 16)
      let block = unsafe source.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      var words = notLiteral(block)
      if length < 16 { words = Self.first(length, of: words) }
      if column == 0,
        unsafe mustNotBeginLine(source + index, isFragment ? -1 : count &- index)
      {
        unsafe encode(source.load(fromByteOffset: index, as: UInt8.self), &to)
        index &+= 1
        continue
      }
      if words[0] | words[1] == 0, column &+ length <= Self.width {
        unsafe to.storeBytes(of: block, as: SIMD16<UInt8>.self)
        unsafe to += length
        column &+= length
        index &+= length
        continue
      }
      if let lineEnd = unsafe writeMarked(source, &index, words, index &+ length, &to) {
        return lineEnd
      }
    }
    if endsInSpace { unsafe encodeBreaking(0x20, &to) }
    return count
  }

  /// Takes what stands on the line already, if that is its encoded form: up to 16 bytes that have room, behind
  /// others.
  @inline(__always)
  mutating func take(_ text: UnsafeRawPointer, _ count: Int) -> Bool {
    let end = column &+ count
    guard count <= 16, end <= Self.width, end > count else { return false }
    let block = unsafe text.loadUnaligned(as: SIMD16<UInt8>.self)
    let words = count < 16 ? Self.first(count, of: notLiteral(block)) : notLiteral(block)
    guard words[0] | words[1] == 0 else { return false }
    column = end
    return true
  }

  /// Writes the bytes of a block, up to a soft break where they do not all have room; the marked ones are
  /// encoded.
  ///
  /// Returns where a line end stands that ends it.
  @inline(__always)
  private mutating func writeMarked(
    _ source: UnsafeRawPointer,
    _ index: inout Int,
    _ words: SIMD2<UInt64>,
    _ end: Int,
    _ to: inout UnsafeMutableRawPointer
  ) -> Int? {
    let start = index
    for half in 0..<2 {
      var word = words[half].littleEndian
      while word != 0 {
        let place = start &+ half &* 8 &+ word.trailingZeroBitCount &>> 3
        word &= word &- 1
        let byte = unsafe source.load(fromByteOffset: place, as: UInt8.self)
        if byte == 0x0A || byte == 0x0D {
          // Without room for the run there is a soft break, and the line end is met again.
          guard unsafe write(source, &index, to: place, before: 0, &to) else { return nil }
          return unsafe endLine(source, place, &to)
        }
        guard unsafe write(source, &index, to: place, before: 3, &to) else { return nil }
        unsafe encode(byte, &to)
        index = place &+ 1
      }
    }
    _ = unsafe write(source, &index, to: end, before: 0, &to)
    return nil
  }

  /// Writes up to 16 bytes that stand for themselves; false where they, or what stands behind them, have no
  /// room, and a soft break ends the line behind those that have.
  @inline(__always)
  private mutating func write(
    _ source: UnsafeRawPointer,
    _ index: inout Int,
    to end: Int,
    before width: Int,
    _ to: inout UnsafeMutableRawPointer
  ) -> Bool {
    let run = end &- index
    let hasRoom = column &+ run &+ width <= Self.width
    let length = hasRoom ? run : min(run, Self.width &- column)
    unsafe to.storeBytes(
      of: source.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self),
      as: SIMD16<UInt8>.self
    )
    unsafe to += length
    column &+= length
    index &+= length
    if !hasRoom { unsafe breakLine(&to) }
    return hasRoom
  }

  /// Encodes a space that turned out to end its line; returns the place of the line end.
  @inline(__always)
  private mutating func endLine(
    _ source: UnsafeRawPointer,
    _ place: Int,
    _ to: inout UnsafeMutableRawPointer
  ) -> Int {
    // One at the start of the text stands behind what was written before, which ends in no space.
    if place > 0, unsafe source.load(fromByteOffset: place &- 1, as: UInt8.self) == 0x20 {
      unsafe to -= 1
      column &-= 1
      unsafe encodeBreaking(0x20, &to)
    }
    return place
  }

  /// The marks of the first bytes of sixteen.
  @inline(__always)
  private static func first(_ count: Int, of words: SIMD2<UInt64>) -> SIMD2<UInt64> {
    let bits = UInt64(truncatingIfNeeded: count &* 8)
    let (low, high) = (words[0].littleEndian, words[1].littleEndian)
    return bits >= 64
      ? SIMD2(low, high & ~(UInt64.max &<< (bits &- 64))) : SIMD2(low & ~(UInt64.max &<< bits), 0)
  }

  /// Whether a full stop stands there, which SMTP takes away, or `From `, which mbox takes for the start of a
  /// message; what follows is not known where the count is negative.
  @inline(__always)
  private func mustNotBeginLine(_ text: UnsafeRawPointer, _ count: Int) -> Bool {
    let first = unsafe text.load(as: UInt8.self)
    if first == UInt8(ascii: ".") { return true }
    guard first == UInt8(ascii: "F") else { return false }
    guard count > 4 else { return count < 0 }
    // "rom " in the order of memory.
    return unsafe (text + 1).loadUnaligned(as: UInt32.self).littleEndian == 0x206D_6F72
  }

  @inline(__always)
  private mutating func encodeBreaking(_ byte: UInt8, _ to: inout UnsafeMutableRawPointer) {
    if column &+ 3 > Self.width { unsafe breakLine(&to) }
    unsafe encode(byte, &to)
  }

  @inline(__always)
  private mutating func encode(_ byte: UInt8, _ to: inout UnsafeMutableRawPointer) {
    unsafe to.storeBytes(of: encoded(byte), as: UInt32.self)
    unsafe to += 3
    column &+= 3
  }

  /// A soft line break.
  @inline(__always)
  mutating func breakLine(_ target: inout UnsafeMutableRawPointer) {
    // `=`, CR, LF; the fourth byte is overwritten.
    unsafe target.storeBytes(of: UInt32(littleEndian: 0x000A_0D3D), as: UInt32.self)
    unsafe target += 3
    column = 0
  }
}
