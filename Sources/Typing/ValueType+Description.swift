import LetterpressLiquid
package import LetterpressSchema

extension ValueType {
  /// The type as messages and `reveal` name it: "string", "'light' or 'dark'", "array of Product".
  package func description(in types: TypeTable) -> String {
    switch self {
    case .unknown: "unknown"
    case .any: "untyped"
    case .null: "nil"
    case .boolean: "boolean"
    case .integer(let bounds): "integer" + bounds.suffix
    case .number(let bounds): "number" + bounds.suffix
    case .string(let facts): facts.description
    case .enumeration(let members): members.map(\.quoted).joinedByOr
    case .html: "html"
    case .object(let id): types[id].name
    case .map(let element): "map of \(element.description(in: types))"
    case .array(let array): array.description(in: types)
    case .optional(let wrapped): wrapped.description(in: types) + " or nil"
    case .union(_, let variants): variants.map { types[$0].name }.joinedByOr
    }
  }

  /// The type without bounds and lengths, with its article: "a string", "an array of Product".
  func noun(in types: TypeTable) -> String {
    switch self {
    case .unknown: "an unknown value"
    case .any: "an untyped value"
    case .null: "nil"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .string(let facts): facts.noun
    case .enumeration(let members): members.shown
    case .html: "html"
    case .object(let id): "an object (\(types[id].name))"
    case .map: "a map"
    case .array(let array): "an array of " + array.element.plural(in: types)
    case .optional(.enumeration(let members)):
      (members.prefix(12).map(\.quoted) + ["nil"]).joinedByOr
    case .optional(let wrapped): wrapped.noun(in: types) + " or nil"
    case .union: "an object"
    }
  }

  private func plural(in types: TypeTable) -> String {
    switch self {
    case .string: "strings"
    case .integer: "integers"
    case .number: "numbers"
    case .boolean: "booleans"
    default: description(in: types)
    }
  }
}

extension ValueType.IntegerBounds {
  fileprivate var suffix: String {
    if let minimum, minimum == maximum { return " \(minimum)" }
    if minimum == nil, maximum == nil { return "" }
    return " \(minimum.map(String.init) ?? "")..\(maximum.map(String.init) ?? "")"
  }
}

extension ValueType.NumberBounds {
  fileprivate var suffix: String {
    if minimum == nil, maximum == nil { return "" }
    let low = minimum.map { (isMinimumExclusive ? ">" : "") + $0.plain } ?? ""
    let high = maximum.map { (isMaximumExclusive ? "<" : "") + $0.plain } ?? ""
    return " \(low)..\(high)"
  }
}

extension ValueType.StringFacts {
  fileprivate var description: String {
    let name = format?.rawValue ?? "string"
    return minLength > 0 ? "non-empty \(name)" : name
  }

  fileprivate var noun: String {
    switch format {
    case nil: "a string"
    case .uri: "a uri"
    case .email, .timeZone: "an \(format?.rawValue ?? "")"
    case .some(let format): "a \(format.rawValue)"
    }
  }
}

extension ValueType.ArrayType {
  fileprivate func description(in types: TypeTable) -> String {
    var text = "array of \(element.description(in: types))"
    if minItems > 0 || maxItems != nil {
      text += " (\(minItems)..\(maxItems.map(String.init) ?? ""))"
    }
    return text
  }
}

extension ValueType.Constant {
  /// As messages quote it: strings in single quotes, the rest bare.
  var quoted: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.plain
    case .string(let value): "'\(value)'"
    }
  }
}

extension [ValueType.Constant] {
  /// All of them, or the first dozen.
  var shown: String {
    count > 12 ? prefix(12).map(\.quoted).joined(separator: ", ") + ", …" : map(\.quoted).joinedByOr
  }
}

extension Literal {
  /// As a template writes it.
  var written: String {
    switch self {
    case .nil: "nil"
    case .blank: "blank"
    case .empty: "empty"
    default: constant?.quoted ?? "nil"
    }
  }
}

extension Double {
  /// Without `.0`.
  var plain: String {
    self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
  }
}

extension [String] {
  /// "a", "a or b", "a, b or c".
  var joinedByOr: String { joined(last: "or") }

  /// "a", "a and b", "a, b and c".
  var joinedByAnd: String { joined(last: "and") }

  private func joined(last word: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) " + last
  }
}
