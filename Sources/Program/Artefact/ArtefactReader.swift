package import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// Reads what an `ArtefactWriter` wrote, and trusts none of it.
///
/// A count is held against the bytes that are left before anything is made of it, a number of a text, a
/// file, a variable or a type against those that there are. Depth, nodes and the text that they stand for
/// altogether are bounded, so that a small file cannot grow into a large program.
package final class ArtefactReader {
  /// How deep nodes and expressions may nest: what a compiler writes stays below it, with 600 elements, tags
  /// and partials within each other, and brackets in the innermost.
  static let depthLimit = 800
  /// Nodes, expressions and conditions: a message of 64 variants has some ten thousand.
  static let nodeLimit = 1 << 21
  /// The bytes of all texts, wherever they are named: 64 variants of 8 MiB of source have fewer.
  static let textLimit = 256 << 20

  private let bytes: [UInt8]
  private var position: Int
  private var texts: [[UInt8]] = []
  private var types: [ValueType] = []
  private var depth = 0
  private var nodes = 0
  private var textBytes = 0
  private var sinks: Set<Sink> = []

  /// The files that ranges lie in.
  package private(set) var sources = SourceSet()
  /// What numbers of variables and the like are held against.
  var frame = FrameSize()
  /// How many types of objects the schema has.
  var objectCount = 0
  let catalog = FilterCatalog.standard

  /// Reads the tables at the start.
  package init(_ bytes: [UInt8], from start: Int) throws(ArtefactFault) {
    self.bytes = bytes
    position = min(max(start, 0), bytes.count)
    let textCount = try count()
    texts.reserveCapacity(min(textCount, 4_096))
    for _ in 0..<textCount { texts.append(try run()) }
    for _ in 0..<(try count()) {
      let path = try string()
      _ = sources.add(SourceFile(path: path, bytes: try run()))
    }
  }

  /// Refuses bytes that are left over.
  package func finish() throws(ArtefactFault) {
    guard position == bytes.count else {
      throw fault("\(bytes.count - position) bytes behind the end")
    }
  }

  func fault(_ found: String) -> ArtefactFault { ArtefactFault(found: found, offset: position) }

  // MARK: - Numbers

  package func byte() throws(ArtefactFault) -> UInt8 {
    guard position < bytes.count else { throw fault("the end in the middle of a value") }
    defer { position += 1 }
    return bytes[position]
  }

  package func number() throws(ArtefactFault) -> Int {
    guard let value = Int(exactly: try bits()) else { throw fault("a number that is too large") }
    return value
  }

  /// A number of at most so much.
  package func number(upTo limit: Int, _ noun: String) throws(ArtefactFault) -> Int {
    let value = try number()
    guard value <= limit else { throw fault("\(noun) of \(value), at most \(limit)") }
    return value
  }

  /// The place of something of which there are `count`.
  func place(among count: Int, _ noun: String) throws(ArtefactFault) -> Int {
    let value = try number()
    guard value < count else { throw fault("\(noun) number \(value) of \(count)") }
    return value
  }

  package func signed() throws(ArtefactFault) -> Int {
    let bits = try bits()
    return Int(Int64(bitPattern: bits >> 1 ^ (bits & 1 == 1 ? .max : 0)))
  }

  package func bool() throws(ArtefactFault) -> Bool {
    switch try byte() {
    case 0: return false
    case 1: return true
    case let other: throw fault("\(other) for yes or no")
    }
  }

  func double() throws(ArtefactFault) -> Double {
    var bits: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bits |= UInt64(try byte()) << shift }
    return Double(bitPattern: bits)
  }

  private func bits() throws(ArtefactFault) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      guard shift < 63 || next <= 1 else { throw fault("a number that is too large") }
      result |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 { return result }
      shift += 7
    }
  }

  // MARK: - Texts, files, types

  package func string() throws(ArtefactFault) -> String {
    String(decoding: try text(), as: UTF8.self)
  }

  package func text() throws(ArtefactFault) -> [UInt8] {
    let text = texts[try place(among: texts.count, "text")]
    try charge(text.count)
    return text
  }

  package func file() throws(ArtefactFault) -> SourceFile.ID {
    SourceFile.ID(index: UInt32(try place(among: sources.files.count, "file")))
  }

  package func range() throws(ArtefactFault) -> SourceRange {
    let file = try file()
    let start = try number()
    let (end, overflow) = start.addingReportingOverflow(try number())
    guard !overflow, end <= sources[file].bytes.count else {
      throw fault("a place behind the end of '\(sources[file].path)'")
    }
    return SourceRange(file: file, start: start, end: end)
  }

  func type() throws(ArtefactFault) -> ValueType {
    let number = try place(among: types.count + 1, "type")
    if number > 0 { return types[number - 1] }
    let type = try nested(decodeType)
    types.append(type)
    return type
  }

  /// A sink; the program has numbers for 255 of them, and makes some of its own.
  func sink() throws(ArtefactFault) -> Sink {
    let sink = try decodeSink()
    sinks.insert(sink)
    guard sinks.count <= 100 else { throw fault("more kinds of places than HTML has") }
    return sink
  }

  /// Counts text that will stand in the program.
  func charge(_ count: Int) throws(ArtefactFault) {
    let (sum, overflow) = textBytes.addingReportingOverflow(count)
    guard !overflow, sum <= Self.textLimit else {
      throw fault("more than \(Self.textLimit) bytes of text")
    }
    textBytes = sum
  }

  /// The bytes that stand here.
  private func run() throws(ArtefactFault) -> [UInt8] {
    let length = try count()
    defer { position += length }
    return Array(bytes[position..<position + length])
  }

  // MARK: - Lists

  /// How many elements follow, of a byte at least each.
  func count() throws(ArtefactFault) -> Int {
    let value = try number()
    guard value <= bytes.count - position else {
      throw fault("a count of \(value) where \(bytes.count - position) bytes are left")
    }
    return value
  }

  package func list<Element>(
    _ element: () throws(ArtefactFault) -> Element
  ) throws(ArtefactFault) -> [Element] {
    let count = try count()
    var elements: [Element] = []
    for _ in 0..<count { elements.append(try element()) }
    return elements
  }

  package func optional<Value>(
    _ value: () throws(ArtefactFault) -> Value
  ) throws(ArtefactFault) -> Value? {
    try bool() ? try value() : nil
  }

  /// Something that may hold its like: one step deeper, and one node more.
  func nested<Value>(
    _ value: () throws(ArtefactFault) -> Value
  ) throws(ArtefactFault) -> Value {
    depth += 1
    nodes += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw fault("more than \(Self.depthLimit) levels") }
    guard nodes <= Self.nodeLimit else { throw fault("more than \(Self.nodeLimit) nodes") }
    return try value()
  }
}
