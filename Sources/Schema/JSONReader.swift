package import LetterpressDiagnostics

/// Why a text is no JSON.
package struct JSONFault: Error, Sendable {
  /// What follows the plain words "no JSON": kebab case, as in diagnostics.
  package enum Code: String, Sendable {
    case syntax = "json-syntax"
    case encoding = "json-encoding"
    case depth = "json-depth"
    case duplicateKey = "duplicate-key"
    case numberRange = "number-out-of-range"
  }

  package let code: Code
  /// Offsets into the bytes that were read.
  package let range: Range<Int>
  /// One line, lower case.
  package let message: String
  /// The bytes to delete, where that mends it.
  package var removable: Range<Int>?
}

/// Reads JSON by the letter of RFC 8259 into a located tree.
///
/// For schemas and personas, and to explain what the `ProfileDecoder` refused; profiles do not pass
/// here.
package struct JSONReader {
  let bytes: [UInt8]
  let end: Int
  private let file: SourceFile.ID
  var position: Int
  /// Arrays and objects within each other; the reader recurses, so this bounds its stack as well.
  private let depthLimit: Int
  private var depth = 0
  /// Keys that an object had before, compared by their decoded bytes.
  package private(set) var duplicates: [JSONFault] = []

  package init(
    _ bytes: [UInt8],
    in range: Range<Int>,
    file: SourceFile.ID,
    depth: Int = ProfileLimits().depth
  ) {
    self.bytes = bytes
    depthLimit = depth
    self.file = file
    end = min(range.upperBound, bytes.count)
    position = range.lowerBound
  }

  /// Reads one value with nothing but white space around it, after a byte order mark if there is
  /// one.
  package mutating func readDocument() throws(JSONFault) -> LocatedJSON {
    if let fault = encodingFault() { throw fault }
    if starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
    skipSpace()
    let value = try readValue()
    skipSpace()
    guard position == end else {
      throw commentFault ?? fault("unexpected \(found) after the end of the value", from: position)
    }
    return value
  }

  // MARK: - Values

  private mutating func readValue() throws(JSONFault) -> LocatedJSON {
    let start = position
    let content: LocatedJSON.Content
    switch peek {
    case UInt8(ascii: "{"): content = try nested { (r) throws(JSONFault) in try r.readObject() }
    case UInt8(ascii: "["): content = try nested { (r) throws(JSONFault) in try r.readArray() }
    case UInt8(ascii: "\""): content = .string(try readString())
    case UInt8(ascii: "t"): content = try readWord("true", .boolean(true))
    case UInt8(ascii: "f"): content = try readWord("false", .boolean(false))
    case UInt8(ascii: "n"): content = try readWord("null", .null)
    case let byte where byte == UInt8(ascii: "-") || isDigit(byte):
      content = .number(try readNumber())
    default: throw valueFault()
    }
    return LocatedJSON(content: content, range: range(from: start))
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONFault) -> LocatedJSON.Content
  ) throws(JSONFault) -> LocatedJSON.Content {
    depth += 1
    guard depth <= depthLimit else {
      throw JSONFault(
        code: .depth,
        range: position..<position + 1,
        message: "arrays and objects are nested deeper than \(depthLimit)"
      )
    }
    defer { depth -= 1 }
    return try read(&self)
  }

  private mutating func readArray() throws(JSONFault) -> LocatedJSON.Content {
    position += 1
    var elements: [LocatedJSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try readValue())
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      try readComma(before: UInt8(ascii: "]"), "an array")
    }
  }

  private mutating func readObject() throws(JSONFault) -> LocatedJSON.Content {
    position += 1
    var members: [LocatedJSON.Member] = []
    var keys = KeySet()
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      let start = position
      guard peek == UInt8(ascii: "\"") else { throw keyFault() }
      let key = try readString()
      let keyRange = range(from: start)
      skipSpace()
      guard take(UInt8(ascii: ":")) else {
        throw commentFault ?? fault("expected ':' after the key, found \(found)", from: position)
      }
      skipSpace()
      let value = try readValue()
      if keys.insert(key, after: members) {
        members.append(LocatedJSON.Member(key: key, keyRange: keyRange, value: value))
      } else {
        duplicates.append(
          JSONFault(
            code: .duplicateKey,
            range: keyRange.bounds,
            message: "the key '\(key)' stands in this object twice"
          )
        )
      }
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      try readComma(before: UInt8(ascii: "}"), "an object")
    }
  }

  private mutating func readComma(before close: UInt8, _ what: String) throws(JSONFault) {
    let comma = position
    guard take(UInt8(ascii: ",")) else {
      let close = Character(Unicode.Scalar(close))
      throw commentFault ?? fault("expected ',' or '\(close)', found \(found)", from: position)
    }
    skipSpace()
    if peek == close {
      throw JSONFault(
        code: .syntax,
        range: comma..<comma + 1,
        message: "\(what) may not end with a comma",
        removable: comma..<comma + 1
      )
    }
  }

  private mutating func readWord(
    _ word: StaticString,
    _ content: LocatedJSON.Content
  ) throws(JSONFault) -> LocatedJSON.Content {
    let start = position
    let letters = wordEnd(from: start)
    guard bytes[start..<letters].elementsEqual(word.description.utf8) else { throw valueFault() }
    position = letters
    return content
  }

  // MARK: - Numbers

  private mutating func readNumber() throws(JSONFault) -> JSONNumber {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
      if isDigit(peek) { throw fault("a number may not start with 0", from: start) }
    } else {
      try readDigits("expected a digit after '-'", from: start)
    }
    if take(UInt8(ascii: ".")) { try readDigits("expected a digit after the point", from: start) }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try readDigits("expected a digit in the exponent", from: start)
    }
    guard let number = JSONNumber(text: bytes[start..<position]) else {
      throw JSONFault(
        code: .numberRange,
        range: start..<position,
        message: "the number is too large"
      )
    }
    return number
  }

  private mutating func readDigits(_ message: String, from start: Int) throws(JSONFault) {
    guard isDigit(peek) else {
      throw JSONFault(
        code: .syntax,
        range: start..<max(start + 1, min(position + 1, end)),
        message: "\(message), found \(found)"
      )
    }
    while isDigit(peek) { position += 1 }
  }

  // MARK: - Strings

  private mutating func readString() throws(JSONFault) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while position < end {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try readEscape(into: &text)
      case 0..<0x20: throw controlFault(byte, stringStart: start)
      case 0x20..<0x80:
        text.append(byte)
        position += 1
      default:
        guard let length = UTF8Sequence.length(in: bytes, at: position, end: end) else {
          throw JSONFault(
            code: .encoding,
            range: position..<position + 1,
            message: "byte 0x\(String(byte, radix: 16, uppercase: true)) is no valid UTF-8"
          )
        }
        text += bytes[position..<position + length]
        position += length
      }
    }
    throw JSONFault(
      code: .syntax,
      range: start..<min(start + 1, end),
      message: "the string does not end"
    )
  }

  private func controlFault(_ byte: UInt8, stringStart: Int) -> JSONFault {
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      return JSONFault(
        code: .syntax,
        range: stringStart..<position,
        message: "the string does not end on its line; a line break is written '\\n'"
      )
    }
    let hex = String(byte, radix: 16)
    let code = String(repeating: "0", count: 4 - hex.count) + hex
    return JSONFault(
      code: .syntax,
      range: position..<position + 1,
      message: "a control character stands in a string; it is written '\\u\(code)'"
    )
  }

  private mutating func readEscape(into text: inout [UInt8]) throws(JSONFault) {
    let start = position
    position += 1
    let letter = peek
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter ?? 0)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): text += UTF8Sequence.encode(try readCodePoint(from: start))
    default:
      throw JSONFault(
        code: .syntax,
        range: start..<min(start + 2, end),
        message: "no such escape; a backslash is written '\\\\'"
      )
    }
  }

  private mutating func readCodePoint(from start: Int) throws(JSONFault) -> UInt32 {
    let unit = try readHex(from: start)
    guard (0xD800..<0xE000).contains(unit) else { return unit }
    let afterFirst = position
    if unit < 0xDC00, starts(with: Array("\\u".utf8)) {
      position += 2
      let low = try readHex(from: afterFirst)
      if (0xDC00..<0xE000).contains(low) { return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00) }
    }
    throw JSONFault(
      code: .syntax,
      range: start..<afterFirst,
      message: "half of a surrogate pair stands alone; it is no character"
    )
  }

  private mutating func readHex(from start: Int) throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = peek.flatMap(hexValue) else {
        throw JSONFault(
          code: .syntax,
          range: start..<min(position + 1, end),
          message: "expected four hexadecimal digits after '\\u'"
        )
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: - Bytes

  var peek: UInt8? { position < end ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  func starts(with prefix: [UInt8]) -> Bool {
    bytes[position..<end].starts(with: prefix)
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func range(from start: Int) -> SourceRange {
    SourceRange(file: file, start: start, end: position)
  }

  /// The end of the letters and digits from a place on.
  func wordEnd(from start: Int) -> Int {
    var index = start
    while index < end, index - start < 64,
      bytes[index] | 0x20 >= UInt8(ascii: "a") && bytes[index] | 0x20 <= UInt8(ascii: "z")
        || isDigit(bytes[index]) || bytes[index] == UInt8(ascii: "_")
    { index += 1 }
    return index
  }
}

/// Tells whether an object had a key before, by bytes: `String` would take two spellings of "é" for
/// one.
private struct KeySet {
  private var keys: Set<[UInt8]> = []

  /// Whether the key is none of the members'.
  ///
  /// Few are compared one by one.
  mutating func insert(_ key: String, after members: [LocatedJSON.Member]) -> Bool {
    guard members.count >= 12 else {
      return !members.contains { $0.key.utf8.elementsEqual(key.utf8) }
    }
    if keys.isEmpty { keys = Set(members.map { Array($0.key.utf8) }) }
    return keys.insert(Array(key.utf8)).inserted
  }
}
