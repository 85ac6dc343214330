import LetterpressDiagnostics

/// Which elements are open: a check that every path through a template leaves the same ones.
///
/// Authors may leave out end tags (`p`, `li`, `td`), and browsers mend the rest, so a list that is odd
/// is no finding. A finding is a difference between two paths: an element that is open behind one branch
/// and not behind the other (LANGUAGE.md, D32).
struct OpenElements: Hashable, Sendable {
  struct Element: Hashable, Sendable {
    var name: MarkupName
    /// Where it was left open on one path only; nil where it is open for certain.
    var isDoubtfulSince: JoinPlace?
    /// Left open on one path only, which has been reported: what follows from that is no second mistake.
    var isReported = false
  }

  /// What is not balanced, and where.
  struct Problem: Hashable, Sendable {
    var element: MarkupName
    var place: JoinPlace
  }

  private(set) var elements: [Element] = []

  /// Opens an element, and closes what HTML closes by that.
  mutating func push(_ name: MarkupName) {
    if let top = elements.last?.name, name.closes(top) { elements.removeLast() }
    elements.append(Element(name: name, isDoubtfulSince: nil))
  }

  /// Closes the innermost element of a name and all in it; nothing where none is open.
  mutating func close(_ name: MarkupName) -> Problem? {
    guard let index = elements.lastIndex(where: { $0.name == name }) else { return nil }
    let element = elements[index]
    elements.removeSubrange(index...)
    if element.isReported { return nil }
    return element.isDoubtfulSince.map { Problem(element: name, place: $0) }
  }

  /// The elements open after two paths; a problem where one that needs an end tag is open on one only.
  func joined(with other: OpenElements, at place: JoinPlace) -> (OpenElements, Problem?) {
    if elements == other.elements { return (self, nil) }
    var result = self
    var common = 0
    while common < elements.count, common < other.elements.count,
      elements[common].name == other.elements[common].name
    {
      let doubt = elements[common].isDoubtfulSince ?? other.elements[common].isDoubtfulSince
      result.elements[common].isDoubtfulSince = doubt
      result.elements[common].isReported =
        elements[common].isReported || other.elements[common].isReported
      common += 1
    }
    result.elements.removeSubrange(common...)
    var problem: Problem?
    for element in elements[common...] + other.elements[common...] where !element.isReported {
      var left = Element(name: element.name, isDoubtfulSince: place)
      if !element.name.hasOptionalEnd {
        problem = problem ?? Problem(element: element.name, place: place)
        left.isReported = true
      }
      result.elements.append(left)
    }
    return (result, problem)
  }
}

/// Two paths that meet.
struct JoinPlace: Hashable, Sendable {
  /// The tag or part whose paths they are.
  var branch: SourceRange
  /// The one path; nil for the way around the branch.
  var first: SourceRange?
  var second: SourceRange?
}

extension MarkupName {
  private static let void = MarkupNameTable(
    [
      "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
      "keygen", "link", "meta", "param", "source", "track", "wbr",
    ],
    ()
  )

  private static let optionalEnd = MarkupNameTable(
    [
      "html", "head", "body", "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot",
      "colgroup", "caption", "option", "optgroup", "rb", "rt", "rp", "rtc",
    ],
    ()
  )

  private static let closesParagraph = MarkupNameTable(
    [
      "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div",
      "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
      "h6", "header", "hgroup", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "ul",
    ],
    ()
  )

  /// Which start tags close an element.
  private enum Closing {
    /// Those of blocks.
    case blocks
    /// One of the same name.
    case same
    case rowGroups
    case cells
    case definitions
  }

  private static let closing: MarkupNameTable<Closing> = [
    "p": .blocks, "li": .same, "tr": .same, "option": .same, "tbody": .rowGroups,
    "thead": .rowGroups, "tfoot": .rowGroups, "td": .cells, "th": .cells, "dt": .definitions,
    "dd": .definitions,
  ]

  var isVoid: Bool { Self.void[self] != nil }
  var hasOptionalEnd: Bool { Self.optionalEnd[self] != nil }

  /// Whether its start tag closes an element of this name that is the innermost one.
  func closes(_ other: MarkupName) -> Bool {
    switch Self.closing[other] {
    case nil: false
    case .blocks: Self.closesParagraph[self] != nil
    case .same: self == other
    case .rowGroups: Self.closing[self] == .rowGroups
    case .cells: Self.closing[self] == .cells
    case .definitions: Self.closing[self] == .definitions
    }
  }
}
