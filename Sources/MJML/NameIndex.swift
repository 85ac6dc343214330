/// Finds the number of a name among a fixed set by its bytes.
///
/// Layout asks for each element and each attribute, and a dictionary of strings hashes with a key against
/// attackers that a fixed set of names need not fear. FNV-1a with open addressing, at most half full.
struct NameIndex: Sendable {
  private let names: [String]
  /// Numbers of names; -1 where there is none.
  private var slots: [Int16]

  /// Numbers the names by their places; there are some hundreds at most.
  init(_ names: [String]) {
    self.names = names
    var size = 64
    while size < names.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for (number, name) in names.enumerated() {
      var slot = self.slot(of: name)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int16(number)
    }
  }

  func number(of name: String) -> Int? {
    var slot = self.slot(of: name)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if names[number] == name { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func slot(of name: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    let bytes = name.utf8.span
    for index in bytes.indices { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
    return Int(hash ^ hash >> 16) & (slots.count - 1)
  }
}
