import LetterpressDiagnostics
import LetterpressMIME
import LetterpressProgram
import LetterpressTyping

/// Takes the header's fields out of a checked layout, and finds what is wrong with them.
struct EnvelopeReader {
  /// The field that an element writes.
  private struct Key: Hashable {
    var name: String
    /// Tells the URLs of `lp-unsubscribe` apart, which are one field together.
    var start: SourceRange?
  }

  private let nodes: [TypedNode]
  private let sources: SourceSet
  private var lowering: TypedTextLowering
  private(set) var diagnostics: [Diagnostic] = []
  /// In the order of the layout, each once.
  private var fields: [(key: Key, element: TypedElement)] = []

  init(_ layout: TypedLayout, in sources: SourceSet) {
    nodes = layout.envelope
    self.sources = sources
    lowering = TypedTextLowering(sources: sources)
    lowering.decodesReferences = true
    var seen: [Key: SourceRange] = [:]
    walk(nodes, &seen, isRepeated: false)
  }

  /// The start of the first element of a name; nil where there is none.
  func range(of name: String) -> SourceRange? {
    fields.first { $0.element.name == name }?.element.startTag
  }

  /// Adds the fields to a program, but for subject and sender, which are parts of it already.
  func addFields(to builder: inout ProgramBuilder) -> [EmailPart] {
    fields.compactMap { key, element in
      guard let role = role(of: element) else { return nil }
      let text = EnvelopeTexts.text(in: nodes) { other in
        self.key(of: other) == key ? value(of: other) : nil
      }
      let part = builder.addText(
        text ?? [],
        kind: element.name == "lp-unsubscribe" ? .url : .header
      )
      return EmailPart(role, part, of: element.startTag)
    }
  }

  private func role(of element: TypedElement) -> String? {
    switch element.name {
    case "lp-reply-to": MessageEnvelope.replyToRole
    case "lp-unsubscribe": MessageEnvelope.unsubscribeRole
    case "lp-header": headerName(of: element).map { MessageEnvelope.headerRole + $0 }
    default: nil
    }
  }

  // MARK: - Fields

  private mutating func walk(
    _ nodes: [TypedNode],
    _ seen: inout [Key: SourceRange],
    isRepeated: Bool
  ) {
    for node in nodes {
      switch node {
      case .element(let element): take(element, &seen, isRepeated: isRepeated)
      case .branch(let branch):
        let before = seen
        for body in branch.bodies {
          var path = before
          walk(body, &path, isRepeated: isRepeated)
          seen.merge(path) { first, _ in first }
        }
      case .loop(let loop):
        walk(loop.body, &seen, isRepeated: isRepeated || loop.bound != 1)
        walk(loop.otherwise, &seen, isRepeated: isRepeated)
      case .scope(let scope): walk(scope.body, &seen, isRepeated: isRepeated)
      case .comment, .raw, .text, .literal, .output, .statement: break
      }
    }
  }

  private mutating func take(
    _ element: TypedElement,
    _ seen: inout [Key: SourceRange],
    isRepeated: Bool
  ) {
    check(element)
    guard let key = key(of: element) else { return }
    if let first = seen[key] {
      diagnostics.append(.repeatedHeader(key.name, at: element.startTag, after: first))
    } else if isRepeated {
      diagnostics.append(.headerInLoop(key.name, at: element.startTag))
    }
    seen[key] = element.startTag
    if !fields.contains(where: { $0.key == key }) { fields.append((key, element)) }
  }

  private func key(of element: TypedElement) -> Key? {
    switch element.name {
    case "lp-subject": Key(name: "Subject")
    case "lp-from": Key(name: "From")
    case "lp-reply-to": Key(name: "Reply-To")
    case "lp-unsubscribe": Key(name: "List-Unsubscribe", start: element.range)
    case "lp-header": headerName(of: element).map { Key(name: $0.lowercased(), start: nil) }
    default: nil
    }
  }

  private func value(of element: TypedElement) -> [TypedNode] {
    guard element.name == "lp-unsubscribe" else { return element.content ?? [] }
    return element.attributes.first { $0.name == "href" }?.value ?? []
  }

