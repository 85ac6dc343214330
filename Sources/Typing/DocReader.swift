import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Reads `@param {type} [name] - meaning` lines, as theme tools do.
struct DocReader {
  let types: TypeTable
  let sources: SourceSet
  var diagnostics: [Diagnostic] = []

  /// The tags that descriptions of partials have.
  private static let tags = ["param", "example", "description", "prompt"]

  /// What the descriptions declare; nil where there is none.
  mutating func read(_ nodes: [Node]) -> [BlockDeclaration.Parameter]? {
    var parameters: [BlockDeclaration.Parameter]?
    for case .comment(let comment) in nodes where comment.kind == .doc {
      for parameter in read(comment.content) {
        if let first = parameters?.first(where: { $0.name == parameter.name }) {
          diagnostics.append(.duplicateParameter(parameter, first: first))
        } else {
          parameters = (parameters ?? []) + [parameter]
        }
      }
      parameters = parameters ?? []
    }
    return parameters
  }

  private mutating func read(_ content: SourceRange) -> [BlockDeclaration.Parameter] {
    let bytes = sources[content.file].bytes
    var parameters: [BlockDeclaration.Parameter] = []
    var start = content.start
    while start < content.end {
      var end = start
      while end < content.end, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      var line = Line(rest: start..<end, bytes: bytes, file: content.file)
      line.skipSpaces()
      if line.first == UInt8(ascii: "@"), let parameter = parameter(line) {
        parameters.append(parameter)
      }
      start = end + 1
    }
    return parameters
  }

  /// What is left of a line.
  private struct Line {
    var rest: Range<Int>
    let bytes: [UInt8]
    let file: SourceFile.ID

    var first: UInt8? { rest.isEmpty ? nil : bytes[rest.lowerBound] }

    mutating func skipSpaces() { _ = take { $0 == 0x20 || $0 == 0x09 } }

    /// The bytes up to the first that is of another kind.
    mutating func take(while isWanted: (UInt8) -> Bool) -> SourceRange {
      let end = bytes[rest].firstIndex { !isWanted($0) } ?? rest.upperBound
      defer { rest = end..<rest.upperBound }
      return SourceRange(file: file, start: rest.lowerBound, end: end)
    }

    mutating func takeByte() { rest = rest.dropFirst() }
  }

  private mutating func parameter(_ line: Line) -> BlockDeclaration.Parameter? {
    var line = line
    line.takeByte()
    let start = line.rest.lowerBound - 1
    let tag = line.take { $0 != 0x20 && $0 != 0x09 && $0 != UInt8(ascii: "{") }
    guard sources.text(tag) == "param" else {
      let near = suggestion(for: sources.text(tag), among: Self.tags)
      if let near, near != sources.text(tag) {
        diagnostics.append(.unknownDocTag(sources.text(tag), suggestion: near, at: tag))
      }
      return nil
    }
    line.skipSpaces()
    var typeName = "any"
    var typePlace = tag
    if line.first == UInt8(ascii: "{") {
      line.takeByte()
      typePlace = line.take { $0 != UInt8(ascii: "}") }
      typeName = sources.text(typePlace).trimmed
      line.takeByte()
      line.skipSpaces()
    }
    let word = line.take { $0 != 0x20 && $0 != 0x09 }
    let text = sources.text(word)
    let isOptional = text.hasPrefix("[") && text.hasSuffix("]")
    let name = isOptional ? String(text.dropFirst().dropLast()) : text
    let whole = SourceRange(file: tag.file, start: start, end: max(word.end, tag.end))
    guard name.isName else {
      diagnostics.append(.invalidParameterName(name, at: word.isEmpty ? whole : word))
      return nil
    }
    let type = type(typeName, at: typePlace)
    return BlockDeclaration.Parameter(
      name: name,
      type: isOptional && type != .unknown ? type.withNil : type,
      defaultValue: nil,
      isOptional: isOptional || type.admitsNil,
      typeName: typeName,
      summary: "",
      range: whole,
      isPersonal: ParameterType.isPersonal(typeName, types: types)
    )
  }

  /// The type of that name; unknown after a finding.
  private mutating func type(_ name: String, at place: SourceRange) -> ValueType {
    switch ParameterType.parse(name, types: types) {
    case .type(let known): return known
    case .unknown(let unknown):
      let near = ParameterType.suggestion(for: unknown, types: types)
      diagnostics.append(.unknownParameterType(unknown, suggestion: near, at: place))
    case .malformed: diagnostics.append(.malformedParameterType(name, at: place))
    }
    return .unknown
  }
}
