import LetterpressSchema

/// Escaping for HTML text and quoted attributes, 64 bytes at a time.
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
    if count <= 256, readable >= count &+ 128 {
      try unsafe write(room: count &* 6 &+ 128) { target in
        unsafe escapeHTML(from: source, count, to: target) - target
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
      try unsafe write(room: length &* 6 &+ 128) { target in
        if start &+ length &+ 128 <= count {
          return unsafe escapeHTML(from: source + start, length, to: target) - target
        }
        var written = 0
        for index in start..<start &+ length {
          let reference = unsafe HTMLReference(source.load(fromByteOffset: index, as: UInt8.self))
          unsafe target.storeBytes(of: reference.bytes, toByteOffset: written, as: UInt64.self)
          written &+= reference.count
        }
        return written
      }
      done &+= length
    }
  }
}
