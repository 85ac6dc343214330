/// What has been spent on trying selectors on elements: a head of many rules over a body of many elements,
/// deep in each other, could ask for hours.
final class MatchingWork {
  /// Elements looked at; far above what templates of people need (some ten thousand).
  static let limit = 10_000_000
  private var steps = 0

  var isExhausted: Bool { steps >= Self.limit }

  /// Says whether there is more.
  func spend(_ count: Int) -> Bool {
    steps += min(count, Self.limit)
    return !isExhausted
  }

  /// The same for bytes that are read or written; a processor does as many as this while it looks at an
  /// element.
  func spend(bytes count: Int) -> Bool { spend(count / 64) }

  /// The same for declarations that look for their property among others.
  func spend(comparing count: Int, with others: Int) -> Bool { spend(count * others / 16) }

  /// The same for bytes of styles that go into the document; all that may are some 40 MB.
  func spend(writing count: Int) -> Bool { spend(count / 4) }
}

extension HTMLTree {
  /// As deep as browsers nest elements; ancestors beyond are not looked at.
  static let ancestorLimit = 512

  /// What is known of the left parts of one selector; keeps long ones from being tried over and over.
  final class Memo {
    fileprivate enum Result: UInt8 { case open, no, yes, unknown }

    /// By element and compound; empty as long as nothing was looked at.
    private var results: [Result] = []
    fileprivate let work: MatchingWork

    init(_ work: MatchingWork) { self.work = work }

    fileprivate subscript(element: Int, place: Int, selector: CSSSelector, of tree: HTMLTree)
      -> Result
    {
      get {
        results.isEmpty ? .open : results[element * selector.compounds.count + place]
      }
      set {
        if results.isEmpty {
          results = Array(
            repeating: .open,
            count: tree.elements.count * selector.compounds.count
          )
          _ = work.spend(bytes: results.count)
        }
        results[element * selector.compounds.count + place] = newValue
      }
    }
  }

  /// Whether a selector is true of an element in one of its forms.
  ///
  /// `memo` is one for all elements, as long as no attribute changes. Returns nil where that depends on
  /// which of its siblings are there.
  func matches(_ selector: CSSSelector, element: Int, form: Int, memo: Memo) -> Bool? {
    computed(selector, from: 0, element: element, form: form, memo: memo)
  }

  /// False for most elements, for their name or their classes; then a selector that ends so is not true of
  /// them.
  func mayMatch(_ compound: CSSSelector.Compound, element: Int, form: Int) -> Bool {
    if let name = compound.name, name != elements[element].name { return false }
    return forms[form].words.isSuperset(of: compound.words)
  }

  /// Whether the left part of a selector, from a compound on, is true of an element in any of its forms.
  private func matches(
    _ selector: CSSSelector,
    from place: Int,
    element: Int,
    memo: Memo
  ) -> Bool? {
    let forms = elements[element].forms
    if forms.count == 1,
      !mayMatch(selector.compounds[place], element: element, form: forms.lowerBound)
    {
      return false
    }
    switch memo[element, place, selector, of: self] {
    case .no: return false
    case .yes: return true
    case .unknown: return nil
    case .open: break
    }
    let result = computed(selector, from: place, element: element, form: nil, memo: memo)
    memo[element, place, selector, of: self] =
      switch result {
      case false: .no
      case true: .yes
      default: .unknown
      }
    return result
  }

  private func computed(
    _ selector: CSSSelector,
    from place: Int,
    element: Int,
    form: Int?,
    memo: Memo
  ) -> Bool? {
    guard memo.work.spend(1) else { return false }
    var isUnknown = false
    switch matches(selector.compounds[place], element: element, form: form, memo.work) {
    case false: return false
    case nil: isUnknown = true
    default: break
    }
    guard place < selector.combinators.count else { return isUnknown ? nil : true }
    let combinator = selector.combinators[place]
    var next: Int?
    switch combinator {
    case .child, .descendant: next = elements[element].parent
    case .nextSibling, .laterSibling:
      if family(of: element).isConditional { return nil }
      next = elements[element].previous
    }
    var result: Bool? = false
    var looked = 0
    while let candidate = next {
      guard memo.work.spend(1) else { return false }
      switch matches(selector, from: place + 1, element: candidate, memo: memo) {
      case true: return isUnknown ? nil : true
      case nil: result = nil
      default: break
      }
      looked += 1
      switch combinator {
      case .child, .nextSibling: next = nil
      case .descendant: next = looked < Self.ancestorLimit ? elements[candidate].parent : nil
      case .laterSibling: next = elements[candidate].previous
      }
    }
    return result
  }

