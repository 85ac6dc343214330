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
  /// How many bytes behind a text its copy in blocks may read.
  static let slack = Record.padding
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
    blockEnd = 0
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
    blockEnd = UInt64(max(0, bytes.count - Self.slack))
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

  /// What the loop over the instructions prints by itself, at a place.
  @inline(__always)
  func short(at place: Int) -> ShortValue {
    guard hasSlot(place) else { return ShortValue(.null) }
    let slot = unsafe slots + place
    switch unsafe slot.pointee.kind {
    case .string:
      return unsafe text(
        slot.pointee.count,
        slot.pointee.payload,
        slot.pointee.traits.rawValue,
        slot.pointee.growth
      )
    case .integer: return integer(unsafe slot.pointee.payload)
    case .null: return ShortValue(.null)
    default: return ShortValue(.other)
    }
  }

  /// The same for a variable's value.
  @inline(__always)
  func short(_ cell: Cell) -> ShortValue {
    switch cell.kind {
    case .string where cell.origin == .record:
      text(cell.count, cell.payload, cell.traits, cell.growth)
    case .integer: integer(cell.payload)
    case .null: ShortValue(.null)
    default: ShortValue(.other)
    }
  }

  @inline(__always)
  private func text(
    _ count: UInt32,
    _ places: UInt64,
    _ traits: UInt8,
    _ growth: UInt8
  ) -> ShortValue {
    let end = (places &>> 32) &+ UInt64(count) &+ UInt64(growth)
    // An empty text is none: something else may be printed in its place.
    guard count &- 1 < OutputBuffer.shortValue, growth != .max, end <= blockEnd else {
      return ShortValue(.other)
    }
    return ShortValue(
      .text,
      traits: traits,
      count: Int(count) &+ Int(growth),
      payload: places &>> 32
    )
  }

  @inline(__always)
  private func integer(_ bits: UInt64) -> ShortValue {
    bits < ShortValue.integerEnd ? ShortValue(.integer, payload: bits) : ShortValue(.other)
  }

  /// Where the escaped form of a text of `short` starts, with `slack` readable bytes behind its end.
  @inline(__always)
  func address(of text: ShortValue) -> UnsafeRawPointer {
    unsafe bytes + Int(truncatingIfNeeded: text.payload)
  }

  /// Where a text starts; nil where it lies elsewhere, or has no `slack` readable bytes behind its end.
  @inline(__always)
  func address(ofShort cell: Cell) -> UnsafeRawPointer? {
    guard cell.kind == .string, cell.origin == .record,
      UInt64(cell.offset &+ cell.length) <= blockEnd
    else { return nil }
    return unsafe bytes + cell.offset
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

  /// Reads a word of each cache line, in order; gives how far it came, so that it is not left out.
  ///
  /// Messages read a record criss-cross, one value's place in the next one's way, so that each line would
  /// be waited for; in a row they come all at once. Rendering a thousand profiles in turn takes a quarter
  /// less time so.
  func fetch() -> Int {
    // What is longer does not fit into the nearest cache anyway.
    let end = min(Int(slotCount) &* MemoryLayout<Slot>.stride, 32_768)
    return unsafe fetch(UnsafeRawPointer(slots), end) &+ fetch(bytes, min(byteCount, 32_768) &- 8)
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

/// A value that needs no room asked for and no filter: plain data.
struct ShortValue {
  enum Kind: UInt8 {
    case null
    /// An integer from 0 to less than `integerEnd`.
    case integer
    /// A text of the record of 1 to `OutputBuffer.shortValue` bytes, in its escaped form, which is up to
    /// 254 bytes longer, with `RecordView.slack` behind it.
    case text
    case other
  }

  /// Eight digits.
  static let integerEnd: UInt64 = 100_000_000

  let kind: Kind
  let traits: UInt8
  let count: Int
  /// The integer, or the offset of the escaped text.
  let payload: UInt64

  @inline(__always)
  init(_ kind: Kind, traits: UInt8 = 0, count: Int = 0, payload: UInt64 = 0) {
    self.kind = kind
    self.traits = traits
    self.count = count
    self.payload = payload
  }
}
