import LetterpressProgram

/// The elements of a document that is HTML with holes, found again in its bytes, so that attributes can be
/// set on them.
///
/// Control flow stays as it is; an element inside a branch has the parent that stands around the branch.
/// Comments are no elements, and so is nothing within them: Outlook's tables are left alone, as MJML does.
///
/// Nothing is copied to be found: elements and attributes are places in the text, all in flat arrays. Only a
/// tag that gets an attribute is written anew.
struct HTMLTree {
  /// Text with holes that is read from end to end: the document's own, that of a list of nodes within
  /// control flow, or a tag as it is in some variants.
  struct Stretch {
    var text: PatchedText
    /// By hole, the numbers of the stretches of its node's lists; none for a hole in a tag.
    var bodies: [[Int]] = []
  }

  /// An attribute's places in its stretch.
  struct Attribute {
    var name: Range<Int>
    /// Without its quotes; of Liquid between attributes, empty.
    var value: Range<Int>
    /// Liquid between attributes, to be copied: all that `name` covers.
    var isOpaque = false
  }

  /// A start tag as it is in some variants of a specialised part.
  struct Form {
    /// Empty: in all.
    var variants: [Int] = []
    var stretch: Int
    /// Its slice of `attributes`.
    var attributes: Range<Int>
    /// A bit for its id and for each word of its class; several words share one.
    var words: WordSet
    /// Attributes that were set since, in that order.
    var edits: [(name: [UInt8], value: PatchedText)] = []
  }

  struct Element {
    var name: HTMLName
    var kind: HTMLKind
    var parent: Int?
    /// The one before it among the element children of its parent.
    var previous: Int?
    /// Its place among them.
    var index: Int
    /// Whether control flow stands between it and its parent.
    var isConditional: Bool
    /// Its slice of `forms`: more than one where the tag differs between variants.
    var forms: Range<Int>
    var specialisation: Specialisation.ID?
    var stretch: Int
    /// From `<` to `>`.
    var tag: Range<Int>
    var isClosed: Bool
    /// Whether text stands in it, white space included.
    var hasText = false
  }

  /// The elements among the children of an element.
  struct Family {
    var count = 0
    var last: Int?
    /// Whether some are there only on some paths, or several times.
    var isConditional = false

    mutating func add(_ element: Int, isConditional: Bool) {
      count += 1
      last = element
      if isConditional { self.isConditional = true }
    }
  }

  let stretches: [Stretch]
  let elements: [Element]
  let attributes: [Attribute]
  private(set) var forms: [Form]
  /// Those at the top, then those of each element.
  private let families: [Family]

  init(_ nodes: [HTMLNode]) {
    var reader = HTMLTreeReader()
    reader.read(nodes)
    stretches = reader.stretches
    elements = reader.elements
    attributes = reader.attributes
    forms = reader.forms
    families = reader.families
  }

  func children(of element: Int) -> Family { families[element + 1] }

  /// The element and those beside it.
  func family(of element: Int) -> Family { families[elements[element].parent.map { $0 + 1 } ?? 0] }

  // MARK: - Attributes

  /// The value of an attribute, in lower case, as a part of a text; nil where the tag has none of that name.
  func value(of name: [UInt8], form: Int) -> (text: PatchedText, range: Range<Int>)? {
    for edit in forms[form].edits where edit.name == name {
      return (edit.value, 0..<edit.value.bytes.count)
    }
    guard let index = attribute(name, of: form) else { return nil }
    return (stretches[forms[form].stretch].text, attributes[index].value)
  }

  private func attribute(_ name: [UInt8], of form: Int) -> Int? {
    let bytes = stretches[forms[form].stretch].text.bytes
    return forms[form].attributes.first {
      let attribute = attributes[$0]
      return !attribute.isOpaque && bytes.matches(name, at: attribute.name)
    }
  }

  /// Sets an attribute of a tag in one of its forms.
  mutating func set(_ name: [UInt8], to value: PatchedText, form: Int) {
    if let index = forms[form].edits.firstIndex(where: { $0.name == name }) {
      forms[form].edits[index].value = value
    } else {
      forms[form].edits.append((name, value))
    }
    forms[form].words.note(value.bytes, ofAttribute: name)
  }

  // MARK: - Writing

