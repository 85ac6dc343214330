/// The line of a text part that is under way, at the end of the output, and how lines are written
/// (RFC 3676, `format=flowed`).
///
/// A line is `>` for each quotation around, then a space where its text would be taken for something else
/// ("space-stuffing"), then its text.
struct TextLines {
  /// The longest line of more than one word, with the space that says that it goes on.
  static let width = 78

  /// Where the line starts, and where its text does, behind the marks of quotations.
  private var lineStart = 0
  private var start = 0
  private var quotes = 0
  /// Behind the last space at which the line may be broken; 0 for none.
  private var breakable = 0
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

  mutating func reset() { self = TextLines() }

  /// Whether the line has text already.
  @inline(__always)
  func hasText(_ out: borrowing OutputBuffer) -> Bool { isOpen && out.count > start }

  // MARK: - The line

  mutating func start(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    lineStart = out.count
    self.quotes = quotes
    if quotes > 0 {
      for _ in 0..<quotes { try out.append(UInt8(ascii: ">")) }
      try out.append(UInt8(ascii: " "))
    }
    start = out.count
    breakable = 0
    limit = Self.width
    isOpen = true
    isEmpty = false
  }

  /// A space at which the line may be broken.
  @inline(__always)
  mutating func appendBreakableSpace(_ out: inout OutputBuffer) throws(RenderFault) {
    guard hasText(out) else { return }
    try out.append(UInt8(ascii: " "))
    breakable = out.count
  }

  /// Spaces of text whose white space counts; those in front of a line's text are kept for it.
  mutating func appendSpaces(
    _ count: Int,
    isNewLine: Bool,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    if isNewLine || !hasText(out) {
      leadingSpaces = min(leadingSpaces + count, 40)
    } else {
      for _ in 0..<count { try appendBreakableSpace(&out) }
    }
  }

  /// Drops the spaces in front of a text that does not come.
  mutating func forgetSpaces() { leadingSpaces = 0 }

  /// Spaces that no line is broken at.
  func appendFixedSpaces(_ count: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    for _ in 0..<count {
      try out.append(0xC2)
      try out.append(0xA0)
    }
  }

