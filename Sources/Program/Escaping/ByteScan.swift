/// Looks for bytes that need care, sixteen at a time.
///
/// Unsafe memory is touched here: a block is read only where all of it lies in the span. The bytes of a
/// vector are compared by arithmetic, as HTMLEscaping.swift says.
extension Span<UInt8> {
  /// The offset of the first control character from one on; the count where there is none.
  func firstControl(from start: Int) -> Int {
    var index = Swift.max(start, 0)
    index = unsafe withUnsafeBytes { memory in
      var index = index
      while index &+ 16 <= memory.count {
        let block = unsafe memory.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
        let delete = block ^ SIMD16(repeating: 0x7F)
        let found =
          (block &- SIMD16(repeating: 0x20)) & ~block | (delete &- SIMD16(repeating: 1)) & ~delete
        if Self.isMarked(found) { break }
        index &+= 16
      }
      return index
    }
    while index < count, self[index] >= 0x20, self[index] != 0x7F { index &+= 1 }
    return index
  }

  /// Whether one of `'`, `(`, `)` and `*` is in it.
  var holdsQuoteOrParenthesis: Bool {
    guard count >= 16 else {
      for index in indices where (UInt8(ascii: "'")...UInt8(ascii: "*")).contains(self[index]) {
        return true
      }
      return false
    }
    return unsafe withUnsafeBytes { memory in
      var found = SIMD16<UInt8>(repeating: 0)
      var index = 0
      while index < memory.count {
        // The last block reaches back into the one before.
        let start = Swift.min(index, memory.count &- 16)
        let block = unsafe memory.loadUnaligned(fromByteOffset: start, as: SIMD16<UInt8>.self)
        let place = block &- SIMD16(repeating: UInt8(ascii: "'"))
        found |= (place &- SIMD16(repeating: 4)) & ~place
        index &+= 16
      }
      return Self.isMarked(found)
    }
  }

  /// Whether the high bit of a byte is set.
  @inline(__always)
  private static func isMarked(_ block: SIMD16<UInt8>) -> Bool {
    let words = unsafe unsafeBitCast(block, to: SIMD2<UInt64>.self)
    return (words[0] | words[1]) & 0x8080_8080_8080_8080 != 0
  }
}
