/// The line of a text part that is under way, and how lines are written (RFC 3676, `format=flowed`).
///
/// A line is `>` for each quotation around, then a space where its text would be taken for something else
/// ("space-stuffing"), then its text. It stands in a buffer of its own until it is known where it ends; then it
/// goes to the output, in quoted-printable form where that is one of a whole message.
struct TextLines: ~Copyable {
  /// The longest line of more than one word, with the space that says that it goes on.
  static let width = 78

  private var line = OutputBuffer()
  /// Where the line's text starts, behind the marks of quotations.
  private var start = 0
  /// The line may be broken behind a space that stands here or later.
  private var breakable = 0
  private var quotes = 0
  /// The line is broken before it has as many bytes.
  private var limit = 0
  /// Spaces at the start of a line whose white space counts.
  private var leadingSpaces = 0
  /// Whether nothing was written yet.
  private(set) var isEmpty = true
  /// Whether a line is under way.
  private(set) var isOpen = false
  private var isMeasuring = false
  /// The columns of the widest line since `startMeasuring`.
  private var measured = 0

  private var isQuoted = false
  /// How many more bytes the lines may have, as they are.
  private var room = 0

  /// Makes it ready for another text, of up to `limit` bytes.
  mutating func reset(isQuoted: Bool, limit: Int) {
    line.removeAll()
    line.limit = limit
    (start, breakable, quotes, self.limit, leadingSpaces) = (0, 0, 0, 0, 0)
    (isEmpty, isOpen, isMeasuring, measured) = (true, false, false, 0)
    (self.isQuoted, room) = (isQuoted, limit)
  }

  /// Whether the line has text already.
  var hasText: Bool { isOpen && line.count > start }

  // MARK: - The line

  mutating func start(quotes: Int) throws(RenderFault) {
    line.removeAll()
    self.quotes = quotes
    if quotes > 0 {
      for _ in 0..<quotes { try line.append(UInt8(ascii: ">")) }
      try line.append(UInt8(ascii: " "))
    }
    start = line.count
    breakable = start
    limit = Self.width
    isOpen = true
    isEmpty = false
  }

  /// The mark of a list's item, with its number; without one where that is negative.
  mutating func appendMarker(_ number: Int) throws(RenderFault) {
    if number >= 0 { try line.append(decimal: number) }
    try line.append(number >= 0 ? ". " : "- ")
    breakable = line.count
  }

  /// A space at which the line may be broken.
  @inline(__always)
  mutating func appendBreakableSpace() throws(RenderFault) {
    if hasText { try line.append(UInt8(ascii: " ")) }
  }

  /// Spaces of text whose white space counts; those in front of a line's text are kept for it.
  mutating func appendSpaces(_ count: Int, isNewLine: Bool) throws(RenderFault) {
    if isNewLine || !hasText {
      leadingSpaces = min(leadingSpaces + count, 40)
    } else {
      for _ in 0..<count { try appendBreakableSpace() }
    }
  }

  /// Drops the spaces in front of a text that does not come.
  mutating func forgetSpaces() { leadingSpaces = 0 }

  /// Spaces that no line is broken at.
  mutating func appendFixedSpaces(_ count: Int) throws(RenderFault) {
    for _ in 0..<count {
      try line.append(0xC2)
      try line.append(0xA0)
    }
  }

