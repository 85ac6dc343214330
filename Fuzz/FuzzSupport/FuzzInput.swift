/// What libFuzzer hands over.
public struct FuzzInput {
  /// All of it.
  public let bytes: [UInt8]

  /// Copies the input: an index out of range in it traps, and the sanitizer sees who reads beyond it.
  public init(_ data: UnsafePointer<UInt8>?, _ count: Int) {
    bytes = Array(UnsafeBufferPointer(start: data, count: count))
  }

  /// Stands between the parts of an input that is several files; no text may hold it (U+001E).
  public static let separator: UInt8 = 0x1E

  /// The parts of an input that is several files; one at least.
  public var parts: [[UInt8]] {
    bytes.split(separator: Self.separator, omittingEmptySubsequences: false).map(Array.init)
  }
}
