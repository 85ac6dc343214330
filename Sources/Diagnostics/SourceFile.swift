import Synchronization

/// The text of one file, in bytes, with its lines.
///
/// A file is valid UTF-8 once `Markup`'s gate has passed it; before that only its bytes may be used.
/// A byte order mark at the start belongs to `bytes` and counts in offsets, but not in columns.
public struct SourceFile: Sendable {
  /// Names a file within its `SourceSet`.
  public struct ID: Hashable, Sendable, Comparable {
    /// The position in the `SourceSet`.
    public let index: UInt32

    package init(index: UInt32) { self.index = index }

    /// Files sort in the order in which they were added.
    public static func < (a: Self, b: Self) -> Bool { a.index < b.index }
  }

  /// The path to show: relative to the project's root, with `/`.
  public let path: String
  /// The content as it was read.
  public let bytes: [UInt8]
  private let lines = Lines()

  /// The offset at which each line starts; the first is 0.
  var lineStarts: [Int] { lines.starts(in: bytes) }

  /// Makes a file of content that was read before.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Makes a file of text; for content that does not come from a disk.
  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// A place as people count it: both numbers start at 1, columns are Unicode scalars.
  public struct Position: Hashable, Sendable {
    /// The line; the first is 1.
    public let line: Int
    /// The column in Unicode scalars, from 1; a byte order mark does not count, a tab is one.
    public let column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// Where a byte offset is; offsets past the end are the end's place.
  public func position(at offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(at: offset)
    var start = lineStarts[line]
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
    var column = 1
    // A scalar starts at every byte that is no continuation byte.
    for index in start..<max(start, offset) where bytes[index] & 0xC0 != 0x80 { column += 1 }
    return Position(line: line + 1, column: column)
  }

  /// The offsets of a line, without its line end; lines start at 1.
  package func lineRange(_ line: Int) -> Range<Int> {
    let index = min(max(line - 1, 0), lineStarts.count - 1)
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r")
    {
      end -= 1
    }
    return start..<end
  }

  private func lineIndex(at offset: Int) -> Int {
    var low = 0
    let lineStarts = lineStarts
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}

/// All files of one run; ranges name a file by its place here.
public struct SourceSet: Sendable {
  /// The files, in the order in which they were added.
  public private(set) var files: [SourceFile] = []

  /// Makes an empty set.
  public init() {}

  /// Adds a file and returns its name.
  public mutating func add(_ file: SourceFile) -> SourceFile.ID {
    files.append(file)
    return SourceFile.ID(index: UInt32(files.count - 1))
  }

  /// Puts another content in the place of a file's; places in it are places of the new one.
  package mutating func replace(_ id: SourceFile.ID, by bytes: [UInt8]) {
    files[Int(id.index)] = SourceFile(path: files[Int(id.index)].path, bytes: bytes)
  }

  /// The file of a name that this set gave.
  public subscript(id: SourceFile.ID) -> SourceFile { files[Int(id.index)] }

  /// The content of a file.
  package func bytes(of id: SourceFile.ID) -> [UInt8] { files[Int(id.index)].bytes }

  /// The text of a range; bytes that are no UTF-8 become U+FFFD.
  public func text(_ range: SourceRange) -> String {
    String(decoding: files[Int(range.file.index)].bytes[range.bounds], as: UTF8.self)
  }
}

/// Where the lines of a file start, found once somebody asks: most files that are compiled have no findings.
private final class Lines: Sendable {
  private let known = Mutex<[Int]>([])

  func starts(in bytes: [UInt8]) -> [Int] {
    known.withLock { known in
      if known.isEmpty { known = Self.find(in: bytes) }
      return known
    }
  }

  private static func find(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      // Nearly all bytes stand above both.
      if byte > UInt8(ascii: "\r") { continue }
      if byte == UInt8(ascii: "\r") {
        // CRLF is one line end (LANGUAGE.md, B22); a lone CR is one too.
        if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
        starts.append(index)
      } else if byte == UInt8(ascii: "\n") {
        starts.append(index)
      }
    }
    return starts
  }
}

/// A run of bytes in a file, half open.
public struct SourceRange: Hashable, Sendable {
  /// The file, by its place in the run's `SourceSet`.
  public let file: SourceFile.ID
  // Trees are full of places, and no file is as long as 32 bits can count (`MarkupLimits`).
  private let first: UInt32
  private let afterLast: UInt32

  /// The offset of the first byte.
  public var start: Int { Int(first) }
  /// The offset after the last byte.
  public var end: Int { Int(afterLast) }

  /// Makes the range `start..<end` of a file; an end before the start is moved there.
  public init(file: SourceFile.ID, start: Int, end: Int) {
    self.file = file
    first = UInt32(clamping: start)
    afterLast = UInt32(clamping: max(start, end))
  }

  /// Places are told apart by where they start, nearly always.
  public func hash(into hasher: inout Hasher) { hasher.combine(start) }

  /// The offsets.
  public var bounds: Range<Int> { start..<end }
  /// Whether it covers no byte.
  public var isEmpty: Bool { start == end }

  /// From the start of this range to the end of another one in the same file.
  public func to(_ other: SourceRange) -> SourceRange {
    SourceRange(file: file, start: start, end: max(end, other.end))
  }

  /// The empty range before the first byte.
  public var startPoint: SourceRange { SourceRange(file: file, start: start, end: start) }
  /// The empty range after the last byte.
  public var endPoint: SourceRange { SourceRange(file: file, start: end, end: end) }
}
