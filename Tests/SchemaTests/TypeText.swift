import LetterpressSchema

extension TypeTable {
  /// A type in the notation of the tests: `string(1…)?`, `Product[0…3]`, `'a' | 'b'`.
  func text(_ type: ValueType) -> String {
    switch type {
    case .unknown: "unknown"
    case .any: "any"
    case .null: "null"
    case .boolean: "boolean"
    case .integer(let bounds): "integer" + span(bounds.minimum, bounds.maximum)
    case .number(let bounds):
      "number"
        + span(
          bounds.minimum.map { "\(bounds.isMinimumExclusive ? ">" : "")\($0)" },
          bounds.maximum.map { "\(bounds.isMaximumExclusive ? "<" : "")\($0)" }
        )
    case .string(let facts):
      (facts.format?.rawValue ?? "string")
        + span(facts.minLength == 0 ? nil : facts.minLength, facts.maxLength)
    case .enumeration(let constants): constants.map(text).joined(separator: " | ")
    case .html(let isClean): isClean ? "clean html" : "html"
    case .object(let id): self[id].name
    case .map(let value): "map of \(text(value))"
    case .array(let array):
      "\(text(array.element))[\(array.minItems == 0 ? "" : "\(array.minItems)…")"
        + "\(array.maxItems.map { array.minItems == 0 ? "…\($0)" : "\($0)" } ?? "")]"
    case .optional(let type): "(\(text(type)))?"
    case .union(let tag, let ids): "\(tag): " + ids.map { self[$0].name }.joined(separator: " | ")
    }
  }

  /// The object types of a name, a line for each field.
  func fields(of name: String) -> [String] {
    objects.filter { $0.name == name }.flatMap { object in
      object.fields.map { "\($0.name): \(text($0.type))" + marks($0) }
        + (object.additional.map { ["*: \(text($0))"] } ?? [])
    }
  }

  private func marks(_ field: ObjectType.Field) -> String {
    (field.isPersonal ? " pii" : "") + (field.isDeprecated ? " deprecated" : "")
      + (field.description.isEmpty ? "" : " — \(field.description)")
  }

  private func text(_ constant: ValueType.Constant) -> String {
    switch constant {
    case .boolean(let boolean): "\(boolean)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .string(let string): "'\(string)'"
    }
  }

  private func span(_ low: (some Any)?, _ high: (some Any)?) -> String {
    if low == nil, high == nil { return "" }
    return "(\(low.map { "\($0)" } ?? "")…\(high.map { "\($0)" } ?? ""))"
  }
}
