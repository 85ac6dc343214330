import Foundation

/// A project's folder that is written anew for each input.
public final class ProjectFolder {
  /// Its path.
  public let path: String
  private var written: [String: [UInt8]] = [:]

  /// Makes a folder of this process's own, in memory where the machine has such a file system.
  public init(_ name: String) {
    let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
    path = "\(base)/\(name)-\(ProcessInfo.processInfo.processIdentifier)"
    for folder in ["layouts", "blocks", "fixtures"] {
      try? FileManager.default.createDirectory(
        atPath: path + "/" + folder,
        withIntermediateDirectories: true
      )
    }
    atexit_b(removing: path)
  }

  /// Writes a file, unless it has that content already.
  public func write(_ bytes: [UInt8], to file: String) {
    guard written[file] != bytes else { return }
    written[file] = bytes
    guard let stream = fopen(path + "/" + file, "w") else { fatalError("cannot write \(file)") }
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
  }

  private func atexit_b(removing path: String) {
    abandoned = path
    atexit {
      if let abandoned { try? FileManager.default.removeItem(atPath: abandoned) }
    }
  }
}

/// What is removed when the fuzzer ends; one process has one folder.
private nonisolated(unsafe) var abandoned: String?
