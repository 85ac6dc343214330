/// What the marks of a text part do.
extension TextWriter {
  /// Applies a mark; gives the offset behind it, and behind what belongs to it.
  mutating func apply(
    _ mark: TextMark,
    _ source: MarkedSource,
    at index: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Int {
    switch mark {
    case .hide: hidden += 1
    case .show: hidden = max(0, hidden - 1)
    case .replacement: isReplaced = true
    case _ where hidden > 0: break
    case .paragraph: endLines(2)
    case .line: endLines(1)
    case .lineBreak: breakLine()
    case .divider: divide()
    case .preserve: preserved += 1
    case .collapse:
      preserved = max(0, preserved - 1)
      lines.forgetSpaces()
    case .linkTarget: return startLink(source, at: index + 1)
    case .linkLabel, .derived: break
    case .linkEnd: try endLink(source, at: index, &out)
    case .heading1: try startHeading(1, &out)
    case .heading2: try startHeading(2, &out)
    case .heading3: try startHeading(3, &out)
    case .headingEnd: try endHeading(&out)
    case .bulletList, .numberedList: startList(isNumbered: mark == .numberedList)
    case .item: startItem()
    case .listEnd: endList()
    case .quote: quotes = min(quotes + 1, 16)
    case .quoteEnd: quotes = max(0, quotes - 1)
    case .dataTable, .layoutTable:
      endLines(1)
      tables.append(Table(isData: mark == .dataTable))
    case .tableEnd:
      _ = tables.popLast()
      endLines(1)
    case .row: startRow()
    case .cell: startCell()
    case .signature:
      endLines(1)
      try begin(with: 0, &out)
      try lines.writeSignature(&out)
      endLines(1)
    }
    return index + 1
  }

  // MARK: - Headings

  private mutating func startHeading(
    _ level: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    // The line before it is still under way.
    if pendingLines > 0 { try lines.end(&out) }
    headingLevel = level
    lines.startMeasuring()
  }

  /// Underlines what was written since the heading's start.
  private mutating func endHeading(_ out: inout OutputBuffer) throws(RenderFault) {
    let level = headingLevel
    headingLevel = 0
    let isUnderlined = level == 1 || level == 2
    if isUnderlined, lines.hasMeasured {
      try lines.end(&out)
      try lines.start(quotes: quotes)
      try lines.appendUnderline(level == 1 ? UInt8(ascii: "=") : UInt8(ascii: "-"))
      try lines.end(&out)
      endLines(2)
    }
    lines.stopMeasuring()
  }

  // MARK: - Lists and tables

  private mutating func startList(isNumbered: Bool) {
    endLines(lists.isEmpty ? 2 : 1)
    lists.append(isNumbered ? 0 : -1)
  }

  private mutating func startItem() {
    endLines(1)
    pendingItem = true
    if let index = lists.indices.last, lists[index] >= 0 { lists[index] += 1 }
  }

  private mutating func endList() {
    _ = lists.popLast()
    pendingItem = false
    endLines(lists.isEmpty ? 2 : 1)
  }

  private mutating func startRow() {
    endLines(1)
    guard let index = tables.indices.last else { return }
    tables[index].hasCell = false
    tables[index].separators = 0
  }

  private mutating func startCell() {
    guard let index = tables.indices.last, tables[index].isData else { return endLines(1) }
    if tables[index].hasCell { tables[index].separators += 1 }
    tables[index].hasCell = true
    separate()
  }

  // MARK: - Links

  /// Notes a link's target, which stands at `start`; gives the offset of its label's mark.
  private mutating func startLink(_ source: MarkedSource, at start: Int) -> Int {
    if let end = endOfRepetition(source, at: start) { return end }
    let end = source.endOfTarget(from: start)
    if link == nil {
      link = Link(target: start..<end, label: end)
      linkHasLabel = false
    } else {
      link?.linksInside += 1
    }
    return end
  }

  /// Behind a link that says what the one before it said, on lines of its own: a picture and the title below
  /// it often are one link twice.
  private func endOfRepetition(_ source: MarkedSource, at start: Int) -> Int? {
    guard let lastLink, pendingLines > 0 else { return nil }
    let end = start + lastLink.count
    guard source.isSame(lastLink, at: start) else { return nil }
    // What stands behind it on its line would have lost what it is about.
    var next = end
    while source[next] == 0x20 { next += 1 }
    guard next < source.count else { return end }
    switch TextMark(rawValue: source[next]) {
    case .paragraph, .line, .lineBreak: return end
    default: return nil
    }
  }

  /// Writes a link's target behind its label, which ends at `end`.
  private mutating func endLink(
    _ source: MarkedSource,
    at end: Int,
    _ out: inout OutputBuffer
  ) throws(RenderFault) {
    guard let ended = link else { return }
    guard ended.linksInside == 0 else {
      link?.linksInside -= 1
      return
    }
    link = nil
    guard linkHasLabel else {
      lastLink = nil
      return
    }
    if isWorthShowing(ended.target, besides: ended.label..<end, in: source) {
      spaceOnly()
      try begin(with: UInt8(ascii: "<"), &out)
      try lines.append(target: ended.target, of: source, &out)
    }
    lastLink = ended.target.lowerBound..<end + 1
  }

  /// Whether a target leads anywhere and is not what the label says.
  private func isWorthShowing(
    _ target: Range<Int>,
    besides label: Range<Int>,
    in source: MarkedSource
  ) -> Bool {
    guard !target.isEmpty, source[target.lowerBound] != UInt8(ascii: "#") else { return false }
    if source.isText(label, target) { return false }
    guard let address = source.address(of: target), !address.isEmpty else { return true }
    let isFolder = source[address.upperBound - 1] == UInt8(ascii: "/")
    return !source.isText(label, address)
      && !(isFolder && source.isText(label, address.dropLast(1)))
  }
}

extension MarkedSource {
  /// The part of a link's target that people write; nil for a target of another kind.
  fileprivate func address(of target: Range<Int>) -> Range<Int>? {
    let start = target.lowerBound
    let scheme =
      switch self[start] {
      case UInt8(ascii: "h") where holds("https://", at: start): 8
      case UInt8(ascii: "h") where holds("http://", at: start): 7
      case UInt8(ascii: "m") where holds("mailto:", at: start): 7
      case UInt8(ascii: "t") where holds("tel:", at: start): 4
      case UInt8(ascii: "s") where holds("sms:", at: start): 4
      default: 0
      }
    return scheme > 0 && scheme <= target.count ? start + scheme..<target.upperBound : nil
  }

  /// Whether marked text is some bytes, white space and marks aside.
  fileprivate func isText(_ marked: Range<Int>, _ bytes: Range<Int>) -> Bool {
    var next = bytes.lowerBound
    for index in marked where self[index] > 0x20 && self[index] != 0x7F {
      guard next < bytes.upperBound, self[index] == self[next] else { return false }
      next += 1
    }
    return next == bytes.upperBound
  }
}
