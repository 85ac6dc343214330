import LetterpressDiagnostics

/// Makes the located tree of libxml2's events.
///
/// libxml2 says what stands where in the tree; the scan's records, which come in the same order, say
/// where that is in the source. Text comes in pieces from libxml2, so its records are placed between the
/// events around them.
struct TreeBuilder {
  private let scanner: Scanner
  private var nextRecord = 0
  /// The nodes of all open elements, one level after the other.
  private var pending: [MarkupNode] = []
  /// Where the children of each open element start in `pending`.
  private var levels: [(element: Int, firstChild: Int)] = []
  /// libxml2 and the scan saw different documents: a bug of ours that must not go unnoticed.
  private(set) var hasLostItsWay = false

  init(_ scanner: Scanner) {
    self.scanner = scanner
    pending.reserveCapacity(64)
  }

  /// The whole tree, after the last event.
  mutating func finish() -> Document? {
    flushText(before: scanner.bytes.count + 1)
    guard !hasLostItsWay, levels.isEmpty, nextRecord == scanner.records.count else { return nil }
    return Document(file: scanner.file, nodes: pending)
  }

  /// The record of the element that starts; nil for the element that the rewrite put around a fragment.
  mutating func startElement() -> Int? {
    if scanner.isFragment, !sawFragment {
      sawFragment = true
      return nil
    }
    guard let record = take(.element) else { return nil }
    levels.append((Int(record.element), pending.count))
    return Int(record.element)
  }

  private var sawFragment = false

  /// The record of the element that ends, likewise.
  mutating func endElement() -> Int? {
    guard let (index, firstChild) = levels.popLast() else {
      // The end of the element around a fragment.
      if !scanner.isFragment { hasLostItsWay = true }
      return nil
    }
    let scanned = scanner.elements[index]
    flushText(before: Int(scanned.endTagStart))
    let element = makeElement(scanned, children: firstChild)
    pending.append(.element(element))
    return index
  }

  mutating func comment() {
    guard let record = take(.comment) else { return }
    pending.append(.comment(scanner.range(Int(record.start), Int(record.end))))
  }

  mutating func processingInstruction() {
    guard let record = take(.liquid) else { return }
    pending.append(.liquid(scanner.range(Int(record.start), Int(record.end))))
  }

  private mutating func makeElement(
    _ scanned: Scanner.ScannedElement,
    children firstChild: Int
  ) -> Element {
    let hasContent = scanned.contentStart >= 0
    let children = Array(pending[firstChild...])
    pending.removeLast(children.count)
    let first = Int(scanned.firstAttribute)
    return Element(
      name: scanner.name(scanned.name),
      nameRange: range(scanned.start + 1, scanned.nameEnd),
      attributes: scanner.attributes[first..<first + Int(scanned.attributeCount)],
      children: children,
      content: hasContent ? range(scanned.contentStart, scanned.contentEnd) : nil,
      range: range(scanned.start, scanned.end),
      startTag: range(scanned.start, scanned.startTagEnd),
      endTag: range(scanned.endTagStart, scanned.end),
      isLiteral: scanned.isLiteral
    )
  }

  private func range(_ start: Int32, _ end: Int32) -> SourceRange {
    scanner.range(Int(start), Int(end))
  }

  /// The next record, which must be of this kind; the text before it goes into the tree.
  private mutating func take(_ kind: Scanner.Record.Kind) -> Scanner.Record? {
    flushText(before: scanner.bytes.count + 1)
    guard nextRecord < scanner.records.count, scanner.records[nextRecord].kind == kind else {
      hasLostItsWay = true
      return nil
    }
    nextRecord += 1
    return scanner.records[nextRecord - 1]
  }

  /// Puts the text records that come next, up to an offset, into the tree.
  private mutating func flushText(before end: Int) {
    while nextRecord < scanner.records.count, scanner.records[nextRecord].kind == .text,
      Int(scanner.records[nextRecord].start) < end
    {
      let record = scanner.records[nextRecord]
      pending.append(.text(range(record.start, record.end)))
      nextRecord += 1
    }
  }
}
