/// What of a document a grammar has to see for its word on all of it.
///
/// Our grammars know elements and attributes by their names alone, in any order and number. So an attribute
/// is as right or wrong on one element as on another of the same name, and an element in one parent as in
/// another: each pair of names is asked once, also over documents. Text between elements is always asked.
///
///     <mj-column width="50%"><mj-text/></mj-column>
///     <mj-column width="25%"><mj-text/><mj-spacer/></mj-column>      seen: <mj-column><mj-spacer/></mj-column>
struct GrammarDigest {
  /// By the number of an element in the scan: whether it has to be seen, for itself or for what is in it.
  private(set) var elements: [Bool]
  /// By the number of an attribute in the scan.
  private(set) var attributes: [Bool]
  /// The pairs that were accepted before, and those of this document.
  private(set) var pairs: NamePairs
  /// Whether there is nothing to ask.
  private(set) var isEmpty = true

  /// `accepted` are pairs that the grammar accepted, by the numbers of the scan's names.
  init(of scanner: borrowing Scanner, accepted: NamePairs?) {
    elements = Array(repeating: false, count: scanner.elements.count)
    attributes = Array(repeating: false, count: scanner.attributes.count)
    pairs = accepted ?? NamePairs(names: scanner.table.count)
    var open: [Int] = []
    for record in scanner.records {
      while let last = open.last, scanner.elements[last].end <= record.start { open.removeLast() }
      switch record.kind {
      case .element:
        let parent = open.last.map { NamePairs.Place.element(scanner.elements[$0].name) }
        let number = Int(record.element)
        let element = scanner.elements[number]
        open.append(number)
        var isNew = pairs.insert(
          element.name,
          at: parent ?? (scanner.isFragment ? .fragment : .document)
        )
        for index in Int(
          element.firstAttribute
        )..<Int(element.firstAttribute + element.attributeCount)
        where pairs.insert(scanner.attributeNames[index], at: .attributes(element.name)) {
          attributes[index] = true
          isNew = true
        }
        if isNew { need(open) }
      case .text: need(open)
      case .liquid, .comment: break
      }
    }
  }

  /// Notes that the innermost of some open elements has to be seen, hence all of them.
  private mutating func need(_ open: [Int]) {
    isEmpty = false
    for element in open.reversed() {
      if elements[element] { return }
      elements[element] = true
    }
  }
}

/// Pairs of a catalogue's names: elements with what stands in them, and with their attributes.
struct NamePairs: Sendable {
  /// Where a name stands.
  enum Place {
    case document, fragment
    case element(NameTable.ID)
    case attributes(NameTable.ID)
  }

  private let names: Int
  private let wordsOfPlace: Int
  /// For each place a bit for each name.
  private var bits: [UInt64]

  init(names: Int) {
    self.names = names
    wordsOfPlace = (names + 63) / 64
    bits = Array(repeating: 0, count: (2 + 2 * names) * wordsOfPlace)
  }

  /// Whether a pair is new; one with a name that is not in the catalogue always is.
  mutating func insert(_ name: NameTable.ID, at place: Place) -> Bool {
    let number: Int
    switch place {
    case .document: number = 0
    case .fragment: number = 1
    case .element(let owner):
      guard owner < names else { return true }
      number = 2 + Int(owner)
    case .attributes(let owner):
      guard owner < names else { return true }
      number = 2 + names + Int(owner)
    }
    guard name < names else { return true }
    let word = number * wordsOfPlace + Int(name) / 64
    let bit: UInt64 = 1 << UInt64(name % 64)
    if bits[word] & bit != 0 { return false }
    bits[word] |= bit
    return true
  }

  /// Adds the pairs of another set of the same names.
  mutating func formUnion(_ other: NamePairs) {
    for word in bits.indices { bits[word] |= other.bits[word] }
  }
}
