import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// The types of blocks' and partials' parameters, as they are written.
///
///     string   integer?   Product[]   light | dark   date-time
enum ParameterType {
  enum Result {
    case type(ValueType)
    /// No such name.
    case unknown(String)
    case malformed
  }

  static func parse(_ text: String, types: TypeTable) -> Result {
    let text = text.trimmed
    guard !text.isEmpty else { return .malformed }
    guard text.utf8.contains(UInt8(ascii: "|")) else { return parseName(text, types: types) }
    var members: [ValueType.Constant] = []
    var isOptional = false
    for part in text.split(separator: "|", omittingEmptySubsequences: false) {
      let word = String(part).trimmed.unquoted
      guard !word.isEmpty else { return .malformed }
      if word == "nil" || word == "null" {
        isOptional = true
      } else if !members.contains(.string(word)) {
        members.append(.string(word))
      }
    }
    guard !members.isEmpty else { return .malformed }
    let type = ValueType.enumeration(members)
    return .type(isOptional ? type.withNil : type)
  }

  /// Whether the type, or that of an array's elements, is marked `x-pii`.
  static func isPersonal(_ text: String, types: TypeTable) -> Bool {
    let name = text.trimmed.utf8.prefix { byte in
      byte != UInt8(ascii: "?") && byte != UInt8(ascii: "[")
    }
    return types.personalDefinitions.contains(String(decoding: name, as: UTF8.self).trimmed)
  }

  private static func parseName(_ text: String, types: TypeTable) -> Result {
    if let inner = text.droppingSuffix("?") {
      return map(parseName(inner.trimmed, types: types), \.withNil)
    }
    if let inner = text.droppingSuffix("[]") {
      return map(parseName(inner.trimmed, types: types)) { .array(.init(element: $0)) }
    }
    guard !text.isEmpty else { return .malformed }
    if let type = named[text] { return .type(type) }
    if let type = types.definitions[text] { return .type(type) }
    let quoted = text.unquoted
    if quoted != text { return .type(.enumeration([.string(quoted)])) }
    return .unknown(text)
  }

  private static func map(_ result: Result, _ transform: (ValueType) -> ValueType) -> Result {
    if case .type(let type) = result { return .type(transform(type)) }
    return result
  }

  static func suggestion(for name: String, types: TypeTable) -> String? {
    switch name.lowercased() {
    case "text", "str": return "string"
    case "int": return "integer"
    case "float", "double": return "number"
    case "bool": return "boolean"
    case "url": return "uri"
    case "datetime", "timestamp": return "date-time"
    case "colour": return "color"
    default: break
    }
    return LetterpressDiagnostics.suggestion(
      for: name,
      among: named.keys.sorted() + types.definitions.keys.sorted()
    )
  }

  private static let named: [String: ValueType] = {
    var types: [String: ValueType] = [
      "string": .string(.init()), "integer": .integer(.init()), "number": .number(.init()),
      "boolean": .boolean, "html": .html(isClean: false), "any": .any, "object": .any,
    ]
    for format in ValueType.Format.allCases {
      types[format.rawValue] = .string(.init(format: format))
    }
    return types
  }()
}

/// A literal in an attribute where a value of some type is wanted.
enum ArgumentLiteral {
  enum Result {
    case value(Literal)
    /// What is wanted instead; empty where the type says it.
    case unfit(String)
  }

  static func read(_ text: String, as type: ValueType) -> Result {
    switch type.unwrapped {
    case .unknown, .any, .html: return .value(.string(text))
    case .string(let facts): return read(text, format: facts.format)
    case .integer(let bounds):
      guard let value = Int(text.trimmed) else { return .unfit("") }
      if let low = bounds.minimum, value < low { return .unfit("at least \(low)") }
      if let high = bounds.maximum, value > high { return .unfit("at most \(high)") }
      return .value(.integer(value))
    case .number:
      if let value = Int(text.trimmed) { return .value(.integer(value)) }
      guard let value = Double(text.trimmed), value.isFinite else { return .unfit("") }
      return .value(.number(value))
    case .boolean:
      switch text.trimmed {
      case "true": return .value(.boolean(true))
      case "false": return .value(.boolean(false))
      default: return .unfit("true or false")
      }
    case .enumeration(let members):
      let member = members.first { $0.text == text }
      return member.map { .value(Literal($0)) } ?? .unfit("")
    case .object, .union, .map, .array, .null, .optional: return .unfit("")
    }
  }

  private static func read(_ text: String, format: ValueType.Format?) -> Result {
    let isFit: Bool =
      switch format {
      case .uri: text.isURLReference
      case .email: text.utf8.contains(UInt8(ascii: "@"))
      case .date, .dateTime: text.isDate
      case .length: text.utf8.first.map { (0x30...0x39).contains($0) || $0 == 0x2E } ?? false
      default: true
      }
    return isFit ? .value(.string(text)) : .unfit("")
  }
}

extension ValueType.Constant {
  /// As an attribute writes it.
  var text: String {
    if case .string(let text) = self { return text }
    return quoted
  }
}

extension Literal {
  /// As it is printed.
  var printed: String {
    switch self {
    case .nil, .blank, .empty: ""
    default: constant?.text ?? ""
    }
  }
}

extension String {
  /// `2024-05-31`, maybe with a time behind it.
  var isDate: Bool {
    let bytes = Array(utf8.prefix(10))
    guard bytes.count == 10 else { return false }
    return bytes.indices.allSatisfy { index in
      index == 4 || index == 7
        ? bytes[index] == UInt8(ascii: "-") : (0x30...0x39).contains(bytes[index])
    }
  }

  func droppingSuffix(_ suffix: String) -> String? {
    utf8.count > suffix.utf8.count && hasSuffix(suffix)
      ? String(dropLast(suffix.count)) : nil
  }

  /// Without single or double quotes around it.
  fileprivate var unquoted: String {
    guard utf8.count >= 2, let first = utf8.first, first == utf8.last,
      first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
    else { return self }
    return String(dropFirst().dropLast())
  }

  /// A letter or underscore, then letters, digits, underscores and hyphens.
  var isName: Bool {
    guard let first = utf8.first else { return false }
    func isLetter(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
    return isLetter(first)
      && utf8.allSatisfy {
        isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
  }

  /// The text that an attribute's value stands for: character references replaced.
  package var decodingEntities: String {
    guard utf8.contains(UInt8(ascii: "&")) else { return self }
    var result: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "&"), let (text, length) = Self.reference(rest) {
        result += Array(text.utf8)
        rest = rest.dropFirst(length)
      } else {
        result.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character reference at the start, and its length.
  private static func reference(_ bytes: ArraySlice<UInt8>) -> (text: String, length: Int)? {
    guard let end = bytes.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let name = String(decoding: bytes[(bytes.startIndex + 1)..<end], as: UTF8.self)
    let length = end - bytes.startIndex + 1
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let value =
        digits.hasPrefix("x") || digits.hasPrefix("X")
        ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return value.flatMap(Unicode.Scalar.init).map { (String(Character($0)), length) }
    }
    let text: String? =
      switch name {
      case "amp": "&"
      case "lt": "<"
      case "gt": ">"
      case "quot": "\""
      case "apos": "'"
      case "nbsp": "\u{A0}"
      default: nil
      }
    return text.map { ($0, length) }
  }
}
