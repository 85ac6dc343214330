import Glibc

/// Writing results: whole or not at all.
///
/// `print` to a full disk ends with 0 and `FileHandle.write` traps, so this goes to the system itself;
/// `unsafe` stands where the C library takes the buffer, which outlives the call.
enum OutputFile {
  /// Why a result could not be written.
  struct Failure: Error, CustomStringConvertible {
    var path: String
    var reason: String
    /// Whether the file could not be made at all (exit 73), as against a failing write (74).
    var isCreation: Bool

    var description: String { "cannot write '\(path)': \(reason)" }
  }

  /// Everything to an open file.
  static func write(
    _ bytes: [UInt8],
    to descriptor: Int32,
    path: String = "standard output"
  ) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path, isCreation: false)
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Everything to a file, through a neighbour that takes its name once it is complete.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let temporary = "\(path).part-\(getpid())"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, isCreation: true) }
    do throws(Failure) {
      try write(bytes, to: descriptor, path: path)
      guard fsync(descriptor) == 0 || errno == EINVAL, close(descriptor) == 0 else {
        throw failure(path, isCreation: false)
      }
      guard unsafe rename(temporary, path) == 0 else { throw failure(path, isCreation: true) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  /// Everything to a file that is not there yet; what is there stays as it is.
  static func create(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, isCreation: true) }
    do throws(Failure) {
      try write(bytes, to: descriptor, path: path)
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw failure(path, isCreation: false) }
  }

  /// The folder that a path lies in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes a folder and those above it, where they are missing.
  static func makeFolder(_ path: String) throws(Failure) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for step in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? step : "/" + step
      guard unsafe mkdir(prefix, 0o755) == 0 || errno == EEXIST else {
        throw failure(prefix, isCreation: true)
      }
    }
  }

  private static func failure(_ path: String, isCreation: Bool) -> Failure {
    Failure(
      path: path,
      reason: unsafe String(cString: strerror(errno)).lowercased(),
      isCreation: isCreation
    )
  }
}

extension OutputFile.Failure {
  /// The exit code of DESIGN.md.
  var exit: Int32 { isCreation ? 73 : 74 }
}
