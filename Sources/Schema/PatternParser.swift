/// An expression as it is written.
indirect enum PatternNode {
  case set(ScalarSet)
  case assertion(Pattern.Assertion)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// No maximum: without end.
  case repetition(PatternNode, minimum: Int, maximum: Int?)
}

/// Reads the regular expressions of ECMA-262 that need no backtracking.
struct PatternParser {
  /// Groups recurse.
  private static let nestingLimit = 50

  private let scalars: [Unicode.Scalar]
  /// The byte at which each character starts, and the end.
  private let offsets: [Int]
  private var index = 0
  private var nesting = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var offsets = [0]
    for scalar in scalars { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    self.offsets = offsets
  }

  mutating func parse() throws(PatternFault) -> PatternNode {
    let node = try parseChoice()
    if peek != nil { throw fault("has a ')' without '('", from: index) }
    return node
  }

  private mutating func parseChoice() throws(PatternFault) -> PatternNode {
    var branches = [try parseSequence()]
    while take("|") { branches.append(try parseSequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func parseSequence() throws(PatternFault) -> PatternNode {
    var nodes: [PatternNode] = []
    while let next = peek, next != "|", next != ")" {
      let start = index
      let node = try parseAtom()
      nodes.append(try parseQuantifier(of: node, from: start))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func parseAtom() throws(PatternFault) -> PatternNode {
    let start = index
    index += 1
    switch scalars[start] {
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case ".": return .set(.anyButLineEnd)
    case "[": return .set(try parseClass(from: start))
    case "(": return try parseGroup(from: start)
    case "\\": return try parseEscape(from: start)
    case "*", "+", "?": throw fault("repeats nothing", from: start)
    case let scalar: return .set(ScalarSet([scalar.value...scalar.value]))
    }
  }

  // MARK: - Groups and repetition

  private mutating func parseGroup(from start: Int) throws(PatternFault) -> PatternNode {
    if take("?") {
      switch peek {
      case ":": index += 1
      case "=", "!": throw lookAround(from: start)
      case "<":
        index += 1
        if peek == "=" || peek == "!" { throw lookAround(from: start) }
        while let next = peek, next != ">" {
          guard next.properties.isAlphabetic || next == "_" || ("0"..."9").contains(next) else {
            throw fault("has a group whose name does not end", from: start)
          }
          index += 1
        }
        guard take(">") else { throw fault("has a group whose name does not end", from: start) }
      default: throw fault("has an unknown kind of group", from: start)
      }
    }
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else {
      throw fault("has groups nested deeper than \(Self.nestingLimit)", from: start)
    }
    let node = try parseChoice()
    guard take(")") else { throw fault("has a '(' without ')'", from: start, to: start + 1) }
    return node
  }

  private func lookAround(from start: Int) -> PatternFault {
    fault("looks ahead or behind, which is not supported", from: start, to: index + 1)
  }

  private mutating func parseQuantifier(
    of node: PatternNode,
    from start: Int
  ) throws(PatternFault) -> PatternNode {
    let place = index
    let minimum: Int
    let maximum: Int?
    switch peek {
    case "*": (minimum, maximum) = (0, nil)
    case "+": (minimum, maximum) = (1, nil)
    case "?": (minimum, maximum) = (0, 1)
    case "{": (minimum, maximum) = try parseCounts()
    default: return node
    }
    index += 1
    // Whether few or many are preferred does not change whether there is a match.
    _ = take("?")
    if case .assertion = node { throw fault("repeats a place between characters", from: start) }
    if let maximum, maximum < minimum {
      throw fault("repeats at least more than at most", from: place)
    }
    if peek == "*" || peek == "+" || peek == "?" || peek == "{" {
      throw fault("repeats a repetition", from: place, to: index + 1)
    }
    return .repetition(node, minimum: minimum, maximum: maximum)
  }

  /// `{2}`, `{2,}` or `{2,4}`, up to the closing brace.
  private mutating func parseCounts() throws(PatternFault) -> (Int, Int?) {
    let start = index
    index += 1
    guard let minimum = parseCount() else { throw badCounts(from: start) }
    var maximum: Int? = minimum
    if take(",") { maximum = parseCount() }
    guard peek == "}" else { throw badCounts(from: start) }
    return (minimum, maximum)
  }

  private func badCounts(from start: Int) -> PatternFault {
    fault("has a '{' that is no count; as a character it is written '\\{'", from: start)
  }

  private mutating func parseCount() -> Int? {
    var value: Int?
    while let next = peek, ("0"..."9").contains(next) {
      value = min((value ?? 0) * 10 + Int(next.value - 0x30), 1_000_000)
      index += 1
    }
    return value
  }

  // MARK: - Classes

  private mutating func parseClass(from start: Int) throws(PatternFault) -> ScalarSet {
    var set = ScalarSet()
    set.isNegated = take("^")
    while true {
      guard let next = peek else {
        throw fault("has a '[' without ']'", from: start, to: start + 1)
      }
      if next == "]" { break }
      let place = index
      let low = try parseClassAtom()
      // A hyphen makes a range unless it stands at the end of the class.
      guard peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
        set.formUnion(low)
        continue
      }
      index += 1
      let high = try parseClassAtom()
      guard let first = low.single, let last = high.single, first <= last else {
        throw fault("has a range that is none", from: place)
      }
      set.insert(first...last)
    }
    index += 1
    return set
  }

  private mutating func parseClassAtom() throws(PatternFault) -> ScalarSet {
    let start = index
    guard let scalar = peek else { throw fault("has a '[' without ']'", from: start) }
    index += 1
    guard scalar == "\\" else { return ScalarSet([scalar.value...scalar.value]) }
    if take("b") { return ScalarSet([8...8]) }
    if take("-") { return ScalarSet([0x2D...0x2D]) }
    guard case .set(let set) = try parseEscape(from: start) else {
      throw fault("has a place between characters in a class", from: start)
    }
    return set
  }

  // MARK: - Escapes

  private mutating func parseEscape(from start: Int) throws(PatternFault) -> PatternNode {
    guard let letter = peek else { throw fault("ends with a backslash", from: start) }
    index += 1
    switch letter {
    case "b": return .assertion(.wordBoundary)
    case "B": return .assertion(.noWordBoundary)
    case "d", "D": return .set(ScalarSet(ScalarSet.digit.ranges, isNegated: letter == "D"))
    case "w", "W": return .set(ScalarSet(ScalarSet.word.ranges, isNegated: letter == "W"))
    case "s", "S": return .set(ScalarSet(ScalarSet.space.ranges, isNegated: letter == "S"))
    case "p", "P": return .set(try parseProperty(isNegated: letter == "P", from: start))
    case "1"..."9", "k": throw fault("refers back to a group, which is not supported", from: start)
    default:
      let value = try parseCharacterEscape(letter, from: start)
      return .set(ScalarSet([value...value]))
    }
  }

  private mutating func parseCharacterEscape(
    _ letter: Unicode.Scalar,
    from start: Int
  ) throws(PatternFault) -> UInt32 {
    switch letter {
    case "t": return 9
    case "n": return 10
    case "v": return 11
    case "f": return 12
    case "r": return 13
    case "0": return 0
    case "c":
      guard let next = peek,
        next.properties.isASCIIHexDigit || next.isASCII && next.properties.isAlphabetic
      else { throw fault("has an unknown escape", from: start) }
      index += 1
      return next.value & 0x1F
    case "x": return try parseHex(count: 2, from: start)
    case "u":
      guard take("{") else {
        let unit = try parseHex(count: 4, from: start)
        // Two escapes may write the halves of one character.
        guard (0xD800..<0xDC00).contains(unit), take("\\"), take("u") else { return unit }
        let low = try parseHex(count: 4, from: start)
        guard (0xDC00..<0xE000).contains(low) else {
          throw fault("has half a character", from: start)
        }
        return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      var value: UInt32 = 0
      while let digit = peek.flatMap(hexDigit) {
        value = min(value << 4 | digit, 0x110000)
        index += 1
      }
      guard take("}"), value < 0x110000 else { throw fault("has an unknown escape", from: start) }
      return value
    case "^", "$", "\\", ".", "*", "+", "?", "(", ")", "[", "]", "{", "}", "|", "/", "-":
      return letter.value
    default:
      // Other punctuation is harmless, a letter may mean something in another dialect.
      guard letter.isASCII, !letter.properties.isAlphabetic else {
        throw fault("has an unknown escape", from: start)
      }
      return letter.value
    }
  }

  private mutating func parseHex(count: Int, from start: Int) throws(PatternFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = peek.flatMap(hexDigit) else {
        throw fault("has an unknown escape", from: start)
      }
      value = value << 4 | digit
      index += 1
    }
    return value
  }

  private func hexDigit(_ scalar: Unicode.Scalar) -> UInt32? {
    scalar.isASCII ? hexValue(UInt8(truncatingIfNeeded: scalar.value)).map(UInt32.init) : nil
  }

  private mutating func parseProperty(
    isNegated: Bool,
    from start: Int
  ) throws(PatternFault) -> ScalarSet {
    var name = ""
    guard take("{") else { throw fault("has an unknown escape", from: start) }
    while let next = peek, next != "}" {
      name.unicodeScalars.append(next)
      index += 1
    }
    guard take("}"), let categories = ScalarSet.categories(named: name) else {
      throw fault("asks for a property that is not supported", from: start)
    }
    var set = ScalarSet()
    set.insert(ScalarSet.Category(categories: categories, isNegated: isNegated))
    return set
  }

  // MARK: - Characters

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    index += 1
    return true
  }

  private func fault(_ message: String, from start: Int, to end: Int? = nil) -> PatternFault {
    let last = min(max(end ?? index, start + 1), scalars.count)
    return PatternFault(
      range: offsets[min(start, scalars.count)]..<offsets[last],
      message: message
    )
  }
}

extension ScalarSet {
  /// The one character that it holds; nil of any other set.
  fileprivate var single: UInt32? {
    guard !isNegated, categories.isEmpty, ranges.count == 1 else { return nil }
    return ranges[0].count == 1 ? ranges[0].lowerBound : nil
  }
}
