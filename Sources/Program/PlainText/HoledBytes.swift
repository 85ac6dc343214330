import LetterpressDiagnostics
import LetterpressTyping

/// A list of nodes as one run of bytes, in which one byte stands for each hole: so it can be read as HTML is.
struct HoledBytes {
  /// Stands for a hole; no source file holds it.
  static let hole: UInt8 = 0x01

  private(set) var bytes: [UInt8] = []
  /// In the order of their bytes.
  private(set) var holes: [HTMLNode] = []

  init(_ nodes: [HTMLNode]) {
    for node in nodes {
      if case .bytes(let text) = node {
        bytes += text
      } else {
        bytes.append(Self.hole)
        holes.append(node)
      }
    }
  }

  /// The nodes of a part; `hole` is the number of the first hole in it.
  func nodes(_ range: Range<Int>, hole: Int) -> [HTMLNode] {
    var nodes: [HTMLNode] = []
    var text: [UInt8] = []
    var hole = hole
    for index in range {
      if bytes[index] == Self.hole, holes.indices.contains(hole) {
        if !text.isEmpty { nodes.append(.bytes(text)) }
        text = []
        nodes.append(holes[hole])
        hole += 1
      } else {
        text.append(bytes[index])
      }
    }
    if !text.isEmpty { nodes.append(.bytes(text)) }
    return nodes
  }

  /// How many holes stand in a part.
  func holeCount(_ range: Range<Int>) -> Int { range.count { bytes[$0] == Self.hole } }
}
