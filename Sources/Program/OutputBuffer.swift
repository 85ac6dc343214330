import LetterpressLiquid

/// The bytes of a message under way: one run of memory that only grows, reused from message to message.
///
/// Unsafe memory is touched here, in this type's other files and in the loop over the instructions. Every
/// write is checked against the capacity first; `slack` bytes stand behind it, so that a short piece can
/// be copied as one block of fixed size, which is what makes rendering as fast as copying.
@safe
package struct OutputBuffer: ~Copyable {
  /// Bytes behind the capacity that may be overwritten: by a copy of fixed size, and by one value of up to
  /// `shortValue` bytes, in quoted-printable form too, where each byte takes three, a soft break for each 24
  /// of them another three, and room is counted as four.
  static let slack = 4 * shortValue + 256
  /// How long the printed form of a value may be that is written without asking for room first.
  static let shortValue = 255
  /// Integers from 0 to less than this, which have eight digits, are written so too.
  static let shortInteger: UInt64 = 100_000_000

  /// The most bytes it may grow to.
  package var limit: Int
  /// How many bytes were written.
  package private(set) var count: Int
  private var capacity: Int
  private var memory: UnsafeMutableRawPointer

  /// Makes a buffer that holds `capacity` bytes before it grows.
  package init(capacity: Int = 0) {
    let capacity = max(capacity, 1024)
    self.capacity = capacity
    count = 0
    limit = RenderLimits().output
    unsafe memory = .allocate(byteCount: capacity + Self.slack, alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// Forgets what was written and keeps the memory.
  package mutating func removeAll() { count = 0 }

  /// Calls `body` with what was written.
  package borrowing func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let bytes = unsafe UnsafeRawBufferPointer(start: memory, count: count)
    return try unsafe body(Span(_unsafeBytes: bytes))
  }

  /// A copy of what was written.
  package borrowing func bytes() -> [UInt8] { copy(from: 0) }

  /// A copy of what was written from an offset on.
  borrowing func copy(from start: Int) -> [UInt8] {
    let start = min(max(start, 0), count)
    return unsafe Array(UnsafeRawBufferPointer(start: memory + start, count: count - start))
  }

  /// Forgets what was written from an offset on.
  package mutating func truncate(to end: Int) { count = min(max(end, 0), count) }

  /// Takes white space away at both ends of what was written from an offset on.
  mutating func trim(from start: Int) {
    let start = min(max(start, 0), count)
    while count > start, unsafe (memory + count - 1).load(as: UInt8.self) <= 0x20 { count -= 1 }
    var first = start
    while first < count, unsafe (memory + first).load(as: UInt8.self) <= 0x20 { first += 1 }
    guard first > start else { return }
    unsafe (memory + start).copyMemory(from: memory + first, byteCount: count - first)
    count -= first - start
  }

  /// Appends bytes to an array from an offset on, and forgets them here: the end of a capture.
  mutating func move(from start: Int, to array: inout [UInt8]) {
    let start = min(max(start, 0), count)
    unsafe array.append(
      contentsOf: UnsafeRawBufferPointer(start: memory + start, count: count - start)
    )
    count = start
  }

  /// Whether the bytes from an offset on are these.
  borrowing func tail(from start: Int, equals other: Span<UInt8>) -> Bool {
    guard start >= 0, start <= count, count - start == other.count else { return false }
    for index in other.indices {
      guard unsafe (memory + start + index).load(as: UInt8.self) == other[index] else {
        return false
      }
    }
    return true
  }

  /// Where the next byte goes, and where the capacity ends: for a loop that writes many pieces, whose two
  /// addresses then stay in registers.
  ///
  /// The loop may write up to `slack` bytes behind the end, and says with `setEnd` where it stopped, before
  /// anything else writes here; afterwards it asks for the places anew.
  @inline(__always)
  var cursor: (place: UnsafeMutableRawPointer, end: UnsafeMutableRawPointer) {
    unsafe (memory + count, memory + capacity)
  }

  /// Says where the bytes of a loop end that had the cursor.
  @inline(__always)
  mutating func setEnd(_ place: UnsafeMutableRawPointer) {
    count = unsafe place - memory
  }

  /// Makes room for `needed` more bytes.
  @inline(__always)
  mutating func reserve(_ needed: Int) throws(RenderFault) {
    if needed > capacity &- count { try grow(by: needed) }
  }

  @inline(never)
  private mutating func grow(by needed: Int) throws(RenderFault) {
    let (total, overflow) = count.addingReportingOverflow(needed)
    guard !overflow, total <= limit else { throw .tooLong }
    let size = min(max(total, capacity * 2), max(limit, total))
    let grown = UnsafeMutableRawPointer.allocate(byteCount: size + Self.slack, alignment: 16)
    unsafe grown.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = grown
    capacity = size
  }

  /// Appends one byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) throws(RenderFault) {
    try reserve(1)
    unsafe memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// Appends up to eight bytes, the first one lowest.
  @inline(__always)
  mutating func append(word: UInt64, count length: Int) throws(RenderFault) {
    try reserve(8)
    unsafe memory.storeBytes(of: word.littleEndian, toByteOffset: count, as: UInt64.self)
    count &+= min(max(length, 0), 8)
  }

  /// Appends a copy of other memory.
  ///
  /// `readable` bytes from `source` on may be read, at least `length`. A short piece with 32 readable
  /// bytes is copied as one block: a call of `memcpy` costs more than its bytes.
  @inline(__always)
  mutating func append(
    from source: UnsafeRawPointer,
    count length: Int,
    readable: Int
  )
    throws(RenderFault)
  {
    try reserve(length)
    if length <= 32, readable >= 32 {
      let block = unsafe source.loadUnaligned(as: SIMD32<UInt8>.self)
      unsafe memory.storeBytes(of: block, toByteOffset: count, as: SIMD32<UInt8>.self)
    } else {
      unsafe (memory + count).copyMemory(from: source, byteCount: length)
    }
    count &+= length
  }

  /// Appends `length` bytes from an offset on; nothing where they do not lie in `bytes`.
  @inline(__always)
  mutating func append(
    _ bytes: Span<UInt8>,
    from offset: Int,
    count length: Int
  )
    throws(RenderFault)
  {
    guard offset >= 0, length >= 0, length <= bytes.count &- offset else { return }
    try unsafe bytes.withUnsafeBytes { (memory) throws(RenderFault) in
      guard let base = memory.baseAddress else { return }
      try unsafe append(from: base + offset, count: length, readable: memory.count &- offset)
    }
  }

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) throws(RenderFault) {
    try unsafe bytes.withUnsafeBytes { (source) throws(RenderFault) in
      guard let base = source.baseAddress else { return }
      try unsafe append(from: base, count: source.count, readable: source.count)
    }
  }

  /// A byte that was written; 0 where none was.
  @inline(__always)
  borrowing func byte(at offset: Int) -> UInt8 {
    guard offset >= 0, offset < count else { return 0 }
    return unsafe (memory + offset).load(as: UInt8.self)
  }

  /// Puts a byte between those that were written, at an offset near the end.
  mutating func insert(_ byte: UInt8, at offset: Int) throws(RenderFault) {
    guard offset >= 0, offset <= count else { return }
    try reserve(1)
    let place = unsafe memory + offset
    unsafe (place + 1).copyMemory(from: place, byteCount: count - offset)
    unsafe place.storeBytes(of: byte, as: UInt8.self)
    count &+= 1
  }

  /// Appends text.
  mutating func append(_ text: String) throws(RenderFault) { try append(text.utf8.span) }

  /// Appends up to `growth` bytes for each byte of a text: those that `replacement` gives, first one lowest, and
  /// how many they are.
  @inline(__always)
  mutating func appendBytes(
    of text: Span<UInt8>,
    growing growth: Int,
    _ replacement: (UInt8) -> (bytes: UInt64, count: Int)
  ) throws(RenderFault) {
    let (room, overflow) = text.count.multipliedReportingOverflow(by: growth)
    guard !overflow else { throw .tooLong }
    try reserve(room)
    var to = unsafe memory + count
    for index in text.indices {
      let (bytes, count) = replacement(text[index])
      // Eight bytes, of which those that do not count are overwritten, or fall into the slack.
      unsafe to.storeBytes(of: bytes.littleEndian, as: UInt64.self)
      unsafe to += min(count, growth)
    }
    count = unsafe to - memory
  }

  /// Lets `body` write up to `room` bytes behind the end; it returns how many it wrote.
  @inline(__always)
  mutating func write(
    room: Int,
    _ body: (UnsafeMutableRawPointer) -> Int
  ) throws(RenderFault) {
    try reserve(room)
    let written = unsafe body(memory + count)
    count &+= min(max(written, 0), room)
  }
}
