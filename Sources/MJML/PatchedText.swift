import LetterpressProgram

/// Text with holes, so that it can be read like text: each hole is one byte that no UTF-8 has.
struct PatchedText {
  static let hole: UInt8 = 0xFF

  private(set) var bytes: [UInt8] = []
  private(set) var holes: [HTMLNode] = []
  /// Where the holes are.
  private var positions: [Int] = []

  init() {}

  init(_ nodes: [HTMLNode]) {
    for node in nodes { append(node) }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends text without holes.
  mutating func append(contentsOf text: ArraySlice<UInt8>) { bytes += text }

  mutating func append(_ node: HTMLNode) {
    if case .bytes(let text) = node {
      bytes += text
    } else {
      positions.append(bytes.count)
      bytes.append(Self.hole)
      holes.append(node)
    }
  }

  mutating func append(_ other: PatchedText) {
    positions += other.positions.map { $0 + bytes.count }
    bytes += other.bytes
    holes += other.holes
  }

  /// A part of it, with its holes.
  subscript(range: Range<Int>) -> PatchedText {
    var part = PatchedText()
    part.bytes = Array(bytes[range])
    if !holes.isEmpty {
      let places = firstHole(from: range.lowerBound)..<firstHole(from: range.upperBound)
      part.holes = Array(holes[places])
      part.positions = positions[places].map { $0 - range.lowerBound }
    }
    return part
  }

  /// The number of the first hole at or after an offset.
  private func firstHole(from offset: Int) -> Int {
    var (low, high) = (0, positions.count)
    while low < high {
      let middle = (low + high) / 2
      if positions[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
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
    var nodes: [HTMLNode] = []
    var start = 0
    for (position, hole) in zip(positions, holes) {
      if position > start { nodes.append(.bytes(Array(bytes[start..<position]))) }
      nodes.append(hole)
      start = position + 1
    }
    if start < bytes.count { nodes.append(.bytes(Array(bytes[start...]))) }
    return nodes
  }

  /// The text, where there is no hole.
  var known: String? { holes.isEmpty ? String(decoding: bytes, as: UTF8.self) : nil }
}
