/// Reads JSON (RFC 8259) as data for `LiquidRenderer`.
///
/// It is strict: no comments, no trailing commas, no lone surrogates, no name twice in an object.
/// Integers of more than 64 bits become `number`.
package struct JSONReader {
  /// Why a text is no JSON.
  package struct Failure: Error, Sendable {
    package var message: String
    /// The byte at which it was seen.
    package var offset: Int
  }

  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  private static let maximalDepth = 64

  /// The value that the text stands for.
  package static func read(_ bytes: [UInt8]) throws(Failure) -> Value {
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.index == bytes.count else { throw reader.failure("text after the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func failure(_ message: String) -> Failure { Failure(message: message, offset: index) }

  private mutating func skipSpace() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func value() throws(Failure) -> Value {
    skipSpace()
    guard index < bytes.count else { throw failure("expected a value") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default:
      for (word, value) in [
        ("true", Value.boolean(true)), ("false", .boolean(false)), ("null", .nil),
      ]
      where bytes.has(word, at: index) {
        index += word.utf8.count
        return value
      }
      throw failure("expected a value")
    }
  }

  private mutating func object() throws(Failure) -> Value {
    var entries: [Object.Entry] = []
    var names: Set<ByteString> = []
    try readItems(until: UInt8(ascii: "}")) { reader throws(Failure) in
      guard reader.index < reader.bytes.count, reader.bytes[reader.index] == UInt8(ascii: "\"")
      else {
        throw reader.failure("expected a name")
      }
      let name = try reader.string()
      guard names.insert(ByteString(name)).inserted else {
        throw reader.failure("a name stands twice in an object")
      }
      reader.skipSpace()
      try reader.skip(UInt8(ascii: ":"))
      entries.append((name, try reader.value()))
    }
    return .object(Object(entries))
  }

  private mutating func array() throws(Failure) -> Value {
    var items: [Value] = []
    try readItems(until: UInt8(ascii: "]")) { reader throws(Failure) in
      items.append(try reader.value())
    }
    return .array(items)
  }

  /// Reads what stands between brackets, separated by commas.
  private mutating func readItems(
    until close: UInt8,
    _ readItem: (inout JSONReader) throws(Failure) -> Void
  ) throws(Failure) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximalDepth else {
      throw failure("nested more than \(Self.maximalDepth) deep")
    }
    index += 1
    skipSpace()
    if index < bytes.count, bytes[index] == close {
      index += 1
      return
    }
    while true {
      skipSpace()
      try readItem(&self)
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
      index += 1
    }
    try skip(close)
  }

  private mutating func skip(_ byte: UInt8) throws(Failure) {
    guard index < bytes.count, bytes[index] == byte else {
      throw failure("expected '\(Character(Unicode.Scalar(byte)))'")
    }
    index += 1
  }

  private mutating func number() throws(Failure) -> Value {
    let start = index
    func digits(_ index: inout Int) -> Int {
      let first = index
      while index < bytes.count, bytes[index].isDigit { index += 1 }
      return index - first
    }
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let isZero = index < bytes.count && bytes[index] == UInt8(ascii: "0")
    let count = digits(&index)
    guard count == 1 || count > 1 && !isZero else { throw failure("this is no number") }
    var isInteger = true
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isInteger = false
      index += 1
      guard digits(&index) > 0 else { throw failure("expected a digit") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
      {
        index += 1
      }
      guard digits(&index) > 0 else { throw failure("expected a digit") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      throw failure("the number is too large")
    }
    return .number(number)
  }

  private mutating func string() throws(Failure) -> String {
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw failure("a string is no UTF-8")
        }
        return string
      case UInt8(ascii: "\\"):
        index += 1
        text.append(contentsOf: String(try escapedScalar()).utf8)
      case 0..<0x20: throw failure("a control character in a string")
      default:
        text.append(byte)
        index += 1
      }
    }
    throw failure("a string is never closed")
  }

  private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
    guard index < bytes.count else { throw failure("a string is never closed") }
    index += 1
    switch bytes[index - 1] {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var value = try codeUnit()
      if (0xD800..<0xDC00).contains(value), bytes.has("\\u", at: index) {
        index += 2
        let low = try codeUnit()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("a surrogate without its pair") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw failure("a surrogate without its pair")
      }
      return scalar
    default: throw failure("there is no such escape")
    }
  }

  private mutating func codeUnit() throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = bytes[index].hexValue else {
        throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
