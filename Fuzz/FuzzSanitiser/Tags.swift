/// The start tags of markup that was written by a machine: no quote and no `>` in a value.
struct Tags: Sequence, IteratorProtocol {
  struct Tag {
    var name: String
    var attributes: [String]
  }

  private let html: [UInt8]
  private var index = 0

  init(_ html: [UInt8]) { self.html = html }

  mutating func next() -> Tag? {
    while let start = html[index...].firstIndex(of: UInt8(ascii: "<")) {
      guard let end = html[start...].firstIndex(of: UInt8(ascii: ">")) else {
        fatalError("a tag ends")
      }
      index = end + 1
      let words = html[(start + 1)..<end].split(separator: UInt8(ascii: "\""))
      // Outside of quotes: the name, then names of attributes.
      let outside = words.indices.filter { $0 % 2 == 0 }.map {
        String(decoding: words[$0], as: UTF8.self)
      }
      guard let first = outside.first, !first.hasPrefix("/") else { continue }
      let names = outside.joined(separator: " ").split { " =/".contains($0) }.map(String.init)
      return Tag(name: names[0].lowercased(), attributes: names.dropFirst().map { $0.lowercased() })
    }
    return nil
  }
}
