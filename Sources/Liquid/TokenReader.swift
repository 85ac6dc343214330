import LetterpressDiagnostics

/// A tag that cannot be read on: the one finding that says why.
///
/// The reader stops at the first, for what follows it in a tag would be guesswork.
struct SyntaxFailure: Error {
  var diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

/// Cuts the inside of one tag into tokens, one at a time.
struct TokenReader {
  let bytes: [UInt8]
  let file: SourceFile.ID
  /// The offset after the tag's inside.
  let end: Int
  private(set) var current: Token
  /// The end of the token before `current`.
  private(set) var previousEnd: Int

  init(_ range: SourceRange, in bytes: [UInt8]) throws(SyntaxFailure) {
    self.bytes = bytes
    file = range.file
    end = min(range.end, bytes.count)
    previousEnd = range.start
    current = Token(kind: .end, range: end..<end)
    current = try token(at: range.start)
  }

  mutating func advance() throws(SyntaxFailure) {
    previousEnd = current.range.upperBound
    current = try token(at: previousEnd)
  }

  /// Passes over the current token if it is of that kind, and says whether it was.
  mutating func advance(over kind: Token.Kind) throws(SyntaxFailure) -> Bool {
    guard current.kind == kind else { return false }
    try advance()
    return true
  }

  /// Passes over the current token if it is that word, and says whether it was.
  mutating func advance(overWord word: String) throws(SyntaxFailure) -> Bool {
    guard isAt(word) else { return false }
    try advance()
    return true
  }

  func isAt(_ word: String) -> Bool {
    current.kind == .identifier && current.range.count == word.utf8.count
      && bytes.has(word, at: current.range.lowerBound)
  }

  /// The token after the current one.
  func following() throws(SyntaxFailure) -> Token { try token(at: current.range.upperBound) }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  func sourceRange(_ range: Range<Int>) -> SourceRange {
    SourceRange(file: file, start: range.lowerBound, end: range.upperBound)
  }

  private func token(at start: Int) throws(SyntaxFailure) -> Token {
    var index = start
    while index < end, bytes[index].isSpace { index += 1 }
    guard index < end else { return Token(kind: .end, range: end..<end) }
    func token(_ kind: Token.Kind, length: Int) -> Token {
      Token(kind: kind, range: index..<index + length)
    }
    let next = index + 1 < end ? bytes[index + 1] : 0
    switch bytes[index] {
    case UInt8(ascii: "|") where next != UInt8(ascii: "|"): return token(.pipe, length: 1)
    case UInt8(ascii: ":"): return token(.colon, length: 1)
    case UInt8(ascii: ","): return token(.comma, length: 1)
    case UInt8(ascii: "["): return token(.openSquare, length: 1)
    case UInt8(ascii: "]"): return token(.closeSquare, length: 1)
    case UInt8(ascii: "("): return token(.openRound, length: 1)
    case UInt8(ascii: ")"): return token(.closeRound, length: 1)
    case UInt8(ascii: "."):
      return next == UInt8(ascii: ".") ? token(.dotDot, length: 2) : token(.dot, length: 1)
    case UInt8(ascii: "="):
      return next == UInt8(ascii: "=")
        ? token(.comparison(.equal), length: 2) : token(.equals, length: 1)
    case UInt8(ascii: "!") where next == UInt8(ascii: "="):
      return token(.comparison(.notEqual), length: 2)
    case UInt8(ascii: "<"):
      switch next {
      case UInt8(ascii: "="): return token(.comparison(.lessOrEqual), length: 2)
      case UInt8(ascii: ">"): return token(.comparison(.notEqual), length: 2)
      default: return token(.comparison(.less), length: 1)
      }
    case UInt8(ascii: ">"):
      return next == UInt8(ascii: "=")
        ? token(.comparison(.greaterOrEqual), length: 2) : token(.comparison(.greater), length: 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string(at: index)
    case UInt8(ascii: "-") where next.isDigit: return number(at: index)
    case let byte where byte.isDigit: return number(at: index)
    case let byte where byte.isLetter || byte == UInt8(ascii: "_"): return identifier(at: index)
    default:
      throw SyntaxFailure(.unexpectedCharacter(at: index, before: end, in: bytes, file: file))
    }
  }

  private func string(at start: Int) throws(SyntaxFailure) -> Token {
    let quote = bytes[start]
    guard let close = bytes[start + 1..<end].firstIndex(of: quote) else {
      throw SyntaxFailure(.unterminatedString(sourceRange(start..<end)))
    }
    return Token(kind: .string, range: start..<close + 1)
  }

  /// `12`, `-1.5`, and `1e308`, which standard Liquid has not.
  private func number(at start: Int) -> Token {
    func digits(_ index: inout Int) {
      while index < end, bytes[index].isDigit { index += 1 }
    }
    var index = start + 1
    digits(&index)
    // A dot without a digit after it belongs to a range: `(1..5)`.
    if index + 1 < end, bytes[index] == UInt8(ascii: "."), bytes[index + 1].isDigit {
      index += 1
      digits(&index)
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      var exponent = index + 1
      if exponent < end,
        bytes[exponent] == UInt8(ascii: "-") || bytes[exponent] == UInt8(ascii: "+")
      {
        exponent += 1
      }
      let firstDigit = exponent
      digits(&exponent)
      if exponent > firstDigit, exponent == end || !bytes[exponent].isNamePart { index = exponent }
    }
    return Token(kind: .number, range: start..<index)
  }

  private func identifier(at start: Int) -> Token {
    var index = start + 1
    while index < end, bytes[index].isNamePart { index += 1 }
    if index < end, bytes[index] == UInt8(ascii: "?") { index += 1 }
    let isOperator = index - start == 8 && bytes.has("contains", at: start)
    return Token(kind: isOperator ? .comparison(.contains) : .identifier, range: start..<index)
  }
}
