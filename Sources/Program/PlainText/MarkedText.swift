/// Text with marks and holes in the making: the nodes of a text part.
package struct MarkedText: Sendable {
  private var nodes: [HTMLNode] = []
  /// The bytes at the end.
  private var pending: [UInt8] = []

  package init() {}

  package var isEmpty: Bool { nodes.isEmpty && pending.isEmpty }

  package mutating func append(_ mark: TextMark) {
    // Where blocks meet, once is enough.
    if mark == .paragraph, pending.last == mark.rawValue { return }
    pending.append(mark.rawValue)
  }

  package mutating func append(_ marks: [TextMark]) { for mark in marks { append(mark) } }

  /// A byte of static text; white space collapses.
  mutating func append(text byte: UInt8) {
    if byte.isSpace {
      if let last = pending.last, last != 0x20, !MarkedText.isBreak(last) { pending.append(0x20) }
      // Behind a hole it may count.
      if pending.isEmpty { pending.append(0x20) }
    } else if byte >= 0x20, byte != 0x7F {
      pending.append(byte)
    }
  }

  /// Static text without white space and control characters.
  mutating func append(word: ArraySlice<UInt8>) { pending += word }

  /// A byte of static text whose white space counts.
  mutating func append(preserved byte: UInt8) {
    if byte >= 0x20 && byte != 0x7F || byte == 0x0A || byte == 0x09 { pending.append(byte) }
  }

  /// Static text as it stands; white space collapses.
  package mutating func append(_ string: String) {
    for byte in string.utf8 { append(text: byte) }
  }

  mutating func append(_ scalar: Unicode.Scalar, isPreserved: Bool) {
    for byte in String(scalar).utf8 {
      if isPreserved { append(preserved: byte) } else { append(text: byte) }
    }
  }

  package mutating func append(_ node: HTMLNode) {
    if case .bytes(let bytes) = node {
      pending += bytes
    } else {
      flush()
      nodes.append(node)
    }
  }

  package mutating func append(_ more: [HTMLNode]) { for node in more { append(node) } }

  /// A link: a target, and the label that follows.
  package mutating func append(target: [HTMLNode]) {
    append(.linkTarget)
    if target.allSatisfy(\.isBytes) { append(target) } else { append(.url(target)) }
    append(.linkLabel)
  }

  package mutating func finished() -> [HTMLNode] {
    flush()
    defer { nodes = [] }
    return nodes
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    nodes.append(.bytes(pending))
    pending = []
  }

  /// White space behind it is gone in any case.
  private static func isBreak(_ byte: UInt8) -> Bool {
    switch TextMark(rawValue: byte) {
    case .paragraph, .line, .lineBreak, .divider, .row, .cell, .item, .listEnd: true
    default: false
    }
  }
}

extension HTMLNode {
  fileprivate var isBytes: Bool {
    if case .bytes = self { return true }
    return false
  }
}
