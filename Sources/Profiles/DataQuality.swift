package import LetterpressSchema

/// What is missing and what is wrong in many profiles, field by field.
package struct DataQuality: Hashable, Sendable {
  /// A field and what is wrong with it.
  package struct Finding: Hashable, Comparable, Sendable {
    /// A JSON Pointer with `*` for the places of arrays.
    package var field: String
    /// The code of the violation, or `missing` of an optional field.
    package var code: String

    package init(field: String, code: String) {
      self.field = field
      self.code = code
    }

    package static func < (a: Self, b: Self) -> Bool { (a.field, a.code) < (b.field, b.code) }
  }

  /// As many kinds of findings are told apart; the others are counted together.
  package static let findingLimit = 1000

  /// How many rows have each finding.
  package var counts: [Finding: Int] = [:]

  package init() {}

  package mutating func count(_ code: String, at pointer: String, times: Int = 1) {
    var finding = Finding(field: Self.general(pointer), code: code)
    if counts[finding] == nil, counts.count >= Self.findingLimit {
      finding = Finding(field: "*", code: "other")
    }
    counts[finding, default: 0] += times
  }

  package mutating func add(_ other: DataQuality) {
    for (finding, count) in other.counts {
      self.count(finding.code, at: finding.field, times: count)
    }
  }

  /// All findings, by field.
  package var sorted: [(finding: Finding, count: Int)] {
    counts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
  }

  /// The pointer with `*` for each number.
  private static func general(_ pointer: String) -> String {
    guard pointer.utf8.contains(where: { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return pointer }
    return pointer.split(separator: "/", omittingEmptySubsequences: false).map { token in
      let isNumber = !token.isEmpty && token.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return isNumber ? "*" : String(token)
    }.joined(separator: "/")
  }
}

/// Counts the optional fields that records do not have.
package struct MissingFields: Sendable {
  private struct Field: Sendable {
    var pointer: String
    /// The slots on the way: each names the object that the next one is in.
    var path: [Int]
  }

  /// Deeper fields are seldom what a sender asks for.
  private static let depthLimit = 8
  private static let fieldLimit = 256

  private var fields: [Field] = []
  private var counts: [Int] = []

  /// Looks for the optional fields of a schema that are not inside of arrays.
  package init(of schema: ProfileSchema) {
    if case .object(let id) = schema.root { collect(schema, id, "", []) }
    counts = Array(repeating: 0, count: fields.count)
  }

  private mutating func collect(
    _ schema: ProfileSchema,
    _ id: ObjectType.ID,
    _ pointer: String,
    _ path: [Int]
  ) {
    guard path.count < Self.depthLimit else { return }
    for field in schema.types[id].fields {
      guard fields.count < Self.fieldLimit else { return }
      let pointer = pointer + JSONPointer.token(field.name)
      let path = path + [field.slot]
      var type = field.type
      if case .optional(let wrapped) = type {
        fields.append(Field(pointer: pointer, path: path))
        type = wrapped
      }
      if case .object(let inner) = type { collect(schema, inner, pointer, path) }
    }
  }

  /// Looks at a record; a field inside of an object that is missing itself is not counted again.
  package mutating func look(at record: Record) {
    for (index, field) in fields.enumerated() {
      var base = record.profile.first
      for (step, slot) in field.path.enumerated() {
        let value = record.slots[base + slot]
        if step + 1 == field.path.count {
          if value.kind == .null { counts[index] += 1 }
        } else if value.kind == .object {
          base = value.first
        } else {
          break
        }
      }
    }
  }

  /// Adds what was counted to a report and starts again.
  package mutating func move(into quality: inout DataQuality) {
    for (index, count) in counts.enumerated() where count > 0 {
      quality.count("missing", at: fields[index].pointer, times: count)
      counts[index] = 0
    }
  }
}
