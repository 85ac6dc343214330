import LetterpressDiagnostics
import Yams

/// Where the nodes of a YAML file stand.
struct YAMLPlaces {
  let id: SourceFile.ID
  let file: SourceFile

  /// The start of the file.
  var whole: SourceRange { SourceRange(file: id, start: 0, end: 0) }

  /// A node's place: Yams gives its first character, the text of a scalar its length.
  func range(of node: Node) -> SourceRange {
    guard let mark = node.mark else { return whole }
    let length = node.scalar.map { max(1, $0.string.utf8.count) } ?? 1
    return range(line: mark.line, column: mark.column, length: length)
  }

  /// The place of what Yams does not understand, and what that is.
  func problem(_ error: YamlError) -> (String, SourceRange) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (problem, range(line: mark.line, column: mark.column, length: 1))
    case .duplicatedKeysInMapping(let keys, let context):
      return (
        "a key stands twice: \(keys.joined(separator: ", "))",
        range(line: context.mark.line, column: context.mark.column, length: 1)
      )
    default: return ("\(error)", whole)
    }
  }

  private func range(line: Int, column: Int, length: Int) -> SourceRange {
    let bounds = file.lineRange(line)
    let bytes = file.bytes[bounds]
    var scalars = 0
    let start =
      bytes.indices.first { index in
        if bytes[index] & 0xC0 != 0x80 { scalars += 1 }
        return scalars == column
      } ?? bounds.upperBound
    return SourceRange(file: id, start: start, end: min(start + length, bounds.upperBound))
  }
}
