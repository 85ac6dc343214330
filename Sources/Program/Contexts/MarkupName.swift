/// The name of an element, an attribute or a CSS property in small letters; 17 bytes, no heap.
///
/// Names of up to 16 bytes are exact. Longer ones are folded into a hash, which is good enough for what
/// reads them: no name of the tables here is as long.
struct MarkupName: Hashable, Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private(set) var count: UInt8 = 0

  init() {}

  init(_ text: String) { for byte in text.utf8 { append(byte) } }

  init(_ bytes: borrowing [UInt8], from start: Int, to end: Int) {
    for index in start..<end { append(bytes[index]) }
  }

  var isEmpty: Bool { count == 0 }

  /// All of it in one word; other names may have the same.
  var bits: UInt64 { low ^ (high &* 31) ^ UInt64(count) }

  mutating func append(_ byte: UInt8) {
    let byte = UInt64(byte.lowercased)
    switch count {
    case 0..<8: low |= byte &<< (UInt64(count) &* 8)
    case 8..<16: high |= byte &<< (UInt64(count &- 8) &* 8)
    default:
      low = (low &* 31) ^ byte
      high = (high &* 37) ^ low
    }
    count = count == .max ? count : count &+ 1
  }

  /// Whether it starts with `on`, as the attributes of event handlers do.
  var isEventHandler: Bool {
    count > 2 && byte(at: 0) == UInt8(ascii: "o") && byte(at: 1) == UInt8(ascii: "n")
  }

  /// Whether it has a namespace: `v:rect`.
  var isPrefixed: Bool { (0..<min(16, Int(count))).contains { byte(at: $0) == UInt8(ascii: ":") } }

  private func byte(at index: Int) -> UInt8 {
    let word = index < 8 ? low : high
    return UInt8(truncatingIfNeeded: word &>> (UInt64(index & 7) &* 8))
  }

  /// For messages; nil for a name that was folded.
  var text: String? {
    guard count <= 16 else { return nil }
    return String(decoding: (0..<Int(count)).map { byte(at: $0) }, as: UTF8.self)
  }
}

extension MarkupName: ExpressibleByStringLiteral {
  init(stringLiteral text: String) { self.init(text) }
}
