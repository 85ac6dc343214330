import LetterpressMarkup
import LetterpressProgram

/// What MJML does to Outlook's conditional comments once the document stands.
///
/// Within each of the body's, the author's included, up to the next `<![endif]-->`: no white space between
/// tags, and only single white space elsewhere; also within `<!--[if !mso]><!-->`, which other clients
/// read. In the whole document: of two with nothing but white space between them, where the second is for
/// `mso | IE`, one is made, whatever the first one was for.
struct OutlookComments {
  private var output = HTMLFragment()
  /// Static text that is not yet rewritten.
  private var run: [UInt8] = []
  /// Whether the place is within a comment whose white space is taken out.
  private var isInside = false
  private var minifies = false
  /// The byte before the run; 0 where that is not static.
  private var last: UInt8 = 0

  /// The document of a head and a body.
  static func rewrite(head: [HTMLNode], body: [HTMLNode]) -> HTMLFragment {
    var pass = OutlookComments()
    pass.add(head)
    pass.flush()
    pass.minifies = true
    pass.output.reserveRoom(for: body)
    pass.add(body)
    pass.flush()
    return pass.output
  }

  private mutating func add(_ nodes: [HTMLNode]) {
    for node in nodes {
      switch node {
      case .bytes(let bytes):
        // A whole document is not copied.
        if run.isEmpty { run = bytes } else { run += bytes }
      case .branch(let alternatives, let otherwise):
        flush()
        var end = isInside
        let bodies = alternatives.map { alternative in
          var alternative = alternative
          (alternative.body, end) = nested(alternative.body)
          return alternative
        }
        let (body, _) = nested(otherwise)
        append(.branch(bodies, otherwise: body), isInside: end)
      case .loop(var loop):
        flush()
        let end: Bool
        (loop.body, end) = nested(loop.body)
        (loop.otherwise, _) = nested(loop.otherwise)
        append(.loop(loop), isInside: end)
      case .turn(let loop, let number, let body):
        flush()
        let (body, end) = nested(body)
        append(.turn(loop, number, body), isInside: end)
      case .specialised(var part):
        flush()
        let end: Bool
        (part.body, end) = nested(part.body)
        append(.specialised(part), isInside: end)
      case .select(let id, let choices):
        flush()
        var end = isInside
        let bodies = choices.map { choice in
          var choice = choice
          (choice.body, end) = nested(choice.body)
          return choice
        }
        append(.select(id, bodies), isInside: end)
      case .output, .statement, .loopEnd, .transformed, .url, .changing:
        flush()
        append(node, isInside: isInside)
      }
    }
  }

  /// Nodes of which the document has one list or another; and whether they end within a comment.
  private func nested(_ nodes: [HTMLNode]) -> ([HTMLNode], Bool) {
    var pass = OutlookComments()
    pass.isInside = isInside
    pass.minifies = minifies
    pass.last = last
    pass.add(nodes)
    pass.flush()
    return (pass.output.nodes, pass.isInside)
  }

  private mutating func append(_ node: HTMLNode, isInside end: Bool) {
    output.append(node)
    isInside = end
    last = 0
  }

  /// Rewrites the run.
  private mutating func flush() {
    guard !run.isEmpty else { return }
    let bytes = run
    run = []
    /// The start of what is not yet copied.
    var copied = 0
    var index = 0
    while index < bytes.count {
      if isInside, minifies {
        let byte = bytes[index]
        if isWhiteSpace(byte) {
          let start = index
          while index < bytes.count, isWhiteSpace(bytes[index]) { index += 1 }
          let isAfterTag = (start == 0 ? last : bytes[start - 1]) == UInt8(ascii: ">")
          let isBeforeTag = index < bytes.count && bytes[index] == UInt8(ascii: "<")
          if isAfterTag, isBeforeTag {
            output.append(bytes: bytes[copied..<start])
            copied = index
          } else if index - start > 1 {
            output.append(bytes: bytes[copied..<start])
            output.append(byte: UInt8(ascii: " "))
            copied = index
          }
          continue
        }
        guard byte == UInt8(ascii: "<"), matches(Self.close, in: bytes, at: index) else {
          index += 1
          // All white space is among the control characters.
          while index < bytes.count, bytes[index] > 0x20, bytes[index] != UInt8(ascii: "<") {
            index += 1
          }
          continue
        }
        isInside = false
      } else {
        let bracket = bytes.span.first(of: UInt8(ascii: "["), or: UInt8(ascii: "["), from: index)
        guard bracket < bytes.count else { break }
        index = bracket + 1
        if bracket >= 4, let end = endOfOpening(bytes, at: bracket - 4) {
          isInside = true
          index = end
          continue
        }
        guard bracket >= 2, matches(Self.close, in: bytes, at: bracket - 2) else { continue }
        index = bracket - 2
        isInside = false
      }
      // At the `<![endif]-->` of a comment.
      let end = index + Self.close.count
      var next = end
      while next < bytes.count, isWhiteSpace(bytes[next]) { next += 1 }
      if matches(Self.open, in: bytes, at: next) {
        output.append(bytes: bytes[copied..<index])
        copied = next + Self.open.count
        index = copied
        isInside = true
        // What follows stands after the `>` of the comment's start.
        last = UInt8(ascii: ">")
        index = dropWhiteSpace(bytes, from: index, &copied)
      } else {
        index = end
      }
    }
    last = bytes[bytes.count - 1]
    output.append(bytes: bytes[copied...])
  }

  /// After two comments became one, the white space at the start of the second.
  private func dropWhiteSpace(_ bytes: [UInt8], from start: Int, _ copied: inout Int) -> Int {
    guard minifies else { return start }
    var index = start
    while index < bytes.count, isWhiteSpace(bytes[index]) { index += 1 }
    guard index < bytes.count, bytes[index] == UInt8(ascii: "<") else { return start }
    copied = index
    return index
  }

  /// After the `]>` of `<!--[if …]>` at a place; nil where something else stands there.
  private func endOfOpening(_ bytes: [UInt8], at start: Int) -> Int? {
    guard matches(Self.opening, in: bytes, at: start) else { return nil }
    let condition = start + Self.opening.count
    guard condition < bytes.count, isWhiteSpace(bytes[condition]),
      let bracket = bytes[condition...].firstIndex(of: UInt8(ascii: "]")),
      bracket > condition + 1, bracket + 1 < bytes.count, bytes[bracket + 1] == UInt8(ascii: ">")
    else { return nil }
    return bracket + 2
  }

  private func matches(_ needle: [UInt8], in bytes: [UInt8], at start: Int) -> Bool {
    guard start + needle.count <= bytes.count else { return false }
    for index in needle.indices where bytes[start + index] != needle[index] { return false }
    return true
  }

  private static let opening = Array("<!--[if".utf8)
  private static let open = Array(Outlook.start.text.description.utf8)
  private static let close = Array(Outlook.end.text.description.utf8)
}
