/// Numbers that are the same in each run (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Starts at a seed.
  package init(seed: UInt64) { state = seed }

  /// The next number.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// Text of all kinds: ASCII, letters of two, three and four bytes, white space, controls, and what
/// means something in messages.
package enum RandomText {
  private static let pieces = [
    "a", "Word", "=", "=?", "?=", "_", " ", "  ", "\t", "\n", "\r\n", "\r", ".", "From ", "F",
    "\u{0}",
    "é", "ß", "日", "本語", "😀", "e\u{301}", "<", ">", "\"", "\\", ",", "@", ":", "\u{85}", "\u{2028}",
    "a longer run of words without anything special in it ", "=3D", "--", "\u{FEFF}", "\u{7F}",
    "https://example.org/a/very/long/path/that/has/no/space/in/it/at/all/and/goes/on?and=on",
  ]

  /// A text of up to 40 pieces.
  package static func make(_ generator: inout SeededGenerator) -> String {
    let count = Int.random(in: 0...40, using: &generator)
    return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }
}
