import LetterpressLiquid
import LetterpressProgram
import LetterpressTyping

/// What an element can print, as far as that is known without a profile.
struct TextShapes {
  /// Stands for a value that is not known: U+F8FF, which no header has on purpose.
  static let hole: [UInt8] = [0xEF, 0xA3, 0xBF]
  private static let limit = 64

  /// One text for each combination of branches; empty where there are more than 64.
  private(set) var all: [[UInt8]] = [[]]

  init(_ nodes: [HTMLNode]) { append(nodes) }

  private mutating func append(_ nodes: [HTMLNode]) {
    for node in nodes where !all.isEmpty { append(node) }
  }

  private mutating func append(_ node: HTMLNode) {
    switch node {
    case .bytes(let bytes): append([bytes])
    case .output(let output): append(Self.values(of: output) ?? [Self.hole])
    case .branch(let alternatives, let otherwise):
      append(
        (alternatives.map(\.body) + [otherwise]).flatMap { TextShapes($0).all }
      )
    case .statement(let statement):
      switch statement {
      case .cycle, .counter, .ifChanged: append([Self.hole])
      case .assign, .capture, .interrupt, .abort: break
      }
    case .loop, .turn, .loopEnd, .transformed, .url, .changing, .specialised, .select:
      append([Self.hole])
    }
  }

  private mutating func append(_ continuations: [[UInt8]]) {
    guard all.count * continuations.count <= Self.limit else {
      all = []
      return
    }
    all = all.flatMap { text in continuations.map { text + $0 } }
  }

  private static func values(of output: HTMLOutput) -> [[UInt8]]? {
    guard let values = output.expression.finiteValues, values.count <= 8 else { return nil }
    var texts: [[UInt8]] = []
    for value in values {
      guard case .string(let text) = value else { return nil }
      texts.append(Array(text.utf8))
    }
    return texts
  }
}

extension [UInt8] {
  /// Whether these bytes stand in them.
  func contains(_ word: [UInt8], in range: Range<Int>) -> Bool {
    guard let first = word.first else { return true }
    return range.contains { index in
      self[index] == first && self[index..<range.upperBound].starts(with: word)
    }
  }
}
