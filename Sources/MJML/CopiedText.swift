/// Text whose bytes are written into room that was made for them.
///
/// Components write by small pieces: the start of an attribute, its value, a quote. Room is made once for all
/// pieces of one attribute or declaration, rather than for each.
protocol CopiedText {
  /// How many bytes it has.
  var byteCount: Int { get }

  /// Hands over its bytes, for the length of the call.
  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void)
}

extension HTMLText: CopiedText {
  var byteCount: Int { text.utf8CodeUnitCount }

  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    text.withUTF8Buffer { unsafe body($0) }
  }
}

extension String: CopiedText {
  var byteCount: Int { utf8.count }

  func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    unsafe utf8.span.withUnsafeBufferPointer { unsafe body($0) }
  }
}

extension OutputSpan<UInt8> {
  /// Writes a text for which there is room.
  @inline(__always)
  mutating func append(_ text: some CopiedText) {
    unsafe withUnsafeMutableBufferPointer { room, count in
      unsafe text.withBytes { bytes in
        precondition(bytes.count <= room.count - count, "room was made for all of the text")
        guard let source = bytes.baseAddress, let start = room.baseAddress else { return }
        // Both are that long, and new room overlaps no text.
        unsafe (start + count).initialize(from: source, count: bytes.count)
        count += bytes.count
      }
    }
  }
}
