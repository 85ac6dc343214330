/// Looks for one of two bytes, sixteen at a time.
///
/// Texts are long and what a reader stops at is rare in them. Unsafe memory is touched here: a block is read
/// only where all of it lies in the span. The bytes of a vector are compared by arithmetic: the comparisons of
/// `SIMD16<UInt8>` are loops in Swift 6.3.
extension Span<UInt8> {
  /// The offset of the first of two bytes from one on; the count where there is neither.
  package func first(of a: UInt8, or b: UInt8, from start: Int) -> Int {
    unsafe withUnsafeBytes { memory in
      var index = Swift.max(start, 0)
      let (first, second) = (SIMD16(repeating: a), SIMD16(repeating: b))
      while index &+ 16 <= memory.count {
        let block = unsafe memory.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
        // The high bit of a byte is set where one of the differences is 0.
        let (x, y) = (block ^ first, block ^ second)
        let found = (x &- SIMD16(repeating: 1)) & ~x | (y &- SIMD16(repeating: 1)) & ~y
        let words = unsafe unsafeBitCast(found, to: SIMD2<UInt64>.self) & 0x8080_8080_8080_8080
        if words[0] != 0 { return index &+ words[0].littleEndian.trailingZeroBitCount / 8 }
        if words[1] != 0 { return index &+ 8 &+ words[1].littleEndian.trailingZeroBitCount / 8 }
        index &+= 16
      }
      while index < memory.count {
        let byte = unsafe memory[index]
        if byte == a || byte == b { return index }
        index &+= 1
      }
      return memory.count
    }
  }
}
