import LetterpressDiagnostics

/// Changes of a text at places of its own.
struct SourceEdits {
  private var edits: [(range: Range<Int>, text: [UInt8])] = []

  mutating func replace(_ range: SourceRange, by text: String) {
    edits.append((range.bounds, Array(text.utf8)))
  }

  mutating func remove(_ range: Range<Int>) { edits.append((range, [])) }

  mutating func insert(_ text: [UInt8], at offset: Int) {
    edits.append((offset..<offset, text))
  }

  /// The text with all changes; of those at one place the one that was made first stands first.
  func applied(to bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 64 * edits.count)
    var copied = 0
    let order = edits.indices.sorted {
      (edits[$0].range.lowerBound, $0) < (edits[$1].range.lowerBound, $1)
    }
    for index in order {
      let (range, text) = edits[index]
      // What stands in a text that went, goes with it.
      if range.lowerBound >= copied { output += bytes[copied..<range.lowerBound] + text }
      copied = max(copied, range.upperBound)
    }
    if copied < bytes.count { output += bytes[copied...] }
    return output
  }
}
