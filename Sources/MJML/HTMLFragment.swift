package import LetterpressProgram
package import LetterpressTyping

/// HTML in the making: what a component returns.
///
/// Written as text with values in it; the text is kept as bytes, the values as nodes:
///
///     var html: HTMLFragment = "<td style=\"color:\(element[.color])\">"
///     html += try context.renderChildren(…)
///     html += "</td>"
///
/// Beside nodes it holds *pieces*: the part of one child, by the child's path. Two layouts of one element
/// (for two variants) are merged piece by piece, so that what is equal stands in the program once.
package struct HTMLFragment: Sendable {
  package enum Item: Sendable {
    case node(HTMLNode)
    /// The part of the child of that path, run within these turns of unrolled loops (outermost first).
    indirect case piece(InstancePath, turns: [Turn], HTMLFragment)
  }

  /// One turn of an unrolled loop.
  package struct Turn: Sendable {
    package var loop: TypedLoop
    package var number: Int
  }

  /// All but the static text at the end.
  private(set) var items: [Item] = []
  /// The static text at the end; kept apart so that appending text stays cheap.
  private(set) var tail: [UInt8] = []

  package init() {}

  /// How much it held at some time.
  struct Mark {
    fileprivate var items: Int
    fileprivate var tail: Int
    /// The end of a comment for Outlook, which the next one would have taken away, stood there.
    fileprivate var endedOutlookComment: Bool
  }

  var mark: Mark {
    Mark(items: items.count, tail: tail.count, endedOutlookComment: endsOutlookComment)
  }

  /// Takes back what was appended since.
  mutating func revert(to mark: Mark) {
    let kept = mark.tail - (mark.endedOutlookComment ? Self.outlookEnd.count : 0)
    if kept == 0 {
      tail.removeAll(keepingCapacity: true)
    } else if items.count > mark.items, case .node(.bytes(let bytes)) = items[mark.items] {
      // The text at the end became a node since.
      tail = Array(bytes.prefix(kept))
    } else {
      tail.removeLast(tail.count - kept)
    }
    if mark.endedOutlookComment { tail += Self.outlookEnd }
    items.removeLast(items.count - mark.items)
  }

  /// Static text.
  package init(_ text: String) {
    reserveRoom(for: text.utf8.count)
    append(text)
  }

  /// Most fragments start with a little text and get more.
  mutating func reserveRoom(for count: Int) { tail.reserveCapacity(count + 480) }

  /// Makes room for the text at the start of some nodes and a little more.
  mutating func reserveRoom(for nodes: [HTMLNode]) {
    if case .bytes(let bytes)? = nodes.first {
      tail.reserveCapacity(tail.count + bytes.count + 64)
    }
  }

  package init(bytes: [UInt8]) { tail = bytes }

  package init(node: HTMLNode) { append(node) }

  package var isEmpty: Bool { items.isEmpty && tail.isEmpty }

  /// The bytes, where it holds nothing else.
  package var staticBytes: [UInt8]? { items.isEmpty ? tail : nil }

  /// Appends what `body` writes, at most `count` bytes.
  @inline(__always)
  mutating func write(_ count: Int, _ body: (inout OutputSpan<UInt8>) -> Void) {
    tail.append(addingCapacity: count, initializingWith: body)
  }

  package mutating func append(_ text: HTMLText) {
    write(text.byteCount) { $0.append(text) }
  }

  @_disfavoredOverload
  package mutating func append(_ text: String) {
    write(text.byteCount) { $0.append(text) }
  }

  mutating func append(byte: UInt8) { tail.append(byte) }

  package mutating func append(bytes: some Collection<UInt8>) { tail.append(contentsOf: bytes) }

  package mutating func append(_ node: HTMLNode) {
    if case .bytes(let bytes) = node {
      append(joining: bytes)
    } else {
      flush()
      items.append(.node(node))
    }
  }

  package mutating func append(contentsOf nodes: [HTMLNode]) {
    for node in nodes { append(node) }
  }

  @_disfavoredOverload
  package mutating func append(_ other: HTMLFragment) {
    // A whole document is not copied.
    if isEmpty {
      self = other
      return
    }
    guard let first = other.items.first else { return append(joining: other.tail) }
    if case .node(.bytes(let bytes)) = first {
      append(joining: bytes)
      flush()
      items.append(contentsOf: other.items.dropFirst())
    } else {
      flush()
      items.append(contentsOf: other.items)
    }
    tail.append(contentsOf: other.tail)
  }

  /// Appends text; where a comment for Outlook ends and the text starts with another one, they become one.
  private mutating func append(joining bytes: [UInt8]) {
    if tail.isEmpty {
      tail = bytes
    } else if endsOutlookComment, bytes.starts(with: Self.outlookStart) {
      tail.removeLast(Outlook.end.text.utf8CodeUnitCount)
      tail.append(contentsOf: bytes[Self.outlookStart.count...])
    } else {
      tail.append(contentsOf: bytes)
    }
  }

  /// Starts a comment for Outlook, or goes on with the one that ends here.
  mutating func startOutlook() {
    if endsOutlookComment {
      tail.removeLast(Outlook.end.text.utf8CodeUnitCount)
    } else {
      append(Outlook.start)
    }
  }

  /// Ends a comment for Outlook.
  mutating func endOutlook() { append(Outlook.end) }

  private var endsOutlookComment: Bool {
    let end = Self.outlookEnd
    // Most texts do not end in `]-->`.
    guard tail.count >= end.count, tail[tail.count - 4] == UInt8(ascii: "]") else { return false }
    let start = tail.count - end.count
    for index in end.indices where tail[start + index] != end[index] { return false }
    return true
  }

  private static let outlookStart = Array(Outlook.start.text.description.utf8)
  private static let outlookEnd = Array(Outlook.end.text.description.utf8)

  mutating func append(piece: HTMLFragment, of path: InstancePath, turns: [Turn]) {
    flush()
    items.append(.piece(path, turns: turns, piece))
  }

  /// Literals that are plain text are rather `HTMLText`.
  @_disfavoredOverload
  package static func += (fragment: inout HTMLFragment, other: HTMLFragment) {
    fragment.append(other)
  }

  package static func += (fragment: inout HTMLFragment, text: HTMLText) {
    fragment.append(text)
  }

  /// All items, the text at the end included.
  var allItems: [Item] { tail.isEmpty ? items : items + [.node(.bytes(tail))] }

  /// The nodes, pieces dissolved and neighbouring texts joined.
  package var nodes: [HTMLNode] {
    if items.isEmpty { return tail.isEmpty ? [] : [.bytes(tail)] }
    var flat = HTMLFragment()
    flatten(into: &flat)
    flat.flush()
    return flat.items.compactMap { if case .node(let node) = $0 { node } else { nil } }
  }

  private func flatten(into flat: inout HTMLFragment) {
    for item in items {
      switch item {
      case .node(let node): flat.append(node)
      case .piece(_, let turns, let content):
        if turns.isEmpty {
          content.flatten(into: &flat)
        } else {
          flat.append(contentsOf: wrap(content.nodes, in: turns))
        }
      }
    }
    flat.append(joining: tail)
  }

  private mutating func flush() {
    guard !tail.isEmpty else { return }
    items.append(.node(.bytes(tail)))
    tail = []
  }
}

/// Nodes as they run within turns of loops, the outermost first.
func wrap(_ nodes: [HTMLNode], in turns: [HTMLFragment.Turn]) -> [HTMLNode] {
  turns.reversed().reduce(nodes) { nodes, turn in [.turn(turn.loop, turn.number, nodes)] }
}

extension HTMLFragment: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.fragment }

  package struct StringInterpolation: StringInterpolationProtocol {
    var fragment = HTMLFragment()

    package init(literalCapacity: Int, interpolationCount: Int) {
      fragment.reserveRoom(for: literalCapacity)
    }

    package mutating func appendLiteral(_ literal: String) { fragment.append(literal) }
    package mutating func appendInterpolation(_ text: String) { fragment.append(text) }
    package mutating func appendInterpolation(_ text: HTMLText) { fragment.append(text) }
    package mutating func appendInterpolation(_ number: Int) { fragment.append(String(number)) }
    package mutating func appendInterpolation(_ other: HTMLFragment) { fragment.append(other) }
    package mutating func appendInterpolation(_ value: AttributeValue) {
      fragment.append(value.html)
    }
    /// Nothing where there is no value.
    package mutating func appendInterpolation(_ value: AttributeValue?) {
      if let value { fragment.append(value.html) }
    }
  }
}
