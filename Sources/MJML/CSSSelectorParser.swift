/// Reads selectors; nil is what it says of one that it does not know.
struct CSSSelectorParser {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0
  private var specificity = CSSSelector.Specificity()
  private var isDynamic = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index >= bytes.count }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func list() -> [CSSSelector]? {
    var list: [CSSSelector] = []
    repeat {
      guard let selector = selector() else { return nil }
      list.append(selector)
    } while skip(UInt8(ascii: ","))
    return list
  }

  mutating func selector() -> CSSSelector? {
    specificity = CSSSelector.Specificity()
    isDynamic = false
    skipWhiteSpace()
    guard let first = compound() else { return nil }
    var compounds = [first]
    var combinators: [CSSSelector.Combinator] = []
    while let combinator = combinator() {
      // Matching goes down by one call for each.
      guard compounds.count < 64, let next = compound() else { return nil }
      combinators.insert(combinator, at: 0)
      compounds.insert(next, at: 0)
    }
    return CSSSelector(
      compounds: compounds,
      combinators: combinators,
      specificity: specificity,
      isDynamic: isDynamic
    )
  }

  /// Nil at the end of the selector.
  private mutating func combinator() -> CSSSelector.Combinator? {
    let start = index
    skipWhiteSpace()
    switch current {
    case UInt8(ascii: ">"):
      index += 1
      skipWhiteSpace()
      return .child
    case UInt8(ascii: "+"):
      index += 1
      skipWhiteSpace()
      return .nextSibling
    case UInt8(ascii: "~"):
      index += 1
      skipWhiteSpace()
      return .laterSibling
    case nil, UInt8(ascii: ","), UInt8(ascii: ")"): return nil
    default: return index > start ? .descendant : nil
    }
  }

  private mutating func compound() -> CSSSelector.Compound? {
    var compound = CSSSelector.Compound()
    let start = index
    if current == UInt8(ascii: "*") {
      index += 1
    } else if let name = identifier() {
      compound.name = HTMLName(name[...])
      specificity.names += 1
    }
    while let byte = current {
      switch byte {
      case UInt8(ascii: "#"):
        index += 1
        guard let name = identifier() else { return nil }
        compound.conditions.append(.id(name))
        compound.words.insert(name)
        specificity.ids += 1
      case UInt8(ascii: "."):
        index += 1
        guard let name = identifier() else { return nil }
        compound.conditions.append(.className(name))
        compound.words.insert(name)
        specificity.classes += 1
      case UInt8(ascii: "["):
        guard let condition = attribute() else { return nil }
        compound.conditions.append(condition)
        specificity.classes += 1
      case UInt8(ascii: ":"):
        guard let condition = pseudo() else { return nil }
        compound.conditions += condition
      default: return index > start ? compound : nil
      }
    }
    return index > start ? compound : nil
  }

  private mutating func attribute() -> CSSSelector.Condition? {
    index += 1
    skipWhiteSpace()
    guard let name = identifier() else { return nil }
    let key = name.map(\.lowercased)
    skipWhiteSpace()
    var test = CSSSelector.AttributeTest(relation: .present, value: [], ignoresCase: false)
    if let byte = current, byte != UInt8(ascii: "]") {
      switch byte {
      case UInt8(ascii: "="): test.relation = .equal
      case UInt8(ascii: "~"): test.relation = .word
      case UInt8(ascii: "|"): test.relation = .dash
      case UInt8(ascii: "^"): test.relation = .prefix
      case UInt8(ascii: "$"): test.relation = .suffix
      case UInt8(ascii: "*"): test.relation = .part
      default: return nil
      }
      index += test.relation == .equal ? 0 : 1
      guard skip(UInt8(ascii: "=")) else { return nil }
      skipWhiteSpace()
      guard let value = value() else { return nil }
      test.value = value
      skipWhiteSpace()
      if let flag = current, flag | 0x20 == UInt8(ascii: "i") {
        test.ignoresCase = true
        index += 1
        skipWhiteSpace()
      }
    }
    guard skip(UInt8(ascii: "]")) else { return nil }
    return .attribute(name: key, test)
  }

  private mutating func value() -> [UInt8]? {
    guard let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let start = index
      while let byte = current, byte != UInt8(ascii: "]"), !isWhiteSpace(byte) { index += 1 }
      return index > start ? Array(bytes[start..<index]) : nil
    }
    index += 1
    guard let end = bytes[index...].firstIndex(of: quote) else { return nil }
    defer { index = end + 1 }
    return Array(bytes[index..<end])
  }

  private mutating func pseudo() -> [CSSSelector.Condition]? {
    index += 1
    let isElement = skip(UInt8(ascii: ":"))
    guard let written = identifier() else { return nil }
    let name = String(decoding: written.map(\.lowercased), as: UTF8.self)
    if isElement || Self.dynamic.contains(name) {
      // MJML leaves the rule out; it is known all the same.
      isDynamic = true
      specificity.names += 1
      return Self.dynamic.contains(name) ? [] : nil
    }
    if name != "not" { specificity.names += 1 }
    if let position = Self.positions[name] { return [.position(position)] }
    switch name {
    case "empty": return [.empty]
    case "root": return [.root]
    case "only-child":
      return [.position(Self.first), .position(Self.last)]
    case "only-of-type":
      var (first, last) = (Self.first, Self.last)
      first.countsSameName = true
      last.countsSameName = true
      return [.position(first), .position(last)]
    case "not", "is", "where", "matches":
      guard skip(UInt8(ascii: "(")), depth < 8 else { return nil }
      let (outer, outerIsDynamic) = (specificity, isDynamic)
      depth += 1
      let list = list()
      depth -= 1
      let inner = specificity
      specificity = outer
      isDynamic = outerIsDynamic
      // Long ones inside would be tried over and over; nobody writes them.
      guard let list, skip(UInt8(ascii: ")")), list.allSatisfy({ $0.compounds.count <= 3 }) else {
        return nil
      }
      if name == "not" {
        specificity += inner
        return [.not(list)]
      }
      return [.any(list)]
    case "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type":
      guard skip(UInt8(ascii: "(")), let end = bytes[index...].firstIndex(of: UInt8(ascii: ")")),
        var position = Self.formula(bytes[index..<end])
      else { return nil }
      index = end + 1
      position.countsFromEnd = name.hasPrefix("nth-last")
      position.countsSameName = name.hasSuffix("of-type")
      return [.position(position)]
    default: return nil
    }
  }

  private static let dynamic: Set = [
    "hover", "active", "focus", "visited", "link", "before", "after",
  ]
  private static let first = CSSSelector.Position(
    step: 0,
    offset: 1,
    countsFromEnd: false,
    countsSameName: false
  )
  private static let last = CSSSelector.Position(
    step: 0,
    offset: 1,
    countsFromEnd: true,
    countsSameName: false
  )
  private static let positions: [String: CSSSelector.Position] = [
    "first-child": first,
    "last-child": last,
    "first-of-type": .init(step: 0, offset: 1, countsFromEnd: false, countsSameName: true),
    "last-of-type": .init(step: 0, offset: 1, countsFromEnd: true, countsSameName: true),
  ]

  /// `odd`, `even`, `3`, `2n+1`, `-n + 3`.
  private static func formula(_ text: ArraySlice<UInt8>) -> CSSSelector.Position? {
    let compact = String(
      decoding: text.filter { !isWhiteSpace($0) }.map(\.lowercased),
      as: UTF8.self
    )
    func position(_ step: Int, _ offset: Int) -> CSSSelector.Position {
      .init(step: step, offset: offset, countsFromEnd: false, countsSameName: false)
    }
    switch compact {
    case "odd": return position(2, 1)
    case "even": return position(2, 0)
    default: break
    }
    guard let n = compact.firstIndex(of: "n") else { return Int(compact).map { position(0, $0) } }
    let offset = compact[compact.index(after: n)...]
    let step: Int?
    switch compact[..<n] {
    case "", "+": step = 1
    case "-": step = -1
    case let number: step = Int(number)
    }
    guard let step, let offset = offset.isEmpty ? 0 : Int(offset) else { return nil }
    return position(step, offset)
  }

  private mutating func identifier() -> [UInt8]? {
    var name: [UInt8] = []
    while let byte = current {
      if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
        name.append(bytes[index + 1])
        index += 2
      } else if byte.isLetter || isDigit(byte) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_") || byte >= 0x80
      {
        name.append(byte)
        index += 1
      } else {
        break
      }
    }
    return name.isEmpty ? nil : name
  }

  private mutating func skipWhiteSpace() {
    while let byte = current, isWhiteSpace(byte) { index += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    index += 1
    return true
  }
}
