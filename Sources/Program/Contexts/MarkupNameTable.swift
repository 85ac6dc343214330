/// What names of elements stand for, found by the bits of the name.
///
/// Every start tag of a message is looked up a few times while its contexts are found; a `Dictionary`
/// hashes against hostile keys, which no table written here needs: a name that is looked up and not there
/// ends at the first free place, and the tables are half empty.
struct MarkupNameTable<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
  private var slots: [(name: MarkupName, value: Value)?]
  private let shift: UInt64

  init(dictionaryLiteral elements: (MarkupName, Value)...) { self.init(elements) }

  /// The same value for all of these names.
  init(_ names: [MarkupName], _ value: Value) { self.init(names.map { ($0, value) }) }

  private init(_ elements: [(MarkupName, Value)]) {
    var bits = 1
    while 1 << bits < 2 * elements.count { bits += 1 }
    slots = Array(repeating: nil, count: 1 << bits)
    shift = UInt64(64 - bits)
    for (name, value) in elements {
      var slot = firstSlot(of: name)
      while slots[slot] != nil { slot = (slot + 1) % slots.count }
      slots[slot] = (name, value)
    }
  }

  subscript(name: MarkupName) -> Value? {
    var slot = firstSlot(of: name)
    while let entry = slots[slot] {
      if entry.name == name { return entry.value }
      slot = (slot + 1) % slots.count
    }
    return nil
  }

  private func firstSlot(of name: MarkupName) -> Int {
    Int(truncatingIfNeeded: (name.bits &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }
}
