/// The fields of one CSV record.
struct CSVFields {
  struct Field {
    /// Where the field starts, with its quote.
    var start: Int
    /// The content, without quotes.
    var content: Range<Int>
    var isQuoted: Bool
    /// Whether pairs of quotes stand in the content, each for one.
    var hasPairs: Bool
  }

  /// What is wrong with the shape of the record, at an offset.
  enum Fault {
    /// A quote inside of a field that does not start with one.
    case quoteInside(Int)
    /// Text between a closing quote and the end of the field.
    case textAfterQuote(Int)
    /// The quote that opens a field which does not end.
    case unterminated(Int)
  }

  private(set) var all: [Field] = []
  private(set) var fault: Fault?

  /// Splits a record; its line end may be part of the range.
  mutating func split(_ bytes: [UInt8], _ range: Range<Int>, delimiter: UInt8) {
    all.removeAll(keepingCapacity: true)
    fault = nil
    let end = Self.endOfContent(bytes, range)
    var index = range.lowerBound
    while true {
      index =
        index < end && bytes[index] == UInt8(ascii: "\"")
        ? quoted(bytes, from: index, to: end, delimiter)
        : plain(bytes, from: index, to: end, delimiter)
      guard index < end else { return }
      index += 1
      // A delimiter at the very end: one more field, which is empty.
      if index == end {
        all.append(Field(start: end, content: end..<end, isQuoted: false, hasPairs: false))
        return
      }
    }
  }

  /// Whether the record is an empty line.
  var isBlank: Bool { all.count == 1 && !all[0].isQuoted && all[0].content.isEmpty }

  private mutating func plain(
    _ bytes: [UInt8],
    from start: Int,
    to end: Int,
    _ delimiter: UInt8
  ) -> Int {
    var index = start
    while index < end, bytes[index] != delimiter {
      if bytes[index] == UInt8(ascii: "\"") { fault = fault ?? .quoteInside(index) }
      index += 1
    }
    all.append(Field(start: start, content: start..<index, isQuoted: false, hasPairs: false))
    return index
  }

  private mutating func quoted(
    _ bytes: [UInt8],
    from start: Int,
    to end: Int,
    _ delimiter: UInt8
  ) -> Int {
    var index = start + 1
    var hasPairs = false
    while index < end {
      if bytes[index] == UInt8(ascii: "\"") {
        guard index + 1 < end, bytes[index + 1] == UInt8(ascii: "\"") else { break }
        hasPairs = true
        index += 1
      }
      index += 1
    }
    let content = start + 1..<min(index, end)
    all.append(Field(start: start, content: content, isQuoted: true, hasPairs: hasPairs))
    guard index < end else {
      fault = fault ?? .unterminated(start)
      return end
    }
    index += 1
    if index < end, bytes[index] != delimiter { fault = fault ?? .textAfterQuote(index) }
    while index < end, bytes[index] != delimiter { index += 1 }
    return index
  }

  /// The content of a field, its pairs of quotes undone.
  static func content(of field: Field, in bytes: [UInt8], into buffer: inout [UInt8]) {
    buffer.removeAll(keepingCapacity: true)
    guard field.hasPairs else {
      buffer.append(contentsOf: bytes[field.content])
      return
    }
    var index = field.content.lowerBound
    while index < field.content.upperBound {
      let byte = bytes[index]
      buffer.append(byte)
      index += byte == UInt8(ascii: "\"") ? 2 : 1
    }
  }

  private static func endOfContent(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var end = range.upperBound
    if end > range.lowerBound, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > range.lowerBound, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return end
  }
}

/// Finds where CSV records end, however the text is cut into buffers.
struct CSVRecordScanner {
  private enum State {
    case fieldStart
    case plain
    case quoted
    /// After a quote in a quoted field: its end, or the first of a pair.
    case quote
    /// After a carriage return outside of quotes.
    case carriageReturn
  }

  let delimiter: UInt8
  private var state = State.fieldStart
  /// A carriage return came last, inside of quotes.
  private var isAfterReturn = false
  /// Line ends in the record so far.
  private(set) var lines = 0

  init(delimiter: UInt8) { self.delimiter = delimiter }

  /// Looks at bytes from a place on: the end of the record, after its line end; nil where it does
  /// not end yet.
  mutating func end(in bytes: [UInt8], from start: Int) -> Int? {
    for index in start..<bytes.count {
      let byte = bytes[index]
      if case .carriageReturn = state {
        return finish(byte == UInt8(ascii: "\n") ? index + 1 : index)
      }
      if case .quoted = state {
        countLine(byte)
        if byte == UInt8(ascii: "\"") { state = .quote }
        continue
      }
      switch byte {
      case UInt8(ascii: "\n"):
        lines += 1
        return finish(index + 1)
      case UInt8(ascii: "\r"):
        lines += 1
        state = .carriageReturn
      case delimiter: state = .fieldStart
      case UInt8(ascii: "\""):
        switch state {
        case .fieldStart, .quote: state = .quoted
        default: break
        }
      default: state = .plain
      }
    }
    return nil
  }

  /// The input ended: the record ends with it.
  mutating func finish() { _ = finish(0) }

  mutating func takeLines() -> Int {
    defer { lines = 0 }
    return lines
  }

  private mutating func finish(_ end: Int) -> Int {
    state = .fieldStart
    isAfterReturn = false
    return end
  }

  private mutating func countLine(_ byte: UInt8) {
    if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") && !isAfterReturn { lines += 1 }
    isAfterReturn = byte == UInt8(ascii: "\r")
  }
}
