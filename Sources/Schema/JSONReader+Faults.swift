import LetterpressDiagnostics

/// What is wrong where the reader cannot go on.
extension JSONReader {
  func fault(_ message: String, from start: Int) -> JSONFault {
    JSONFault(
      code: .syntax,
      range: min(start, end)..<min(max(start, position) + 1, end),
      message: message
    )
  }

  /// What stands at the position, for messages.
  var found: String {
    guard let byte = peek else { return "the end" }
    if byte > 0x20, byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
    if byte >= 0x80, let length = UTF8Sequence.length(in: bytes, at: position, end: end) {
      return "'\(String(decoding: bytes[position..<position + length], as: UTF8.self))'"
    }
    return "byte 0x\(String(byte, radix: 16, uppercase: true))"
  }

  var commentFault: JSONFault? {
    guard starts(with: Array("//".utf8)) || starts(with: Array("/*".utf8)) || peek == 0x23 else {
      return nil
    }
    return JSONFault(
      code: .syntax,
      range: position..<min(position + 2, end),
      message: "JSON has no comments"
    )
  }

  func valueFault() -> JSONFault {
    if let fault = commentFault { return fault }
    if peek == UInt8(ascii: "+") {
      return JSONFault(
        code: .syntax,
        range: position..<position + 1,
        message: "a number may not start with '+'",
        removable: position..<position + 1
      )
    }
    if peek == UInt8(ascii: "'") { return fault("strings stand in double quotes", from: position) }
    let wordEnd = wordEnd(from: position)
    guard wordEnd > position else {
      return fault("expected a value, found \(found)", from: position)
    }
    let word = String(decoding: bytes[position..<wordEnd], as: UTF8.self)
    let advice = suggestion(for: word.lowercased(), among: ["true", "false", "null"])
    return JSONFault(
      code: .syntax,
      range: position..<wordEnd,
      message: "'\(word)' is no JSON value" + (advice.map { "; did you mean '\($0)'?" } ?? "")
    )
  }

  func keyFault() -> JSONFault {
    if let fault = commentFault { return fault }
    let wordEnd = wordEnd(from: position)
    if wordEnd > position || peek == UInt8(ascii: "'") {
      return JSONFault(
        code: .syntax,
        range: position..<max(wordEnd, position + 1),
        message: "keys stand in double quotes"
      )
    }
    return fault("expected a key in double quotes, found \(found)", from: position)
  }

  func encodingFault() -> JSONFault? {
    let head = Array(bytes[min(position, end)..<min(position + 4, end)])
    guard let message = TextEncoding.problem(of: head) else { return nil }
    return JSONFault(
      code: .encoding,
      range: position..<min(position + 2, end),
      message: message
    )
  }
}
