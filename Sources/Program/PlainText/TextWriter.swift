/// Makes the lines of a text part of text with marks in it (`TextMark`).
///
/// One pass, linear, over storage that is reused from message to message. White space collapses as in HTML,
/// lines are `text/plain; format=flowed; delsp=no` (RFC 3676): one that goes on in the next ends in a space.
/// No line is longer than 78 bytes but for a word that is; no more than one blank line stands in a row.
struct TextWriter {
  /// A table whose rows are under way.
  private struct Table {
    var isData: Bool
    /// Whether the row has a cell already.
    var hasCell = false
    /// The ends of cells since the last text.
    var separators = 0
  }

  private var source: [UInt8] = []
  var lines = TextLines()

  // What is due before the next text.
  private var pendingSpace = false
  private var pendingFixedSpaces = 0
  /// Line ends; 2 for a blank line.
  private var pendingLines = 0
  private var pendingDivider = false
  private var pendingItem = false
  /// A line end in a cell, where it would end the row.
  private var pendingJoin = false

  private var hidden = 0
  private var preserved = 0
  private var headingLevel = 0
  /// For each list around: the number of its last item; -1 for a list without numbers.
  private var lists: [Int] = []
  private var quotes = 0
  private var tables: [Table] = []
  /// The link under way: its target, and where its label starts.
  private var link: (target: Range<Int>, label: Int)?
  private var linkHasLabel = false
  /// Links within its label: of a value, or of the text of a button.
  private var linksInside = 0
  private var isReplaced = false

