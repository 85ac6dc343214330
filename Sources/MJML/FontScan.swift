import LetterpressProgram

/// Finds out which fonts a document uses, as MJML does: by `font-family:` with the name behind it, up to the
/// next double quote.
struct FontScan {
  /// The fonts that are still looked for.
  private var wanted: [(index: Int, name: [UInt8])]
  private(set) var found: Set<Int> = []
  /// What follows a `font-family:`; nil outside.
  private var family: [UInt8]?

  init(_ fonts: [DocumentHead.Font]) {
    wanted = fonts.enumerated().map { ($0.offset, $0.element.name.utf8.map(lowercased)) }
  }

  mutating func scan(_ nodes: [HTMLNode]) {
    for node in nodes {
      guard !wanted.isEmpty else { return }
      switch node {
      case .bytes(let bytes): scan(bytes)
      case .branch(let alternatives, let otherwise):
        for alternative in alternatives { scanAside(alternative.body) }
        scanAside(otherwise)
      case .loop(let loop):
        scanAside(loop.body)
        scanAside(loop.otherwise)
      case .turn(_, _, let body): scan(body)
      case .specialised(let part): scan(part.body)
      case .select(_, let choices):
        for choice in choices { scanAside(choice.body) }
      case .transformed(_, let body): scan(body)
      case .output, .statement, .loopEnd: break
      }
    }
    endFamily()
  }

  /// Looks into CSS that is written into elements: up to the end of the declaration.
  mutating func scan(css: HTMLFragment) {
    for declaration in PatchedText(css.nodes).bytes.split(whereSeparator: { byte in
      byte == UInt8(ascii: ";") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "{")
    }) {
      guard let colon = declaration.firstIndex(of: UInt8(ascii: ":")),
        endsWithProperty(declaration[..<colon])
      else { continue }
      family = Array(declaration[colon...])
      endFamily()
    }
  }

  /// One of several contents of a place.
  private mutating func scanAside(_ nodes: [HTMLNode]) {
    let before = family
    scan(nodes)
    family = before
  }

  private mutating func scan(_ bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      if family != nil {
        let end = bytes[index...].firstIndex(of: UInt8(ascii: "\""))
        family?.append(contentsOf: bytes[index..<(end ?? bytes.count)])
        guard let end else { return }
        endFamily()
        index = end + 1
      } else {
        guard let colon = bytes[index...].firstIndex(of: UInt8(ascii: ":")) else { return }
        index = colon + 1
        if endsWithProperty(bytes[..<colon]) { family = [] }
      }
    }
  }

  private func endsWithProperty(_ bytes: ArraySlice<UInt8>) -> Bool {
    // Most colons belong to other properties.
    guard let last = bytes.last, lowercased(last) == UInt8(ascii: "y") else { return false }
    return bytes.suffix(Self.property.count).map(lowercased) == Self.property
  }

  private mutating func endFamily() {
    guard let text = family?.map(lowercased) else { return }
    family = nil
    let used = wanted.filter { contains($0.name, in: text) }
    guard !used.isEmpty else { return }
    found.formUnion(used.map(\.index))
    wanted.removeAll { found.contains($0.index) }
  }

  private func contains(_ name: [UInt8], in text: [UInt8]) -> Bool {
    guard let first = name.first else { return true }
    var position = 0
    while let start = text[position...].firstIndex(of: first), start + name.count <= text.count {
      if text[start...].starts(with: name) { return true }
      position = start + 1
    }
    return false
  }

  private static let property = Array("font-family".utf8)
}

private func lowercased(_ byte: UInt8) -> UInt8 {
  UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
}
