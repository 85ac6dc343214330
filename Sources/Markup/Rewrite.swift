/// The well-formed XML made of a source file, and the way back from each of its bytes.
///
/// What needs no change is copied in runs as long as possible: the scan names only what it changes
/// (`replace`), everything between follows verbatim. A well-formed template is one copy.
///
///     <mj-text a='1' b>x & y</mj-text>
///     <mj-text a='1' b=""></mj-text>
struct Rewrite: Sendable {
  private struct Segment {
    /// Where it starts in `bytes`.
    var output: Int32
    /// Where it starts in the source.
    var source: Int32
    /// Whether it is the source's own text, byte by byte; otherwise all of it stands for `source`.
    var isVerbatim: Bool
  }

  private(set) var bytes: [UInt8] = []
  private var segments: [Segment] = []
  /// The source up to here is in `bytes`.
  private var copied: Int

  init(startingAt start: Int, capacity: Int) {
    copied = start
    bytes.reserveCapacity(capacity)
  }

  /// Puts `text` in the place of a range of the source; an empty range inserts.
  ///
  /// Ranges come in ascending order.
  mutating func replace(_ range: Range<Int>, in source: [UInt8], with text: String) {
    copy(upTo: range.lowerBound, of: source)
    if !text.isEmpty {
      segments.append(
        Segment(output: Int32(bytes.count), source: Int32(range.lowerBound), isVerbatim: false)
      )
      bytes.append(contentsOf: text.utf8)
    }
    copied = range.upperBound
  }

  /// Puts the lower-case form of a range of ASCII in its place.
  mutating func lowercase(_ range: Range<Int>, in source: [UInt8]) {
    copy(upTo: range.upperBound, of: source)
    for index in bytes.count - range.count..<bytes.count { bytes[index] = bytes[index].lowercased }
  }

  /// Takes back everything that was made of the source from `start` on, and leaves out the source up to
  /// `end`.
  mutating func drop(_ range: Range<Int>, in source: [UInt8]) {
    copy(upTo: range.lowerBound, of: source)
    while let last = segments.last, Int(last.source) >= range.lowerBound {
      bytes.removeLast(bytes.count - Int(last.output))
      segments.removeLast()
    }
    if let last = segments.last, last.isVerbatim {
      let length = range.lowerBound - Int(last.source)
      bytes.removeLast(max(0, bytes.count - Int(last.output) - length))
    }
    copied = range.upperBound
  }

  /// Appends the source verbatim up to an offset.
  mutating func copy(upTo end: Int, of source: [UInt8]) {
    guard end > copied else { return }
    segments.append(
      Segment(output: Int32(bytes.count), source: Int32(copied), isVerbatim: true)
    )
    bytes.append(contentsOf: source[copied..<end])
    copied = end
  }

  /// The offset in the source of a byte of the rewrite.
  func sourceOffset(of output: Int) -> Int {
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(segments[middle].output) <= output { low = middle } else { high = middle }
    }
    guard low < segments.count else { return copied }
    let segment = segments[low]
    guard segment.isVerbatim else { return Int(segment.source) }
    return min(Int(segment.source) + max(0, output - Int(segment.output)), copied)
  }
}
