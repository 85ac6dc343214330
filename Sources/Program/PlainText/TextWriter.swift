/// Makes the lines of a text part of text with marks in it (`TextMark`).
///
/// One pass, linear, by runs of words, over storage that is reused from message to message. White space
/// collapses as in HTML, lines are `text/plain; format=flowed; delsp=no` (RFC 3676): one that goes on in the
/// next ends in a space. No line is longer than 78 bytes but for a word that is; no more than one blank line
/// stands in a row.
struct TextWriter: ~Copyable {
  /// A table whose rows are under way.
  struct Table {
    var isData: Bool
    /// Whether the row has a cell already.
    var hasCell = false
    /// The ends of cells since the last text.
    var separators = 0
  }

  /// A link: its target, its label and the mark of its end follow on each other.
  struct Link {
    var target: Range<Int>
    /// Where the label starts.
    var label: Int
    /// Links within the label that have not ended: of a value, or of the text of a button.
    var linksInside = 0
  }

  var lines = TextLines()

  // What is due before the next text.
  var pendingSpace = false
  /// Whether anything but a space is due.
  private var isDue = true
  private var pendingFixedSpaces = 0
  /// Line ends; 2 for a blank line.
  private(set) var pendingLines = 0
  private var pendingDivider = false
  var pendingItem = false
  /// A line end in a cell, where it would end the row.
  private var pendingJoin = false

  var hidden = 0
  var preserved = 0
  var headingLevel = 0
  /// For each list around: the number of its last item; -1 for a list without numbers.
  var lists: [Int] = []
  var quotes = 0
  var tables: [Table] = []
  /// The link under way, and whether it has a label.
  var link: Link?
  var linkHasLabel = false
  /// The last link, from its target to the mark of its end, where no text came since.
  var lastLink: Range<Int>?
  var isReplaced = false

  /// Appends the lines of a marked text.
  ///
  /// - Parameters:
  ///   - text: The marked text.
  ///   - isQuoted: Whether they go out in quoted-printable form, with CRLF at their ends.
  ///   - limit: How many bytes they may have, as they are.
  ///   - out: Where they go.
  /// - Throws: Where they are longer.
  mutating func write(
    _ text: borrowing OutputBuffer,
    isQuoted: Bool,
    limit: Int,
    to out: inout OutputBuffer
  ) throws(RenderFault) {
    reset()
    lines.reset(isQuoted: isQuoted, limit: limit)
    try MarkedSource.withSource(in: text) { (source) throws(RenderFault) in
      try write(source, &out)
    }
    try lines.end(&out)
  }

  private mutating func write(
    _ source: MarkedSource,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    var index = 0
    while index < source.count {
      let byte = source[index]
      if MarkedSource.startsRun(byte) {
        let end = source.endOfRun(from: index, holdsSpaces: preserved == 0)
        try text(source, index, to: end, &out)
        index = end
      } else if byte == 0x20, preserved == 0 {
        pendingSpace = true
        index &+= 1
      } else if byte >= 0x80 {
        index = try scalar(source, at: index, &out)
      } else if let mark = TextMark(rawValue: byte) {
        if mark == .derived, isReplaced { return }
        index = try apply(mark, source, at: index, &out)
      } else {
        try space(source, at: index)
        index &+= 1
      }
    }
  }

  private mutating func reset() {
    (pendingSpace, isDue) = (false, true)
    (pendingFixedSpaces, pendingLines) = (0, 0)
    (pendingDivider, pendingItem, pendingJoin) = (false, false, false)
    (hidden, preserved, headingLevel, quotes) = (0, 0, 0, 0)
    if !lists.isEmpty { lists.removeAll(keepingCapacity: true) }
    if !tables.isEmpty { tables.removeAll(keepingCapacity: true) }
    (link, linkHasLabel, lastLink) = (nil, false, nil)
    isReplaced = false
  }

  // MARK: - Text

  /// Words with single spaces between them, or a part of a word.
  @inline(__always)
  private mutating func text(
    _ source: MarkedSource,
    _ start: Int,
    to end: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    guard hidden == 0 else { return }
    if isDue {
      try begin(with: source[start], &out)
    } else if pendingSpace {
      try lines.appendBreakableSpace()
      pendingSpace = false
    }
    lastLink = nil
    linkHasLabel = true
    try lines.append(source, from: start, to: end, &out)
  }

