package import LetterpressSchema

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

  /// Takes `count` rows of an input, or all where it has no more; reads all of it once.
  package init(
    count: Int,
    of input: ProfileInput,
    schema: ProfileSchema,
    seed: UInt64,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(ProfileSourceError) {
    self.seed = seed
    guard count > 0 else {
      threshold = 0
      return
    }
    var chunk = ProfileChunk()
    let source = try input.open(schema: schema, isInterrupted: isInterrupted)
    // The least hashes so far, and as many others at most before they are sorted out.
    var least: [UInt64] = []
    while !isInterrupted(), try source.read(into: &chunk) {
      for row in chunk.rows {
        least.append(Self.hash(row.number, seed))
        if least.count >= 2 * count + 1024 { least = Array(least.sorted().prefix(count)) }
      }
    }
    threshold = least.count > count ? least.sorted()[count - 1] : .max
  }

  /// The same for samples of the same rows.
  package var identity: String { "\(threshold)/\(seed)" }

  package func contains(_ row: Int) -> Bool { Self.hash(row, seed) <= threshold }

  /// The finaliser of SplitMix64: neighbours land far from each other.
  private static func hash(_ row: Int, _ seed: UInt64) -> UInt64 {
    var z = (UInt64(bitPattern: Int64(row)) &+ seed) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
