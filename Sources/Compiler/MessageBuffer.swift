package import LetterpressProgram

/// The bytes that messages are rendered into: the memory only grows, and is reused from message to message.
///
/// A thread has its own; it is moved, never copied.
public struct MessageBuffer: ~Copyable {
  package var output: OutputBuffer

  /// Makes a buffer.
  ///
  /// - Parameter capacity: The bytes that it holds before it grows; a usual message has 20 to 100 KB.
  public init(capacity: Int = 65_536) { output = OutputBuffer(capacity: capacity) }

  /// How many bytes were written.
  public var count: Int { output.count }

  /// Forgets what was written, and keeps the memory.
  public mutating func removeAll() { output.removeAll() }

  /// Calls `body` with what was written, without copying it.
  public borrowing func withSpan<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try output.withSpan(body)
  }

  /// A copy of what was written.
  public borrowing func bytes() -> [UInt8] { output.bytes() }
}
