import LetterpressDiagnostics
import LetterpressLiquid
package import LetterpressSchema

/// What `.name` means on a value of some type.
enum Member {
  /// A declared field of the object, or of every variant of the union.
  case field(ObjectType.Field)
  /// A look-up by key: of a map, of undeclared properties, of untyped data.
  case entry(ValueType)
  case size(ValueType)
  case first(ValueType)
  case last(ValueType)
  /// Only these variants of the union have it; `tag` tells them apart.
  case inVariants([ObjectType.ID], tag: String)
  case missing
  /// Nothing is known of the value.
  case opaque(ValueType)
}

extension TypeTable {
  /// The place of a field among the declared ones of an object.
  func place(ofField name: String, in id: ObjectType.ID) -> Int? {
    for index in objects[id.index].fields.indices
    where objects[id.index].fields[index].name == name {
      return index
    }
    return nil
  }

  /// The member of a type without nil.
  func member(_ name: String, of type: ValueType) -> Member {
    switch type {
    case .unknown: return .opaque(.unknown)
    case .any: return .opaque(.any)
    case .null: return .opaque(.null)
    case .object(let id): return member(name, of: self[id])
    case .union(let tag, let variants): return member(name, ofVariants: variants, tag: tag)
    case .map(let element):
      return name == "size" ? .size(.integer(.init(minimum: 0))) : .entry(element.withNil)
    case .array(let array): return member(name, of: array)
    case .string(let facts):
      guard name == "size" else { return .missing }
      return .size(.integer(.init(minimum: facts.minLength, maximum: facts.maxLength)))
    case .html: return name == "size" ? .size(.integer(.init(minimum: 0))) : .missing
    case .enumeration(let members):
      let areStrings = members.allSatisfy { $0.kind == .text }
      return name == "size" && areStrings ? .size(.integer(.init(minimum: 0))) : .missing
    case .boolean, .integer, .number: return .missing
    case .optional(let wrapped): return member(name, of: wrapped)
    }
  }

  private func member(_ name: String, of object: ObjectType) -> Member {
    if let field = object.field(name) { return .field(field) }
    guard let additional = object.additional else { return .missing }
    return .entry(additional.withNil)
  }

  private func member(_ name: String, of array: ValueType.ArrayType) -> Member {
    switch name {
    case "size":
      return .size(.integer(.init(minimum: array.minItems, maximum: array.maxItems)))
    case "first": return .first(array.elementType(at: 0))
    case "last": return .last(array.elementType(at: -1))
    default: return .missing
    }
  }

  private func member(
    _ name: String,
    ofVariants variants: [ObjectType.ID],
    tag: String
  ) -> Member {
    var fields: [ObjectType.Field] = []
    var holders: [ObjectType.ID] = []
    for id in variants {
      switch member(name, of: self[id]) {
      case .field(let field):
        fields.append(field)
        holders.append(id)
      case .entry(let type) where variants.count == 1: return .entry(type)
      default: break
      }
    }
    guard var field = fields.first else { return .missing }
    guard fields.count == variants.count else { return .inVariants(holders, tag: tag) }
    for other in fields.dropFirst() {
      field.type = field.type.joined(with: other.type)
      field.isPersonal = field.isPersonal || other.isPersonal
      field.isDeprecated = field.isDeprecated && other.isDeprecated
    }
    return .field(field)
  }

  /// The names that a value of the type has; nil where they are not known.
  func memberNames(of type: ValueType) -> [String] {
    switch type.unwrapped {
    case .object(let id): self[id].fields.map(\.name)
    case .union(_, let variants):
      variants.flatMap { self[$0].fields.map(\.name) }.reduce(into: []) { names, name in
        if !names.contains(name) { names.append(name) }
      }
    case .array: ["size", "first", "last"]
    case .string, .html: ["size"]
    default: []
    }
  }

  /// The variants whose tag is one of the constants.
  func variants(
    _ variants: [ObjectType.ID],
    tag: String,
    among constants: [ValueType.Constant]
  ) -> [ObjectType.ID] {
    variants.filter { id in
      guard case .enumeration(let own)? = self[id].field(tag)?.type else { return true }
      return own.contains { constant in constants.contains { $0.equals(constant) } }
    }
  }
}

extension ValueType.ArrayType {
  /// The type of an element: optional unless the array is known to be long enough.
  func elementType(at index: Int) -> ValueType {
    let needed = index >= 0 ? index : -(index + 1)
    return minItems > needed ? element : element.withNil
  }
}

extension TypeTable {
  /// The first name of a path that leads nowhere, and what was meant.
  ///
  /// Elements of arrays have no step of their own in such a path.
  package func unknownName(
    in path: [String],
    from root: ValueType
  ) -> (name: String, near: String?)? {
    var type = root
    for name in path {
      type = type.unwrapped
      while case .array(let array) = type { type = array.element.unwrapped }
      if type.isOpaque { return nil }
      switch member(name, of: type) {
      case .field(let field): type = field.type
      case .entry(let value): type = value
      case .inVariants: return nil
      case .size, .first, .last, .opaque, .missing:
        return (name, suggestion(for: name, among: memberNames(of: type)))
      }
    }
    return nil
  }
}
