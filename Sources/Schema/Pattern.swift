/// A regular expression of the keyword `pattern`, compiled to a machine without backtracking.
///
/// All ways through the expression are followed at once (Thompson 1968), so a match takes time in
/// proportion to the length of the text, whatever the text. That rules out back references and
/// look-around.
package struct Pattern: Sendable {
  /// One step of the machine; places are indices into `steps`.
  enum Step: Sendable {
    /// Takes a character of the set and goes on to the next step.
    case take(ScalarSet)
    case jump(Int)
    case fork(Int, Int)
    case assert(Assertion)
    case accept
  }

  enum Assertion: Sendable {
    case start
    case end
    case wordBoundary
    case noWordBoundary
  }

  /// Counted repetition is written out, so a short pattern can ask for a large machine.
  static let stepLimit = 2000

  /// As the schema writes it.
  package let text: String
  let steps: [Step]

  /// Reads an expression of ECMA-262 as with its `u` flag; throws what it cannot say, with the
  /// place.
  package init(_ text: String) throws(PatternFault) {
    self.text = text
    var parser = PatternParser(text)
    let node = try parser.parse()
    var builder = PatternBuilder()
    builder.add(node)
    builder.steps.append(.accept)
    guard builder.steps.count <= Self.stepLimit else {
      throw PatternFault(range: 0..<text.utf8.count, message: "is too large once it is written out")
    }
    steps = builder.steps
  }

  /// Whether it matches somewhere in a text of valid UTF-8; nil where that takes more steps than are
  /// left, of which it takes away what it used.
  package func matches(_ text: Span<UInt8>, steps left: inout Int) -> Bool? {
    var machine = Machine(count: steps.count)
    var position = 0
    var previous: UInt32?
    var isFirst = true
    while true {
      let (scalar, length) = Self.scalar(in: text, at: position)
      // A match may start here as well, unless all that is left of it could only start earlier.
      machine.follow(0, steps, isStart: isFirst, previous: previous, next: scalar)
      if machine.accepts { return true }
      guard let scalar else { return false }
      left -= machine.placeCount + 1
      guard left >= 0 else { return nil }
      position += length
      let (following, _) = Self.scalar(in: text, at: position)
      machine.take(scalar, steps, next: following)
      if machine.accepts { return true }
      previous = scalar
      isFirst = false
    }
  }

  /// Whether it matches somewhere in a text that the schema holds.
  package func matches(_ text: String) -> Bool {
    var steps = ProfileLimits().patternSteps
    return matches(Array(text.utf8).span, steps: &steps) ?? false
  }

  /// The character at a place and its length; nil at the end.
  private static func scalar(in text: Span<UInt8>, at index: Int) -> (UInt32?, Int) {
    guard index < text.count else { return (nil, 0) }
    let lead = text[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard index + length <= text.count else { return (0xFFFD, text.count - index) }
    var scalar = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length { scalar = scalar << 6 | UInt32(text[index + offset] & 0x3F) }
    return (scalar, length)
  }
}

/// What a pattern says that cannot be done, or is no expression.
package struct PatternFault: Error, Hashable, Sendable {
  /// Bytes of the pattern.
  package let range: Range<Int>
  /// Follows "'pattern'".
  package let message: String
}

/// All places at which the machine of a pattern stands at one time.
private struct Machine {
  private var places: [Int] = []
  private var isHere: [Bool]
  private var stack: [Int] = []
  private(set) var accepts = false

  var placeCount: Int { places.count }

  init(count: Int) { isHere = [Bool](repeating: false, count: count) }

  /// Adds a place, and all that are reached from it without taking a character.
  mutating func follow(
    _ start: Int,
    _ steps: [Pattern.Step],
    isStart: Bool,
    previous: UInt32?,
    next: UInt32?
  ) {
    stack.append(start)
    while let place = stack.popLast() {
      guard !isHere[place] else { continue }
      isHere[place] = true
      places.append(place)
      switch steps[place] {
      case .take: break
      case .accept: accepts = true
      case .jump(let target): stack.append(target)
      case .fork(let first, let second):
        stack.append(second)
        stack.append(first)
      case .assert(let assertion):
        let isBoundary = ScalarSet.word.contains(previous) != ScalarSet.word.contains(next)
        let holds =
          switch assertion {
          case .start: isStart
          case .end: next == nil
          case .wordBoundary: isBoundary
          case .noWordBoundary: !isBoundary
          }
        if holds { stack.append(place + 1) }
      }
    }
  }

  mutating func take(_ scalar: UInt32, _ steps: [Pattern.Step], next: UInt32?) {
    let before = places
    places.removeAll(keepingCapacity: true)
    for place in before { isHere[place] = false }
    for place in before {
      if case .take(let set) = steps[place], set.contains(scalar) {
        follow(place + 1, steps, isStart: false, previous: scalar, next: next)
      }
    }
  }
}

/// Writes the steps of an expression one after the other.
private struct PatternBuilder {
  var steps: [Pattern.Step] = []

  mutating func add(_ node: PatternNode) {
    // Beyond the limit nothing more is needed than to know that it was reached.
    guard steps.count <= Pattern.stepLimit else { return }
    switch node {
    case .set(let set): steps.append(.take(set))
    case .assertion(let assertion): steps.append(.assert(assertion))
    case .sequence(let nodes): for node in nodes { add(node) }
    case .choice(let nodes): addChoice(nodes[...])
    case .repetition(let node, let minimum, let maximum):
      for _ in 0..<min(minimum, Pattern.stepLimit + 1) {
        let count = steps.count
        add(node)
        // What is empty is so however often; within other repetitions that would never end.
        if steps.count == count { break }
      }
      if let maximum {
        addOptional(node, count: min(maximum - minimum, Pattern.stepLimit + 1))
      } else {
        addLoop(node)
      }
    }
  }

  private mutating func addChoice(_ nodes: ArraySlice<PatternNode>) {
    var ends: [Int] = []
    for node in nodes.dropLast() {
      let fork = steps.count
      steps.append(.jump(0))
      add(node)
      ends.append(steps.count)
      steps.append(.jump(0))
      steps[fork] = .fork(fork + 1, steps.count)
    }
    if let last = nodes.last { add(last) }
    for end in ends { steps[end] = .jump(steps.count) }
  }

  private mutating func addLoop(_ node: PatternNode) {
    let fork = steps.count
    steps.append(.jump(0))
    add(node)
    steps.append(.jump(fork))
    steps[fork] = .fork(fork + 1, steps.count)
  }

  private mutating func addOptional(_ node: PatternNode, count: Int) {
    var forks: [Int] = []
    for _ in 0..<count where steps.count <= Pattern.stepLimit {
      forks.append(steps.count)
      steps.append(.jump(0))
      add(node)
    }
    for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
  }
}
