import LetterpressProgram

/// Text with holes, so that it can be read like text: each hole is one byte that no UTF-8 has.
struct PatchedText {
  static let hole: UInt8 = 0xFF

  private(set) var bytes: [UInt8] = []
  private(set) var holes: [HTMLNode] = []

  init() {}

  init(_ nodes: [HTMLNode]) {
    for node in nodes { append(node) }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ node: HTMLNode) {
    if case .bytes(let text) = node {
      bytes += text
    } else {
      bytes.append(Self.hole)
      holes.append(node)
    }
  }

  mutating func append(_ other: PatchedText) {
    bytes += other.bytes
    holes += other.holes
  }

  /// A part of it, with its holes.
  subscript(range: Range<Int>) -> PatchedText {
    var part = PatchedText()
    part.bytes = Array(bytes[range])
    if !holes.isEmpty {
      let first = bytes[..<range.lowerBound].count { $0 == Self.hole }
      let count = part.bytes.count { $0 == Self.hole }
      part.holes = Array(holes[first..<(first + count)])
    }
    return part
  }

  /// Without white space at its ends.
  var trimmed: PatchedText {
    guard let first = bytes.firstIndex(where: { !isWhiteSpace($0) }),
      let last = bytes.lastIndex(where: { !isWhiteSpace($0) })
    else { return PatchedText() }
    return self[first..<(last + 1)]
  }

  /// With some bytes as others.
  func mapBytes(_ transform: (UInt8) -> UInt8) -> PatchedText {
    var text = self
    text.bytes = bytes.map { $0 == Self.hole ? $0 : transform($0) }
    return text
  }

  var nodes: [HTMLNode] {
    if holes.isEmpty { return bytes.isEmpty ? [] : [.bytes(bytes)] }
    var nodes: [HTMLNode] = []
    var hole = 0
    for part in bytes.split(separator: Self.hole, omittingEmptySubsequences: false) {
      if !part.isEmpty { nodes.append(.bytes(Array(part))) }
      if hole < holes.count { nodes.append(holes[hole]) }
      hole += 1
    }
    return nodes
  }

  /// The text, where there is no hole.
  var known: String? { holes.isEmpty ? String(decoding: bytes, as: UTF8.self) : nil }
}
