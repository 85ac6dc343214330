import LetterpressSchema

/// Whether values of one type may stand where another is declared.
extension ValueType {
  /// Objects fit by their fields, not by their names (LANGUAGE.md, B15).
  func fits(_ wanted: ValueType, in types: TypeTable) -> Bool {
    fits(wanted, in: types, depth: 0)
  }

  private func fits(_ wanted: ValueType, in types: TypeTable, depth: Int) -> Bool {
    if self == wanted { return true }
    // Recursive types that agree so far agree.
    guard depth < 16 else { return true }
    switch (self, wanted) {
    case (.unknown, _), (_, .unknown), (.any, _), (_, .any): return true
    case (.null, .optional): return true
    case (.optional(let own), .optional(let other)):
      return own.fits(other, in: types, depth: depth + 1)
    case (_, .optional(let other)): return fits(other, in: types, depth: depth + 1)
    case (.integer, .integer), (.integer, .number), (.number, .number): return true
    case (.integer, .string(let facts)), (.number, .string(let facts)):
      // Numbers are printed; a string of them needs no filter.
      return facts.format == nil
    case (.boolean, .boolean): return true
    case (.enumeration(let members), .enumeration(let others)):
      return members.allSatisfy { member in others.contains { $0.equals(member) } }
    case (.enumeration(let members), _):
      return members.allSatisfy { $0.type.fits(wanted, in: types, depth: depth + 1) }
    case (.string(let own), .string(let other)): return own.fits(other)
    case (.html, .html): return true
    case (.array(let own), .array(let other)):
      return own.minItems >= other.minItems
        && own.element.fits(other.element, in: types, depth: depth + 1)
    case (.map(let own), .map(let other)): return own.fits(other, in: types, depth: depth + 1)
    case (.object(let id), .object(let other)):
      return types[id].lacking(types[other], in: types, depth: depth + 1).isEmpty
    case (.union(_, let variants), .object):
      return variants.allSatisfy { ValueType.object($0).fits(wanted, in: types, depth: depth + 1) }
    case (.object, .union(_, let others)):
      return others.contains { fits(.object($0), in: types, depth: depth + 1) }
    case (.union(_, let variants), .union):
      return variants.allSatisfy { ValueType.object($0).fits(wanted, in: types, depth: depth + 1) }
    case (.object(let id), .map(let element)):
      return types[id].fields.allSatisfy { $0.type.fits(element, in: types, depth: depth + 1) }
    default: return false
    }
  }

  /// The fields of an object type that this one lacks, or has with another type.
  func lackingFields(of wanted: ValueType, in types: TypeTable) -> [String] {
    guard case .object(let own) = unwrapped, case .object(let other) = wanted.unwrapped else {
      return []
    }
    return types[own].lacking(types[other], in: types, depth: 0)
  }
}

extension ObjectType {
  fileprivate func lacking(_ wanted: ObjectType, in types: TypeTable, depth: Int) -> [String] {
    wanted.fields.filter { field in
      guard let own = self.field(field.name) else { return !field.type.admitsNil }
      return !own.type.fits(field.type, in: types, at: depth)
    }.map(\.name)
  }
}

extension ValueType {
  fileprivate func fits(_ wanted: ValueType, in types: TypeTable, at depth: Int) -> Bool {
    fits(wanted, in: types, depth: depth)
  }
}

extension ValueType.StringFacts {
  fileprivate func fits(_ wanted: Self) -> Bool {
    switch wanted.format {
    case nil: true
    case .dateTime: format == .dateTime || format == .date
    case .some(let wanted): format == wanted
    }
  }
}

extension ValueType.Constant {
  fileprivate var type: ValueType {
    switch self {
    case .boolean: .boolean
    case .integer: .integer(.init())
    case .number: .number(.init())
    case .string: .string(.init())
    }
  }
}
