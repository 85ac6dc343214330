package import LetterpressDiagnostics

/// A JSON value with its place, as a schema or a persona file writes it.
package struct LocatedJSON: Sendable {
  package indirect enum Content: Sendable {
    case null
    case boolean(Bool)
    case number(JSONNumber)
    case string(String)
    case array([LocatedJSON])
    /// In the order of the text; no key twice (the first one stays where the text repeats one).
    case object([Member])
  }

  package struct Member: Sendable {
    package let key: String
    /// With its quotes.
    package let keyRange: SourceRange
    package let value: LocatedJSON

    /// From the key to the end of the value.
    package var range: SourceRange { keyRange.to(value.range) }
  }

  package let content: Content
  package let range: SourceRange

  /// The members of an object; none of any other value.
  package var members: [Member] {
    guard case .object(let members) = content else { return [] }
    return members
  }

  /// The elements of an array; none of any other value.
  package var elements: [LocatedJSON] {
    guard case .array(let elements) = content else { return [] }
    return elements
  }

  package var string: String? {
    guard case .string(let string) = content else { return nil }
    return string
  }

  package var number: JSONNumber? {
    guard case .number(let number) = content else { return nil }
    return number
  }

  package var boolean: Bool? {
    guard case .boolean(let boolean) = content else { return nil }
    return boolean
  }

  package var isNull: Bool {
    guard case .null = content else { return false }
    return true
  }

  package var isScalar: Bool {
    switch content {
    case .array, .object: false
    default: true
    }
  }

  package var isObject: Bool {
    guard case .object = content else { return false }
    return true
  }

  /// The member of a name, compared byte by byte: `String` would take two spellings of "é" for one.
  package func member(_ key: String) -> Member? {
    members.first { $0.key.utf8.elementsEqual(key.utf8) }
  }

  package subscript(key: String) -> LocatedJSON? { member(key)?.value }

  /// What kind of value it is, for messages: "a string", "an array".
  package var kindName: String {
    switch content {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Reads a whole file; nil where it is no JSON, which is reported.
  package static func read(
    _ file: SourceFile,
    id: SourceFile.ID,
    limits: ProfileLimits = ProfileLimits(),
    diagnostics: inout [Diagnostic]
  ) -> LocatedJSON? {
    let range = 0..<file.bytes.count
    var reader = JSONReader(file.bytes, in: range, file: id, depth: limits.depth)
    do {
      let value = try reader.readDocument()
      diagnostics += reader.duplicates.map { .duplicateKey($0, in: id) }
      return value
    } catch {
      diagnostics.append(.notJSON(error, in: id))
      return nil
    }
  }
}
