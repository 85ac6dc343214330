import LetterpressDiagnostics
import LetterpressLiquid

/// Tags that open in one region and close in another: one mistake, told once, with both ends.
extension StructureReader {
  private struct Loose {
    var tag: UnmatchedTag
    var region: Int
    var isOpener: Bool
  }

  consuming func finish() -> Structure {
    var structure = Structure()
    structure.diagnostics = lexicalDiagnostics
    structure.resumesLoops = resumesLoops
    for diagnostic in lexicalDiagnostics {
      structure.suspectNames.formUnion(words(around: diagnostic.primary.range))
    }
    for region in regions {
      for diagnostic in region.result.diagnostics {
        structure.suspectNames.formUnion(words(around: diagnostic.primary.range))
      }
    }
    pairLooseTags(reportingTo: &structure.diagnostics)
    for region in regions {
      structure.diagnostics += region.result.allDiagnostics
      switch region.key {
      case .top: structure.top = region.result.template.nodes
      case .children(let range): structure.children[range] = region.result.template.nodes
      case .text(let range): structure.texts[range] = region.result.template.nodes
      }
    }
    return structure
  }

  /// The names in the tag around a place.
  private func words(around place: SourceRange) -> [String] {
    let bytes = sources[place.file].bytes
    var start = place.start
    var end = place.end
    let limit = 400
    while start > max(0, place.start - limit), bytes[start - 1] != UInt8(ascii: "{"),
      bytes[start - 1] != UInt8(ascii: "}")
    {
      start -= 1
    }
    while end < min(bytes.count, place.end + limit), bytes[end] != UInt8(ascii: "{"),
      bytes[end] != UInt8(ascii: "}")
    {
      end += 1
    }
    let separators = bytes[start..<end].split { byte in
      !((UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_"))
    }
    return separators.map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func pairLooseTags(reportingTo diagnostics: inout [Diagnostic]) {
    var loose: [Loose] = []
    for (number, region) in regions.enumerated() {
      loose += region.result.unclosed.map { Loose(tag: $0, region: number, isOpener: true) }
      loose += region.result.stray.map { Loose(tag: $0, region: number, isOpener: false) }
    }
    guard !loose.isEmpty else { return }
    loose.sort { ($0.tag.range.file, $0.tag.range.start) < ($1.tag.range.file, $1.tag.range.start) }
    var open: [(opener: Loose, branches: [Loose])] = []
    for tag in loose {
      if tag.isOpener {
        open.append((tag, []))
      } else if let index = open.lastIndex(where: {
        tag.tag.closes($0.opener.tag) && $0.opener.region != tag.region
      }) {
        let (opener, branches) = open.remove(at: index)
        diagnostics.append(report(opener, closedBy: tag))
        settle(opener, at: tag)
        for branch in branches { settle(opener, at: branch) }
      } else if !tag.tag.name.name.hasPrefix("end"), !open.isEmpty {
        open[open.count - 1].branches.append(tag)
      } else if let element = regions[tag.region].verbatimElement {
        drop(tag)
        diagnostics.append(.unbalancedVerbatim(tag.tag, in: element, other: nil))
      }
    }
    for (opener, _) in open {
      guard let element = regions[opener.region].verbatimElement else { continue }
      drop(opener)
      diagnostics.append(.unbalancedVerbatim(opener.tag, in: element, other: nil))
    }
  }

  private func report(_ opener: Loose, closedBy closer: Loose) -> Diagnostic {
    let (first, last) = (regions[opener.region], regions[closer.region])
    if let element = first.verbatimElement ?? last.verbatimElement {
      let isFirst = first.verbatimElement != nil
      return .unbalancedVerbatim(
        isFirst ? opener.tag : closer.tag,
        in: element,
        other: isFirst ? closer.tag : opener.tag
      )
    }
    return .tagAcrossElements(
      opener.tag,
      in: first.name,
      closedBy: closer.tag,
      in: last.name
    )
  }

  /// Makes a region as if the tag that is open around it opened in it, so that what the tag guards is
  /// not reported as unguarded.
  private mutating func settle(_ opener: Loose, at tag: Loose) {
    drop(opener)
    drop(tag)
    // A child of the elements that the open tag covers stands under its guard already.
    switch regions[opener.region].key {
    case .top: return
    case .children(let range)
    where range.start < tag.tag.range.start
      && tag.tag.range.end <= range.end:
      return
    case .children, .text: break
    }
    // Its HTML is reported; the tag guards what follows.
    if regions[opener.region].verbatimElement != nil {
      regions[opener.region].result.template.nodes = []
    }
    guard
      let tagItem = regions[opener.region].items.first(where: { item in
        guard case .tag(_, _, opener.tag.range) = item else { return false }
        return true
      })
    else { return }
    var region = regions[tag.region]
    var remaining = region.result
    region.items.insert(tagItem, at: 0)
    let guarded = Parser.parse(
      region.items,
      in: sources,
      end: region.result.end,
      limits: limits
    )
    remaining.template = guarded.template
    region.result = remaining
    regions[tag.region] = region
  }

  private mutating func drop(_ tag: Loose) {
    regions[tag.region].result.unclosed.removeAll { $0.range == tag.tag.range }
    regions[tag.region].result.stray.removeAll { $0.range == tag.tag.range }
  }
}
