/// Profiles as lines of JSON.
///
/// A row's bytes go to the decoder as they stand in the file. Lines of white space are no rows; a
/// byte order mark is skipped; what ends a line is a line feed (a carriage return before it is
/// white space to JSON).
final class NDJSONSource: ProfileSource {
  private var input: TextInput
  private var position = SourcePosition.start
  /// The line that is too long to be kept, while its end is looked for.
  private var isSkipping = false
  private let limits: SourceLimits

  init(_ file: InputFile, _ limits: SourceLimits) throws(ProfileSourceError) {
    self.limits = limits
    input = TextInput(file)
    var buffer: [UInt8] = []
    let mark = try input.readHead(&buffer)
    // A first row that is an array is almost always a whole file in another format.
    if try input.firstByte(in: &buffer, from: mark) == UInt8(ascii: "[") {
      throw ProfileSourceError(
        .unfit,
        "json-array",
        in: file.name,
        line: 1,
        "the file is a JSON array; expected an object on each line",
        hint: "--format json"
      )
    }
    position.offset = mark
    input.keep(buffer, from: mark)
  }

  func resume(at position: SourcePosition) throws(ProfileSourceError) {
    try input.seek(to: position.offset)
    self.position = position
  }

  var progress: Double? { input.progress }

  func read(into chunk: inout ProfileChunk) throws(ProfileSourceError) -> Bool {
    chunk.removeAll()
    chunk.origin = .json
    input.begin(&chunk.bytes)
    var start = 0
    var scanned = 0
    while true {
      while chunk.rows.count < SourceLimits.chunkRows,
        let end = lineFeed(in: chunk.bytes, from: scanned)
      {
        take(start..<end, breakLength: 1, into: &chunk)
        start = end + 1
        scanned = start
      }
      if !chunk.rows.isEmpty {
        input.keep(chunk.bytes, from: start)
        return true
      }
      scanned = chunk.bytes.count
      if scanned - start > limits.row {
        isSkipping = true
        position.offset += scanned - start
        start = scanned
      }
      input.drop(start, of: &chunk.bytes)
      scanned -= start
      start = 0
      guard try input.fill(&chunk.bytes) else { return takeLast(scanned, into: &chunk) }
    }
  }

  /// The last line has no line feed; it is a row only if the file ends there.
  private func takeLast(_ end: Int, into chunk: inout ProfileChunk) -> Bool {
    guard !input.file.wasInterrupted, end > 0 || isSkipping else { return false }
    take(0..<end, breakLength: 0, into: &chunk)
    input.keep(chunk.bytes, from: end)
    return !chunk.rows.isEmpty
  }

  private func take(_ range: Range<Int>, breakLength: Int, into chunk: inout ProfileChunk) {
    let line = position.line
    position.offset += range.count + breakLength
    position.line += breakLength
    let isTooLong = isSkipping || range.count > limits.row
    isSkipping = false
    guard isTooLong || !chunk.bytes[range].allSatisfy(\.isJSONSpace) else { return }
    position.row += 1
    if isTooLong { chunk.failures[chunk.rows.count] = [.rowTooLarge(limits, line: line)] }
    chunk.rows.append(
      ProfileRow(
        number: position.row,
        line: line,
        column: 1,
        json: isTooLong ? range.lowerBound..<range.lowerBound : range,
        text: 0..<0,
        next: position
      )
    )
  }

  private func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    let bytes = bytes.span
    var index = start
    while index &+ 8 <= bytes.count {
      // A byte that is a line feed becomes zero, and the high bit of the lowest zero byte marks it.
      let word = bytes.word(at: index) ^ 0x0A0A_0A0A_0A0A_0A0A
      let marks = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if marks != 0 { return index &+ marks.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
    while index < bytes.count, bytes[index] != 0x0A { index &+= 1 }
    return index < bytes.count ? index : nil
  }
}

extension Span<UInt8> {
  /// Eight bytes as one number, the first one lowest; the compiler makes one load of them.
  @inline(__always)
  fileprivate func word(at index: Int) -> UInt64 {
    let part = extracting(index..<index &+ 8)
    let low =
      UInt64(part[0]) | UInt64(part[1]) << 8 | UInt64(part[2]) << 16 | UInt64(part[3]) << 24
    let high =
      UInt64(part[4]) << 32 | UInt64(part[5]) << 40 | UInt64(part[6]) << 48 | UInt64(part[7]) << 56
    return low | high
  }
}

extension UInt8 {
  /// White space of RFC 8259.
  var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

extension RowFailure {
  static func rowTooLarge(_ limits: SourceLimits, line: Int?) -> Self {
    RowFailure(
      code: "row-too-large",
      message: "the row has more than \(limits.row) bytes",
      line: line,
      column: line == nil ? nil : 1
    )
  }
}
