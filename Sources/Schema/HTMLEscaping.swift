/// Escaping for HTML text and quoted attributes, 64 bytes at a time.
///
/// `& < > " '` become references; everything else stays. It happens when a profile is decoded, once for each
/// value however often it is printed, and while rendering for what filters make. Unsafe memory is touched
/// here: see the functions for what must be readable and writable. The bytes of a vector are compared by
/// arithmetic: the comparisons of `SIMD16<UInt8>` are loops in Swift 6.3 and were twenty times slower.

/// Writes a text escaped to `target`, which has room for six times `count` and 128 more; returns the end.
///
/// Up to 127 bytes behind the source are read. The special characters of 64 bytes are found at once, and
/// what stands between two of them goes over as one block: so the processor meets no branch that depends
/// on where they are, only on how many there are, which mostly is the same from one message to the next.
package func escapeHTML(
  from source: UnsafeRawPointer,
  _ count: Int,
  to target: UnsafeMutableRawPointer
) -> UnsafeMutableRawPointer {
  var (from, to, left) = unsafe (source, target, count)
  while left > 0 {
    let part = min(left, 64)
    var mask = unsafe left <= 32 ? specials(from) : specials(from) | specials(from + 32) &<< 32
    mask &= UInt64.max &>> UInt64(64 &- part)
    var done = 0
    while mask != 0 {
      let place = mask.trailingZeroBitCount
      mask &= mask &- 1
      unsafe copyBlock(from: from + done, to: to)
      unsafe to += place &- done
      let reference = unsafe HTMLReference(
        special: from.load(fromByteOffset: place, as: UInt8.self)
      )
      unsafe to.storeBytes(of: reference.bytes, as: UInt64.self)
      unsafe to += reference.count
      done = place &+ 1
    }
    unsafe copyBlock(from: from + done, to: to)
    unsafe to += part &- done
    unsafe from += part
    left &-= part
  }
  return unsafe to
}

/// A bit for each of 32 bytes that is one of the five characters.
@inline(__always)
private func specials(_ source: UnsafeRawPointer) -> UInt64 {
  let first = unsafe specials(source.loadUnaligned(as: SIMD16<UInt8>.self))
  let second = unsafe specials(source.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self))
  return bits(first[0]) | bits(first[1]) &<< 8 | bits(second[0]) &<< 16 | bits(second[1]) &<< 24
}

/// The high bit of each of the 16 bytes that is one of the five characters.
@inline(__always)
private func specials(_ block: SIMD16<UInt8>) -> SIMD2<UInt64> {
  // `&` and `'` differ in the lowest bit, `<` and `>` in the next.
  let a = (block | SIMD16(repeating: 1)) ^ SIMD16(repeating: 0x27)
  let b = (block | SIMD16(repeating: 2)) ^ SIMD16(repeating: 0x3E)
  let c = block ^ SIMD16(repeating: 0x22)
  let one = SIMD16<UInt8>(repeating: 1)
  let found =
    (((a &- one) & ~a) | ((b &- one) & ~b) | ((c &- one) & ~c)) & SIMD16(repeating: 0x80)
  return unsafe unsafeBitCast(found, to: SIMD2<UInt64>.self)
}

/// The high bits of eight bytes, in their order.
@inline(__always)
private func bits(_ word: UInt64) -> UInt64 {
  ((word.littleEndian &>> 7) &* 0x0102_0408_1020_4080) &>> 56
}

/// The reference to one of the five characters.
package struct HTMLReference {
  /// In the order of memory.
  ///
  /// The last byte is its length, which what follows overwrites.
  package let bytes: UInt64

  package var count: Int { Int(truncatingIfNeeded: bytes.littleEndian &>> 56) }

  /// For the five characters, which differ in their lowest five bits.
  @inline(__always)
  fileprivate init(special byte: UInt8) { bytes = references[Int(byte & 31)] }

  /// For any character; others stand for themselves.
  package init(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      bytes = references[Int(byte & 31)]
    default: bytes = UInt64(littleEndian: UInt64(byte) | 1 &<< 56)
    }
  }
}

/// The references by the lowest five bits of their character.
private let references: [UInt64] = [
  0, 0, UInt64(littleEndian: 0x0600_3B74_6F75_7126), 0,  // &quot;
  0, 0, UInt64(littleEndian: 0x0500_003B_706D_6126),  // &amp;
  UInt64(littleEndian: 0x0500_003B_3933_2326),  // &#39;
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  UInt64(littleEndian: 0x0400_0000_3B74_6C26), 0,  // &lt;
  UInt64(littleEndian: 0x0400_0000_3B74_6726), 0,  // &gt;
]

extension MutableSpan<UInt8> {
  /// Writes a text of this memory to another place in it; false where less than `Record.padding` would stand
  /// behind it, in which blocks of 64 bytes end.
  @inline(__always)
  mutating func copy(from start: Int, _ count: Int, to target: Int) -> Bool {
    guard start >= 0, count >= 0, target >= start &+ count,
      target <= self.count &- count &- Record.padding
    else { return false }
    return unsafe withUnsafeMutableBytes { memory in
      guard let base = memory.baseAddress else { return false }
      let (source, target) = unsafe (base + start, base + target)
      unsafe copyBlock(from: source, to: target)
      var done = 64
      while done < count {
        unsafe copyBlock(from: source + done, to: target + done)
        done &+= 64
      }
      return true
    }
  }

  /// Writes a text of this memory, escaped, to another place in it; gives its length, or nil where the
  /// worst case and `Record.padding` behind it have no room.
  mutating func escapeHTML(from start: Int, _ count: Int, to target: Int) -> Int? {
    guard start >= 0, count >= 0, target >= start &+ count &+ Record.padding,
      target <= self.count &- 6 &* count &- Record.padding
    else { return nil }
    return unsafe withUnsafeMutableBytes { memory in
      guard let base = memory.baseAddress else { return nil }
      let end = unsafe LetterpressSchema.escapeHTML(from: base + start, count, to: base + target)
      return unsafe end - (base + target)
    }
  }
}

@inline(__always)
private func copyBlock(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
  let block = unsafe source.loadUnaligned(as: SIMD64<UInt8>.self)
  unsafe target.storeBytes(of: block, as: SIMD64<UInt8>.self)
}
