/// What `TextLines` does to the line under way, which stands in a buffer of its own.
///
/// Unsafe memory is touched here: `cursor` gives the place, `slack` what may be read and overwritten behind
/// it (BlockCopying.swift).
extension OutputBuffer {
  /// Where the bytes start: valid until more is written.
  @inline(__always)
  var start: UnsafeRawPointer { unsafe UnsafeRawPointer(cursor.place - count) }

  /// Appends bytes behind which 63 more may be read.
  @inline(__always)
  mutating func append(
    blocks source: UnsafeRawPointer,
    _ length: Int
  ) throws(RenderFault) {
    try reserve(length)
    let (place, _) = unsafe cursor
    unsafe copyText(from: source, length, to: place)
    unsafe setEnd(place + length)
  }

  /// Drops the bytes before an offset, and puts a byte in their place `repeated` times.
  mutating func drop(to end: Int, leaving byte: UInt8 = 0x20, repeated: Int = 0) {
    guard end >= 0, end <= count, repeated <= end else { return }
    let (place, _) = unsafe cursor
    let start = unsafe place - count
    let rest = count - end
    if rest > 0 { unsafe (start + repeated).copyMemory(from: start + end, byteCount: rest) }
    for index in 0..<repeated {
      unsafe start.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
    }
    unsafe setEnd(start + (repeated + rest))
  }

  /// Puts another byte in the place of one that was written.
  mutating func replace(at offset: Int, with byte: UInt8) {
    guard offset >= 0, offset < count else { return }
    unsafe (cursor.place - (count - offset)).storeBytes(of: byte, as: UInt8.self)
  }

  /// Puts other bytes in the place of some that were written.
  package mutating func replace(at offset: Int, with bytes: Span<UInt8>) {
    for index in bytes.indices { replace(at: offset + index, with: bytes[index]) }
  }

  /// The place of the last space from an offset on; nil where there is none.
  func lastSpace(from start: Int) -> Int? {
    var index = count
    while index > start {
      index &-= 1
      if byte(at: index) == 0x20 { return index }
    }
    return nil
  }

  /// Appends the first bytes of a line and its end.
  @inline(__always)
  mutating func append(
    line: borrowing OutputBuffer,
    to end: Int
  ) throws(RenderFault) {
    try unsafe append(blocks: line.start, min(end, line.count))
    try append(0x0A)
  }
}
