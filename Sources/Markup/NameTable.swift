/// The names of a catalogue by their bytes.
///
/// The scan meets a name for each tag and each attribute; here it becomes a small number, and the
/// `String` of it is shared, not made anew. Open addressing, at most half full.
struct NameTable: Sendable {
  /// The number of a name; numbers from `count` on are names that the scan met and the table lacks.
  typealias ID = Int32

  private(set) var names: [String] = []
  /// By number: whether an element of this name is in the catalogue, whether its content is raw, and
  /// whether it has none.
  private(set) var isElement: [Bool] = []
  private(set) var isRaw: [Bool] = []
  private(set) var isEmpty: [Bool] = []
  private var bytes: [UInt8] = []
  /// Where each name starts in `bytes`; one more at the end.
  private var starts: [Int] = [0]
  private var slots: [ID] = []

  init(_ catalog: ComponentCatalog) {
    // Sorted, so that numbers do not depend on the order of a dictionary.
    let components = catalog.components.values.sorted { $0.name < $1.name }
    var known: Set<String> = []
    for component in components {
      known.insert(component.name)
      add(component.name, component.content)
    }
    for component in components {
      for attribute in component.attributes where known.insert(attribute.name).inserted {
        add(attribute.name, nil)
      }
    }
    for name in ["mj-class", "name", "css-class"] where known.insert(name).inserted {
      add(name, nil)
    }
    var size = 64
    while size < names.count * 2 { size *= 2 }
    slots = Array(repeating: -1, count: size)
    for id in names.indices {
      var slot = Self.hash(bytes, starts[id]..<starts[id + 1]) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = ID(id)
    }
  }

  var count: Int { names.count }

  /// The number of the name that stands in `source` at `range`, or nil.
  func id(of source: [UInt8], _ range: Range<Int>) -> ID? {
    let mask = slots.count - 1
    var slot = Self.hash(source, range) & mask
    while slots[slot] >= 0 {
      let id = slots[slot]
      if matches(Int(id), source, range) { return id }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private func matches(_ id: Int, _ source: [UInt8], _ range: Range<Int>) -> Bool {
    var at = starts[id]
    guard starts[id + 1] - at == range.count else { return false }
    for index in range {
      if bytes[at] != source[index] { return false }
      at += 1
    }
    return true
  }

  /// Names of one length mostly differ at their ends or in the middle.
  private static func hash(_ source: [UInt8], _ range: Range<Int>) -> Int {
    guard !range.isEmpty else { return 0 }
    var hash = range.count & 0xFF
    hash = hash * 31 + Int(source[range.lowerBound])
    hash = hash * 31 + Int(source[range.lowerBound + range.count / 2])
    return hash * 31 + Int(source[range.upperBound - 1])
  }

  /// `content` is nil for the name of an attribute.
  private mutating func add(_ name: String, _ content: ComponentDeclaration.Content?) {
    names.append(name)
    isElement.append(content != nil)
    isRaw.append(content?.isRaw == true)
    isEmpty.append(content?.isEmpty == true)
    bytes.append(contentsOf: name.utf8)
    starts.append(bytes.count)
  }
}

extension ComponentDeclaration.Content {
  /// Whether the element is an *ending tag*, whose content is raw.
  package var isRaw: Bool {
    if case .raw = self { true } else { false }
  }

  /// Whether nothing may stand in the element.
  package var isEmpty: Bool {
    if case .empty = self { true } else { false }
  }
}
