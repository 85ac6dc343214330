import LetterpressProgram

/// Makes one body of the variants of a part, in which what is equal stands once.
///
/// The variants are compared piece by piece: the part of one child in one variant with its part in the
/// others, and the text between the children. Where texts differ only in their middle, only the middle is
/// chosen at run time:
///
///     <td style="width:300px">…</td>
///     <td style="width:200px">…</td>      <td style="  select[300px, 200px]  ">…</td>
struct VariantMerger {
  let id: Specialisation.ID
  let variants: Int

  private struct Variant {
    var number: Int
    var fragment: HTMLFragment
  }

  func merge(_ fragments: [HTMLFragment]) -> [HTMLNode] {
    merge(fragments.enumerated().map { Variant(number: $0.offset, fragment: $0.element) })
  }

  private func merge(_ variants: [Variant]) -> [HTMLNode] {
    guard let first = variants.first else { return [] }
    let print = Fingerprint(first.fragment.nodes)
    if variants.dropFirst().allSatisfy({ Fingerprint($0.fragment.nodes) == print }) {
      return first.fragment.nodes
    }
    let sequences = variants.map { PieceSequence($0.fragment) }
    guard let order = commonOrder(of: sequences) else {
      return choose(variants.map { ($0.number, $0.fragment.nodes) }, among: variants.count)
    }
    var nodes: [HTMLNode] = []
    for path in order {
      let present = variants.indices.filter { sequences[$0].index(of: path) != nil }
      let texts = present.map { (variants[$0].number, sequences[$0].text(before: path)) }
      nodes += choose(texts, among: variants.count)
      let pieces = present.compactMap { index in
        sequences[index].piece(path).map { Variant(number: variants[index].number, fragment: $0) }
      }
      let turns = present.first.map { sequences[$0].turns(of: path) } ?? []
      let merged = wrap(merge(pieces), in: turns)
      if present.count == variants.count {
        nodes += merged
      } else if !merged.isEmpty {
        nodes.append(.select(id, [HTMLChoice(variants: pieces.map(\.number), body: merged)]))
      }
    }
    return nodes
      + choose(
        variants.indices.map { (variants[$0].number, sequences[$0].textAtEnd) },
        among: variants.count
      )
  }

  /// The nodes of each variant; once where they are equal in all `count` of them.
  private func choose(
    _ contents: [(variant: Int, nodes: [HTMLNode])],
    among count: Int
  ) -> [HTMLNode] {
    var groups: [(print: Fingerprint, choice: HTMLChoice)] = []
    for (variant, nodes) in contents {
      let print = Fingerprint(nodes)
      if let index = groups.firstIndex(where: { $0.print == print }) {
        groups[index].choice.variants.append(variant)
      } else {
        groups.append((print, HTMLChoice(variants: [variant], body: nodes)))
      }
    }
    if groups.count == 1, contents.count == count { return groups[0].choice.body }
    let choices = groups.map(\.choice)
    if contents.count == count, let trimmed = chooseMiddle(choices) { return trimmed }
    let filled = choices.filter { !$0.body.isEmpty }
    return filled.isEmpty ? [] : [.select(id, filled)]
  }

  /// Of choices that are plain text: their common beginning and end, and a choice between the middles.
  private func chooseMiddle(_ choices: [HTMLChoice]) -> [HTMLNode]? {
    var texts: [[UInt8]] = []
    for choice in choices {
      guard let bytes = choice.body.plainBytes else { return nil }
      texts.append(bytes)
    }
    let cut = TextCut(texts)
    let first = texts[0]
    var nodes: [HTMLNode] = []
    if cut.prefix > 0 { nodes.append(.bytes(Array(first[..<cut.prefix]))) }
    let middles = zip(choices, texts).compactMap { choice, text -> HTMLChoice? in
      let middle = text[cut.prefix..<(text.count - cut.suffix)]
      return middle.isEmpty
        ? nil : HTMLChoice(variants: choice.variants, body: [.bytes(Array(middle))])
    }
    nodes.append(.select(id, middles))
    if cut.suffix > 0 { nodes.append(.bytes(Array(first[(first.count - cut.suffix)...]))) }
    return nodes
  }

