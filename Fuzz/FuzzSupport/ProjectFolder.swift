import Foundation

/// A project's folder that is written anew for each input.
public final class ProjectFolder {
  /// Its path.
  public let path: String
  private var written: [String: [UInt8]] = [:]

  /// Makes a folder of this process's own, in memory where the machine has such a file system.
  public init(_ name: String) {
    path = "\(Self.base)/\(name)-\(ProcessInfo.processInfo.processIdentifier)"
    for folder in ["layouts", "blocks", "fixtures"] {
      try? FileManager.default.createDirectory(
        atPath: path + "/" + folder,
        withIntermediateDirectories: true
      )
    }
    Self.removeAtExit(path)
  }

  /// Writes a file, unless it has that content already.
  public func write(_ bytes: [UInt8], to file: String) {
    guard written[file] != bytes else { return }
    written[file] = bytes
    guard let stream = fopen(path + "/" + file, "w") else { fatalError("cannot write \(file)") }
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
  }

  /// Where files of a fuzzer stand.
  static let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"

  /// Removes a file or folder when the process ends.
  static func removeAtExit(_ path: String) {
    abandoned.append(path)
    guard abandoned.count == 1 else { return }
    atexit {
      for path in abandoned { try? FileManager.default.removeItem(atPath: path) }
    }
  }
}

/// What is removed when the fuzzer ends.
private nonisolated(unsafe) var abandoned: [String] = []
