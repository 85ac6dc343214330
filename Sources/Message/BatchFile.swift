import Glibc

/// An open file of a batch: written whole, or not at all.
///
/// The system's own calls, because `print` loses an error of the disk without a word and
/// `FileHandle.write(_:)` traps on it. This file and `BatchSignals` hold all `unsafe` of the
/// writing side: buffers that outlive the call, and C strings that do not leave it.
final class BatchFile {
  let path: String
  private var descriptor: Int32
  /// Bytes in the file; where the next ones go.
  private(set) var length = 0

  /// Opens a file for writing, which is made where there is none.
  init(_ path: String) throws(BatchError) {
    self.path = path
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Self.failure("cannot be opened", path) }
  }

  /// Standard output or standard error.
  init(standard descriptor: Int32, name: String) {
    self.descriptor = descriptor
    path = name
  }

  deinit { if descriptor > STDERR_FILENO { Glibc.close(descriptor) } }

  /// Writes all bytes; a call that was cut short goes on.
  func write(_ bytes: ArraySlice<UInt8>) throws(BatchError) {
    let status = unsafe bytes.withUnsafeBytes { buffer -> Int32 in
      var written = 0
      while written < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
        let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count > 0 {
          written += count
          length += count
        } else if errno == EAGAIN {
          var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = unsafe poll(&request, 1, 1000)
        } else if count == 0 || errno != EINTR {
          return count == 0 ? ENOSPC : errno
        }
      }
      return 0
    }
    guard status == 0 else {
      throw Self.failure("cannot be written after \(length) bytes", path, status)
    }
  }

  /// Cuts the file and goes on from there.
  func truncate(to length: Int) throws(BatchError) {
    guard ftruncate(descriptor, length) == 0, lseek(descriptor, length, SEEK_SET) == length else {
      throw Self.failure("cannot be cut to \(length) bytes", path)
    }
    self.length = length
  }

  /// Waits until all that was written is on the disk.
  ///
  /// A wait that failed is not repeated: what it lost stays lost, and a second one would not say
  /// so.
  func sync() throws(BatchError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw Self.failure("cannot be brought to the disk", path)
    }
  }

  func close() throws(BatchError) {
    let closing = descriptor
    descriptor = -1
    guard Glibc.close(closing) == 0 else { throw Self.failure("cannot be closed", path) }
  }

  /// Takes the lock of the file for the life of this object; false where another process has it.
  func lock() throws(BatchError) -> Bool {
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    if errno == EWOULDBLOCK { return false }
    throw Self.failure("cannot be locked", path)
  }

  /// The file's first bytes as memory that outlives the process.
  func map(_ count: Int) -> UnsafeMutableRawPointer? {
    let memory = unsafe mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    return unsafe memory == MAP_FAILED ? nil : memory
  }

  /// Gives the lock back, also where a child process has just been handed the file.
  func unlock() { flock(descriptor, LOCK_UN) }

  // MARK: - Names

  enum Kind {
    case file
    case folder
    case none
  }

  static func kind(of path: String) -> Kind {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .none }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  static func size(of path: String) -> Int {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Which file system a folder is on.
  static func device(of path: String) -> UInt? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? UInt(status.st_dev) : nil
  }

  static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK | X_OK) == 0 }

  /// Makes a folder where there is none.
  static func makeFolder(_ path: String) throws(BatchError) {
    if unsafe mkdir(path, 0o755) == 0 || errno == EEXIST && kind(of: path) == .folder { return }
    throw failure("cannot be made", path, kind: .cannotCreate)
  }

  /// Gives a file its name, all at once; a file that has the name already is replaced, or the move
  /// refused.
  static func rename(_ old: String, to new: String, replacing: Bool) throws(BatchError) {
    if !replacing {
      // A second name is refused where there is a file, which `rename` would replace.
      if unsafe link(old, new) == 0 { return try remove(old) }
      let code = errno
      // A run that was killed here had already given it.
      if code == EEXIST, isSameFile(old, new) { return try remove(old) }
      // Some file systems have no second names.
      let hasLinks = ![EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(code)
      if code == EEXIST || !hasLinks && kind(of: new) != .none { throw BatchError.exists(new) }
      if hasLinks { throw failure("cannot be moved to '\(new)'", old, code) }
    }
    if unsafe Glibc.rename(old, new) != 0 { throw failure("cannot be moved to '\(new)'", old) }
  }

  private static func isSameFile(_ a: String, _ b: String) -> Bool {
    var first = stat()
    var second = stat()
    guard unsafe stat(a, &first) == 0, unsafe stat(b, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  static func remove(_ path: String) throws(BatchError) {
    if unsafe unlink(path) != 0, errno != ENOENT { throw failure("cannot be removed", path) }
  }

  /// Brings a closed file to the disk, or the names in a folder.
  static func sync(_ path: String) throws(BatchError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", path) }
    defer { Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw failure("cannot be brought to the disk", path)
    }
  }

  /// Brings many closed files of a folder to the disk, and the names in it.
  ///
  /// One call for all that the file system holds back: waiting for each file by itself takes a
  /// hundred times as long.
  static func sync(_ files: [String], in folder: String) throws(BatchError) {
    guard let syncFileSystem, files.count > 1 else {
      for file in files { try sync(file) }
      return try sync(folder)
    }
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot be opened", folder) }
    defer { Glibc.close(descriptor) }
    guard syncFileSystem(descriptor) == 0 else {
      throw failure("cannot be brought to the disk", folder)
    }
  }

  /// Linux's `syncfs`, which Swift's Glibc does not declare; nil on another system.
  private static let syncFileSystem: (@convention(c) @Sendable (Int32) -> Int32)? = {
    guard let symbol = unsafe dlsym(nil, "syncfs") else { return nil }
    return unsafe unsafeBitCast(symbol, to: (@convention(c) @Sendable (Int32) -> Int32).self)
  }()

  /// All bytes of a file that is not large; nil where there is none.
  static func read(_ path: String, limit: Int) throws(BatchError) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure("cannot be opened", path)
    }
    defer { Glibc.close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress, $0.count)
      }
      if count == 0 { return bytes }
      if count > 0 { bytes += piece[..<count] }
      if count < 0, errno != EINTR { throw failure("cannot be read", path) }
    }
    return bytes
  }

  /// Whether a folder has anything in it.
  static func isEmptyFolder(_ path: String) -> Bool {
    guard let folder = unsafe opendir(path) else { return true }
    defer { unsafe closedir(folder) }
    while let entry = unsafe readdir(folder) {
      let (first, second) = unsafe (entry.pointee.d_name.0, entry.pointee.d_name.1)
      let third = unsafe entry.pointee.d_name.2
      let isDot = first == 46 && (second == 0 || second == 46 && third == 0)
      if !isDot { return false }
    }
    return true
  }

  static var secondsSince1970: Int { time(nil) }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private static func failure(
    _ what: String,
    _ path: String,
    _ code: Int32 = errno,
    kind: BatchError.Kind = .inputOutput
  ) -> BatchError {
    let reason = unsafe String(cString: strerror(code))
    return BatchError(kind, "'\(path)' \(what): \(reason.lowercased())")
  }
}
