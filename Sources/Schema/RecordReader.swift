/// Walks a record by names: for code that does not know its paths when it is compiled (the Liquid
/// bridge, tools).
///
/// Values are slots; what is behind a slot is asked from here.
package struct RecordReader: Sendable {
  package let record: Record
  package let types: TypeTable

  package init(_ record: Record, types: TypeTable) {
    self.record = record
    self.types = types
  }

  /// The profile itself.
  package var profile: Slot { record.profile }

  /// The text of a string slot, UTF-8; empty of any other slot.
  package func bytes(_ slot: Slot) -> ArraySlice<UInt8> {
    guard slot.kind == .string else { return [] }
    return record.bytes[slot.first..<slot.first + Int(slot.count)]
  }

  package func string(_ slot: Slot) -> String { String(decoding: bytes(slot), as: UTF8.self) }

  /// The elements of an array slot; none of any other slot.
  package func elements(_ slot: Slot) -> ArraySlice<Slot> {
    guard slot.kind == .array else { return [] }
    return record.slots[slot.first..<slot.first + Int(slot.count)]
  }

  /// The value of a member of an object or a map.
  ///
  /// Null where an object lacks it, nil where it cannot have it or the map has no such key. Names
  /// are compared byte by byte.
  package func member(_ name: String, of slot: Slot) -> Slot? {
    switch slot.kind {
    case .map: return value(of: name, inMap: slot)
    case .object:
      let type = types.objects[Int(slot.count)]
      if let field = type.fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        return record.slots[slot.first + field.slot]
      }
      return undeclared(of: slot, type).flatMap { value(of: name, inMap: $0) }
    default: return nil
    }
  }

  /// The members of an object, in the order of its type, or of a map, in the order of the text.
  ///
  /// The members that an object lacks are null, like those that are null.
  package func members(_ slot: Slot) -> [(name: String, value: Slot)] {
    switch slot.kind {
    case .map: return pairs(slot)
    case .object:
      let type = types.objects[Int(slot.count)]
      let declared = type.fields.map { ($0.name, record.slots[slot.first + $0.slot]) }
      return declared + (undeclared(of: slot, type).map(pairs) ?? [])
    default: return []
    }
  }

  /// How many elements or members there are; those that are null count in a map only.
  package func count(_ slot: Slot) -> Int {
    switch slot.kind {
    case .array, .map: Int(slot.count)
    case .object: members(slot).count { $0.value.kind != .null }
    default: 0
    }
  }

  /// The map slot of an object's undeclared members.
  private func undeclared(of slot: Slot, _ type: ObjectType) -> Slot? {
    type.additional == nil ? nil : record.slots[slot.first + type.fields.count]
  }

  private func pairs(_ map: Slot) -> [(name: String, value: Slot)] {
    (0..<Int(map.count)).map { pair in
      let key = record.slots[map.first + 2 * pair]
      return (string(key), record.slots[map.first + 2 * pair + 1])
    }
  }

  private func value(of name: String, inMap map: Slot) -> Slot? {
    for pair in 0..<Int(map.count) {
      let key = record.slots[map.first + 2 * pair]
      if Int(key.count) == name.utf8.count, bytes(key).elementsEqual(name.utf8) {
        return record.slots[map.first + 2 * pair + 1]
      }
    }
    return nil
  }
}
