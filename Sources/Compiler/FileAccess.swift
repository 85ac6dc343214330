import Glibc

/// Reading files as a compiler of other people's templates has to: only regular ones, only up to a size,
/// only inside of folders that were named, without ever waiting on a pipe.
///
/// `unsafe` stands here because the C library takes pointers: each call gets a buffer that outlives it.
package enum FileAccess {
  /// Why a file cannot be had.
  package enum Failure: Error {
    case notFound
    case notRegular
    case outside
    case tooLarge(limit: Int)
    case other(String)

    package var description: String {
      switch self {
      case .notFound: "there is no such file"
      case .notRegular: "it is not a regular file"
      case .outside: "it lies outside of the project"
      case .tooLarge(let limit): "it is larger than \(limit) bytes"
      case .other(let reason): reason
      }
    }
  }

  /// The content of a file.
  ///
  /// `roots` are real paths of folders; the opened file has to lie in one of them, whatever links led to
  /// it. nil: anywhere.
  package static func read(
    _ path: String,
    within roots: [String]?,
    limit: Int
  ) throws(Failure) -> [UInt8] {
    // Not blocking: opening a FIFO returns at once, and the test below refuses it.
    let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = failure(errno)
      // What does not exist outside must not be told apart from what does.
      if let roots, !leadsInside(path, roots) { throw .outside }
      throw reason
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
    if let roots {
      // What was opened, not what the name says now.
      guard let real = realPath("/proc/self/fd/\(descriptor)"),
        roots.contains(where: { isInside(real, $0) })
      else { throw .outside }
    }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    return try content(of: descriptor, size: Int(status.st_size), limit: limit)
  }

  /// Everything that can be read, such as standard input.
  package static func readAll(_ descriptor: Int32, limit: Int) throws(Failure) -> [UInt8] {
    try content(of: descriptor, size: 0, limit: limit)
  }

  private static func content(
    of descriptor: Int32,
    size: Int,
    limit: Int
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(errno)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    }
  }

  /// The path without links, `.` and `..`; nil where there is nothing.
  package static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(validatingCString: resolved)
  }

  /// Whether the nearest folder of a path that exists lies in one of the roots, or is one.
  private static func leadsInside(_ path: String, _ roots: [String]) -> Bool {
    var folder = path[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      if let real = realPath(folder.isEmpty ? "/" : String(folder)) {
        return roots.contains { real == $0 || isInside(real, $0) }
      }
    }
    return false
  }

  /// Whether a real path lies in a real folder (and is not the folder).
  static func isInside(_ path: String, _ folder: String) -> Bool {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    return path.utf8.starts(with: folder.utf8) && path.utf8.count > folder.utf8.count
  }

  /// Whether there is something at a path that is a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// What changes when a file is written or replaced.
  package struct Stamp: Hashable, Sendable {
    var seconds: Int
    var nanoseconds: Int
    var size: Int
    var inode: UInt64
  }

  /// The stamp of a file; nil where there is none.
  package static func stamp(of path: String) -> Stamp? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Stamp(
      seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec,
      size: Int(status.st_size),
      inode: UInt64(status.st_ino)
    )
  }

  /// The names in a folder, sorted by their bytes; without hidden ones.
  package static func names(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(validatingCString: $0)
        }
      }
      if let name, !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func failure(_ code: Int32) -> Failure {
    switch code {
    case ENOENT, ENOTDIR: .notFound
    case EISDIR: .notRegular
    default: .other(unsafe String(cString: strerror(code)).lowercased())
    }
  }
}