  /// Puts lines in place of the marked text that stands in `out` from an offset on.
  mutating func write(from start: Int, in out: inout OutputBuffer) throws(RenderFault) {
    reset()
    out.move(from: start, to: &source)
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte > 0x20, byte < 0x7F {
        var end = index + 1
        while end < source.count, source[end] > 0x20, source[end] < 0x7F { end += 1 }
        try text(index..<end, &out)
        index = end
      } else if byte >= 0x80 {
        index = try scalar(at: index, &out)
      } else if let mark = TextMark(rawValue: byte) {
        if mark == .derived, isReplaced { break }
        index = try apply(mark, at: index, &out)
      } else {
        try space(byte, at: index, &out)
        index += 1
      }
    }
    try endLine(&out)
  }

  private mutating func reset() {
    source.removeAll(keepingCapacity: true)
    lines.reset()
    pendingSpace = false
    pendingFixedSpaces = 0
    pendingLines = 0
    (pendingDivider, pendingItem, pendingJoin) = (false, false, false)
    (hidden, preserved, headingLevel, quotes) = (0, 0, 0, 0)
    lists.removeAll(keepingCapacity: true)
    tables.removeAll(keepingCapacity: true)
    link = nil
    linksInside = 0
    isReplaced = false
  }

  // MARK: - Text

  /// Bytes that are no white space.
  private mutating func text(_ range: Range<Int>, _ out: inout OutputBuffer) throws(RenderFault) {
    guard hidden == 0 else { return }
    try begin(with: source[range.lowerBound], &out)
    linkHasLabel = true
    lines.append(source[range])
    try lines.wrap(&out)
  }

  /// One character beyond ASCII; gives the offset behind it.
  private mutating func scalar(at index: Int, _ out: inout OutputBuffer) throws(RenderFault) -> Int
  {
    let first = source[index]
    let second = index + 1 < source.count ? source[index + 1] : 0
    let third = index + 2 < source.count ? source[index + 2] : 0
    switch (first, second, third) {
    case (0xC2, 0xA0, _):
      if hidden == 0, pendingFixedSpaces < 8 { pendingFixedSpaces += 1 }
      return index + 2
    // Control characters, and the soft hyphen.
    case (0xC2, 0x80...0x9F, _), (0xC2, 0xAD, _): return index + 2
    case (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9):
      try space(0x0A, at: index, &out)
      return index + 3
    // Zero-width space, and what marks the byte order.
    case (0xE2, 0x80, 0x8B), (0xEF, 0xBB, 0xBF): return index + 3
    default:
      var end = index + 1
      while end < source.count, source[end] & 0xC0 == 0x80 { end += 1 }
      try text(index..<end, &out)
      return end
    }
  }

  private mutating func space(
    _ byte: UInt8,
    at index: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    guard hidden == 0 else { return }
    switch byte {
    case 0x0A where index > 0 && source[index - 1] == 0x0D: break
    // Only values hold line ends, and text that is preserved.
    case 0x0A, 0x0D, 0xE2: lineBreak()
    case 0x20, 0x09:
      if preserved > 0 {
        lines.appendSpaces(byte == 0x09 ? 4 : 1, isNewLine: pendingLines > 0 || lines.isEmpty)
      } else {
        pendingSpace = true
      }
    default: break
    }
  }

  private mutating func lineBreak() {
    if headingLevel > 0 {
      pendingSpace = true
    } else if let table = tables.last, table.isData, table.hasCell {
      pendingJoin = true
    } else {
      lines.forgetSpaces()
      pendingLines = min(pendingLines + 1, 2)
    }
  }

  /// Writes what is due before text.
  private mutating func begin(with byte: UInt8, _ out: inout OutputBuffer) throws(RenderFault) {
    if pendingLines > 0 || pendingDivider || lines.isEmpty {
      let isBlank = pendingLines > 1 && !lines.isEmpty
      try endLine(&out)
      if pendingDivider {
        if !lines.isEmpty { try lines.writeDivider(quotes: quotes, &out) }
      } else if isBlank {
        try lines.writeBlank(quotes: quotes, &out)
      }
      startLine()
    } else if let table = tables.last, table.separators > 0 {
      (pendingSpace, pendingJoin) = (false, false)
    } else if pendingSpace || pendingJoin {
      if pendingJoin { lines.appendComma() }
      lines.appendBreakableSpace()
    }
    if let index = tables.indices.last, tables[index].separators > 0 {
      lines.appendSeparators(tables[index].separators)
      tables[index].separators = 0
    }
    // Beside a space that may break the line they were for the looks of it.
    if pendingFixedSpaces > 0, !pendingSpace, lines.hasText {
      lines.appendFixedSpaces(pendingFixedSpaces)
    }
    lines.stuff(before: byte)
    (pendingLines, pendingFixedSpaces) = (0, 0)
    (pendingSpace, pendingDivider, pendingJoin) = (false, false, false)
  }

  private mutating func startLine() {
    lines.start(quotes: quotes)
    let depth = min(lists.count, 16)
    if pendingItem {
      let number = lists.last ?? -1
      lines.appendIndent(max(0, depth - 1) * 2)
      if number >= 0 { lines.append("\(number). ") } else { lines.append("- ") }
      pendingItem = false
    } else if depth > 0 {
      lines.appendIndent(depth * 2)
    }
  }

  private mutating func endLine(_ out: inout OutputBuffer) throws(RenderFault) {
    try lines.end(&out)
  }

  // MARK: - Marks

  /// Applies a mark; gives the offset behind it, and behind what belongs to it.
  private mutating func apply(
    _ mark: TextMark,
    at index: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Int {
    switch mark {
    case .hide: hidden += 1
    case .show: hidden = max(0, hidden - 1)
    case .replacement: isReplaced = true
    case _ where hidden > 0: break
    case .paragraph: pendingLines = 2
    case .line: block()
    case .lineBreak: lineBreak()
    case .divider:
      pendingDivider = !lines.isEmpty
      pendingLines = 2
    case .preserve: preserved += 1
    case .collapse:
      preserved = max(0, preserved - 1)
      lines.forgetSpaces()
    case .linkTarget: return startLink(at: index + 1)
    case .linkLabel, .derived: break
    case .linkEnd: try endLink(at: index, &out)
    case .heading1: try startHeading(1, &out)
    case .heading2: try startHeading(2, &out)
    case .heading3: try startHeading(3, &out)
    case .headingEnd: try endHeading(&out)
    case .bulletList, .numberedList: startList(isNumbered: mark == .numberedList)
    case .item: startItem()
    case .listEnd:
      _ = lists.popLast()
      pendingItem = false
      block(isParagraph: lists.isEmpty)
    case .quote: quotes = min(quotes + 1, 16)
    case .quoteEnd: quotes = max(0, quotes - 1)
    case .dataTable, .layoutTable:
      block()
      tables.append(Table(isData: mark == .dataTable))
    case .tableEnd:
      _ = tables.popLast()
      block()
    case .row: startRow()
    case .cell: startCell()
    case .signature:
      pendingLines = max(1, pendingLines)
      try begin(with: 0, &out)
      try lines.writeSignature(&out)
      pendingLines = 1
    }
    return index + 1
  }

  private mutating func block(isParagraph: Bool = false) {
    pendingLines = max(pendingLines, isParagraph ? 2 : 1)
  }

  private mutating func startHeading(
    _ level: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    // The line before it is still under way.
    if pendingLines > 0 { try endLine(&out) }
    headingLevel = level
    lines.startMeasuring()
  }

  /// Underlines what was written since the heading's start.
  private mutating func endHeading(_ out: inout OutputBuffer) throws(RenderFault) {
    defer { headingLevel = 0 }
    guard headingLevel == 1 || headingLevel == 2, lines.hasMeasured else { return }
    try endLine(&out)
    let byte = headingLevel == 1 ? UInt8(ascii: "=") : UInt8(ascii: "-")
    lines.start(quotes: quotes)
    lines.appendUnderline(byte)
    try endLine(&out)
    pendingLines = 2
  }

  private mutating func startList(isNumbered: Bool) {
    block(isParagraph: lists.isEmpty)
    lists.append(isNumbered ? 0 : -1)
  }

  private mutating func startItem() {
    block()
    pendingItem = true
    if let index = lists.indices.last, lists[index] >= 0 { lists[index] += 1 }
  }

  private mutating func startRow() {
    block()
    guard let index = tables.indices.last else { return }
    tables[index].hasCell = false
    tables[index].separators = 0
  }

  private mutating func startCell() {
    guard let index = tables.indices.last, tables[index].isData else { return block() }
    if tables[index].hasCell { tables[index].separators += 1 }
    tables[index].hasCell = true
    (pendingSpace, pendingJoin) = (false, false)
  }

  // MARK: - Links

  /// Notes a link's target, which stands at `start`; gives the offset of its label's mark.
  private mutating func startLink(at start: Int) -> Int {
    var end = start
    // No mark and no white space stands in a target.
    while end < source.count, source[end] > 0x20 { end += 1 }
    guard link == nil else {
      linksInside += 1
      return end
    }
    link = (start..<end, end)
    linkHasLabel = false
    return end
  }

  /// Writes a link's target behind its label, which ends at `end`.
  private mutating func endLink(at end: Int, _ out: inout OutputBuffer) throws(RenderFault) {
    guard let (target, label) = link else { return }
    guard linksInside == 0 else {
      linksInside -= 1
      return
    }
    link = nil
    guard linkHasLabel, isWorthShowing(target, besides: label..<end) else { return }
    pendingSpace = true
    pendingFixedSpaces = 0
    try begin(with: UInt8(ascii: "<"), &out)
    lines.append("<")
    lines.append(source[target])
    lines.append(">")
    try lines.wrap(&out)
  }

  /// Whether a target leads anywhere and is not what the label says.
  private func isWorthShowing(_ target: Range<Int>, besides label: Range<Int>) -> Bool {
    guard !target.isEmpty, source[target.lowerBound] != UInt8(ascii: "#") else { return false }
    if isText(label, target) { return false }
    guard let address = address(of: target), !address.isEmpty else { return true }
    let isFolder = source[address.upperBound - 1] == UInt8(ascii: "/")
    return !isText(label, address) && !(isFolder && isText(label, address.dropLast(1)))
  }

  /// The part of a target that people write; nil for a target of another kind.
  private func address(of target: Range<Int>) -> Range<Int>? {
    for scheme in Self.schemes {
      let start = target.lowerBound + scheme.count
      if start <= target.upperBound, source[target.lowerBound..<start].elementsEqual(scheme) {
        return start..<target.upperBound
      }
    }
    return nil
  }

  private static let schemes = ["https://", "http://", "mailto:", "tel:", "sms:"].map {
    Array($0.utf8)
  }

  /// Whether marked text is some bytes, white space and marks aside.
  private func isText(_ marked: Range<Int>, _ bytes: Range<Int>) -> Bool {
    var next = bytes.lowerBound
    for index in marked where source[index] > 0x20 && source[index] != 0x7F {
      guard next < bytes.upperBound, source[index] == source[next] else { return false }
      next += 1
    }
    return next == bytes.upperBound
  }
}
