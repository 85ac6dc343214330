import LetterpressDiagnostics

/// Reads a template once, from left to right: finds its elements, says in the author's words what is
/// broken, and makes the well-formed XML that libxml2 gets.
///
/// MJML in the wild is HTML, not XML, and Liquid besides. Between elements the scan is in *structure*:
///
///     <mj-column>              start and end tags, matched on a stack
///       {% if a < b %}         a processing instruction: <?liquid {% if a < b %}?>
///       <mj-text>x &nbsp;<br>  an ending tag: all up to its end tag is left out
///       </mj-text>
///
/// What it finds it notes in flat arrays, in document order. libxml2 then meets the same elements,
/// instructions and comments in the same order; its n-th event is the n-th record here that is no text.
///
/// After an error the scan goes on where a person would, so that all mistakes are found and none twice;
/// the rewrite is worth nothing then.
struct Scanner {
  /// One node, in document order.
  struct Record {
    enum Kind { case element, liquid, comment, text }

    var kind: Kind
    var start: Int32
    var end: Int32
    /// Of an element: its place in `elements`.
    var element: Int32 = -1
  }

  /// All places of an element; those after the start tag are set when they are met.
  struct ScannedElement {
    var name: NameTable.ID
    var start: Int32
    var nameEnd: Int32
    var startTagEnd: Int32
    /// Of raw content; -1 for an element that holds elements.
    var contentStart: Int32
    var contentEnd: Int32
    var endTagStart: Int32
    var end: Int32
    /// A slice of `attributes`.
    var firstAttribute: Int32
    var attributeCount: Int32
    /// It stands in `{% raw %}`.
    var isLiteral: Bool
  }

  /// An element whose end tag has not come yet.
  struct OpenElement {
    var element: Int
    var name: NameTable.ID
    /// A wrong end tag stood in it, so a missing one is a consequence.
    var isSuspect = false
  }

  let bytes: [UInt8]
  let file: SourceFile.ID
  let table: NameTable
  let limits: MarkupLimits
  /// Whether several elements may stand at the top (an included file).
  let isFragment: Bool

  var position = 0
  var rewrite: Rewrite
  var records: [Record] = []
  var elements: [ScannedElement] = []
  var attributes: [Attribute] = []
  /// The numbers of their names.
  var attributeNames: [NameTable.ID] = []
  var open: [OpenElement] = []
  var diagnostics: [Diagnostic] = []
  /// Set where going on makes no sense: the rest is hidden, or a limit is passed.
  var isStopped = false
  /// The first element at the top.
  var rootElement: Int?
  /// Names of elements that were closed by the end tag of an outer one, with the finding that says so:
  /// their own end tags still come, and are no second mistake.
  var closedByForce: [(name: NameTable.ID, diagnostic: Int?)] = []
  /// Numbers of names that the table lacks.
  var foreignNames: [String: NameTable.ID] = [:]
  var foreignNameList: [String] = []
  /// No `%}` or `}}` stands at or after these offsets.
  ///
  /// Searches that failed are not repeated, so the scan stays linear.
  var noTagEndFrom = Int.max
  var noOutputEndFrom = Int.max

  /// The start of the `{% endraw %}` that ends the block in which the scan is, -1 outside of one.
  var literalEnd = -1
  var literalTagEnd = -1
  /// How many elements were open at its `{% raw %}`.
  var literalDepth = 0

  /// The end of the `capture` with elements in it in which the scan is.
  ///
  /// None within is looked through again, so the scan stays linear.
  var openCaptureEnd = 0

  private var textStart = -1
  private var textEnd = -1
  private var firstStrayText: SourceRange?

  init(
    bytes: [UInt8],
    file: SourceFile.ID,
    table: NameTable,
    limits: MarkupLimits,
    isFragment: Bool
  ) {
    self.bytes = bytes
    self.file = file
    self.table = table
    self.limits = limits
    self.isFragment = isFragment
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    rewrite = Rewrite(startingAt: position, capacity: bytes.count + bytes.count / 4 + 64)
    records.reserveCapacity(bytes.count / 64)
    elements.reserveCapacity(bytes.count / 96)
    attributes.reserveCapacity(bytes.count / 48)
    attributeNames.reserveCapacity(bytes.count / 48)
  }

  /// Reads the whole file.
  mutating func scan() {
    if isFragment { rewrite.replace(position..<position, in: bytes, with: "<fragment>") }
    skipXMLDeclaration()
    while position < bytes.count, !isStopped {
      if literalEnd >= 0, position >= literalEnd {
        endText()
        endLiteral()
        continue
      }
      let byte = bytes[position]
      if byte == UInt8(ascii: "<"), opensMarkup(at: position) {
        endText()
        scanMarkup()
      } else if byte.isSpace {
        position += 1
      } else if byte == UInt8(ascii: "{"), startsLiquid(at: position) {
        endText()
        scanLiquid()
      } else {
        scanText(byte)
      }
    }
    endText()
    if !isStopped { finish() }
    rewrite.copy(upTo: bytes.count, of: bytes)
    if isFragment { rewrite.replace(bytes.count..<bytes.count, in: bytes, with: "</fragment>") }
  }