  /// The name that an `lp-header` gives; nil where it is none.
  private func headerName(of element: TypedElement) -> String? {
    guard let attribute = element.attributes.first(where: { $0.name == "name" }),
      case .text(let range)? = attribute.value.first, attribute.value.count == 1
    else { return nil }
    let text = String(decoding: sources[range.file].bytes[range.bounds], as: UTF8.self)
    return HeaderName(text)?.text
  }

  // MARK: - Checks

  private mutating func check(_ element: TypedElement) {
    switch element.name {
    case "lp-from", "lp-reply-to": checkAddress(element)
    case "lp-header": checkName(element)
    case "lp-unsubscribe": checkURL(element)
    default: break
    }
  }

  private mutating func checkName(_ element: TypedElement) {
    // Without the attribute the element was reported before.
    guard let attribute = element.attributes.first(where: { $0.name == "name" }) else { return }
    let range = attribute.valueRange
    guard let text = headerName(of: element) else {
      let isStatic = attribute.value.allSatisfy { if case .text = $0 { true } else { false } }
      diagnostics.append(
        .invalidHeaderName(
          isStatic
            ? "a character in it cannot stand there, or it is too long"
            : "a name is fixed when the template is compiled",
          at: range
        )
      )
      return
    }
    if let name = HeaderName(text), let owner = name.owner {
      diagnostics.append(.reservedHeader(name, owner, at: range))
    }
  }

  private mutating func checkAddress(_ element: TypedElement) {
    let content = element.content ?? []
    for text in TextShapes(lowering.nodes(content)).all {
      var line: [UInt8] = []
      HeaderText.append(text.span, to: &line)
      guard let fault = Self.addressFault(in: line) else { continue }
      let range = Self.range(of: content, in: sources) ?? element.startTag
      diagnostics.append(.invalidAddress("the content of <\(element.name)>", fault, at: range))
      return
    }
  }

  /// What is wrong whatever the values are.
  private static func addressFault(in line: [UInt8]) -> AddressFault? {
    let hole = TextShapes.hole
    // Nothing means that the field is not there.
    if line.isEmpty { return nil }
    do throws(AddressFault) {
      guard line.contains(hole, in: line.indices) else {
        try Mailbox(line.span).checkName(in: line.span)
        return nil
      }
      var address = line.indices
      if line.last == UInt8(ascii: ">") {
        guard let open = line.lastIndex(of: UInt8(ascii: "<")) else { return nil }
        address = open + 1..<line.count - 1
      } else if line.contains(UInt8(ascii: "<")) {
        return line.suffix(hole.count).elementsEqual(hole) ? nil : .angles
      }
      if !line.contains(hole, in: address) {
        _ = try AddressSyntax.domain(of: address, in: line.span)
      } else if let at = line[address].lastIndex(of: UInt8(ascii: "@")),
        !line.contains(hole, in: at + 1..<address.upperBound)
      {
        try AddressSyntax.checkDomain(at + 1..<address.upperBound, in: line.span)
      }
      return nil
    } catch {
      return error
    }
  }

  private mutating func checkURL(_ element: TypedElement) {
    guard let attribute = element.attributes.first(where: { $0.name == "href" }) else { return }
    let isWrong = TextShapes(lowering.nodes(attribute.value)).all.contains { text in
      var line: [UInt8] = []
      HeaderText.append(text.span, to: &line)
      return !line.isEmpty && !line.starts(with: TextShapes.hole)
        && UnsubscribeURL.Scheme(of: line.span) == nil
    }
    if isWrong { diagnostics.append(.unsubscribeScheme(at: attribute.valueRange)) }
  }

  /// The place of an element's text, without the white space around it.
  private static func range(of content: [TypedNode], in sources: SourceSet) -> SourceRange? {
    guard case .text(var range)? = content.first, content.count == 1 else { return nil }
    let bytes = sources[range.file].bytes
    while range.start < range.end, bytes[range.start] <= 0x20 {
      range = SourceRange(file: range.file, start: range.start + 1, end: range.end)
    }
    while range.start < range.end, bytes[range.end - 1] <= 0x20 {
      range = SourceRange(file: range.file, start: range.start, end: range.end - 1)
    }
    return range
  }
}
