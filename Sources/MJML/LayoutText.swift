import LetterpressDiagnostics
import LetterpressTyping

/// The content of an ending tag, without white space at its ends.
struct LayoutText: Sendable {
  var nodes: [TypedNode]
  /// The element whose content it is.
  var path: InstancePath
  var range: SourceRange

  init(_ element: LayoutElement) {
    self.init(element.typed, at: element.path)
  }

  init(_ element: TypedElement, at path: InstancePath) {
    nodes = element.content ?? []
    self.path = path
    range = element.range
  }
}

extension LayoutContext {
  /// The content of an ending tag of the body.
  mutating func content(of element: LayoutElement) -> HTMLFragment {
    let html = lowered(trimmed(element.typed.content ?? []))
    head.note(html)
    return html
  }

  /// Text without white space at its ends, as far as it is known.
  func trimmed(_ nodes: [TypedNode]) -> [TypedNode] {
    // Most texts are one run, and many have no white space around them.
    if nodes.count == 1, case .text(let range) = nodes[0] {
      let rest = trimmed(range, atStart: true, atEnd: true)
      return rest == range ? nodes : rest.isEmpty ? [] : [.text(rest)]
    }
    var nodes = nodes
    var index = 0
    while index < nodes.count {
      if case .text(let range) = nodes[index] {
        let rest = trimmed(range, atStart: true, atEnd: false)
        nodes[index] = .text(rest)
        if !rest.isEmpty { break }
      } else if !nodes[index].printsNothing {
        break
      }
      index += 1
    }
    index = nodes.count - 1
    while index >= 0 {
      if case .text(let range) = nodes[index] {
        let rest = trimmed(range, atStart: false, atEnd: true)
        nodes[index] = .text(rest)
        if !rest.isEmpty { break }
      } else if !nodes[index].printsNothing {
        break
      }
      index -= 1
    }
    nodes.removeAll { if case .text(let range) = $0 { range.isEmpty } else { false } }
    return nodes
  }

  private func trimmed(_ range: SourceRange, atStart: Bool, atEnd: Bool) -> SourceRange {
    let start = atStart ? bytes(range).endOfLeadingSpace : range.start
    let rest = SourceRange(file: range.file, start: start, end: range.end)
    let end = atEnd ? bytes(rest).startOfTrailingSpace : range.end
    return SourceRange(file: range.file, start: start, end: end)
  }

  /// Whether a text is empty but for white space at its ends.
  ///
  /// - Throws: a question where that depends on the recipient.
  mutating func isEmpty(_ text: LayoutText) throws(LayoutInterruption) -> Bool {
    let nodes = trimmed(text.nodes)
    if nodes.isEmpty { return true }
    if let isEmpty = PossibleTexts(sources: sources).emptiness(of: nodes) { return isEmpty }
    let question = Question(
      key: Question.Key(path: text.path, subject: .content),
      answers: 2,
      nodes: nodes,
      candidates: [],
      range: text.range
    )
    return try ask(question) == 1
  }
}

extension TypedNode {
  /// Whether it is a statement without text of its own.
  fileprivate var printsNothing: Bool {
    switch self {
    case .statement(.assign), .statement(.capture): true
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  /// Where the white space at its start ends, as JavaScript's `trim` has it: no-break spaces and the other
  /// spaces of Unicode count, zero-width ones do not.
  fileprivate var endOfLeadingSpace: Int {
    var index = startIndex
    while index < endIndex {
      if isWhiteSpace(self[index]) {
        index += 1
      } else if self[index] >= 0x80,
        let length = Self.spaces.first(where: { self[index...].starts(with: $0) })?.count
      {
        index += length
      } else {
        break
      }
    }
    return index
  }

  /// Where the white space at its end starts.
  fileprivate var startOfTrailingSpace: Int {
    var index = endIndex
    while index > startIndex {
      if isWhiteSpace(self[index - 1]) {
        index -= 1
      } else if self[index - 1] >= 0x80,
        let length = Self.spaces.first(where: { self[..<index].suffix($0.count).elementsEqual($0) }
        )?.count
      {
        index -= length
      } else {
        break
      }
    }
    return index
  }

  private static let spaces: [[UInt8]] =
    ([0x00A0, 0x1680] + Array(0x2000...0x200A) + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF])
    .compactMap { Unicode.Scalar($0 as UInt32).map { Array(String($0).utf8) } }
}
