/// The static bytes of a program that is being built; what occurs often stands in it once.
struct TextPool {
  /// A piece that was stored before.
  private struct Slot {
    var hash: UInt64
    var offset: Int
    /// -1 of a free one.
    var count = -1
  }

  private(set) var bytes: [UInt8] = []
  /// Half of them are free; as many as a power of two.
  private var slots: [Slot] = Array(repeating: Slot(hash: 0, offset: 0), count: 256)
  private var used = 0

  /// The place of bytes that may have been stored before.
  mutating func intern(_ piece: Span<UInt8>) -> Int {
    let hash = Self.hash(piece)
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index].count >= 0 {
      let slot = slots[index]
      if slot.hash == hash, slot.count == piece.count, holds(piece, at: slot.offset) {
        return slot.offset
      }
      index = (index + 1) & (slots.count - 1)
    }
    let offset = store(piece)
    slots[index] = Slot(hash: hash, offset: offset, count: piece.count)
    used += 1
    if 2 * used > slots.count { grow() }
    return offset
  }

  /// Adds bytes; gives their place.
  mutating func store(_ piece: [UInt8]) -> Int {
    let offset = bytes.count
    bytes.append(contentsOf: piece)
    return offset
  }

  private mutating func store(_ piece: Span<UInt8>) -> Int {
    let offset = bytes.count
    for index in piece.indices { bytes.append(piece[index]) }
    return offset
  }

  private func holds(_ piece: Span<UInt8>, at offset: Int) -> Bool {
    for index in 0..<piece.count where bytes[offset + index] != piece[index] { return false }
    return true
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(hash: 0, offset: 0), count: 2 * old.count)
    for slot in old where slot.count >= 0 {
      var index = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
      while slots[index].count >= 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }
  }

  /// FNV-1a with its bits mixed once more: the pieces are the author's own, and few.
  private static func hash(_ piece: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in 0..<piece.count { hash = (hash ^ UInt64(piece[index])) &* 0x100_0000_01b3 }
    return hash ^ (hash &>> 32)
  }
}