  /// Whether the element itself is meant; in any of its forms where none is named.
  private func matches(
    _ compound: CSSSelector.Compound,
    element: Int,
    form: Int?,
    _ work: MatchingWork
  ) -> Bool? {
    if let form {
      guard mayMatch(compound, element: element, form: form) else { return false }
      return matches(compound.conditions, form, element: element, work)
    }
    var result: Bool? = false
    for form in elements[element].forms where mayMatch(compound, element: element, form: form) {
      switch matches(compound.conditions, form, element: element, work) {
      case true: return true
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  private func matches(
    _ conditions: [CSSSelector.Condition],
    _ form: Int,
    element: Int,
    _ work: MatchingWork
  ) -> Bool? {
    var result: Bool? = true
    for condition in conditions {
      switch matches(condition, form, element: element, work) {
      case false: return false
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  private func matches(
    _ condition: CSSSelector.Condition,
    _ form: Int,
    element: Int,
    _ work: MatchingWork
  ) -> Bool? {
    switch condition {
    case .id(let id):
      guard let value = value(of: WordSet.id, form: form) else { return false }
      return value.text.bytes[value.range].elementsEqual(id)
    case .className(let name):
      guard let value = value(of: WordSet.className, form: form) else { return false }
      guard work.spend(bytes: value.range.count) else { return false }
      // A word that touches a hole is not known, so it is none of them.
      return value.text.bytes[value.range].contains(word: name, asClass: true)
    case .attribute(let name, let test):
      guard let value = value(of: name, form: form) else { return false }
      if test.relation == .present { return true }
      guard work.spend(bytes: value.range.count) else { return false }
      return value.text.holes(in: value.range).isEmpty
        && test.matches(value.text.bytes[value.range])
    case .root: return elements[element].name == Self.html
    case .empty: return children(of: element).count == 0 && !elements[element].hasText
    case .position(let position): return matches(position, element: element, work)
    case .not(let selectors):
      return anyMatches(selectors, form, element: element, work).map { !$0 }
    case .any(let selectors): return anyMatches(selectors, form, element: element, work)
    }
  }

  private static let html = HTMLName("html")

  private func matches(
    _ position: CSSSelector.Position,
    element: Int,
    _ work: MatchingWork
  ) -> Bool? {
    let family = family(of: element)
    if family.isConditional { return nil }
    guard position.countsSameName else {
      return position.matches(index: elements[element].index, count: family.count)
    }
    guard work.spend(family.count) else { return false }
    var (before, count) = (0, 0)
    var next = family.last
    while let sibling = next {
      next = elements[sibling].previous
      guard elements[sibling].name == elements[element].name else { continue }
      count += 1
      if sibling < element { before += 1 }
    }
    return position.matches(index: before, count: count)
  }

  private func anyMatches(
    _ selectors: [CSSSelector],
    _ form: Int,
    element: Int,
    _ work: MatchingWork
  ) -> Bool? {
    var result: Bool? = false
    for selector in selectors {
      switch matches(selector, element: element, form: form, memo: Memo(work)) {
      case true: return true
      case nil: result = nil
      default: break
      }
    }
    return result
  }
}

extension CSSSelector.AttributeTest {
  fileprivate func matches(_ text: ArraySlice<UInt8>) -> Bool {
    if ignoresCase {
      var test = self
      test.ignoresCase = false
      test.value = value.map(\.lowercased)
      return test.matches(text.map(\.lowercased)[...])
    }
    switch relation {
    case .present: return true
    case .equal: return text.elementsEqual(value)
    case .word: return text.contains(word: value)
    case .dash: return text.elementsEqual(value) || text.starts(with: value + [UInt8(ascii: "-")])
    case .prefix: return !value.isEmpty && text.starts(with: value)
    case .suffix: return !value.isEmpty && text.suffix(value.count).elementsEqual(value)
    case .part:
      guard let first = value.first else { return false }
      return text.indices.contains { text[$0] == first && text[$0...].starts(with: value) }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a word stands in it, white space or an end at both sides.
  ///
  /// The words within a `{{ … }}` that is kept as text, and those that touch it, are no classes.
  fileprivate func contains(word: [UInt8], asClass: Bool = false) -> Bool {
    var index = startIndex
    while index < endIndex {
      var end = index
      while end < endIndex, !isWhiteSpace(self[end]) {
        let placeholder = asClass ? endOfPlaceholder(at: end) : nil
        end = placeholder ?? end + 1
      }
      if end - index == word.count, self[index..<end].elementsEqual(word), end > index {
        return true
      }
      index = end + 1
    }
    return false
  }

  /// After the `{{ … }}` that starts at a place.
  private func endOfPlaceholder(at start: Int) -> Int? {
    guard self[start] == UInt8(ascii: "{"), start + 1 < endIndex, self[start + 1] == self[start]
    else { return nil }
    var index = start + 2
    while index + 1 < endIndex {
      if self[index] == UInt8(ascii: "}"), self[index + 1] == UInt8(ascii: "}") { return index + 2 }
      index += 1
    }
    return nil
  }
}