  // MARK: - Names and places

  func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(file: file, start: start, end: end)
  }

  func name(_ id: NameTable.ID) -> String {
    let index = Int(id)
    return index < table.count ? table.names[index] : foreignNameList[index - table.count]
  }

  /// The number of a name in lower case.
  mutating func nameID(_ range: Range<Int>, foldingCase: Bool) -> NameTable.ID {
    if let id = table.id(of: bytes, range) { return id }
    if foldingCase, range.contains(where: { bytes[$0].isUppercase }) {
      let lower = bytes[range].map(\.lowercased)
      return table.id(of: lower, 0..<lower.count)
        ?? foreignID(String(decoding: lower, as: UTF8.self))
    }
    return foreignID(String(decoding: bytes[range], as: UTF8.self))
  }

  private mutating func foreignID(_ name: String) -> NameTable.ID {
    if let id = foreignNames[name] { return id }
    let id = NameTable.ID(table.count + foreignNameList.count)
    foreignNames[name] = id
    foreignNameList.append(name)
    return id
  }

  func isCataloguedElement(_ id: NameTable.ID) -> Bool {
    Int(id) < table.count && table.isElement[Int(id)]
  }

  func isRawElement(_ id: NameTable.ID) -> Bool { Int(id) < table.count && table.isRaw[Int(id)] }

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    if diagnostics.count >= limits.findings { isStopped = true }
  }

  /// Reports and reads no further.
  mutating func stop(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    isStopped = true
  }

  // MARK: - Text

  private mutating func scanText(_ byte: UInt8) {
    if textStart < 0 { textStart = position }
    position += 1
    textEnd = position
    switch byte {
    case UInt8(ascii: "&"):
      rewrite.replace(position - 1..<position, in: bytes, with: "&amp;")
    case UInt8(ascii: ">"):
      rewrite.replace(position - 1..<position, in: bytes, with: "&gt;")
    case UInt8(ascii: "<"):
      rewrite.replace(position - 1..<position, in: bytes, with: "&lt;")
    default: break
    }
  }

  private mutating func endText() {
    guard textStart >= 0 else { return }
    if open.isEmpty, !isFragment {
      if firstStrayText == nil { firstStrayText = range(textStart, textEnd) }
    } else {
      records.append(Record(kind: .text, start: Int32(textStart), end: Int32(textEnd)))
    }
    textStart = -1
  }

  // MARK: - The ends of the file

  /// The XML declaration, where it may stand: as the very first thing.
  ///
  /// MJML ignores it, libxml2 shall not see it.
  private mutating func skipXMLDeclaration() {
    guard bytes.has("<?xml", at: position), position + 5 < bytes.count, bytes[position + 5].isSpace
    else { return }
    guard let end = bytes.first("?>", from: position) else {
      stop(.processingInstruction(at: range(position, position + 2)))
      return
    }
    let declaration = position..<end + 2
    if let version = declaredValue("version", in: declaration), !bytes.has("1.0", at: version.start)
    {
      report(.xmlVersion(at: version))
    }
    if let encoding = declaredValue("encoding", in: declaration),
      !bytes.hasIgnoringCase("utf-8", at: encoding.start),
      !bytes.hasIgnoringCase("us-ascii", at: encoding.start)
    {
      report(.declaredEncoding(at: encoding))
    }
    rewrite.replace(declaration, in: bytes, with: "")
    position = declaration.upperBound
  }

  /// The value of `name="…"` in an XML declaration.
  private func declaredValue(_ name: String, in declaration: Range<Int>) -> SourceRange? {
    guard var index = bytes.first(name, from: declaration.lowerBound),
      index < declaration.upperBound
    else { return nil }
    while index < declaration.upperBound, !bytes[index].isQuote { index += 1 }
    let start = index + 1
    guard start < declaration.upperBound else { return nil }
    var end = start
    while end < declaration.upperBound, bytes[end] != bytes[index] { end += 1 }
    return range(start, end)
  }

  /// What must hold once the last byte is read.
  private mutating func finish() {
    if let innermost = open.last, !open.contains(where: \.isSuspect) {
      let outer = open.dropLast().last
      report(
        .elementNotClosed(
          name(innermost.name),
          at: nameRange(innermost.element),
          atEndOfFile: range(bytes.count, bytes.count),
          outer: outer.map { name($0.name) }
        )
      )
    }
    if let stray = firstStrayText, rootElement != nil { report(.textOutsideRoot(at: stray)) }
    guard rootElement == nil, diagnostics.isEmpty, !isFragment else { return }
    if let stray = firstStrayText {
      report(.noRootElement(at: stray))
    } else {
      report(.emptyDocument(at: range(0, 0)))
    }
  }

  func nameRange(_ element: Int) -> SourceRange {
    range(Int(elements[element].start) + 1, Int(elements[element].nameEnd))
  }
}
