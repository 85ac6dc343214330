/// Eight bytes of a text at once.
///
/// A slice of known length is checked once, and the compiler makes one load of the eight: as fast
/// as a raw load, and nothing unsafe about it.
enum ByteWord {
  /// As many bytes follow a decoder's text, so that a word can be read at its end.
  static let size = 8

  @inline(__always)
  static func load(_ text: borrowing MutableSpan<UInt8>, at index: Int) -> UInt64 {
    join(text.span.extracting(index..<index &+ 8))
  }

  @inline(__always)
  static func load(_ bytes: [UInt8], at index: Int) -> UInt64 {
    join(bytes.span.extracting(index..<index &+ 8))
  }

  @inline(__always)
  private static func join(_ part: Span<UInt8>) -> UInt64 {
    let low =
      UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
    let high =
      UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    return low | high
  }
}