  /// One character beyond ASCII; gives the offset behind it.
  private mutating func scalar(
    _ source: MarkedSource,
    at index: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Int {
    let first = source[index]
    let (second, third) = (source[index + 1], source[index + 2])
    switch (first, second, third) {
    case (0xC2, 0xA0, _):
      if hidden == 0, pendingFixedSpaces < 8 {
        pendingFixedSpaces += 1
        isDue = true
      }
      return index + 2
    // Control characters, and the soft hyphen.
    case (0xC2, 0x80...0x9F, _), (0xC2, 0xAD, _): return index + 2
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9):
      if hidden == 0 { breakLine() }
      return index + 3
    // Zero-width space, and what marks the byte order.
    case (0xE2, 0x80, 0x8B), (0xEF, 0xBB, 0xBF): return index + 3
    default:
      var end = index + 1
      while source[end] & 0xC0 == 0x80 { end += 1 }
      try text(source, index, to: end, &out)
      return end
    }
  }

  private mutating func space(
    _ source: MarkedSource,
    at index: Int
  ) throws(RenderFault) {
    guard hidden == 0 else { return }
    switch source[index] {
    case 0x0A where index > 0 && source[index - 1] == 0x0D: break
    // Only values hold line ends, and text that is preserved.
    case 0x0A, 0x0D: breakLine()
    case 0x20, 0x09:
      if preserved > 0 {
        try lines.appendSpaces(
          source[index] == 0x09 ? 4 : 1,
          isNewLine: pendingLines > 0 || !lines.isOpen
        )
      } else {
        pendingSpace = true
      }
    default: break
    }
  }

  // MARK: - What is due

  /// The line ends here, as far as what is around allows.
  mutating func breakLine() {
    if headingLevel > 0 {
      pendingSpace = true
    } else if let table = tables.last, table.isData, table.hasCell {
      (pendingJoin, isDue) = (true, true)
    } else {
      lines.forgetSpaces()
      (pendingLines, isDue) = (min(pendingLines + 1, 2), true)
    }
  }

  /// What follows starts on a line of its own; at `count` 2 behind a blank one.
  mutating func endLines(_ count: Int) {
    (pendingLines, isDue) = (max(pendingLines, count), true)
  }

  mutating func divide() {
    pendingDivider = !lines.isEmpty
    endLines(2)
  }

  /// The row goes on with another cell.
  mutating func separate() { (pendingSpace, pendingJoin, isDue) = (false, false, true) }

  /// Drops what is due in front of a link's target but a space.
  mutating func spaceOnly() { (pendingSpace, pendingFixedSpaces) = (true, 0) }

  /// Writes what is due before text.
  mutating func begin(with byte: UInt8, _ out: inout OutputBuffer) throws(RenderFault) {
    let separators = tables.last?.separators ?? 0
    // Many in a row only put things in their places.
    if pendingFixedSpaces > 2 { spaceOnly() }
    if pendingLines > 0 || pendingDivider || !lines.isOpen {
      let isBlank = pendingLines > 1 && !lines.isEmpty
      try lines.end(&out)
      if pendingDivider {
        try lines.writeDivider(quotes: quotes, &out)
      } else if isBlank {
        try lines.writeBlank(quotes: quotes, &out)
      }
      try startLine()
    } else if separators == 0, pendingSpace || pendingJoin {
      if pendingJoin { try lines.appendComma() }
      try lines.appendBreakableSpace()
    }
    if separators > 0 {
      try lines.appendSeparators(separators)
      tables[tables.count - 1].separators = 0
    }
    // Beside a space that may break the line they were for the looks of it.
    if pendingFixedSpaces > 0, !pendingSpace, lines.hasText {
      try lines.appendFixedSpaces(pendingFixedSpaces)
    }
    try lines.stuff(before: byte)
    (pendingLines, pendingFixedSpaces) = (0, 0)
    (pendingSpace, pendingDivider, pendingJoin, isDue) = (false, false, false, false)
  }

  private mutating func startLine() throws(RenderFault) {
    try lines.start(quotes: quotes)
    guard !lists.isEmpty || pendingItem else { return }
    let depth = min(lists.count, 16)
    if pendingItem {
      try lines.appendIndent(max(0, depth - 1) * 2)
      try lines.appendMarker(lists.last ?? -1)
      pendingItem = false
    } else {
      try lines.appendIndent(depth * 2)
    }
  }
}
