/// A message as a client reads it: written for tests, from the RFCs, by other means than the product.
package struct ReceivedMessage {
  /// The fields in their order, unfolded and decoded.
  package let fields: [(name: String, value: String)]
  /// The bytes of the parts by their `Content-Type`, with LF at the ends of lines.
  package let parts: [(type: String, content: [UInt8])]

  /// Why something is no message.
  package struct Fault: Error { package let reason: String }

  /// Reads a message.
  package init(_ bytes: [UInt8]) throws {
    let (head, body) = try Self.split(bytes)
    fields = try Self.fields(head)
    guard let type = Self.value("Content-Type", fields), type.hasPrefix("multipart/alternative;"),
      let open = type.firstRange(of: "boundary=\"")
    else { throw Fault(reason: "it has no parts") }
    let boundary = type[open.upperBound...].prefix { $0 != "\"" }
    parts = try Self.bodies(body, boundary: Array(boundary.utf8)).map { part in
      let (head, content) = try Self.split(part)
      let fields = try Self.fields(head)
      guard Self.value("Content-Transfer-Encoding", fields) == "quoted-printable" else {
        throw Fault(reason: "a part has no encoding")
      }
      return (
        Self.value("Content-Type", fields) ?? "",
        Self.withLineFeeds(try Self.decodedQuotedPrintable(content))
      )
    }
  }

  /// The value of a field; nil where there is none.
  package func field(_ name: String) -> String? { Self.value(name, fields) }

  private static func value(_ name: String, _ fields: [(name: String, value: String)]) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  // MARK: - Header

  private static func split(_ bytes: [UInt8]) throws -> (head: [UInt8], body: [UInt8]) {
    let end = Array("\r\n\r\n".utf8)
    guard let range = bytes.firstRange(of: end) else { throw Fault(reason: "no end of header") }
    return (Array(bytes[..<range.lowerBound]), Array(bytes[range.upperBound...]))
  }

  /// Reads lines of a header.
  package static func fields(_ head: [UInt8]) throws -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n") {
      guard line.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), line.utf8.count <= 998 else {
        throw Fault(reason: "a line of the header is not plain")
      }
      guard line.contains(where: { $0 != " " }) else { throw Fault(reason: "a blank line") }
      if line.hasPrefix(" ") {
        guard let last = fields.indices.last else { throw Fault(reason: "it begins with a fold") }
        fields[last].value += line
      } else {
        guard let colon = line.firstIndex(of: ":") else { throw Fault(reason: "no field") }
        fields.append((String(line[..<colon]), String(line[line.index(after: colon)...])))
      }
    }
    return fields.map { ($0.name, decodedWords(String($0.value.dropFirst()))) }
  }

  /// Text with its encoded words decoded (RFC 2047, section 6).
  package static func decodedWords(_ text: String) -> String {
    var result: [UInt8] = []
    var wasEncoded = false
    var isFirst = true
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let decoded = decodedWord(Array(word.utf8))
      if !isFirst, !(wasEncoded && decoded != nil) { result.append(UInt8(ascii: " ")) }
      result += decoded ?? Array(word.utf8)
      wasEncoded = decoded != nil
      isFirst = false
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func decodedWord(_ word: [UInt8]) -> [UInt8]? {
    let head = Array("=?utf-8?".utf8)
    guard word.count > 12, word.starts(with: head), word.suffix(2) == [0x3F, 0x3D] else {
      return nil
    }
    let content = Array(word[(head.count + 2)..<(word.count - 2)])
    switch word[head.count] {
    case UInt8(ascii: "Q"):
      return try? decodedQuotedPrintable(content.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 })
    case UInt8(ascii: "B"): return decodedBase64(content)
    default: return nil
    }
  }

  private static func decodedBase64(_ text: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      guard let value = digits.firstIndex(of: byte) else { break }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }

  // MARK: - Parts

  private static func bodies(_ body: [UInt8], boundary: [UInt8]) throws -> [[UInt8]] {
    let delimiter = Array("\r\n--".utf8) + boundary
    var rest = ArraySlice([0x0D, 0x0A] + body)
    var bodies: [[UInt8]] = []
    guard let first = rest.firstRange(of: delimiter) else { throw Fault(reason: "no boundary") }
    rest = rest[first.upperBound...]
    while !rest.starts(with: "--".utf8) {
      guard rest.starts(with: [0x0D, 0x0A]), let next = rest.firstRange(of: delimiter) else {
        throw Fault(reason: "a part has no end")
      }
      bodies.append(Array(rest[(rest.startIndex + 2)..<next.lowerBound]))
      rest = rest[next.upperBound...]
    }
    guard Array(rest) == Array("--\r\n".utf8) else { throw Fault(reason: "more behind the end") }
    return bodies
  }

  /// Quoted-printable decoded, strictly: a line too long, or an `=` that means nothing, is a fault.
  package static func decodedQuotedPrintable(_ text: [UInt8]) throws -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    var column = 0
    while index < text.count {
      let byte = text[index]
      if byte == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A {
        if let last = result.last, column > 0, last == 0x20 || last == 0x09,
          text[index - 1] == last
        {
          throw Fault(reason: "white space ends a line")
        }
        result += [0x0D, 0x0A]
        index += 2
        column = 0
        continue
      }
      column += 1
      guard column <= 76 else { throw Fault(reason: "a line is longer than 76") }
      guard byte == UInt8(ascii: "=") else {
        guard (0x20...0x7E).contains(byte) || byte == 0x09 else {
          throw Fault(reason: "a byte stands for itself that must not")
        }
        result.append(byte)
        index += 1
        continue
      }
      guard index + 2 < text.count else { throw Fault(reason: "an '=' at the end") }
      if text[index + 1] == 0x0D, text[index + 2] == 0x0A {
        column = 0
      } else {
        let digits = String(decoding: text[(index + 1)...(index + 2)], as: UTF8.self)
        guard let value = UInt8(digits, radix: 16), digits.uppercased() == digits else {
          throw Fault(reason: "an '=' without digits")
        }
        column += 2
        guard column <= 76 else { throw Fault(reason: "a line is longer than 76") }
        result.append(value)
      }
      index += 3
    }
    return result
  }

  private static func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (index, byte) in text.enumerated() {
      if byte == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { continue }
      result.append(byte)
    }
    return result
  }
}
