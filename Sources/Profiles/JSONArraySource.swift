/// Profiles as the elements of one JSON array, or as one JSON object.
///
/// Only brackets and quotes are followed here, so that an element can be cut out without holding
/// the others; what is wrong inside of an element is the decoder's to find, and costs that row
/// alone.
final class JSONArraySource: ProfileSource {
  private enum Phase {
    /// Before the bracket.
    case prologue
    /// Before an element; whether a comma came before.
    case beforeElement(afterComma: Bool)
    case element
    /// Before a comma or the closing bracket.
    case afterElement
    case done
  }

  private var input: TextInput
  private var position = SourcePosition.start
  private var phase = Phase.prologue
  private var isSingle = false
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  /// Where the element starts in the buffer; its bytes are not kept where it is too long.
  private var start = 0
  private var startLine = 1
  private var startColumn = 1
  private var isSkipping = false
  private let limits: SourceLimits
  /// What ended the reading while a chunk still had rows.
  private var ending: ProfileSourceError?

  init(_ file: InputFile, _ limits: SourceLimits) throws(ProfileSourceError) {
    self.limits = limits
    input = TextInput(file)
    var buffer: [UInt8] = []
    let mark = try input.readHead(&buffer)
    position.offset = mark
    isSingle = try input.firstByte(in: &buffer, from: mark) == UInt8(ascii: "{")
    input.keep(buffer, from: mark)
  }

  func resume(at position: SourcePosition) throws(ProfileSourceError) {
    try input.seek(to: position.offset)
    self.position = position
    if position.row > 0 { phase = isSingle ? .done : .afterElement }
  }

  var progress: Double? { input.progress }

  func read(into chunk: inout ProfileChunk) throws(ProfileSourceError) -> Bool {
    chunk.removeAll()
    chunk.origin = .json
    if let ending { throw ending }
    input.begin(&chunk.bytes)
    var index = 0
    start = 0
    while true {
      while index < chunk.bytes.count, chunk.rows.count < SourceLimits.chunkRows {
        do throws(ProfileSourceError) {
          try take(chunk.bytes[index], at: index, into: &chunk)
        } catch {
          guard !chunk.rows.isEmpty else { throw error }
          ending = error
          return true
        }
        index += 1
      }
      // An element that is under way moves to the start of the next buffer.
      let isUnderWay = if case .element = phase { true } else { false }
      if isUnderWay, !chunk.rows.isEmpty {
        input.keep(chunk.bytes, from: start)
        rewind(chunk.bytes, from: start, to: index)
        return true
      }
      if !chunk.rows.isEmpty {
        input.keep(chunk.bytes, from: index)
        return true
      }
      if isUnderWay, index - start > limits.row { isSkipping = true }
      let used = isUnderWay && !isSkipping ? start : index
      input.drop(used, of: &chunk.bytes)
      index -= used
      start = 0
      guard try input.fill(&chunk.bytes) else { return finish(index, &chunk) }
    }
  }

  /// Takes back an element's bytes that will be read again.
  private func rewind(_ bytes: [UInt8], from start: Int, to end: Int) {
    phase = .beforeElement(afterComma: false)
    depth = 0
    isInString = false
    isEscaped = false
    position.offset -= end - start
    position.line = startLine
    position.column = startColumn
  }

  private func finish(_ end: Int, _ chunk: inout ProfileChunk) -> Bool {
    if input.file.wasInterrupted { return false }
    switch phase {
    case .element: close(end, &chunk, .unterminated(line: startLine))
    case .done: return false
    // Where a row was the rest of the input: reading went on behind it.
    case .afterElement: return false
    case .prologue where position.row == 0: return false
    default:
      mark(end)
      close(end, &chunk, .unterminated(line: startLine))
    }
    phase = .done
    input.keep(chunk.bytes, from: end)
    return true
  }

