import LetterpressDiagnostics

/// Warnings that a template asks not to hear.
///
///     {% comment %} letterpress-disable merge-tag shadowed-name {% endcomment %}
///     {% comment %} letterpress-enable merge-tag {% endcomment %}
///     {% # letterpress-disable-next-line merge-tag %}
///
/// From the comment to the end of the file or to `letterpress-enable`; without IDs all of them. Errors stay.
struct Suppressions {
  private struct Span {
    /// nil: every ID.
    var id: String?
    var range: Range<Int>
  }

  private var spans: [SourceFile.ID: [Span]] = [:]

  /// Reads the comments of all files; after a change those of the files that differ.
  init(
    _ sources: SourceSet,
    after former: Suppressions? = nil,
    where changed: Set<SourceFile.ID>? = nil
  ) {
    var open = sources.files.indices.map { SourceFile.ID(index: UInt32($0)) }
    if let former, let changed {
      spans = former.spans
      open = changed.sorted()
    }
    for id in open {
      let spans = Self.spans(in: sources[id])
      self.spans[id] = spans.isEmpty ? nil : spans
    }
  }

  /// The findings without those that are silenced.
  func applied(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard !spans.isEmpty else { return diagnostics }
    return diagnostics.filter { diagnostic in
      guard diagnostic.severity == .warning, let spans = spans[diagnostic.primary.range.file] else {
        return true
      }
      return !spans.contains { span in
        (span.id == nil || span.id == diagnostic.id.name)
          && span.range.contains(diagnostic.primary.range.start)
      }
    }
  }

  // MARK: - Reading

  fileprivate static let marker = Array("letterpress-".utf8)
  /// For each byte how far behind it the marker's end can be; 0 of its last byte, which occurs once in it.
  fileprivate static let skips: [Int] = {
    var skips = Array(repeating: marker.count, count: 256)
    for (index, byte) in marker.enumerated() { skips[Int(byte)] = marker.count - 1 - index }
    return skips
  }()

  private static func spans(in file: SourceFile) -> [Span] {
    let bytes = file.bytes
    var spans: [Span] = []
    // Where each ID, or all of them, is silenced from: a second time adds nothing.
    var open: [String?: Int] = [:]
    var isInComment = false
    var seen = 0
    var marker = bytes.nextMarker(from: 0)
    while let found = marker {
      // Each byte is looked at by one marker: a file may be full of them.
      marker = bytes.nextMarker(from: found.upperBound)
      if let tag = lastTag(in: seen..<found.lowerBound, of: bytes) {
        isInComment = opensComment(bytes[(tag + 2)..<found.lowerBound])
      }
      seen = found.lowerBound
      guard isInComment else { continue }
      let words = self.words(bytes[found.lowerBound..<(marker?.lowerBound ?? bytes.count)])
      let ids: [String?] = words.count > 1 ? words.dropFirst().map { $0 } : [nil]
      switch words.first {
      case "letterpress-disable":
        for id in ids where open[id] == nil { open[id] = found.upperBound }
      case "letterpress-enable":
        for id in ids {
          for key in id == nil ? Array(open.keys) : [id] {
            guard let start = open.removeValue(forKey: key) else { continue }
            spans.append(Span(id: key, range: start..<found.lowerBound))
          }
        }
      case "letterpress-disable-next-line":
        let next = file.position(at: found.lowerBound).line + 1
        spans += ids.map { Span(id: $0, range: file.lineRange(next)) }
      default: break
      }
    }
    return spans + open.map { Span(id: $0.key, range: $0.value..<(bytes.count + 1)) }
  }

  /// Where the last `{%` of a run starts; it may end with it.
  private static func lastTag(in run: Range<Int>, of bytes: [UInt8]) -> Int? {
    run.last { index in
      bytes[index] == UInt8(ascii: "{") && index + 1 < run.upperBound
        && bytes[index + 1] == UInt8(ascii: "%")
    }
  }

  /// Whether what stands behind `{%` makes the tag a comment.
  private static func opensComment(_ content: ArraySlice<UInt8>) -> Bool {
    let rest = content.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") }
    return rest.first == UInt8(ascii: "#") || rest.prefix(7).elementsEqual("comment".utf8)
  }

  /// The words of a run, up to the next tag or the end of the line.
  private static func words(_ run: ArraySlice<UInt8>) -> [String] {
    run
      .prefix {
        ![UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains($0)
      }
      .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\t") }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension [UInt8] {
  /// Where the marker stands next.
  ///
  /// Only its last byte is looked for: where that is not, the end is so far away at least as `skips` says
  /// (Horspool).
  fileprivate func nextMarker(from start: Int) -> Range<Int>? {
    let marker = Suppressions.marker
    let skips = Suppressions.skips
    var end = start + marker.count
    while end <= count {
      let skip = skips[Int(self[end - 1])]
      if skip == 0 {
        if self[(end - marker.count)..<end].elementsEqual(marker) {
          return (end - marker.count)..<end
        }
        end += 1
      } else {
        end += skip
      }
    }
    return nil
  }
}
