import LetterpressSchema

/// A text that is read in pieces into the caller's buffer.
///
/// What the caller has not used of one buffer starts the next one.
struct TextInput {
  let file: InputFile
  /// The offset in the input of the buffer's first byte.
  private(set) var base = 0
  private(set) var isAtEnd = false
  private var rest: [UInt8] = []

  init(_ file: InputFile) { self.file = file }

  /// Fills an empty buffer with what was left over.
  mutating func begin(_ buffer: inout [UInt8]) {
    buffer.append(contentsOf: rest)
    rest.removeAll(keepingCapacity: true)
  }

  /// Appends more; false at the end, or where the reading was interrupted.
  mutating func fill(_ buffer: inout [UInt8]) throws(ProfileSourceError) -> Bool {
    if isAtEnd { return false }
    if try file.read(into: &buffer) > 0 { return true }
    isAtEnd = true
    return false
  }

  /// Removes used bytes from the start of the buffer.
  mutating func drop(_ count: Int, of buffer: inout [UInt8]) {
    guard count > 0 else { return }
    buffer.removeSubrange(..<count)
    base += count
  }

  /// Keeps what comes from a place of the buffer on.
  mutating func keep(_ buffer: [UInt8], from index: Int) {
    rest.append(contentsOf: buffer[index...])
    base += index
  }

  /// Goes on at an offset that is not before the buffer's.
  mutating func seek(to offset: Int) throws(ProfileSourceError) {
    if offset >= base, offset - base <= rest.count {
      rest.removeSubrange(..<(offset - base))
      base = offset
      return
    }
    guard file.seek(to: offset) else {
      throw ProfileSourceError(
        .unfit,
        "cannot-resume",
        in: file.name,
        "cannot be read from its middle",
        hint: "resume from a file"
      )
    }
    rest.removeAll(keepingCapacity: true)
    base = offset
    isAtEnd = false
  }

  var progress: Double? { file.size.map { $0 == 0 ? 1 : min(1, Double(base) / Double($0)) } }

  /// The first byte from an offset on that is no white space to JSON; nil where none comes soon.
  ///
  /// `mark` is the length of the byte order mark, from `readHead`. More is read, for a pipe may give little at
  /// a time.
  mutating func firstByte(
    in buffer: inout [UInt8],
    from mark: Int
  ) throws(ProfileSourceError) -> UInt8? {
    var index = mark
    while index < 64 << 10 {
      if index == buffer.count, try !fill(&buffer) { return nil }
      if !buffer[index].isJSONSpace { return buffer[index] }
      index += 1
    }
    return nil
  }

  /// Reads the beginning and refuses what is no text in UTF-8; the length of its byte order mark.
  mutating func readHead(_ buffer: inout [UInt8]) throws(ProfileSourceError) -> Int {
    begin(&buffer)
    while buffer.count < 16, try fill(&buffer) {}
    if let message = TextEncoding.problem(of: buffer.prefix(4)) {
      let isCompressed = buffer.starts(with: [0x1F, 0x8B])
      throw ProfileSourceError(
        .unfit,
        isCompressed ? "compressed" : "not-utf-8",
        in: file.name,
        message,
        hint: isCompressed ? "unpack it: gunzip -c FILE | letterpress …" : nil
      )
    }
    for (magic, what) in [
      ("SQLite format 3", "a SQLite database"), ("PK\u{3}\u{4}", "a ZIP archive"),
    ]
    where buffer.starts(with: magic.utf8) {
      throw ProfileSourceError(
        .unfit,
        "wrong-format",
        in: file.name,
        "the file is \(what); expected text in UTF-8",
        hint: magic.first == "S" ? "--format sqlite" : nil
      )
    }
    return buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
