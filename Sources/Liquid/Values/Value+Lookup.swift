extension Value {
  /// `value.name`, where a name of the object wins over `size`, `first` and `last`.
  package func member(_ name: String) -> Value {
    if case .object(let object) = self, let value = object[name] { return value }
    switch name {
    case "size": return size.map { .integer($0) } ?? .nil
    case "first": return first
    case "last": return last
    default: return .nil
    }
  }

  /// `value[index]`: an element by its number, from the end where negative, or a name of an object.
  package func element(at index: Value) -> Value {
    switch (self, index) {
    case (.array(let items), .integer(let index)):
      let position = index < 0 ? index + items.count : index
      return items.indices.contains(position) ? items[position] : .nil
    case (.object(let object), .string(let name)): return object[name] ?? .nil
    default: return .nil
    }
  }

  /// How many elements, names or Unicode scalars it has; nil for what has no size.
  package var size: Int? {
    switch self {
    case .string(let text): text.unicodeScalars.count
    case .array(let items): items.count
    case .object(let object): object.count
    case .range(let range): range.count
    default: nil
    }
  }

  /// The first element, scalar, or pair of name and value.
  package var first: Value {
    switch self {
    case .array(let items): items.first ?? .nil
    case .object(let object):
      object.entries.first.map { .array([.string($0.key), $0.value]) } ?? .nil
    case .range(let range): range.count == 0 ? .nil : .integer(range.lower)
    case .string(let text): .string(text.unicodeScalars.first.map { String($0) } ?? "")
    default: .nil
    }
  }

  /// The last element or scalar; an object has none.
  package var last: Value {
    switch self {
    case .array(let items): items.last ?? .nil
    case .range(let range): range.count == 0 ? .nil : .integer(range.upper)
    case .string(let text): .string(text.unicodeScalars.last.map { String($0) } ?? "")
    default: .nil
    }
  }
}
