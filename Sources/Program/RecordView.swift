import LetterpressSchema

/// A profile's record while a message is rendered: its storage by address.
///
/// Unsafe memory is touched here: a frame that held the record's arrays would count references on cold
/// memory for each message, and would make the decoder copy the arrays that it wants to reuse. A view is
/// valid within `withView` only; each access is checked against the bounds.
@safe
struct RecordView {
  private let slots: UnsafePointer<Slot>
  private let slotCount: UInt
  private let bytes: UnsafeRawPointer
  private let byteCount: Int
  /// Where the profile's own slots start.
  let root: Int
  /// The profile as a value.
  let profile: Slot

  /// Nothing of it is read, for its counts are 0.
  static var none: RecordView { RecordView() }

  private init() {
    unsafe slots = UnsafePointer(bitPattern: 16).unsafelyUnwrapped
    unsafe bytes = UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    slotCount = 0
    byteCount = 0
    root = 0
    profile = Slot(kind: .null)
  }

  private init(
    _ slots: UnsafeBufferPointer<Slot>,
    _ bytes: UnsafeRawBufferPointer,
    root: Int,
    profile: Slot
  ) {
    // An empty array may have no address.
    unsafe self.slots = slots.baseAddress ?? UnsafePointer(bitPattern: 16).unsafelyUnwrapped
    unsafe self.bytes = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    slotCount = UInt(slots.count)
    byteCount = bytes.count
    self.root = root
    self.profile = profile
  }

  /// Calls `body` with the view of a record.
  static func withView<Failure: Error>(
    of record: borrowing Record,
    _ body: (RecordView) throws(Failure) -> Void
  ) throws(Failure) {
    let (root, profile) = (record.root, record.profile)
    try unsafe record.slots.span.withUnsafeBufferPointer { (slots) throws(Failure) in
      try unsafe record.bytes.span.withUnsafeBytes { (bytes) throws(Failure) in
        try body(unsafe RecordView(slots, bytes, root: root, profile: profile))
      }
    }
  }

  /// The value at a place; nil outside of the record.
  @inline(__always)
  func value(at place: Int) -> Cell {
    guard hasSlot(place) else { return .null }
    return unsafe Cell(slots[place])
  }

  /// Where the slots of the object at a place start; -1 where no object is there.
  ///
  /// Kinds of slots are matched, not compared: `==` of another module's enumeration is a call.
  @inline(__always)
  func object(at place: Int) -> Int {
    guard hasSlot(place), case .object = unsafe slots[place].kind else { return -1 }
    return unsafe Int(truncatingIfNeeded: slots[place].payload & 0x7FFF_FFFF_FFFF_FFFF)
  }

  @inline(__always)
  private func hasSlot(_ place: Int) -> Bool { UInt(bitPattern: place) < slotCount }

  /// Calls `body` with the bytes of a text of the record; with none where they do not lie in it.
  @inline(__always)
  func withText<Result, Failure: Error>(
    of text: Cell,
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let count = holds(text) ? Int(text.count) : 0
    let bytes = unsafe UnsafeRawBufferPointer(
      start: count > 0 ? self.bytes + text.offset : self.bytes,
      count: count
    )
    return try body(unsafe Span(_unsafeBytes: bytes))
  }

  /// Appends a text of the record, as it is or escaped for HTML.
  @inline(__always)
  func append(
    _ text: Cell,
    isEscaped: Bool,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    guard holds(text) else { return }
    let source = unsafe bytes + text.offset
    let readable = byteCount &- text.offset
    if isEscaped {
      try unsafe out.appendEscapingHTML(from: source, count: Int(text.count), readable: readable)
    } else {
      try unsafe out.append(from: source, count: Int(text.count), readable: readable)
    }
  }

  @inline(__always)
  private func holds(_ text: Cell) -> Bool {
    text.payload <= UInt64(byteCount)
      && UInt64(text.count) <= UInt64(byteCount) &- text.payload
  }

  /// Reads a byte of each cache line, in order; gives a sum, so that it is not left out.
  ///
  /// Messages read a record criss-cross, one value's place in the next one's way, so that each line would
  /// be waited for; in a row they come all at once. Rendering a thousand profiles in turn takes a quarter
  /// less time so.
  func fetch() -> UInt8 {
    var sum: UInt8 = 0
    // What is longer does not fit into the nearest cache anyway.
    let raw = unsafe UnsafeRawPointer(slots)
    let end = min(Int(slotCount) &* MemoryLayout<Slot>.stride, 32_768)
    for place in stride(from: 0, to: end, by: 64) {
      sum &+= unsafe raw.load(fromByteOffset: place, as: UInt8.self)
    }
    for place in stride(from: 0, to: min(byteCount, 32_768), by: 64) {
      sum &+= unsafe bytes.load(fromByteOffset: place, as: UInt8.self)
    }
    return sum
  }
}