  /// The paths of all pieces in an order that is each variant's own; nil where there is none.
  private func commonOrder(of sequences: [PieceSequence]) -> [InstancePath]? {
    var order: [InstancePath] = []
    for sequence in sequences {
      guard sequence.isUnique else { return nil }
      var next = 0
      for path in sequence.paths {
        if let known = order.firstIndex(of: path) {
          guard known >= next else { return nil }
          next = known + 1
        } else {
          order.insert(path, at: next)
          next += 1
        }
      }
    }
    return order
  }
}

/// The pieces of one variant and the text before each.
private struct PieceSequence {
  private(set) var paths: [InstancePath] = []
  private var texts: [[HTMLNode]] = []
  private var pieces: [(turns: [HTMLFragment.Turn], content: HTMLFragment)] = []
  private(set) var textAtEnd: [HTMLNode] = []
  private var indices: [InstancePath: Int] = [:]

  init(_ fragment: HTMLFragment) {
    for item in fragment.allItems {
      switch item {
      case .node(let node): textAtEnd.append(node)
      case .piece(let path, let turns, let content):
        indices[path] = paths.count
        paths.append(path)
        texts.append(textAtEnd)
        pieces.append((turns, content))
        textAtEnd = []
      }
    }
  }

  var isUnique: Bool { indices.count == paths.count }

  func index(of path: InstancePath) -> Int? { indices[path] }
  func text(before path: InstancePath) -> [HTMLNode] { indices[path].map { texts[$0] } ?? [] }
  func piece(_ path: InstancePath) -> HTMLFragment? { indices[path].map { pieces[$0].content } }
  func turns(of path: InstancePath) -> [HTMLFragment.Turn] {
    indices[path].map { pieces[$0].turns } ?? []
  }
}

extension [HTMLNode] {
  /// The bytes, where there is nothing else.
  fileprivate var plainBytes: [UInt8]? {
    var all: [UInt8] = []
    for node in self {
      guard case .bytes(let bytes) = node else { return nil }
      all += bytes
    }
    return all
  }
}

/// How much texts have in common at both ends, cut where a reader of HTML is in the same state in all of
/// them: never within a tag's or an attribute's name, nor within a character.
struct TextCut {
  private(set) var prefix: Int
  private(set) var suffix = 0

  init(_ texts: [[UInt8]]) {
    let first = texts[0]
    let shortest = texts.map(\.count).min() ?? 0
    prefix = (0..<shortest).first { i in texts.contains { $0[i] != first[i] } } ?? shortest
    prefix = Self.safeEnd(of: first[..<prefix])
    let room = shortest - prefix
    suffix =
      (0..<room).first { i in
        texts.contains { $0[$0.count - 1 - i] != first[first.count - 1 - i] }
      } ?? room
    suffix = Self.safeStart(of: first[(first.count - suffix)...])
  }

  /// After the last quote or tag; deeper into the value of an attribute or into text where that is sure.
  private static func safeEnd(of text: ArraySlice<UInt8>) -> Int {
    guard
      let mark = text.lastIndex(where: {
        [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\"")].contains($0)
      })
    else { return 0 }
    switch text[mark] {
    case UInt8(ascii: "<"): return mark
    case UInt8(ascii: ">"): return characterEnd(of: text)
    default:
      guard let tag = text[..<mark].lastIndex(of: UInt8(ascii: "<")) else { return mark + 1 }
      let quotes = text[tag...mark].count { $0 == UInt8(ascii: "\"") }
      return quotes.isMultiple(of: 2) ? mark + 1 : characterEnd(of: text)
    }
  }

  private static func characterEnd(of text: ArraySlice<UInt8>) -> Int {
    guard let last = text.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return text.startIndex }
    return text[last] < 0x80 ? text.endIndex : last
  }

  /// The length of the end from its first quote or tag on.
  private static func safeStart(of text: ArraySlice<UInt8>) -> Int {
    let start = text.firstIndex {
      [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\"")].contains($0)
    }
    return start.map { text.endIndex - $0 } ?? 0
  }
}
