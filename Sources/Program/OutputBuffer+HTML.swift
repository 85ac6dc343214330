/// Escaping for HTML text and quoted attributes, eight bytes at a time.
///
/// `& < > " '` become references; everything else stays. That is enough in text, RCDATA and quoted
/// attributes, and inside of Outlook's conditional comments, which end only at a `>`. Works on bytes: a
/// loop over `Character` leaves a `<` alone that a combining mark follows, and a `SIMD16` comparison loop
/// was twenty times slower than this.
extension OutputBuffer {
  /// Appends bytes of an array, escaped; nothing where they do not lie in it.
  @inline(__always)
  mutating func appendEscapingHTML(
    _ bytes: borrowing [UInt8],
    from offset: Int,
    count: Int
  )
    throws(RenderFault)
  {
    guard offset >= 0, count >= 0, count <= bytes.count - offset else { return }
    try unsafe bytes.span.withUnsafeBytes { (memory) throws(RenderFault) in
      guard let base = memory.baseAddress else { return }
      try unsafe appendEscapingHTML(
        from: base + offset,
        count: count,
        readable: memory.count - offset
      )
    }
  }

  /// Appends bytes, escaped.
  mutating func appendEscapingHTML(_ bytes: Span<UInt8>) throws(RenderFault) {
    try unsafe bytes.withUnsafeBytes { (memory) throws(RenderFault) in
      guard let base = memory.baseAddress else { return }
      try unsafe appendEscapingHTML(from: base, count: memory.count, readable: memory.count)
    }
  }

  /// Appends other memory, escaped.
  ///
  /// `readable` bytes from `source` on may be read.
  mutating func appendEscapingHTML(
    from source: UnsafeRawPointer,
    count: Int,
    readable: Int
  )
    throws(RenderFault)
  {
    // In pieces: room for the worst case, six bytes for one, is asked of a piece at a time, so that a
    // long value comes within a few KiB of the limit before it is refused.
    let piece = 512
    var done = 0
    while done < count {
      let length = min(piece, count - done)
      let start = done
      try unsafe write(room: length * 6) { target in
        unsafe escape(
          source + start,
          count: length,
          readable: readable - start,
          to: target
        )
      }
      done += length
    }
  }
}

/// Writes the escaped bytes to `target`, which has room for six times `count` and some slack; returns how
/// many it wrote.
@inline(__always)
private func escape(
  _ source: UnsafeRawPointer,
  count: Int,
  readable: Int,
  to target: UnsafeMutableRawPointer
) -> Int {
  var read = 0
  var written = 0
  while read < count {
    let left = count &- read
    guard readable &- read >= 8 else {
      unsafe escape(source.load(fromByteOffset: read, as: UInt8.self), target, &written)
      read &+= 1
      continue
    }
    let word = unsafe source.loadUnaligned(fromByteOffset: read, as: UInt64.self).littleEndian
    // Of a last, short word only the bytes that are left count; zeros match nothing below.
    let mask: UInt64 = left >= 8 ? ~0 : (1 &<< UInt64(left &* 8)) &- 1
    let step = min(left, 8)
    if needsEscaping(word & mask) {
      for index in 0..<step {
        unsafe escape(UInt8(truncatingIfNeeded: word &>> UInt64(index &* 8)), target, &written)
      }
    } else {
      unsafe target.storeBytes(of: word.littleEndian, toByteOffset: written, as: UInt64.self)
      written &+= step
    }
    read &+= step
  }
  return written
}

/// Whether one of the eight bytes is one of the five characters.
@inline(__always)
private func needsEscaping(_ word: UInt64) -> Bool {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let high: UInt64 = 0x8080_8080_8080_8080
  // `&` and `'` differ in the lowest bit, `<` and `>` in the next.
  let a = (word | ones) ^ (ones &* 0x27)
  let b = (word | (ones &* 2)) ^ (ones &* 0x3E)
  let c = word ^ (ones &* 0x22)
  let zero = ((a &- ones) & ~a) | ((b &- ones) & ~b) | ((c &- ones) & ~c)
  return zero & high != 0
}

@inline(__always)
private func escape(_ byte: UInt8, _ target: UnsafeMutableRawPointer, _ written: inout Int) {
  // The references as little-endian words; the bytes behind them are overwritten by what follows.
  let reference: UInt64
  let length: Int
  switch byte {
  case UInt8(ascii: "&"): (reference, length) = (0x3B_706D_6126, 5)  // &amp;
  case UInt8(ascii: "<"): (reference, length) = (0x3B74_6C26, 4)  // &lt;
  case UInt8(ascii: ">"): (reference, length) = (0x3B74_6726, 4)  // &gt;
  case UInt8(ascii: "\""): (reference, length) = (0x3B74_6F75_7126, 6)  // &quot;
  case UInt8(ascii: "'"): (reference, length) = (0x3B_3933_2326, 5)  // &#39;
  default:
    unsafe target.storeBytes(of: byte, toByteOffset: written, as: UInt8.self)
    written &+= 1
    return
  }
  unsafe target.storeBytes(of: reference.littleEndian, toByteOffset: written, as: UInt64.self)
  written &+= length
}
