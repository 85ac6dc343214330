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
  /// Texts that end here at the latest have `slack` readable bytes behind them.
  private let blockEnd: UInt64
  /// Where the printed forms start.
  private let printedStart: Int
  /// How many bytes behind a text its copy in blocks may read.
  static let slack = Record.padding
  /// The profile as a value.
  let profile: Slot

  /// Nothing of it is read, for its counts are 0.
  static var none: RecordView { RecordView() }

  private init() {
    unsafe slots = UnsafePointer(bitPattern: 16).unsafelyUnwrapped
    unsafe bytes = UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    slotCount = 0
    byteCount = 0
    blockEnd = 0
    printedStart = 0
    profile = Slot(kind: .null)
  }

  private init(
    _ slots: UnsafeBufferPointer<Slot>,
    _ bytes: UnsafeRawBufferPointer,
    printedStart: Int,
    profile: Slot
  ) {
    // An empty array may have no address.
    unsafe self.slots = slots.baseAddress ?? UnsafePointer(bitPattern: 16).unsafelyUnwrapped
    unsafe self.bytes = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    slotCount = UInt(slots.count)
    byteCount = bytes.count
    blockEnd = UInt64(max(0, bytes.count - Self.slack))
    self.printedStart = min(max(0, printedStart), bytes.count)
    self.profile = profile
  }

  /// Calls `body` with the view of a record.
  static func withView<Failure: Error>(
    of record: borrowing Record,
    _ body: (RecordView) throws(Failure) -> Void
  ) throws(Failure) {
    let (printedStart, profile) = (record.printedStart, record.profile)
    try unsafe record.slots.span.withUnsafeBufferPointer { (slots) throws(Failure) in
      try unsafe record.bytes.span.withUnsafeBytes { (bytes) throws(Failure) in
        try body(
          unsafe RecordView(slots, bytes, printedStart: printedStart, profile: profile)
        )
      }
    }
  }

  /// The value at a place; nil outside of the record.
  @inline(__always)
  func value(at place: Int) -> Cell {
    guard hasSlot(place) else { return .null }
    return unsafe Cell(slots[place])
  }

  /// The same, nil where no slot is there.
  @inline(__always)
  func cell(at place: Int) -> Cell? {
    guard hasSlot(place) else { return nil }
    return unsafe Cell(slots[place])
  }

  /// The slot at a place; nil outside of the record.
  @inline(__always)
  func slot(at place: Int) -> UnsafePointer<Slot>? {
    hasSlot(place) ? unsafe slots + place : nil
  }

  /// Where the printed form of a string starts that has `printed` bytes there; nil where `slack` readable
  /// bytes do not stand behind its end.
  @inline(__always)
  func address(ofPrinted payload: UInt64, _ printed: UInt8) -> UnsafeRawPointer? {
    let offset = payload &>> 32
    guard offset &+ UInt64(printed) <= blockEnd else { return nil }
    return unsafe bytes + Int(truncatingIfNeeded: offset)
  }

  /// Where the text of a string starts, as it was decoded; nil where `slack` readable bytes do not stand behind
  /// its end.
  @inline(__always)
  func address(ofText slot: UnsafePointer<Slot>) -> UnsafeRawPointer? {
    let offset = unsafe slot.pointee.payload & 0xFFFF_FFFF
    guard unsafe offset &+ UInt64(slot.pointee.count) <= blockEnd else { return nil }
    return unsafe bytes + Int(truncatingIfNeeded: offset)
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
    let count = holds(text) ? text.length : 0
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
    text.offset &+ text.length <= byteCount
  }

  /// Reads a word of each cache line of what is printed, in order; gives how far it came, so that it is not
  /// left out.
  ///
  /// Messages read a record criss-cross, one value's place in the next one's way, so that each line would
  /// be waited for; in a row they come all at once. Rendering a thousand profiles in turn takes a quarter
  /// less time so.
  func fetch() -> Int {
    // What is longer does not fit into the nearest cache anyway.
    let (slotEnd, textEnd) = (
      min(Int(slotCount) &* MemoryLayout<Slot>.stride, 32_768),
      min(byteCount &- printedStart, 32_768) &- Self.slack
    )
    return unsafe fetch(UnsafeRawPointer(slots), slotEnd) &+ fetch(bytes + printedStart, textEnd)
  }

  /// A word that would end it keeps the compiler from making vectors of it, which take five times as long
  /// to put together.
  private func fetch(_ memory: UnsafeRawPointer, _ end: Int) -> Int {
    var place = 0
    while place < end {
      if unsafe memory.loadUnaligned(fromByteOffset: place, as: UInt64.self) == .max { break }
      place &+= 64
    }
    return place
  }
}
