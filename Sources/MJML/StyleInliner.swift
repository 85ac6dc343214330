import LetterpressProgram

/// Writes the rules of `<mj-style inline="inline">` into the elements that they select.
///
/// The result is what Juice makes for MJML: the style of each element that a rule selects is written anew,
/// sorted by specificity, and some properties of tables and images are set as attributes too, for Outlook.
struct StyleInliner {
  private var tree: HTMLTree
  private let rules: [CSSRule]
  private let work: MatchingWork
  /// The styles of the elements that some rule selected, in the order in which they came up.
  private var styles: [(element: Int, form: Int, style: ElementStyle)] = []
  /// By form, its place in `styles`; -1 for none.
  private var stylesOfForms: [Int]
  /// The rules that can only be decided when a message is rendered.
  private(set) var undecided: [CSSRule] = []

  /// The document with the rules written into it.
  ///
  /// Rules that depend on which siblings an element has are not known under control flow; they come back
  /// as `undecided`, to stay a style sheet.
  static func inline(
    _ css: PatchedText,
    into nodes: [HTMLNode],
    undecided: inout [CSSRule],
    _ work: MatchingWork
  ) -> [HTMLNode] {
    var inliner = StyleInliner(tree: HTMLTree(nodes), rules: CSSRule.rules(in: css), work)
    inliner.applyRules()
    inliner.writeStyles()
    undecided = inliner.undecided
    return inliner.tree.nodes
  }

  private init(tree: HTMLTree, rules: [CSSRule], _ work: MatchingWork) {
    self.work = work
    self.tree = tree
    self.rules = rules
    stylesOfForms = Array(repeating: -1, count: tree.forms.count)
  }

  private mutating func applyRules() {
    var number = 0
    var visible: [(element: Int, form: Int)] = []
    for (number, element) in tree.elements.enumerated()
    where !element.kind.traits.contains(.invisible) {
      visible += element.forms.map { (number, $0) }
    }
    let withWords = visible.filter { !tree.forms[$0.form].words.isEmpty }
    for rule in rules {
      for text in rule.selectors {
        number += 1
        guard work.spend(visible.count) else { return }
        guard let selector = CSSSelector(text), !selector.isDynamic else { continue }
        var isUndecided = false
        let memo = HTMLTree.Memo(work)
        let last = selector.compounds[0]
        // Most elements have neither id nor class.
        let candidates = last.words.isEmpty ? visible : withWords
        for (element, form) in candidates where tree.mayMatch(last, element: element, form: form) {
          switch tree.matches(selector, element: element, form: form, memo: memo) {
          case true:
            add(rule.declarations, selector.specificity, rule: number, to: element, form)
          case nil: isUndecided = true
          default: break
          }
        }
        if isUndecided {
          undecided.append(CSSRule(selectors: [text], declarations: rule.declarations))
        }
      }
    }
  }

  private mutating func add(
    _ declarations: [CSSDeclaration],
    _ specificity: CSSSelector.Specificity,
    rule: Int,
    to element: Int,
    _ form: Int
  ) {
    if stylesOfForms[form] < 0 {
      stylesOfForms[form] = styles.count
      var style = ElementStyle()
      if let own = tree.value(of: Self.style, form: form) {
        let declarations = CSSDeclaration.declarations(inStyle: own.text[own.range])
        if work.spend(comparing: declarations.count, with: declarations.count) {
          style.add(ownDeclarations: declarations)
        }
      }
      styles.append((element, form, style))
    }
    let place = stylesOfForms[form]
    let count = declarations.count + styles[place].style.count
    guard work.spend(comparing: declarations.count, with: count) else { return }
    styles[place].style.add(declarations, specificity, rule: rule)
  }

  private mutating func writeStyles() {
    for (element, form, style) in styles {
      let style = style.resolvingVariables(CSSVariables(of: element, in: self))
      let text = style.text
      guard work.spend(writing: text?.bytes.count ?? 0) else { return }
      set(Self.style, to: text, form)
      let traits = tree.elements[element].kind.traits
      if traits.contains(.sized) {
        // A percentage is no width of an image.
        let allowsPercentage = traits.contains(.table)
        for (property, attribute) in Self.dimensions {
          set(attribute, to: style.dimension(property, allowsPercentage: allowsPercentage), form)
        }
      }
      guard traits.contains(.table) else { continue }
      for (property, attribute) in Self.tableAttributes {
        set(attribute, to: style[property]?.asTableAttribute, form)
      }
    }
  }

  private mutating func set(_ name: [UInt8], to value: PatchedText?, _ form: Int) {
    if let value { tree.set(name, to: value, form: form) }
  }

  /// The value of a custom property at an element: its own, or that of the nearest ancestor that a rule
  /// selected.
  func variable(_ name: CSSProperty, at element: Int) -> PatchedText? {
    var next: Int? = element
    while let index = next, work.spend(1) {
      for form in tree.elements[index].forms where stylesOfForms[form] >= 0 {
        if let value = styles[stylesOfForms[form]].style[name] { return value }
      }
      next = tree.elements[index].parent
    }
    return nil
  }

  private static let style = Array("style".utf8)
  private static let dimensions = ["width", "height"].map { (CSSProperty($0), Array($0.utf8)) }
  private static let tableAttributes = [
    ("background-color", "bgcolor"), ("background-image", "background"), ("text-align", "align"),
    ("vertical-align", "valign"),
  ].map { (CSSProperty($0.0), Array($0.1.utf8)) }
}