  /// The end of a line in a cell, where it would end the row.
  func appendComma(_ out: inout OutputBuffer) throws(RenderFault) {
    guard hasText(out) else { return }
    switch out.byte(at: out.count - 1) {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "|"):
      break
    default: try out.append(UInt8(ascii: ","))
    }
  }

  /// What stands between the cells of a row.
  mutating func appendSeparators(_ count: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    for _ in 0..<count {
      try appendBreakableSpace(&out)
      try out.append(UInt8(ascii: "|"))
      try appendBreakableSpace(&out)
    }
  }

  mutating func appendIndent(_ count: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    leadingSpaces += count
    try stuff(before: 0, &out)
  }

  /// Makes sure that the start of a line is not taken for a quotation or for stuffing; to be called when
  /// text comes on a line without any.
  mutating func stuff(before byte: UInt8, _ out: inout OutputBuffer) throws(RenderFault) {
    guard !hasText(out) else { return }
    let needsStuffing = leadingSpaces > 0 || byte == UInt8(ascii: ">")
    if needsStuffing, quotes == 0 { try out.append(UInt8(ascii: " ")) }
    for _ in 0..<leadingSpaces { try out.append(UInt8(ascii: " ")) }
    leadingSpaces = 0
    // `From ` gets a space in front.
    if byte == UInt8(ascii: "F") { limit = Self.width - 1 }
  }

  func appendUnderline(_ byte: UInt8, _ out: inout OutputBuffer) throws(RenderFault) {
    for _ in 0..<min(max(measured, 3), Self.width - 8) { try out.append(byte) }
  }

  // MARK: - Measuring

  mutating func startMeasuring() { (isMeasuring, measured) = (true, 0) }

  mutating func stopMeasuring() { isMeasuring = false }

  /// Whether text was written since `startMeasuring`.
  func hasMeasured(_ out: borrowing OutputBuffer) -> Bool { measured > 0 || hasText(out) }

  /// The columns of a part of the line.
  private func columns(to end: Int, _ out: borrowing OutputBuffer) -> Int {
    var columns = 0
    for index in start..<max(start, end) {
      let byte = out.byte(at: index)
      switch byte {
      // What goes on a character, and what only joins characters.
      case 0x80...0xBF, 0xCC, 0xCD: break
      case 0xE3...0xEC, 0xF0...0xF4: columns += 2
      case 0xED: columns += index + 1 < end && out.byte(at: index + 1) < 0xA0 ? 2 : 1
      default: columns += 1
      }
    }
    return columns
  }

  // MARK: - Writing

  /// Breaks the line where it has grown too long.
  @inline(__always)
  mutating func wrap(_ out: inout OutputBuffer) throws(RenderFault) {
    if out.count &- lineStart >= limit, breakable > 0 { try breakLine(&out) }
  }

  private mutating func breakLine(_ out: inout OutputBuffer) throws(RenderFault) {
    var end = breakable
    breakable = 0
    // The line in front of a signature would look like this.
    if end - start == 3, out.byte(at: start) == UInt8(ascii: "-"),
      out.byte(at: start + 1) == UInt8(ascii: "-")
    {
      return
    }
    if isMeasuring { measured = max(measured, columns(to: end, out)) }
    if try stuffFrom(&out) { end += 1 }
    try out.insert(UInt8(ascii: "\n"), at: end)
    lineStart = end + 1
    start = lineStart
    for _ in 0..<quotes { try out.insert(UInt8(ascii: ">"), at: start) }
    start += quotes
    let next = start < out.count ? out.byte(at: start) : 0
    if quotes > 0 || next == UInt8(ascii: ">") { try out.insert(UInt8(ascii: " "), at: start) }
    if quotes > 0 { start += 1 }
    limit = next == UInt8(ascii: "F") ? Self.width - 1 : Self.width
  }

  /// Puts a space in front of `From `, which programs that keep mail in one file take for the start of
  /// a message.
  private func stuffFrom(_ out: inout OutputBuffer) throws(RenderFault) -> Bool {
    guard quotes == 0, out.count - start >= 5, out.byte(at: start) == UInt8(ascii: "F"),
      out.byte(at: start + 1) == UInt8(ascii: "r"), out.byte(at: start + 2) == UInt8(ascii: "o"),
      out.byte(at: start + 3) == UInt8(ascii: "m"), out.byte(at: start + 4) == UInt8(ascii: " ")
    else { return false }
    try out.insert(UInt8(ascii: " "), at: start)
    return true
  }

  /// Ends the line under way, without spaces at its end.
  mutating func end(_ out: inout OutputBuffer) throws(RenderFault) {
    guard isOpen else { return }
    if isMeasuring { measured = max(measured, columns(to: out.count, out)) }
    while out.count > lineStart, out.byte(at: out.count - 1) == UInt8(ascii: " ") {
      out.truncate(to: out.count - 1)
    }
    _ = try stuffFrom(&out)
    try out.append(UInt8(ascii: "\n"))
    isOpen = false
  }

  /// Writes an empty line between two.
  func writeBlank(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    // The blank line belongs to both quotations.
    for _ in 0..<min(quotes, self.quotes) { try out.append(UInt8(ascii: ">")) }
    try out.append(UInt8(ascii: "\n"))
  }

  /// Writes a line of dashes between blank lines.
  mutating func writeDivider(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    try writeBlank(quotes: quotes, &out)
    try start(quotes: min(quotes, self.quotes), &out)
    for _ in 0..<40 { try out.append(UInt8(ascii: "-")) }
    try end(&out)
    try writeBlank(quotes: quotes, &out)
  }

  /// Writes `-- ` in place of the line under way.
  mutating func writeSignature(_ out: inout OutputBuffer) throws(RenderFault) {
    out.truncate(to: lineStart)
    try out.append("-- \n")
    isOpen = false
  }
}
