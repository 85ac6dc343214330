/// Eight bytes of a text at once.
enum ByteWord {
  /// As many bytes follow a decoder's text, so that a word can be read at its end.
  static let size = 8

  /// The eight bytes as a number, the first one lowest: one load with one check.
  ///
  /// Unsafe only by name, for types that not every pattern of bits is a value of; a place outside of the text
  /// is a trap.
  @inline(__always)
  static func number(_ text: borrowing MutableSpan<UInt8>, at index: Int) -> UInt64 {
    UInt64(
      littleEndian: unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    )
  }

  /// The same for who looks at the bytes one by one.
  ///
  /// A slice of known length is checked once, and the compiler makes what loads it likes of the eight.
  @inline(__always)
  static func load(_ text: borrowing MutableSpan<UInt8>, at index: Int) -> UInt64 {
    let part = text.span.extracting(index..<index &+ 8)
    let low =
      UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
    let high =
      UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    return low | high
  }
}