  private func take(
    _ byte: UInt8,
    at index: Int,
    into chunk: inout ProfileChunk
  ) throws(ProfileSourceError) {
    switch phase {
    case .prologue:
      if byte == UInt8(ascii: "[") {
        phase = .beforeElement(afterComma: false)
      } else if byte == UInt8(ascii: "{") {
        isSingle = true
        begin(byte, at: index)
      } else if !byte.isJSONSpace {
        throw ProfileSourceError(
          .unfit,
          "not-json",
          in: input.file.name,
          line: position.line,
          "expected an array of profiles or one profile"
        )
      }
    case .beforeElement(let afterComma):
      if byte == UInt8(ascii: "]") {
        if afterComma { missing(at: index, &chunk) }
        phase = .done
      } else if byte == UInt8(ascii: ",") {
        missing(at: index, &chunk)
        phase = .beforeElement(afterComma: true)
      } else if !byte.isJSONSpace {
        begin(byte, at: index)
      }
    case .element: takeInElement(byte, at: index, into: &chunk)
    case .afterElement: takeSeparator(byte)
    case .done:
      if !byte.isJSONSpace {
        throw ProfileSourceError(
          .unfit,
          "trailing-text",
          in: input.file.name,
          line: position.line,
          "there is text after the end of the \(isSingle ? "object" : "array")",
          hint: isSingle ? "--format ndjson" : nil
        )
      }
    }
    position.offset += 1
    if byte == UInt8(ascii: "\n") {
      position.line += 1
      position.column = 1
    } else if byte & 0xC0 != 0x80 {
      position.column += 1
    }
  }

  /// A row starts here.
  private func mark(_ index: Int) {
    start = index
    startLine = position.line
    startColumn = position.column
  }

  private func begin(_ byte: UInt8, at index: Int) {
    phase = .element
    mark(index)
    isSkipping = false
    depth = 0
    isInString = false
    if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth = 1 }
    if byte == UInt8(ascii: "\"") { isInString = true }
  }

  private func takeInElement(_ byte: UInt8, at index: Int, into chunk: inout ProfileChunk) {
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      if depth > 0 {
        depth -= 1
        guard isSingle, depth == 0 else { return }
        // The row ends after its brace, which is not read again.
        position.offset += 1
        close(index + 1, &chunk)
        position.offset -= 1
        phase = .done
      } else if byte == UInt8(ascii: "]"), !isSingle {
        close(index, &chunk)
        takeSeparator(byte)
      }
    case UInt8(ascii: ",") where depth == 0:
      close(index, &chunk)
      takeSeparator(byte)
    default: break
    }
  }

  private func takeSeparator(_ byte: UInt8) {
    if byte == UInt8(ascii: ",") { phase = .beforeElement(afterComma: true) }
    if byte == UInt8(ascii: "]") { phase = .done }
  }

  /// An element that is not there is a row of its own, so that no comma goes unnoticed.
  private func missing(at index: Int, _ chunk: inout ProfileChunk) {
    mark(index)
    close(
      index,
      &chunk,
      RowFailure(
        code: "json-syntax",
        message: "expected a value before the comma or the bracket",
        line: position.line,
        column: position.column
      )
    )
  }

  private func close(_ end: Int, _ chunk: inout ProfileChunk, _ failure: RowFailure? = nil) {
    position.row += 1
    var failure = failure
    if isSkipping || end - start > limits.row { failure = .rowTooLarge(limits, line: startLine) }
    isSkipping = false
    if let failure { chunk.failures[chunk.rows.count] = [failure] }
    chunk.rows.append(
      ProfileRow(
        number: position.row,
        line: startLine,
        column: startColumn,
        json: failure == nil ? start..<end : start..<start,
        text: 0..<0,
        next: position
      )
    )
    phase = .afterElement
  }
}

extension RowFailure {
  fileprivate static func unterminated(line: Int) -> Self {
    RowFailure(
      code: "json-syntax",
      message: "the file ends before the array does",
      line: line,
      column: 1
    )
  }
}
