extension [HTMLNode] {
  /// Text of the author's own (`lp-text`) as marked text: references decoded, the indentation that all
  /// lines have taken away, a line `-- ` marked as the one in front of a signature.
  package func writtenText() -> [HTMLNode] {
    var indentation = Indentation()
    indentation.look(at: self)
    return written(without: indentation.common)
  }

  private func written(without indentation: Int) -> [HTMLNode] {
    var text = MarkedText()
    for node in self {
      switch node {
      case .bytes(let bytes): text.append(written: bytes, without: indentation)
      case .branch(let alternatives, let otherwise):
        text.append(
          .branch(
            alternatives.map {
              var alternative = $0
              alternative.body = $0.body.written(without: indentation)
              return alternative
            },
            otherwise: otherwise.written(without: indentation)
          )
        )
      case .loop(var loop):
        loop.body = loop.body.written(without: indentation)
        loop.otherwise = loop.otherwise.written(without: indentation)
        text.append(.loop(loop))
      default: text.append(node)
      }
    }
    return text.finished()
  }
}

/// The white space in front of every line of a text, its first apart.
private struct Indentation {
  private var least: Int?
  /// The white space since the last line end; nil behind text.
  private var current: Int?

  var common: Int { least ?? 0 }

  mutating func look(at nodes: [HTMLNode]) {
    for node in nodes {
      switch node {
      case .bytes(let bytes): for byte in bytes { look(at: byte) }
      case .branch(let alternatives, let otherwise):
        endIndentation()
        for alternative in alternatives { look(at: alternative.body) }
        look(at: otherwise)
      case .loop(let loop):
        endIndentation()
        look(at: loop.body)
        look(at: loop.otherwise)
      default: endIndentation()
      }
    }
  }

  private mutating func look(at byte: UInt8) {
    switch byte {
    case 0x0A: current = 0
    case 0x20, 0x09: current = current.map { $0 + 1 }
    case 0x0D: break
    default: endIndentation()
    }
  }

  private mutating func endIndentation() {
    guard let current else { return }
    least = min(least ?? current, current)
    self.current = nil
  }
}

extension MarkedText {
  fileprivate mutating func append(written bytes: [UInt8], without indentation: Int) {
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"),
        let reference = CharacterReference(in: bytes.span, at: index, end: bytes.count)
      {
        append(reference.scalar, isPreserved: true)
        index = reference.end
        continue
      }
      append(preserved: bytes[index])
      index += 1
      if bytes[index - 1] == 0x0A { startLine(bytes, &index, without: indentation) }
    }
  }

  /// Goes on behind the white space in front of a line, and behind lines that are marked as signatures.
  private mutating func startLine(
    _ bytes: [UInt8],
    _ index: inout Int,
    without indentation: Int
  ) {
    while true {
      let start = index
      while index < bytes.count, index - start < indentation,
        bytes[index] == 0x20 || bytes[index] == 0x09
      {
        index += 1
      }
      let line = bytes[index...]
      // Its line end comes with the mark.
      if line.starts(with: "-- \n".utf8) {
        index += 4
      } else if line.starts(with: "-- \r\n".utf8) {
        index += 5
      } else {
        return
      }
      append(.signature)
    }
  }
}
