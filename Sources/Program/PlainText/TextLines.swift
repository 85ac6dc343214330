/// The line of a text part that is under way, and how lines are written (RFC 3676, `format=flowed`).
///
/// A line is `>` for each quotation around, then a space where its text would be taken for something else
/// ("space-stuffing"), then its text.
struct TextLines {
  /// The longest line of more than one word, with the space that says that it goes on.
  static let width = 78

  private var line: [UInt8] = []
  /// Where the text starts, behind the marks of quotations.
  private var start = 0
  private var quotes = 0
  /// Behind the last space at which the line may be broken.
  private var breakable: Int?
  /// Spaces at the start of a line whose white space counts.
  private var leadingSpaces = 0
  /// Whether nothing was written yet.
  private(set) var isEmpty = true
  /// Whether a line is under way.
  private var isOpen = false
  /// The columns of the widest line since `startMeasuring`, the one under way apart.
  private var measured = 0

  /// Whether the line has text already.
  var hasText: Bool { line.count > start }
  /// Whether something was written since `startMeasuring`.
  var hasMeasured: Bool { max(measured, columns) > 0 }

  mutating func reset() {
    line.removeAll(keepingCapacity: true)
    (start, quotes, leadingSpaces, measured) = (0, 0, 0, 0)
    breakable = nil
    isEmpty = true
    isOpen = false
  }

  // MARK: - The line

  mutating func start(quotes: Int) {
    line.removeAll(keepingCapacity: true)
    self.quotes = quotes
    appendQuotes()
    breakable = nil
    isOpen = true
    isEmpty = false
  }

  private mutating func appendQuotes() {
    for _ in 0..<quotes { line.append(UInt8(ascii: ">")) }
    if quotes > 0 { line.append(UInt8(ascii: " ")) }
    start = line.count
  }

  mutating func append(_ bytes: ArraySlice<UInt8>) { line.append(contentsOf: bytes) }

  mutating func append(_ text: String) { line.append(contentsOf: text.utf8) }

  /// A space at which the line may be broken.
  mutating func appendBreakableSpace() {
    guard hasText else { return }
    line.append(UInt8(ascii: " "))
    breakable = line.count
  }

  /// Spaces of text whose white space counts; those in front of a line's text are kept for it.
  mutating func appendSpaces(_ count: Int, isNewLine: Bool) {
    if isNewLine || !hasText {
      leadingSpaces = min(leadingSpaces + count, 40)
    } else {
      for _ in 0..<count { appendBreakableSpace() }
    }
  }

  /// Drops the spaces in front of a text that does not come.
  mutating func forgetSpaces() { leadingSpaces = 0 }

  /// Spaces that no line is broken at.
  mutating func appendFixedSpaces(_ count: Int) {
    for _ in 0..<count { append("\u{A0}") }
  }

  /// The end of a line in a cell, where it would end the row.
  mutating func appendComma() {
    guard hasText, let last = line.last else { return }
    switch last {
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "|"):
      break
    default: line.append(UInt8(ascii: ","))
    }
  }

  /// What stands between the cells of a row.
  mutating func appendSeparators(_ count: Int) {
    for _ in 0..<count {
      appendBreakableSpace()
      line.append(UInt8(ascii: "|"))
      appendBreakableSpace()
    }
  }

  mutating func appendIndent(_ count: Int) {
    leadingSpaces += count
    stuff(before: 0)
  }

  /// Makes sure that the start of the line is not taken for a quotation or for stuffing.
  mutating func stuff(before byte: UInt8) {
    guard !hasText else { return }
    let needsStuffing = leadingSpaces > 0 || byte == UInt8(ascii: ">")
    if needsStuffing, quotes == 0 { line.append(UInt8(ascii: " ")) }
    for _ in 0..<leadingSpaces { line.append(UInt8(ascii: " ")) }
    leadingSpaces = 0
  }

  mutating func appendUnderline(_ byte: UInt8) {
    for _ in 0..<min(max(measured, 3), Self.width - 8) { line.append(byte) }
  }

  // MARK: - Measuring

  mutating func startMeasuring() { measured = 0 }

  /// The columns of the line under way.
  private var columns: Int {
    guard isOpen else { return 0 }
    var columns = 0
    for index in start..<max(start, line.count) {
      switch line[index] {
      // What goes on a character, and what only joins characters.
      case 0x80...0xBF, 0xCC, 0xCD: break
      case 0xE3...0xED
      where line[index] != 0xED || index + 1 < line.count && line[index + 1] < 0xA0:
        columns += 2
      case 0xF0...0xF4: columns += 2
      default: columns += 1
      }
    }
    return columns
  }

  // MARK: - Writing

  /// Breaks the line where it has grown too long.
  mutating func wrap(_ out: inout OutputBuffer) throws(RenderFault) {
    while let end = breakable, line.count >= limit {
      breakable = nil
      // The line in front of a signature would look like this.
      if end - start == 3, line[start] == UInt8(ascii: "-"), line[start + 1] == UInt8(ascii: "-") {
        return
      }
      measured = max(measured, columns)
      try write(to: end, &out)
      try out.append(UInt8(ascii: "\n"))
      continueLine(from: end)
    }
  }

  /// A line that goes on has a space behind it, one that starts with `From ` gets one in front.
  private var limit: Int {
    line.count > start && line[start] == UInt8(ascii: "F") ? Self.width - 1 : Self.width
  }

  /// Takes what stands behind `end` into a line of its own.
  private mutating func continueLine(from end: Int) {
    let isStuffed = end < line.count && line[end] == UInt8(ascii: ">") && quotes == 0
    line.removeSubrange(start..<end)
    if isStuffed { line.insert(UInt8(ascii: " "), at: start) }
  }

  private func write(to end: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    if quotes == 0, line.span.extracting(0..<end).startsWithFrom {
      try out.append(UInt8(ascii: " "))
    }
    try out.append(line.span.extracting(0..<end))
  }

  /// Writes the line under way, without spaces at its end.
  mutating func end(_ out: inout OutputBuffer) throws(RenderFault) {
    guard isOpen else { return }
    measured = max(measured, columns)
    var end = line.count
    while end > 0, line[end - 1] == UInt8(ascii: " ") { end -= 1 }
    try write(to: end, &out)
    try out.append(UInt8(ascii: "\n"))
    isOpen = false
    line.removeAll(keepingCapacity: true)
    start = 0
  }

  /// Writes an empty line between two.
  mutating func writeBlank(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    // The blank line belongs to both quotations.
    for _ in 0..<min(quotes, self.quotes) { try out.append(UInt8(ascii: ">")) }
    try out.append(UInt8(ascii: "\n"))
  }

  /// Writes a line of dashes between blank lines.
  mutating func writeDivider(quotes: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    try writeBlank(quotes: quotes, &out)
    start(quotes: min(quotes, self.quotes))
    for _ in 0..<40 { line.append(UInt8(ascii: "-")) }
    try end(&out)
    try writeBlank(quotes: quotes, &out)
  }

  /// Writes `-- ` in place of the line under way.
  mutating func writeSignature(_ out: inout OutputBuffer) throws(RenderFault) {
    line.removeAll(keepingCapacity: true)
    isOpen = false
    start = 0
    try out.append("-- \n")
  }
}

extension Span<UInt8> {
  /// What programs that keep mail in one file take for the start of a message.
  fileprivate var startsWithFrom: Bool {
    count >= 5 && self[0] == UInt8(ascii: "F") && self[1] == UInt8(ascii: "r")
      && self[2] == UInt8(ascii: "o") && self[3] == UInt8(ascii: "m")
      && self[4] == UInt8(ascii: " ")
  }
}
