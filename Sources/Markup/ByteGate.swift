import LetterpressDiagnostics

/// The linear pass over the bytes that stands before everything else: size, encoding, characters.
///
/// What passes is UTF-8 without NUL or other characters that XML forbids, so later stages may decode
/// any range of it. Findings here are about bytes, hence no others are looked for in a file that fails.
struct ByteGate {
  let bytes: [UInt8]
  let file: SourceFile.ID
  let limits: MarkupLimits

  /// At most this many warnings about invisible characters in a file.
  private static let warningLimit = 20

  func check() -> [Diagnostic] {
    guard bytes.count <= limits.fileSize else {
      return [.fileTooLarge(bytes.count, limit: limits.fileSize, at: range(0, 0))]
    }
    if let encoding = foreignEncoding { return [.wrongEncoding(encoding, at: range(0, 0))] }
    // One pass without branches finds out whether anything rare is there at all.
    var forbidden: UInt8 = 0
    var highest: UInt8 = 0
    for byte in bytes {
      forbidden |= Self.isForbidden(byte) ? 1 : 0
      highest |= byte
    }
    var found: [Diagnostic] = []
    if highest >= 0x80 {
      if let bad = firstInvalidSequence() { return [.invalidUTF8(bytes[bad.start], at: bad)] }
      found = invisibleCharacters()
    }
    if forbidden != 0 { found += controlCharacters() }
    return found
  }

  private static func isForbidden(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
  }

  private func range(_ start: Int, _ end: Int) -> SourceRange {
    SourceRange(file: file, start: start, end: end)
  }

  /// The encoding that the first bytes speak of, if it is not UTF-8 (XML 1.0, appendix F).
  private var foreignEncoding: String? {
    let start = Array(bytes.prefix(4))
    if start.starts(with: [0, 0, 0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE, 0, 0])
      || start.starts(with: [0, 0, 0]) && start.count == 4
      || start.count == 4 && start[1] == 0 && start[2] == 0 && start[3] == 0
    {
      return "UTF-32"
    }
    if start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE])
      || start.starts(with: [0, UInt8(ascii: "<")]) || start.starts(with: [UInt8(ascii: "<"), 0])
    {
      return "UTF-16"
    }
    if start.starts(with: [0x4C, 0x6F, 0xA7, 0x94]) { return "EBCDIC" }
    if start.starts(with: [0x1F, 0x8B]) { return "gzip" }
    return nil
  }

  /// The first bytes that are no UTF-8: overlong forms, surrogates, broken and cut sequences.
  private func firstInvalidSequence() -> SourceRange? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let bad = error.byteOffsets
      return range(bad.lowerBound, min(bad.upperBound, bytes.count))
    }
  }

  /// One error for each run of control characters.
  private func controlCharacters() -> [Diagnostic] {
    var found: [Diagnostic] = []
    var index = 0
    while index < bytes.count, found.count < limits.findings {
      guard Self.isForbidden(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, Self.isForbidden(bytes[index]) { index += 1 }
      found.append(.controlCharacter(UInt32(bytes[start]), at: range(start, index)))
    }
    return found
  }

  /// Characters that change how text is shown without being seen themselves (CVE-2021-42574), and the
  /// two that XML knows not.
  private func invisibleCharacters() -> [Diagnostic] {
    var found: [Diagnostic] = []
    var warnings = 0
    var index = 0
    while found.count < limits.findings {
      index = bytes.span.first(of: 0xE2, or: 0xEF, from: index)
      guard index + 2 < bytes.count else { break }
      let a = bytes[index]
      let (b, c) = (bytes[index + 1], bytes[index + 2])
      // U+202A…U+202E and U+2066…U+2069.
      let isBidi =
        a == 0xE2
        && (b == 0x80 && c >= 0xAA && c <= 0xAE || b == 0x81 && c >= 0xA6 && c <= 0xA9)
      if isBidi, warnings < Self.warningLimit {
        warnings += 1
        let scalar = UInt32(b & 0x3F) << 6 | UInt32(c & 0x3F) | 0x2000
        found.append(.bidiControl(scalar, at: range(index, index + 3)))
      } else if a == 0xEF, b == 0xBF, c >= 0xBE {
        let scalar = 0xFFC0 | UInt32(c & 0x3F)
        found.append(.controlCharacter(scalar, at: range(index, index + 3)))
      }
      index += 1
    }
    return found
  }
}
