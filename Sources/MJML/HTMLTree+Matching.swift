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
}

extension HTMLTree {
  /// As deep as browsers nest elements; ancestors beyond are not looked at.
  private static let ancestorLimit = 512

  /// What is known of the left parts of one selector; keeps long ones from being tried over and over.
  final class Memo {
    fileprivate var results: [Int: Bool?] = [:]
    fileprivate let work: MatchingWork

    init(_ work: MatchingWork) { self.work = work }
  }

  /// Whether a selector is true of an element in one of its forms.
  ///
  /// `memo` is one for all elements, as long as no attribute changes. Returns nil where that depends on
  /// which of its siblings are there.
  func matches(_ selector: CSSSelector, element: Int, form: Int, memo: Memo) -> Bool? {
    matches(selector, from: 0, element: element, form: form, memo: memo)
  }

  private func matches(
    _ selector: CSSSelector,
    from place: Int,
    element: Int,
    form: Int?,
    memo: Memo
  ) -> Bool? {
    let key = element * selector.compounds.count + place
    if form == nil, let known = memo.results[key] { return known }
    let result = computed(selector, from: place, element: element, form: form, memo: memo)
    if form == nil { memo.results[key] = .some(result) }
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
    let candidates: [Int]
    switch selector.combinators[place] {
    case .child: candidates = elements[element].parent.map { [$0] } ?? []
    case .descendant:
      var ancestors: [Int] = []
      var next = elements[element].parent
      while let ancestor = next, ancestors.count < Self.ancestorLimit {
        ancestors.append(ancestor)
        next = elements[ancestor].parent
      }
      candidates = ancestors
    case .nextSibling, .laterSibling:
      let siblings = siblings(of: element)
      if siblings.areConditional { return nil }
      let before = siblings.elements.prefix(elements[element].index)
      let isNext = if case .nextSibling = selector.combinators[place] { true } else { false }
      candidates = isNext ? Array(before.suffix(1)) : Array(before)
    }
    guard memo.work.spend(candidates.count) else { return false }
    var result: Bool? = false
    for candidate in candidates {
      switch matches(selector, from: place + 1, element: candidate, form: nil, memo: memo) {
      case true: return isUnknown ? nil : true
      case nil: result = nil
      default: break
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
    if let name = compound.name, name != elements[element].name { return false }
    if compound.conditions.isEmpty { return true }
    if let form {
      return matches(
        compound.conditions,
        elements[element].forms[form],
        element: element,
        work
      )
    }
    var result: Bool? = false
    for form in elements[element].forms {
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
    _ form: Form,
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
    _ form: Form,
    element: Int,
    _ work: MatchingWork
  ) -> Bool? {
    switch condition {
    case .id(let name): return form["id"]?.known == name
    case .className(let name): return form.classes.contains(name)
    case .attribute(let name, let test):
      guard let value = form[name] else { return false }
      if test.relation == .present { return true }
      return value.known.map(test.matches) ?? false
    case .root: return elements[element].name == "html"
    case .empty: return children[element].elements.isEmpty && !elements[element].hasText
    case .position(let position):
      let siblings = siblings(of: element)
      if siblings.areConditional { return nil }
      guard work.spend(siblings.elements.count) else { return false }
      let counted =
        position.countsSameName
        ? siblings.elements.filter { elements[$0].name == elements[element].name }
        : siblings.elements
      guard let index = counted.firstIndex(of: element) else { return false }
      return position.matches(index: index, count: counted.count)
    case .not(let selectors):
      return anyMatches(selectors, form, element: element, work).map { !$0 }
    case .any(let selectors): return anyMatches(selectors, form, element: element, work)
    }
  }

  private func anyMatches(
    _ selectors: [CSSSelector],
    _ form: Form,
    element: Int,
    _ work: MatchingWork
  ) -> Bool? {
    let index = elements[element].forms.firstIndex { $0.variants == form.variants }
    var result: Bool? = false
    for selector in selectors {
      switch matches(selector, from: 0, element: element, form: index, memo: Memo(work)) {
      case true: return true
      case nil: result = nil
      default: break
      }
    }
    return result
  }
}

extension CSSSelector.AttributeTest {
  fileprivate func matches(_ text: String) -> Bool {
    func folded(_ text: String) -> [UInt8] {
      ignoresCase ? text.utf8.map(\.lowercased) : Array(text.utf8)
    }
    let (text, value) = (folded(text), folded(self.value))
    switch relation {
    case .present: return true
    case .equal: return text == value
    case .word:
      return text.split(whereSeparator: isWhiteSpace).contains { $0.elementsEqual(value) }
    case .dash: return text == value || text.starts(with: value + [UInt8(ascii: "-")])
    case .prefix: return !value.isEmpty && text.starts(with: value)
    case .suffix: return !value.isEmpty && text.suffix(value.count).elementsEqual(value)
    case .part:
      guard let first = value.first else { return false }
      return text.indices.contains { text[$0] == first && text[$0...].starts(with: value) }
    }
  }
}
