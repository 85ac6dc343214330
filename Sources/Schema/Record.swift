/// A decoded profile: slots over one arena of bytes.
///
/// An object takes one slot for each of its fields, in the order of its type, and one more for its
/// undeclared properties where it may have any. A value that is an object or an array is a
/// reference: its slot names where its own slots start. So the path `profile.user.first_name` is
/// two loads with offsets known at compile time, and an element of an array is `first + index`.
///
/// A number keeps the spelling that Liquid prints by: `2` is an integer slot also where the type is
/// `number`, and `2.0` a number slot; where the type is `integer`, both are integer slots.
///
/// A record is reused for the next profile of a batch; its storage only grows.
package struct Record: Sendable {
  package var slots: [Slot]
  /// The text of all strings, decoded, UTF-8, with other bytes between them; from `printedStart` on the
  /// forms in which they are printed, one behind the other; `padding` bytes stand at the end.
  package var bytes: [UInt8]
  /// Where the printed forms start: what is read of a record while its messages are rendered.
  package var printedStart: Int
  /// The profile as a value: an object of the schema's root type, or of one of its variants, or a
  /// map.
  package var profile: Slot
  /// Room for the decoder, kept from one profile to the next.
  var pending: [Slot]

  /// How many bytes may be read behind a text, so that it can be copied in blocks of fixed size.
  package static let padding = 128

  package init() {
    slots = []
    bytes = []
    printedStart = 0
    profile = .null
    pending = []
  }

  /// A record with memory of its own, as much as it needs.
  package func copied() -> Record {
    var copy = Record()
    copy.slots += slots
    copy.bytes += bytes
    copy.printedStart = printedStart
    copy.profile = profile
    return copy
  }
}

/// One value of a record; 16 bytes.
package struct Slot: Sendable {
  package enum Kind: UInt8, Sendable {
    case null
    case boolean
    case integer
    case number
    case string
    /// `count` elements, a slot each, from `payload` on.
    case array
    /// An object of a known type (`count` is its place in the `TypeTable`), its slots from
    /// `payload` on.
    case object
    /// An object of any keys: `count` pairs of a string slot and a value slot, from `payload` on.
    case map
  }

  /// What is known of a string's bytes since it was decoded.
  package struct Traits: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Escaping for HTML, in text and in quoted attributes, leaves it as it is.
    package static let isPlainHTML = Traits(rawValue: 1)
    /// Only ASCII, without control characters: fit for a header as it is.
    package static let isPlainHeader = Traits(rawValue: 2)
    /// Only unreserved characters of RFC 3986: fit for any place of a URL.
    package static let isUnreserved = Traits(rawValue: 4)
    /// An absolute http or https URL, with a host and without characters a URL cannot hold.
    package static let isWebURL = Traits(rawValue: 8)
    /// It has a printed form, which is the text itself.
    package static let isPrintedAsIs = Traits(rawValue: 16)
    /// It has a printed form, is unreserved, and so its printed form can stand in any place of a URL.
    package static let isPrintedURLPart = Traits(rawValue: 32)
    /// It has a printed form and is a URL of the web.
    package static let isPrintedWebURL = Traits(rawValue: 64)
    /// It has a printed form, which can stand in HTML text and in quoted attributes.
    package static let isPrinted = Traits(rawValue: 128)
  }

  package var kind: Kind
  package var traits: Traits
  /// How many bytes a string has in its printed form, escaped for HTML; 0 where that is not there, or has
  /// none or more than 255.
  package var printed: UInt8
  /// Bytes of a string, elements of an array, pairs of a map, type of an object, 0 or 1 of a
  /// boolean.
  package var count: UInt32
  /// First slot, or the bits of a number; of a string the offset in `bytes` in the lower half, and that of
  /// its printed form in the upper half.
  package var payload: UInt64

  package init(kind: Kind, traits: Traits = [], count: UInt32 = 0, payload: UInt64 = 0) {
    self.kind = kind
    self.traits = traits
    printed = 0
    self.count = count
    self.payload = payload
  }

  /// A string with its printed form.
  @inline(__always)
  init(_ traits: Traits, at start: Int, _ count: Int, printedAt place: Int, _ printed: UInt8) {
    kind = .string
    // The traits of the printed form are those of the text, three or four places on.
    let isPlain = (traits.rawValue & 1) &<< 4
    self.traits = Traits(rawValue: traits.rawValue | 128 | (traits.rawValue & 12) &<< 3 | isPlain)
    self.printed = printed
    self.count = UInt32(truncatingIfNeeded: count)
    payload =
      UInt64(UInt32(truncatingIfNeeded: start))
      | UInt64(UInt32(truncatingIfNeeded: place)) &<< 32
  }

  package static let null = Slot(kind: .null)

  package var integer: Int { Int(Int64(bitPattern: payload)) }
  package var number: Double { Double(bitPattern: payload) }
  package var boolean: Bool { count != 0 }
  /// The first slot of an array, an object or a map; the offset of a string.
  package var first: Int {
    kind == .string ? Int(payload & 0xFFFF_FFFF) : Int(truncatingIfNeeded: payload)
  }
}
