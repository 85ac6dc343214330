import LetterpressProgram

/// The elements of a document that is HTML with holes, found again in its bytes, so that attributes can be
/// set on them.
///
/// Control flow stays as it is; an element inside a branch has the parent that stands around the branch.
/// Comments are no elements, and so is nothing within them: Outlook's tables are left alone, as MJML does.
struct HTMLTree {
  struct Attribute {
    var name: String
    var value: PatchedText
  }

  /// What stands between a tag's name and its `>`.
  enum Part {
    case attribute(Attribute)
    /// Liquid between attributes.
    case opaque(PatchedText)
  }

  /// A start tag as it is in some variants of a specialised part.
  struct Form {
    /// Empty: in all.
    var variants: [Int] = []
    var parts: [Part]
    var isEdited = false
    /// The words of its `class`; those that touch a hole are not known.
    var classes: [String] = []

    init(variants: [Int] = [], parts: [Part]) {
      self.variants = variants
      self.parts = parts
      readClasses()
    }
  }

  struct Element {
    /// Lower case.
    var name: String
    var parent: Int?
    /// Its place among the element children of its parent.
    var index: Int
    /// Whether control flow stands between it and its parent.
    var isConditional: Bool
    /// More than one where the tag differs between variants.
    var forms: [Form]
    var specialisation: Specialisation.ID?
    var original: [HTMLNode]
    var isClosed: Bool
    /// Whether text stands in it, white space included.
    var hasText = false
  }

  /// The elements among the children of an element.
  struct Children {
    var elements: [Int] = []
    /// Whether some are there only on some paths, or several times.
    var areConditional = false
  }

  indirect enum Item {
    case node(HTMLNode)
    case start(Int)
    /// A node with lists of nodes inside, in the order of `HTMLNode.bodies`.
    case group(HTMLNode, [[Item]])
  }

  private(set) var elements: [Element] = []
  private(set) var rootChildren = Children()
  private(set) var children: [Children] = []
  private var items: [Item] = []

  init(_ nodes: [HTMLNode]) {
    var reader = HTMLTreeReader()
    items = reader.read(nodes)
    elements = reader.elements
    children = Array(repeating: Children(), count: elements.count)
    for index in elements.indices {
      var siblings = elements[index].parent.map { children[$0] } ?? rootChildren
      elements[index].index = siblings.elements.count
      siblings.elements.append(index)
      if elements[index].isConditional { siblings.areConditional = true }
      if let parent = elements[index].parent {
        children[parent] = siblings
      } else {
        rootChildren = siblings
      }
    }
  }

  func siblings(of index: Int) -> Children {
    elements[index].parent.map { children[$0] } ?? rootChildren
  }

  /// Sets an attribute of an element in one of its forms.
  mutating func set(_ name: String, to value: PatchedText, element: Int, form: Int) {
    elements[element].forms[form].set(name, to: value)
  }

  /// The document with the attributes that were set.
  var nodes: [HTMLNode] {
    var html = HTMLFragment()
    write(items, to: &html)
    return html.nodes
  }

  private func write(_ items: [Item], to html: inout HTMLFragment) {
    for item in items {
      switch item {
      case .node(let node): html.append(node)
      case .start(let index): write(elements[index], to: &html)
      case .group(let node, let bodies):
        html.append(
          node.withBodies(
            bodies.map { items in
              var body = HTMLFragment()
              write(items, to: &body)
              return body.nodes
            }
          )
        )
      }
    }
  }

  private func write(_ element: Element, to html: inout HTMLFragment) {
    guard element.forms.contains(where: \.isEdited) else {
      html.append(contentsOf: element.original)
      return
    }
    func tag(_ form: Form) -> [HTMLNode] {
      var text = PatchedText(bytes: Array("<\(element.name)".utf8))
      for part in form.parts { text.append(part.text) }
      if element.isClosed { text.append(.bytes(Array(" /".utf8))) }
      text.append(UInt8(ascii: ">"))
      return text.nodes
    }
    if let id = element.specialisation {
      html.append(
        .select(id, element.forms.map { HTMLChoice(variants: $0.variants, body: tag($0)) })
      )
    } else {
      html.append(contentsOf: tag(element.forms[0]))
    }
  }
}

extension HTMLTree.Form {
  /// The value of an attribute; nil where the tag has none of that name.
  subscript(name: String) -> PatchedText? {
    for case .attribute(let attribute) in parts where attribute.name == name {
      return attribute.value
    }
    return nil
  }

  mutating func readClasses() {
    let words = self["class"]?.bytes.maskingPlaceholders.split(whereSeparator: isWhiteSpace) ?? []
    classes = words.filter { !$0.contains(PatchedText.hole) }.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  mutating func set(_ name: String, to value: PatchedText) {
    isEdited = true
    defer { if name == "class" { readClasses() } }
    let attribute = HTMLTree.Part.attribute(HTMLTree.Attribute(name: name, value: value))
    for (index, part) in parts.enumerated() {
      if case .attribute(let old) = part, old.name == name {
        parts[index] = attribute
        return
      }
    }
    parts.append(attribute)
  }
}

extension HTMLTree.Part {
  var text: PatchedText {
    var text = PatchedText(bytes: [UInt8(ascii: " ")])
    switch self {
    case .opaque(let content): text.append(content)
    case .attribute(let attribute):
      text.append(.bytes(Array("\(attribute.name)=\"".utf8)))
      text.append(attribute.value)
      text.append(UInt8(ascii: "\""))
    }
    return text
  }
}

extension [UInt8] {
  /// With a hole for each `{{ … }}` that is kept as text: the words in it are no classes.
  fileprivate var maskingPlaceholders: [UInt8] {
    let (open, close) = (Array("{{".utf8), Array("}}".utf8))
    guard contains(open[0]) else { return self }
    var masked: [UInt8] = []
    var rest = self[...]
    while let start = rest.firstRange(of: open),
      let end = rest[start.upperBound...].firstRange(of: close)
    {
      masked += rest[..<start.lowerBound] + [PatchedText.hole]
      rest = rest[end.upperBound...]
    }
    return masked + rest
  }
}
