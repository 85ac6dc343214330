/// Where messages end up.
///
/// Used by one thread at a time.
protocol BatchSink: AnyObject {
  /// Takes neighbouring events of a piece, all of them delivered.
  func deliver(_ piece: BatchPiece, _ events: Range<Int>) throws(BatchError)

  /// Brings to the disk what was taken; returns the output's length for the checkpoint.
  func flush() throws(BatchError) -> Int

  /// Gives the finished output its name.
  func publish() throws(BatchError)
}

/// A file that grows under a name of its own and gets its real one when it is complete.
final class PartFile {
  private let file: BatchFile
  private let final: String
  private let replacing: Bool
  private var buffer: [UInt8] = []

  /// Goes on behind `length` bytes; what a run that died wrote after them is cut off.
  init(_ path: String, final: String, length: Int, replacing: Bool) throws(BatchError) {
    let size = BatchFile.size(of: path)
    guard size >= length else {
      throw BatchError(
        .mismatch,
        "'\(path)' has \(size) bytes, but \(length) were written",
        hint: "--overwrite starts again"
      )
    }
    file = try BatchFile(path)
    self.final = final
    self.replacing = replacing
    try file.truncate(to: length)
  }

  /// Bytes so far.
  var length: Int { file.length + buffer.count }

  func append(_ bytes: ArraySlice<UInt8>) throws(BatchError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 20 { try write() }
  }

  private func write() throws(BatchError) {
    try file.write(buffer[...])
    buffer.removeAll(keepingCapacity: true)
  }

  func flush() throws(BatchError) -> Int {
    try write()
    try file.sync()
    return file.length
  }

  /// Gives a file its real name.
  ///
  /// Done again after a crash it does nothing.
  func publish() throws(BatchError) {
    try file.close()
    try Self.publish(file.path, as: final, replacing: replacing)
  }

  static func publish(_ part: String, as final: String, replacing: Bool) throws(BatchError) {
    guard BatchFile.kind(of: part) == .file else { return }
    try BatchFile.rename(part, to: final, replacing: replacing)
    try BatchFile.sync(BatchPath.folder(of: final))
  }

  func discard() throws(BatchError) {
    try file.close()
    try BatchFile.remove(file.path)
  }
}

/// Messages one after the other in one file.
final class FileSink: BatchSink {
  private let part: PartFile

  init(_ part: PartFile) { self.part = part }

  func deliver(_ piece: BatchPiece, _ events: Range<Int>) throws(BatchError) {
    guard let last = events.last else { return }
    let start = piece.events[events.lowerBound].range.lowerBound
    try part.append(piece.bytes[start..<piece.events[last].range.upperBound])
  }

  func flush() throws(BatchError) -> Int { try part.flush() }
  func publish() throws(BatchError) { try part.publish() }
}

/// Messages as lines of standard output, as soon as they are there.
final class StandardOutputSink: BatchSink {
  private let file = BatchFile(standard: 1, name: "standard output")

  func deliver(_ piece: BatchPiece, _ events: Range<Int>) throws(BatchError) {
    guard let last = events.last else { return }
    let start = piece.events[events.lowerBound].range.lowerBound
    try file.write(piece.bytes[start..<piece.events[last].range.upperBound])
  }

  func flush() throws(BatchError) -> Int { file.length }
  func publish() throws(BatchError) {}
}

/// Messages that are only counted.
final class NullSink: BatchSink {
  func deliver(_ piece: BatchPiece, _ events: Range<Int>) {}
  func flush() -> Int { 0 }
  func publish() {}
}

/// A file for each message.
///
/// A name comes from the job and the row alone, and a file appears under it once it is complete and
/// on the disk; so a row that is delivered again after a crash replaces its own file by the same
/// bytes.
final class FolderSink: BatchSink {
  enum Layout {
    /// Written in `tmp`, moved to `new`.
    case maildir
    case eml
  }

  private let folder: String
  private let layout: Layout
  private let pins: BatchPins
  private var count: Int
  /// Files that are written, but not yet on the disk, and the names that they will have.
  private var pending: [(temporary: String, name: String)] = []

  /// As many names are remembered.
  private static let pendingLimit = 4096

  init(_ folder: String, _ layout: Layout, _ pins: BatchPins, count: Int) throws(BatchError) {
    self.folder = folder
    self.layout = layout
    self.pins = pins
    self.count = count
    try BatchFile.makeFolder(folder)
    guard layout == .maildir else { return }
    for name in ["tmp", "new", "cur"] { try BatchFile.makeFolder(folder + "/" + name) }
  }

  func deliver(_ piece: BatchPiece, _ events: Range<Int>) throws(BatchError) {
    for index in events {
      let event = piece.events[index]
      let names = names(of: event.number, key: piece.keys[index])
      let file = try BatchFile(names.temporary)
      try file.truncate(to: 0)
      try file.write(piece.bytes[event.range])
      try file.close()
      pending.append(names)
      if pending.count >= Self.pendingLimit { try move() }
    }
  }

  private func move() throws(BatchError) {
    if pending.isEmpty { return }
    try BatchFile.sync(
      pending.map(\.temporary),
      in: layout == .maildir ? folder + "/tmp" : folder
    )
    for file in pending { try BatchFile.rename(file.temporary, to: file.name, replacing: true) }
    count += pending.count
    pending.removeAll(keepingCapacity: true)
  }

  private func names(of row: Int, key: String?) -> (temporary: String, name: String) {
    switch layout {
    case .maildir:
      let name = "\(pins.now).\(BatchPath.word(pins.jobID))_\(row).letterpress"
      return ("\(folder)/tmp/\(name)", "\(folder)/new/\(name)")
    case .eml:
      let name = "\(folder)/\(row)" + (key.map { "-" + BatchPath.word($0) } ?? "") + ".eml"
      return (name + ".part", name)
    }
  }

  func flush() throws(BatchError) -> Int {
    try move()
    try BatchFile.sync(layout == .maildir ? folder + "/new" : folder)
    return count
  }

  func publish() throws(BatchError) {}
}

/// Paths, as text.
enum BatchPath {
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A text as part of a file's name: other characters than letters, digits and `@.-+=` become `_`.
  static func word(_ text: String) -> String {
    let bytes = text.utf8.prefix(100).map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="):
        byte
      default: UInt8(ascii: "_")
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
