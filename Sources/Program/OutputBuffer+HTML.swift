/// Escaping for HTML text and quoted attributes, 16 bytes at a time.
///
/// `& < > " '` become references; everything else stays. That is enough in text, RCDATA and quoted
/// attributes, and inside of Outlook's conditional comments, which end only at a `>`. Works on bytes: a
/// loop over `Character` leaves a `<` alone that a combining mark follows. The bytes of a
/// vector are compared by arithmetic: the comparisons of `SIMD16<UInt8>` are loops in Swift 6.3 and were
/// twenty times slower.
extension OutputBuffer {
  /// Appends `count` bytes from an offset on, escaped; nothing where they do not lie in `bytes`.
  @inline(__always)
  mutating func appendEscapingHTML(
    _ bytes: Span<UInt8>,
    from offset: Int,
    count: Int
  )
    throws(RenderFault)
  {
    guard offset >= 0, count >= 0, count <= bytes.count &- offset else { return }
    try unsafe bytes.withUnsafeBytes { (memory) throws(RenderFault) in
      guard let base = memory.baseAddress else { return }
      try unsafe appendEscapingHTML(
        from: base + offset,
        count: count,
        readable: memory.count &- offset
      )
    }
  }

  /// Appends bytes, escaped.
  mutating func appendEscapingHTML(_ bytes: Span<UInt8>) throws(RenderFault) {
    try appendEscapingHTML(bytes, from: 0, count: bytes.count)
  }

  /// Appends other memory, escaped; `readable` bytes from `source` on may be read.
  @inline(__always)
  mutating func appendEscapingHTML(
    from source: UnsafeRawPointer,
    count: Int,
    readable: Int
  ) throws(RenderFault) {
    if count <= 256, readable >= count &+ 32 {
      try unsafe write(room: count &* 6 &+ 32) { target in
        unsafe escapeBlocks(source, count: count, to: target)
      }
    } else {
      try unsafe appendEscapingBytes(from: source, count: count)
    }
  }

  /// The same for long texts, and for the last bytes of memory, behind which nothing may be read.
  @inline(never)
  private mutating func appendEscapingBytes(
    from source: UnsafeRawPointer,
    count: Int
  )
    throws(RenderFault)
  {
    // In pieces: room for the worst case, six bytes for one, is asked of a piece at a time, so that a
    // long value comes within a few KiB of the limit before it is refused.
    var done = 0
    while done < count {
      let length = min(256, count &- done)
      let start = done
      try unsafe write(room: length &* 6 &+ 32) { target in
        if start &+ length &+ 32 <= count {
          return unsafe escapeBlocks(source + start, count: length, to: target)
        }
        var written = 0
        for index in start..<start &+ length {
          let reference = unsafe Reference(source.load(fromByteOffset: index, as: UInt8.self))
          unsafe target.storeBytes(of: reference.bytes, toByteOffset: written, as: UInt64.self)
          written &+= reference.count
        }
        return written
      }
      done &+= length
    }
  }
}

/// Writes the escaped bytes to `target`, which has room for six times `count` and 32 more; returns
/// how many it wrote.
///
/// Up to 32 bytes behind the source are read.
///
/// Blocks start at fixed places, so that the processor can look at the next ones before it knows what is in
/// this one: restarting behind each reference took twice the time.
private func escapeBlocks(
  _ source: UnsafeRawPointer,
  count: Int,
  to target: UnsafeMutableRawPointer
) -> Int {
  var to = unsafe target
  var read = 0
  while read < count {
    // The whole block goes over; what is not to be there is overwritten next.
    let from = unsafe source + read
    let block = unsafe from.loadUnaligned(as: SIMD16<UInt8>.self)
    unsafe to.storeBytes(of: block, as: SIMD16<UInt8>.self)
    let left = min(count &- read, 16)
    read &+= 16
    let words = specials(block)
    guard words[0] | words[1] != 0 else {
      unsafe to += left
      continue
    }
    var mask = (bits(words[0]) | bits(words[1]) &<< 8) & ((1 &<< UInt64(left)) &- 1)
    var done = 0
    while mask != 0 {
      let place = mask.trailingZeroBitCount
      mask &= mask &- 1
      unsafe to += place &- done
      let reference = unsafe Reference(
        special: from.load(fromByteOffset: place, as: UInt8.self)
      )
      unsafe to.storeBytes(of: reference.bytes, as: UInt64.self)
      unsafe to += reference.count
      done = place &+ 1
      let rest = unsafe from.loadUnaligned(fromByteOffset: done, as: SIMD16<UInt8>.self)
      unsafe to.storeBytes(of: rest, as: SIMD16<UInt8>.self)
    }
    unsafe to += left &- done
  }
  return unsafe to - target
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
private struct Reference {
  /// In the order of memory.
  ///
  /// The last byte is its length, which what follows overwrites.
  let bytes: UInt64

  var count: Int { Int(truncatingIfNeeded: bytes.littleEndian &>> 56) }

  /// For the five characters, which differ in their lowest five bits.
  @inline(__always)
  init(special byte: UInt8) { bytes = references[Int(byte & 31)] }

  /// For any character; others stand for themselves.
  init(_ byte: UInt8) {
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
