import LetterpressMarkup
import LetterpressProgram

/// What the components of the body ask of the head, in the order in which they asked.
///
/// Parts that are laid out in several variants add up what all of them ask for. Everything is only ever
/// appended, so that what an unfinished layout asked for is cheaply taken back.
package struct HeadContributions: Sendable {
  /// The rule of one class of columns, for screens wide enough.
  struct MediaQuery: Sendable, Equatable {
    enum Rule: Sendable, Equatable {
      case width(Length)
      case padding(String)
    }

    var className: String
    var rule: Rule
  }

  /// The CSS that some components need, once for all elements of the kind.
  enum ComponentStyle: Sendable {
    case image, navbar, accordion
  }

  /// How much was asked for at some time.
  struct Mark {
    fileprivate var mediaQueries: Int
    fileprivate var componentStyles: Int
    fileprivate var carouselStyles: Int
    fileprivate var darkRules: Int
  }

  private var allMediaQueries: [MediaQuery] = []
  private(set) var componentStyles: [ComponentStyle] = []
  /// One for each carousel.
  private(set) var carouselStyles: [HTMLFragment] = []
  /// The rules for dark clients, a class for each list.
  private(set) var darkRules: [[DarkRule]] = []
  /// The names of web fonts that the body does not use yet, in lower case, by their number.
  private var unusedFonts: [(number: Int, name: [UInt8])] = []
  private(set) var usedFonts: Set<Int> = []
  /// The value that was looked at last, which mostly comes again.
  private var lastFamily = ""
  /// Whether the author wrote conditional comments of their own.
  private(set) var hasAuthorComments = false

  package init() {}

  /// Starts to look for fonts in what the body prints.
  mutating func lookFor(fonts: [DocumentHead.Font]) {
    unusedFonts = fonts.enumerated().map { ($0.offset, $0.element.name.utf8.map(\.lowercased)) }
  }

  var mark: Mark {
    Mark(
      mediaQueries: allMediaQueries.count,
      componentStyles: componentStyles.count,
      carouselStyles: carouselStyles.count,
      darkRules: darkRules.count
    )
  }

  mutating func revert(to mark: Mark) {
    allMediaQueries.removeSubrange(mark.mediaQueries...)
    componentStyles.removeSubrange(mark.componentStyles...)
    carouselStyles.removeSubrange(mark.carouselStyles...)
    darkRules.removeSubrange(mark.darkRules...)
  }

  /// The rules, one for each class, in the order in which the classes came first; the last rule counts.
  var mediaQueries: [MediaQuery] {
    var queries: [MediaQuery] = []
    var indices: [String: Int] = [:]
    for query in allMediaQueries {
      if let index = indices[query.className] {
        queries[index].rule = query.rule
      } else {
        indices[query.className] = queries.count
        queries.append(query)
      }
    }
    return queries
  }

  /// Adds the rule of a class.
  mutating func addMediaQuery(_ className: String, _ rule: MediaQuery.Rule) {
    if let last = allMediaQueries.last, last.className == className, last.rule == rule { return }
    allMediaQueries.append(MediaQuery(className: className, rule: rule))
  }

  mutating func addStyle(of component: ComponentStyle) {
    if !componentStyles.contains(component) { componentStyles.append(component) }
  }

  mutating func addCarouselStyle(_ css: HTMLFragment) { carouselStyles.append(css) }

  /// The class that has some rules for dark clients.
  mutating func darkClass(for rules: [DarkRule]) -> String {
    let index = darkRules.firstIndex(of: rules) ?? darkRules.count
    if index == darkRules.count { darkRules.append(rules) }
    return Self.darkClass(index)
  }

  static func darkClass(_ index: Int) -> String { "mj-dark-\(index + 1)" }

  /// Notes that a value of `font-family` stands in the body.
  mutating func use(family: AttributeValue?) {
    switch family?.content {
    case nil: break
    case .known(let text):
      guard text != lastFamily else { return }
      lastFamily = text
      add(family: Array(text.utf8))
    case .dynamic(_, let html): add(families: html.nodes)
    }
  }

  /// Looks through HTML of the author's for fonts and conditional comments.
  mutating func note(_ html: HTMLFragment) {
    if let bytes = html.staticBytes {
      note(bytes)
    } else {
      note(html.nodes)
    }
  }

  private mutating func note(_ nodes: [HTMLNode]) {
    for node in nodes {
      if case .bytes(let bytes) = node { note(bytes) }
      for body in node.bodies { note(body) }
    }
  }

  private mutating func note(_ bytes: [UInt8]) {
    var next = 0
    while true {
      let index = bytes.span.first(of: UInt8(ascii: ":"), or: UInt8(ascii: "["), from: next)
      guard index < bytes.count else { return }
      next = index + 1
      if bytes[index] == UInt8(ascii: ":") {
        guard bytes[..<index].endsWithFontFamily else { continue }
        add(family: Array(bytes[next...].prefix { $0 != UInt8(ascii: "\"") }))
      } else if index > 0,
        bytes[index - 1] == UInt8(ascii: "-") || bytes[index - 1] == UInt8(ascii: "!")
      {
        // `<!--[if …]>` or `<![endif]-->`
        hasAuthorComments = true
      }
    }
  }

  private mutating func add(families nodes: [HTMLNode]) {
    for node in nodes {
      if case .bytes(let bytes) = node { add(family: bytes) }
      for body in node.bodies { add(families: body) }
    }
  }

  private mutating func add(family: [UInt8]) {
    guard !unusedFonts.isEmpty else { return }
    let family = family.map(\.lowercased)
    unusedFonts.removeAll { font in
      guard FontScan.contains(font.name, in: family) else { return false }
      usedFonts.insert(font.number)
      return true
    }
  }
}

extension HeadContributions.MediaQuery.Rule {
  /// As CSS, in braces.
  var text: String {
    switch self {
    case .width(let width):
      "{ width:\(width.text) !important; max-width: \(width.text); }"
    case .padding(let padding): "{ padding: \(padding) !important; }"
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether `font-family` is the property whose colon comes next.
  var endsWithFontFamily: Bool {
    // Most colons belong to other properties.
    guard let last, last.lowercased == UInt8(ascii: "y") else { return false }
    return suffix(11).map(\.lowercased).elementsEqual("font-family".utf8)
  }
}
