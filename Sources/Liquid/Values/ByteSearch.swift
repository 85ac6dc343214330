/// Finds one run of bytes in others, in linear time whatever the bytes are (Knuth, Morris and
/// Pratt).
struct ByteSearch {
  let pattern: [UInt8]
  /// For each place of the pattern, how much of it is left to match if the next byte fails.
  private let fallback: [Int]

  /// The pattern must not be empty.
  init(_ text: String) { self.init(Array(text.utf8)) }

  private init(_ pattern: [UInt8]) {
    self.pattern = pattern
    var fallback = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = fallback[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      fallback[index] = length
    }
    self.fallback = fallback
  }

  /// The first place of the pattern at or after `start`.
  func firstRange(in bytes: [UInt8], from start: Int) -> Range<Int>? {
    var length = 0
    var index = start
    while index < bytes.count {
      while length > 0, bytes[index] != pattern[length] { length = fallback[length - 1] }
      if bytes[index] == pattern[length] { length += 1 }
      index += 1
      if length == pattern.count { return index - length..<index }
    }
    return nil
  }

  /// The last place of a text in others.
  static func lastRange(of text: String, in bytes: [UInt8]) -> Range<Int>? {
    let search = ByteSearch(Array(text.utf8.reversed()))
    guard let range = search.firstRange(in: bytes.reversed(), from: 0) else { return nil }
    return bytes.count - range.upperBound..<bytes.count - range.lowerBound
  }
}
