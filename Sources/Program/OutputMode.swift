/// In which form the loop over the instructions writes a message; nothing of it is left in the code of a
/// plain render.
///
/// Unsafe memory is touched here and by those who conform: what is read and overwritten behind a piece is
/// said in BlockCopying.swift.
protocol OutputMode {
  /// How many bytes the static text of an instruction takes at most, of which there are `count` as it is.
  func room(for count: Int, of instruction: Int) -> Int
  /// Writes the static text of an instruction, which may have none.
  mutating func writeText(
    from source: UnsafeRawPointer,
    _ count: Int,
    of instruction: Int,
    to target: inout UnsafeMutableRawPointer
  )
  /// Writes a value of at most 255 bytes, which is escaped already.
  mutating func writeValue(
    from source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  )
  /// Is told of a value of at most 64 bytes that was written from `start` on.
  mutating func didWrite(
    from start: UnsafeMutableRawPointer,
    to target: inout UnsafeMutableRawPointer
  )
  /// Is told that somebody else goes on, who writes as it is.
  mutating func willLeave(_ out: borrowing OutputBuffer)
  /// Is told that the loop goes on.
  mutating func didReturn(_ frame: borrowing Frame, _ out: inout OutputBuffer) throws(RenderFault)
}

/// Everything as it is.
struct PlainMode: OutputMode {
  @inline(__always)
  func room(for count: Int, of instruction: Int) -> Int { count }

  @inline(__always)
  func writeText(
    from source: UnsafeRawPointer,
    _ count: Int,
    of instruction: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    unsafe copyText(from: source, count, to: target)
    unsafe target += count
  }

  @inline(__always)
  func writeValue(
    from source: UnsafeRawPointer,
    _ count: Int,
    to target: inout UnsafeMutableRawPointer
  ) {
    unsafe copyBlocks(from: source, count, to: target)
    unsafe target += count
  }

  @inline(__always)
  func didWrite(
    from start: UnsafeMutableRawPointer,
    to target: inout UnsafeMutableRawPointer
  ) {}

  @inline(__always)
  func willLeave(_ out: borrowing OutputBuffer) {}

  @inline(__always)
  func didReturn(_ frame: borrowing Frame, _ out: inout OutputBuffer) throws(RenderFault) {}
}
