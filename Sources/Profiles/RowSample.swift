/// A part of the rows, chosen by their numbers alone: the same rows in each run.
package struct RowSample: Sendable {
  private let threshold: UInt64
  private let seed: UInt64

  /// Takes a share of all rows, more than 0 and up to 1; another seed takes others.
  package init?(share: Double, seed: UInt64 = 0) {
    guard share > 0, share <= 1 else { return nil }
    threshold = share == 1 ? .max : UInt64(share * 0x1p64)
    self.seed = seed
  }

  /// The same for samples of the same rows.
  package var identity: String { "\(threshold)/\(seed)" }

  package func contains(_ row: Int) -> Bool { mixed(UInt64(bitPattern: Int64(row))) <= threshold }

  /// The finaliser of SplitMix64: neighbours land far from each other.
  private func mixed(_ row: UInt64) -> UInt64 {
    var z = (row &+ seed) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