  /// The end of a line in a cell, where it would end the row.
  mutating func appendComma() throws(RenderFault) {
    guard hasText else { return }
    switch line.byte(at: line.count - 1) {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "|"):
      break
    default: try line.append(UInt8(ascii: ","))
    }
  }

  /// What stands between the cells of a row.
  mutating func appendSeparators(_ count: Int) throws(RenderFault) {
    for _ in 0..<count {
      try appendBreakableSpace()
      try line.append(UInt8(ascii: "|"))
      try appendBreakableSpace()
    }
  }

  mutating func appendIndent(_ count: Int) throws(RenderFault) {
    leadingSpaces += count
    try stuff(before: 0)
  }

  /// Makes sure that the start of a line is not taken for a quotation or for stuffing; to be called when
  /// text comes on a line without any.
  @inline(__always)
  mutating func stuff(before byte: UInt8) throws(RenderFault) {
    guard !hasText else { return }
    if leadingSpaces > 0 || byte == UInt8(ascii: ">") {
      if quotes == 0 { try line.append(UInt8(ascii: " ")) }
      for _ in 0..<leadingSpaces { try line.append(UInt8(ascii: " ")) }
      leadingSpaces = 0
      breakable = line.count
    }
    // `From ` gets a space in front.
    if byte == UInt8(ascii: "F") { limit = Self.width - 1 }
  }

  mutating func appendUnderline(_ byte: UInt8) throws(RenderFault) {
    for _ in 0..<min(max(measured, 3), Self.width - 8) { try line.append(byte) }
  }

  // MARK: - Words

  /// Appends words with single spaces between them; the first and the last byte are no space.
  ///
  /// The line is broken before a word that has no room on it, unless there is none before that one.
  @inline(__always)
  mutating func append(
    _ source: MarkedSource,
    from index: Int,
    to end: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    if line.count &+ (end &- index) < limit {
      try source.append(from: index, to: end, to: &line)
    } else {
      try appendWrapping(source, from: index, to: end, &out)
    }
  }

  /// Appends a link's target in angle brackets: one word.
  ///
  /// In the source it stands between two marks, in whose places the brackets come.
  mutating func append(
    target: Range<Int>,
    of source: MarkedSource,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    if line.count &+ target.count &+ 2 >= limit {
      _ = try breakBeforeLastWord(followedBy: UInt8(ascii: "<"), &out)
    }
    let first = line.count
    try source.append(from: target.lowerBound &- 1, to: target.upperBound &+ 1, to: &line)
    line.replace(at: first, with: UInt8(ascii: "<"))
    line.replace(at: line.count - 1, with: UInt8(ascii: ">"))
  }

  private mutating func appendWrapping(
    _ source: MarkedSource,
    from index: Int,
    to end: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    var index = index
    while true {
      let room = max(limit &- line.count, 0)
      if end &- index < room { return try source.append(from: index, to: end, to: &line) }
      // The words that have room, with the space behind the last.
      if let space = source.lastSpace(from: index, to: min(end, index &+ room)) {
        try source.append(from: index, to: space &+ 1, to: &line)
        index = space &+ 1
        try breakLine(at: line.count, followedBy: source[index], &out)
        continue
      }
      if try breakBeforeLastWord(followedBy: source[index], &out) { continue }
      // One that has no room on any line.
      let word = source.firstSpace(from: index, to: end)
      try source.append(from: index, to: word ?? end, to: &line)
      guard let word else { return }
      try line.append(UInt8(ascii: " "))
      index = word &+ 1
      try breakLine(at: line.count, followedBy: source[index], &out)
    }
  }

  /// Breaks the line behind its last space; false where there is none to break at.
  private mutating func breakBeforeLastWord(
    followedBy next: UInt8,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Bool {
    guard let space = line.lastSpace(from: breakable) else { return false }
    return try breakLine(
      at: space + 1,
      followedBy: space + 1 < line.count ? line.byte(at: space + 1) : next,
      &out
    )
  }

  /// Writes the line up to a place; what stands behind it begins the next, or else `next` will.
  ///
  /// Returns false, and writes nothing, for a line that would look like the one in front of a signature.
  @discardableResult
  private mutating func breakLine(
    at end: Int,
    followedBy next: UInt8,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Bool {
    if end - start == 3, line.byte(at: start) == UInt8(ascii: "-"),
      line.byte(at: start + 1) == UInt8(ascii: "-")
    {
      breakable = end
      return false
    }
    measure(to: end)
    let end = try write(to: end, &out)
    if quotes > 0 {
      line.drop(to: end, leaving: UInt8(ascii: ">"), repeated: quotes + 1)
      line.replace(at: quotes, with: UInt8(ascii: " "))
      start = quotes + 1
      breakable = start
    } else {
      let isStuffed = next == UInt8(ascii: ">")
      line.drop(to: end, leaving: UInt8(ascii: " "), repeated: isStuffed ? 1 : 0)
      start = 0
      breakable = isStuffed ? 1 : 0
    }
    limit = next == UInt8(ascii: "F") ? Self.width - 1 : Self.width
    return true
  }

  // MARK: - Measuring

  mutating func startMeasuring() { (isMeasuring, measured) = (true, 0) }

  mutating func stopMeasuring() { isMeasuring = false }

  /// Whether text was written since `startMeasuring`.
  var hasMeasured: Bool { measured > 0 || hasText }

  @inline(__always)
  private mutating func measure(to end: Int) {
    if isMeasuring { measured = max(measured, columns(to: end)) }
  }

  /// The columns of a part of the line.
  private func columns(to end: Int) -> Int {
    var columns = 0
    for index in start..<max(start, end) {
      let byte = line.byte(at: index)
      switch byte {
      // What goes on a character, and what only joins characters.
      case 0x80...0xBF, 0xCC, 0xCD: break
      case 0xE3...0xEC, 0xF0...0xF4: columns += 2
      case 0xED: columns += index + 1 < end && line.byte(at: index + 1) < 0xA0 ? 2 : 1
      default: columns += 1
      }
    }
    return columns
  }

  // MARK: - Writing

  /// Writes the line under way up to a place, which it gives back: one more where it was stuffed.
  private mutating func write(
    to end: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Int {
    var end = end
    // Programs that keep mail in one file take `From ` for the start of a message.
    if limit < Self.width, quotes == 0, end - start >= 5,
      line.byte(at: start) == UInt8(ascii: "F"), line.byte(at: start + 1) == UInt8(ascii: "r"),
      line.byte(at: start + 2) == UInt8(ascii: "o"), line.byte(at: start + 3) == UInt8(ascii: "m"),
      line.byte(at: start + 4) == UInt8(ascii: " ")
    {
      try line.insert(UInt8(ascii: " "), at: start)
      end += 1
    }
    room &-= end &+ 1
    guard room >= 0 else { throw .tooLong }
    if isQuoted {
      try out.appendQuoted(line: line, to: end)
    } else {
      try out.append(line: line, to: end)
    }
    return end
  }

  /// Ends the line under way, without spaces at its end.
  @inline(__always)
  mutating func end(_ out: inout OutputBuffer) throws(RenderFault) {
    guard isOpen else { return }
    measure(to: line.count)
    while line.byte(at: line.count - 1) == UInt8(ascii: " ") { line.truncate(to: line.count - 1) }
    _ = try write(to: line.count, &out)
    isOpen = false
  }

  /// Writes an empty line between two.
  mutating func writeBlank(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    line.removeAll()
    guard quotes > 0, self.quotes > 0 else { return try writeEnd(&out) }
    // The blank line belongs to both quotations.
    for _ in 0..<min(quotes, self.quotes) { try line.append(UInt8(ascii: ">")) }
    start = line.count
    _ = try write(to: line.count, &out)
  }

  /// Writes a line without anything in it.
  private mutating func writeEnd(_ out: inout OutputBuffer) throws(RenderFault) {
    room &-= 1
    guard room >= 0 else { throw .tooLong }
    if isQuoted { try out.append(0x0D) }
    try out.append(0x0A)
  }

  /// Writes a line of dashes between blank lines.
  mutating func writeDivider(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    try writeBlank(quotes: quotes, &out)
    try start(quotes: min(quotes, self.quotes))
    try line.append("----------------------------------------")
    try end(&out)
    try writeBlank(quotes: quotes, &out)
  }

  /// Writes `-- ` in place of the line under way.
  mutating func writeSignature(_ out: inout OutputBuffer) throws(RenderFault) {
    line.removeAll()
    try line.append("-- ")
    _ = try write(to: line.count, &out)
    isOpen = false
  }
}
