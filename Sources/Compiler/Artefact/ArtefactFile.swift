import LetterpressDiagnostics
import LetterpressProgram

/// The outside of an artefact: what it is, of which version, and whether it is whole.
///
///     offset  bytes
///          0      8  magic
///          8      4  version of the format, the lowest byte first
///         12      8  length of the content, the lowest byte first
///         20     32  SHA-256 of the content
///         52         content: the compiler's version (a length of one byte and that many bytes), then
///                    what `EmailBlueprint` writes
///
/// Up to the compiler's version this stays the same in every version of the format, so that each can say what
/// it was given.
enum ArtefactFile {
  /// As of PNG: a byte that is no text, a name, and line ends that a transfer as text would change.
  static let magic: [UInt8] = [0x8C] + Array("LTP".utf8) + [0x0D, 0x0A, 0x1A, 0x0A]
  static let version = ProgramBlueprint.version
  /// A message of 8 MiB of sources and 64 variants stays below.
  static let sizeLimit = 64 << 20
  /// Where the content starts.
  static let contentStart = 52
  private static let versionStart = 8
  private static let lengthStart = 12
  private static let checksumStart = 20

  /// The file of a content.
  static func bytes(of content: [UInt8]) -> [UInt8] {
    let compiler = Array(CompilerVersion.current.utf8)
    let content = [UInt8(truncatingIfNeeded: compiler.count)] + compiler + content
    var bytes = magic
    append(version, count: 4, to: &bytes)
    append(content.count, count: 8, to: &bytes)
    var hash = SHA256()
    hash.update(content)
    bytes += hash.finalized()
    return bytes + content
  }

  /// Checks the outside; gives where what the blueprint wrote starts.
  static func open(_ bytes: [UInt8]) throws(ArtefactError) -> Int {
    let start = bytes.prefix(magic.count)
    guard start.elementsEqual(magic) else {
      if !start.isEmpty, magic.starts(with: start) {
        throw ArtefactError(
          .truncated,
          found: "the first \(bytes.count) bytes",
          expected: "a whole artefact"
        )
      }
      throw ArtefactError(
        .foreign,
        found: bytes.isEmpty ? "nothing" : "another kind of file",
        expected: "a compiled email (*.letterpress)",
        fix: "name a file that 'letterpress build' wrote"
      )
    }
    guard bytes.count >= contentStart else {
      throw ArtefactError(
        .truncated,
        found: "\(bytes.count) bytes",
        expected: "at least \(contentStart)"
      )
    }
    let format = number(in: bytes, at: versionStart, count: 4)
    guard format == UInt64(version) else {
      let compiler = compilerVersion(in: bytes).map { " (of letterpress \($0))" } ?? ""
      throw ArtefactError(
        .version,
        found: "format \(format)\(compiler)",
        expected: "format \(version)",
        fix: "build it again with letterpress \(CompilerVersion.current), which is to load it"
      )
    }
    let length = number(in: bytes, at: lengthStart, count: 8)
    let rest = UInt64(bytes.count - contentStart)
    guard length <= rest else {
      throw ArtefactError(
        .truncated,
        found: "\(rest) bytes behind the head",
        expected: "\(length)"
      )
    }
    guard length == rest else {
      throw ArtefactError(
        .damaged,
        found: "\(rest) bytes behind the head",
        expected: "\(length)"
      )
    }
    var hash = SHA256()
    hash.update(bytes[contentStart...])
    let checksum = Array(bytes[checksumStart..<contentStart])
    let found = hash.finalized()
    guard found == checksum else {
      throw ArtefactError(
        .damaged,
        found: "the checksum \(SHA256.hex(found.prefix(8)))…",
        expected: "\(SHA256.hex(checksum.prefix(8)))…"
      )
    }
    guard let compiler = compilerVersion(in: bytes) else {
      throw ArtefactError(
        .damaged,
        found: "no version of a compiler",
        expected: "one behind the head"
      )
    }
    return contentStart + 1 + compiler.utf8.count
  }

  /// The version of the compiler that wrote a file, if it says so.
  static func compilerVersion(in bytes: [UInt8]) -> String? {
    guard bytes.count > contentStart else { return nil }
    let end = contentStart + 1 + Int(bytes[contentStart])
    guard end <= bytes.count, end > contentStart + 1 else { return nil }
    let text = bytes[(contentStart + 1)..<end]
    let isPlain = text.allSatisfy { (0x21...0x7E).contains($0) }
    return isPlain ? String(decoding: text, as: UTF8.self) : nil
  }

  private static func append(_ value: Int, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: UInt64(value) >> UInt64(8 * index)))
    }
  }

  private static func number(in bytes: [UInt8], at start: Int, count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
  }
}
