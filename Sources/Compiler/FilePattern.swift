/// A pattern of file names, as the `mjml` command takes it in quotes: `*`, `?`, `[a-z]`, and `**` for any
/// folders.
///
///     'mails/*.mjml'     'mails/**/*.mjml'
package struct FilePattern {
  private let isAbsolute: Bool
  private let parts: [[UInt8]]

  /// Folders within each other at most that `**` goes down; links are followed, and may lead in circles.
  private static let depth = 32

  /// A pattern; nil of a text that has none of its signs.
  package init?(_ text: String) {
    guard text.utf8.contains(where: { "*?[".utf8.contains($0) }) else { return nil }
    isAbsolute = text.hasPrefix("/")
    parts = text.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
  }

  /// The files that match, sorted.
  package var files: [String] {
    var found: Set<String> = []
    find(parts[...], in: isAbsolute ? "/" : "", depth: 0, &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func find(
    _ parts: ArraySlice<[UInt8]>,
    in folder: String,
    depth: Int,
    _ found: inout Set<String>
  ) {
    guard let part = parts.first, depth <= Self.depth else { return }
    let rest = parts.dropFirst()
    if part.elementsEqual("**".utf8) {
      find(rest, in: folder, depth: depth, &found)
      for name in FileAccess.names(in: folder.isEmpty ? "." : folder)
      where FileAccess.isFolder(folder + name) {
        find(parts, in: folder + name + "/", depth: depth + 1, &found)
      }
      return
    }
    let isPattern = part.contains { "*?[".utf8.contains($0) }
    let names =
      isPattern
      ? FileAccess.names(in: folder.isEmpty ? "." : folder)
      : [String(decoding: part, as: UTF8.self)]
    for name in names where !isPattern || Self.matches(Array(name.utf8), part) {
      let path = folder + name
      if !rest.isEmpty {
        find(rest, in: path + "/", depth: depth + 1, &found)
      } else if FileAccess.stamp(of: path) != nil, !FileAccess.isFolder(path) {
        found.insert(path)
      }
    }
  }

  /// Whether a name matches; after a mismatch only the last `*` takes one byte more, so that this is
  /// quadratic at worst.
  static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (index, place) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while index < name.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, index)
        place += 1
      } else if let next = step(name[index], pattern, place) {
        index += 1
        place = next
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (place, index) = (last.pattern + 1, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// Where the pattern goes on after one byte of a name; nil where the byte does not fit.
  private static func step(_ byte: UInt8, _ pattern: [UInt8], _ place: Int) -> Int? {
    guard place < pattern.count else { return nil }
    guard pattern[place] == UInt8(ascii: "["),
      let end = pattern[(place + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]"))
    else {
      return pattern[place] == byte || pattern[place] == UInt8(ascii: "?") ? place + 1 : nil
    }
    var set = pattern[(place + 1)..<end]
    let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
    if isNegated { set.removeFirst() }
    var isMember = false
    while let low = set.popFirst() {
      var high = low
      if set.first == UInt8(ascii: "-"), set.count > 1 {
        set.removeFirst()
        high = set.popFirst() ?? low
      }
      if low <= byte, byte <= high { isMember = true }
    }
    return isMember == isNegated ? nil : end + 1
  }
}
