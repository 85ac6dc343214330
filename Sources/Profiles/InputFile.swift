import Glibc
import LetterpressDiagnostics

/// An open file or standard input, read in pieces.
///
/// The system's own `read`, because a pipe must be left as soon as the run is to stop, and because
/// large inputs are to pass through one buffer. Every `unsafe` of the reading side stands in this
/// file: buffers that outlive the call, and C strings that do not leave it.
final class InputFile {
  let name: String
  /// The size of a regular file.
  let size: Int?
  private let descriptor: Int32
  /// What a buffer grows by before the system fills it.
  private let room: [UInt8]
  private let isInterrupted: @Sendable () -> Bool
  private(set) var wasInterrupted = false

  init(
    path: String?,
    readSize: Int,
    isInterrupted: @escaping @Sendable () -> Bool
  ) throws(ProfileSourceError) {
    name = path ?? "standard input"
    room = [UInt8](repeating: 0, count: readSize)
    self.isInterrupted = isInterrupted
    guard let path else {
      descriptor = STDIN_FILENO
      size = nil
      return
    }
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let isMissing = errno == ENOENT || errno == ENOTDIR
      throw isMissing
        ? ProfileSourceError(.missing, "no-such-file", in: name, "there is no such file")
        : ProfileSourceError(
          .unreadable,
          "cannot-open",
          in: name,
          "cannot be opened: \(Self.reason)"
        )
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let reason = Self.reason
      close(descriptor)
      throw ProfileSourceError(.unreadable, "cannot-open", in: name, "cannot be opened: \(reason)")
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw ProfileSourceError(.unfit, "is-folder", in: name, "is a folder; expected a file")
    }
    size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// Appends the next bytes; how many, 0 at the end or where the wait was interrupted.
  func read(into bytes: inout [UInt8]) throws(ProfileSourceError) -> Int {
    if size == nil, !waitForInput() { return 0 }
    let start = bytes.count
    bytes.append(contentsOf: room)
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
        return unsafe Glibc.read(descriptor, room.baseAddress, room.count)
      }
      if count >= 0 {
        bytes.removeLast(bytes.count - start - count)
        return count
      }
      if errno == EINTR { continue }
      let reason = Self.reason
      bytes.removeLast(bytes.count - start)
      throw ProfileSourceError(.unreadable, "cannot-read", in: name, "cannot be read: \(reason)")
    }
  }

  /// Whether the offset could be set; a pipe has none.
  func seek(to offset: Int) -> Bool { size != nil && lseek(descriptor, offset, SEEK_SET) == offset }

  /// Waits until a pipe has something, or has ended; false where the run is to stop.
  private func waitForInput() -> Bool {
    while true {
      if isInterrupted() {
        wasInterrupted = true
        return false
      }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if unsafe poll(&request, 1, 100) > 0 { return true }
    }
  }

  private static var reason: String { unsafe String(cString: strerror(errno)).lowercased() }
}

/// What tells one state of an input from another.
package struct InputIdentity: Hashable, Sendable {
  /// Size, time of change and hash of the first and last 64 KiB, in words that can be compared.
  package let fingerprint: String
  /// Without the time of change: the same for a copy.
  package let content: String

  /// Looks at a file; of a database also at the changes that still stand beside it.
  package init(of input: ProfileInput) throws(ProfileSourceError) {
    guard let path = input.path else {
      fingerprint = "-"
      content = "-"
      return
    }
    let main = try Self.look(at: path, name: input.name)
    guard input.format == .sqlite, let log = try? Self.look(at: path + "-wal", name: input.name)
    else {
      fingerprint = main.time + " " + main.content
      content = main.content
      return
    }
    fingerprint = main.time + " " + main.content + " " + log.time + " " + log.content
    content = main.content + " " + log.content
  }

  private static func look(
    at path: String,
    name: String
  ) throws(ProfileSourceError) -> (time: String, content: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      throw ProfileSourceError(.missing, "no-such-file", in: name, "there is no such file")
    }
    let time = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    guard status.st_mode & S_IFMT == S_IFREG else { return ("-", "-") }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return (time, "\(status.st_size) -") }
    defer { close(descriptor) }
    let size = Int(status.st_size)
    let edge = 64 << 10
    var hash = SHA256()
    for start in size > edge ? [0, max(edge, size - edge)] : [0] {
      var buffer = [UInt8](repeating: 0, count: min(edge, size - start))
      let wanted = buffer.count
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, wanted, start)
      }
      hash.update(buffer[..<max(0, count)])
    }
    return (time, "\(size) \(hash.finalizedHex())")
  }
}
