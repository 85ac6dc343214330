import LetterpressDiagnostics
package import LetterpressSchema

/// The field whose value names a row: in reports, and to find duplicates.
///
/// The value is looked for in the JSON itself, so that a row which does not conform has a key too.
package struct RowKey: Sendable {
  /// The path as it was given: `email`, `user.id`.
  package let path: String
  private let names: [[UInt8]]

  /// Makes a key of a path of names with points between them.
  package init(_ path: String) {
    self.path = path
    names = path.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
  }

  /// The field that names a profile in all likelihood: `id`, else `email`, where the schema has it.
  package static func likely(in schema: ProfileSchema) -> RowKey? {
    guard case .object(let id) = schema.root else { return nil }
    return ["id", "email"].first { schema.types[id].field($0) != nil }.map(RowKey.init)
  }

  /// The key of the profile in a part of some bytes: a string's content, a number as it is written;
  /// nil where the profile has none, or is no JSON up to there.
  package func value(in json: [UInt8], _ range: Range<Int>) -> String? {
    var scanner = JSONSkimmer(json, range)
    for name in names {
      guard scanner.enterMember(name) else { return nil }
    }
    let start = scanner.position
    guard scanner.skipValue() else { return nil }
    let value = json[start..<scanner.position]
    switch value.first {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "n"): return nil
    case UInt8(ascii: "\""): return Self.text(json, start..<scanner.position)
    default: return String(decoding: value, as: UTF8.self)
    }
  }

  private static func text(_ json: [UInt8], _ range: Range<Int>) -> String? {
    let content = json[range].dropFirst().dropLast()
    guard content.contains(UInt8(ascii: "\\")) else {
      return String(decoding: content, as: UTF8.self)
    }
    var reader = JSONReader(json, in: range, file: .init(index: 0))
    return (try? reader.readDocument())?.string
  }
}

/// Goes over JSON text without reading it; every step is bounded by the text's end.
private struct JSONSkimmer {
  private let bytes: [UInt8]
  private let end: Int
  private(set) var position: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    end = range.upperBound
    position = range.lowerBound
    if bytes[range].starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
  }

  /// Goes to the value of a member of the object that starts here.
  mutating func enterMember(_ name: [UInt8]) -> Bool {
    skipSpace()
    guard take(UInt8(ascii: "{")) else { return false }
    while true {
      skipSpace()
      let start = position
      guard skipString() else { return false }
      let isWanted = bytes[start + 1..<position - 1].elementsEqual(name)
      skipSpace()
      guard take(UInt8(ascii: ":")) else { return false }
      skipSpace()
      if isWanted { return true }
      guard skipValue() else { return false }
      skipSpace()
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  /// Goes beyond a value; false where the text ends before it.
  mutating func skipValue() -> Bool {
    var depth = 0
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        guard skipString() else { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > 0 else { return true }
        depth -= 1
        position += 1
      case UInt8(ascii: ","), 0x20, 0x09, 0x0A, 0x0D:
        if depth == 0 { return true }
        position += 1
        continue
      default:
        position += 1
        continue
      }
      if depth == 0 { return true }
    }
    return false
  }

  private mutating func skipString() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    while position < end {
      let byte = bytes[position]
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return true }
    }
    position = end
    return false
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < end, bytes[position].isJSONSpace { position += 1 }
  }
}
