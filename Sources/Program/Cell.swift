package import LetterpressSchema

/// One value while a message is rendered; 16 bytes, plain data.
///
/// Its text or its elements stand in one of three places: the profile's record, the program's own text,
/// or what this render made (`Frame.bytes`, `Frame.cells`). Reading a field, looping over an array and
/// assigning either therefore copy 16 bytes and count no references.
package struct Cell: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    // The same numbers as `Slot.Kind`.
    case null, boolean, integer, number, string, array, object, map
    /// Two cells at `payload`: the bounds.
    case range
    /// The literals that stand for a test.
    case blank, empty
  }

  /// Where text and elements stand.
  package enum Origin: UInt8, Sendable, BitwiseCopyable {
    case record, program, frame
  }

  package var kind: Kind
  package var origin: Origin
  /// As in `Slot.Traits`, but known to be plain numbers here: a static property of another module is a call.
  package var traits: UInt8
  /// As in `Slot`.
  package var printed: UInt8
  /// As in `Slot`: bytes, elements, pairs, the type of an object, 0 or 1.
  package var count: UInt32
  package var payload: UInt64

  package init(
    _ kind: Kind,
    origin: Origin = .frame,
    traits: UInt8 = 0,
    count: UInt32 = 0,
    payload: UInt64 = 0
  ) {
    self.kind = kind
    self.origin = origin
    self.traits = traits
    printed = 0
    self.count = count
    self.payload = payload
  }

  /// A value of the record.
  @inline(__always)
  package init(_ slot: Slot) {
    kind =
      switch slot.kind {
      case .null: .null
      case .boolean: .boolean
      case .integer: .integer
      case .number: .number
      case .string: .string
      case .array: .array
      case .object: .object
      case .map: .map
      }
    origin = .record
    traits = slot.traits.rawValue
    printed = slot.printed
    count = slot.count
    payload = slot.payload
  }

  @inline(__always) package static var isPlainHTML: UInt8 { 1 }
  @inline(__always) package static var isPlainHeader: UInt8 { 2 }
  @inline(__always) package static var isUnreserved: UInt8 { 4 }
  @inline(__always) package static var isWebURL: UInt8 { 8 }
  @inline(__always) static var isPrintedAsIs: UInt8 { 16 }
  @inline(__always) static var isPrintedURLPart: UInt8 { 32 }
  @inline(__always) static var isPrintedWebURL: UInt8 { 64 }
  @inline(__always) static var isPrinted: UInt8 { 128 }

  @inline(__always) package static var null: Cell { Cell(Kind.null) }

  package static func boolean(_ value: Bool) -> Cell { Cell(.boolean, count: value ? 1 : 0) }

  package static func integer(_ value: Int) -> Cell {
    Cell(.integer, payload: UInt64(bitPattern: Int64(value)))
  }

  package static func number(_ value: Double) -> Cell { Cell(.number, payload: value.bitPattern) }

  package static func string(
    _ origin: Origin,
    from offset: Int,
    count: Int,
    traits: UInt8 = 0
  ) -> Cell {
    Cell(
      .string,
      origin: origin,
      traits: traits,
      count: UInt32(truncatingIfNeeded: count),
      payload: UInt64(truncatingIfNeeded: offset)
    )
  }

  package var integer: Int { Int(Int64(bitPattern: payload)) }
  package var number: Double { Double(bitPattern: payload) }
  package var boolean: Bool { count != 0 }
  /// The first element, or the offset of a string.
  package var first: Int { offset }
  @inline(__always) var offset: Int {
    kind == .string ? Int(payload & 0xFFFF_FFFF) : Int(truncatingIfNeeded: payload)
  }
  package var length: Int { Int(count) }
  /// Where the slots of an object start.
  @inline(__always) var place: Int { Int(truncatingIfNeeded: payload) }

  /// Everything is true but nil and false.
  package var isTruthy: Bool {
    switch kind {
    case .null: false
    case .boolean: boolean
    default: true
    }
  }
}
