import Foundation

/// A file that is written anew for each input.
public final class ScratchFile {
  /// Its path.
  public let path: String

  /// Names a file of this process's own, in memory where the machine has such a file system.
  public init(_ name: String) {
    path = "\(ProjectFolder.base)/\(name)-\(ProcessInfo.processInfo.processIdentifier)"
    ProjectFolder.removeAtExit(path)
  }

  /// Replaces its content.
  public func write(_ bytes: [UInt8]) {
    guard let stream = fopen(path, "w") else { fatalError("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
  }
}
