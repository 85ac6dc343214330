import LetterpressProgram

/// Text with holes, so that it can be read like text: each hole is one byte that no UTF-8 has.
struct PatchedText {
  static let hole: UInt8 = 0xFF

  private(set) var bytes: [UInt8] = []
  private(set) var holes: [HTMLNode] = []
  /// Where the holes are.
  private(set) var positions: [Int] = []

  init() {}

  init(_ nodes: [HTMLNode]) {
    for node in nodes { append(node) }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Appends text without holes.
  mutating func append(bytes text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  mutating func append(_ node: HTMLNode) {
    if case .bytes(let text) = node {
      // A whole document is not copied.
      if bytes.isEmpty { bytes = text } else { bytes += text }
    } else {
      positions.append(bytes.count)
      bytes.append(Self.hole)
      holes.append(node)
    }
  }

  mutating func append(_ other: PatchedText) {
    if !other.holes.isEmpty {
      positions += other.positions.map { $0 + bytes.count }
      holes += other.holes
    }
    bytes += other.bytes
  }

  /// A part of it, with its holes.
  subscript(range: Range<Int>) -> PatchedText {
    var part = PatchedText()
    part.bytes = Array(bytes[range])
    if !holes.isEmpty {
      let places = holes(in: range)
      part.holes = Array(holes[places])
      part.positions = positions[places].map { $0 - range.lowerBound }
    }
    return part
  }

  /// The numbers of the holes in a part of it.
  func holes(in range: Range<Int>) -> Range<Int> {
    holes.isEmpty ? 0..<0 : firstHole(from: range.lowerBound)..<firstHole(from: range.upperBound)
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

  /// A part of it without white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isWhiteSpace(bytes[start]) { start += 1 }
    while start < end, isWhiteSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Appends another text with one byte in the place of each of another.
  mutating func append(_ other: PatchedText, replacing byte: UInt8, by replacement: UInt8) {
    let start = bytes.count
    append(other)
    for index in start..<bytes.count where bytes[index] == byte { bytes[index] = replacement }
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
  var known: String? { known(in: 0..<bytes.count) }

  /// The text of a part, where there is no hole in it.
  func known(in range: Range<Int>) -> String? {
    holes(in: range).isEmpty ? String(decoding: bytes[range], as: UTF8.self) : nil
  }
}