  /// The document with the attributes that were set.
  var nodes: [HTMLNode] {
    var edited = Array(repeating: [Int](), count: stretches.count)
    for element in elements.indices
    where forms[elements[element].forms].contains(where: { !$0.edits.isEmpty }) {
      edited[elements[element].stretch].append(element)
    }
    var html = HTMLFragment()
    write(stretch: 0, edited, to: &html)
    return html.nodes
  }

  private func write(stretch number: Int, _ edited: [[Int]], to html: inout HTMLFragment) {
    let stretch = stretches[number]
    // Styles come to it.
    html.reserveRoom(for: stretch.text.bytes.count * 3 / 2)
    var position = 0
    for element in edited[number] {
      let tag = elements[element].tag
      write(position..<tag.lowerBound, of: stretch, edited, to: &html)
      write(elements[element], to: &html)
      position = tag.upperBound
    }
    write(position..<stretch.text.bytes.count, of: stretch, edited, to: &html)
  }

  private func write(
    _ range: Range<Int>,
    of stretch: Stretch,
    _ edited: [[Int]],
    to html: inout HTMLFragment
  ) {
    var position = range.lowerBound
    for hole in stretch.text.holes(in: range) {
      let place = stretch.text.positions[hole]
      html.append(bytes: stretch.text.bytes[position..<place])
      position = place + 1
      let node = stretch.text.holes[hole]
      let bodies = stretch.bodies[hole]
      if bodies.isEmpty {
        html.append(node)
        continue
      }
      html.append(
        node.withBodies(
          bodies.map { number in
            var body = HTMLFragment()
            write(stretch: number, edited, to: &body)
            return body.nodes
          }
        )
      )
    }
    html.append(bytes: stretch.text.bytes[position..<range.upperBound])
  }

  private func write(_ element: Element, to html: inout HTMLFragment) {
    if let id = element.specialisation {
      let choices = element.forms.map { form in
        HTMLChoice(variants: forms[form].variants, body: tag(of: element, form: form).nodes)
      }
      html.append(.select(id, choices))
    } else {
      html.append(contentsOf: tag(of: element, form: element.forms.lowerBound).nodes)
    }
  }

  /// The tag anew: what it had, with the new values, then what is new.
  private func tag(of element: Element, form: Int) -> PatchedText {
    let source = stretches[forms[form].stretch].text
    var edits = forms[form].edits
    var text = PatchedText(bytes: [UInt8(ascii: "<")])
    text.append(bytes: element.name.bytes)
    for attribute in attributes[forms[form].attributes] {
      if attribute.isOpaque {
        text.append(UInt8(ascii: " "))
        text.append(source[attribute.name])
        continue
      }
      let name = source.bytes[attribute.name].map(\.lowercased)
      if let index = edits.firstIndex(where: { $0.name == name }) {
        text.append(attribute: name, edits.remove(at: index).value)
      } else {
        text.append(attribute: name, source[attribute.value])
      }
    }
    for edit in edits { text.append(attribute: edit.name, edit.value) }
    if element.isClosed { text.append(bytes: " /".utf8) }
    text.append(UInt8(ascii: ">"))
    return text
  }
}

extension PatchedText {
  fileprivate mutating func append(attribute name: [UInt8], _ value: PatchedText) {
    append(UInt8(ascii: " "))
    append(bytes: name)
    append(bytes: "=\"".utf8)
    append(value)
    append(UInt8(ascii: "\""))
  }
}

extension [UInt8] {
  /// Whether a text in lower case stands at a place, in whatever case.
  func matches(_ text: [UInt8], at range: Range<Int>) -> Bool {
    guard range.count == text.count else { return false }
    for index in text.indices where self[range.lowerBound + index].lowercased != text[index] {
      return false
    }
    return true
  }
}

/// A bit for each word of a class and each id, to say quickly that one is not there.
struct WordSet {
  private var bits: UInt64 = 0

  var isEmpty: Bool { bits == 0 }

  func isSuperset(of other: WordSet) -> Bool { bits & other.bits == other.bits }

  mutating func insert(_ word: some Collection<UInt8>) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    bits |= 1 << (hash >> 58)
  }

  /// Adds what an attribute's value has of them.
  mutating func note(_ value: some Collection<UInt8>, ofAttribute name: [UInt8]) {
    if name == Self.id { insert(value) }
    if name == Self.className { insert(wordsOf: value) }
  }

  mutating func insert(wordsOf value: some Collection<UInt8>) {
    for word in value.split(whereSeparator: isWhiteSpace) { insert(word) }
  }

  static let id = Array("id".utf8)
  static let className = Array("class".utf8)
}
