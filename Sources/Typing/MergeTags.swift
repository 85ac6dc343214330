import LetterpressDiagnostics
import LetterpressSchema

/// Placeholders of other systems that were left in the text: `*|FNAME|*`, `%%FIRST%%`, `[First Name]`,
/// `{FirstName}`.
extension Checker {
  /// What other systems put around a name, the longer openings first.
  private static let delimiters: [Delimiters] = [
    // Mailchimp, Salesforce Marketing Cloud, Oracle Responsys, Mailgun.
    Delimiters("*|", "|*", .name), Delimiters("%%=", "=%%", .expression),
    Delimiters("%%[", "]%%", .expression),
    Delimiters("%%", "%%", .name), Delimiters("%", "%", .shoutedName),
    // JavaScript and Braze's older forms, MailerLite and Smarty, Ruby, Salesforce, C#.
    Delimiters("${", "}", .name), Delimiters("{$", "}", .name), Delimiters("#{", "}", .name),
    Delimiters("{!", "}", .name),
    Delimiters("@{", "}", .name),
    // ERB, EJS, ASP; Word's mail merge; Dotdigital; Campaign Monitor.
    Delimiters("<%=", "%>", .expression), Delimiters("<%", "%>", .expression),
    Delimiters("<<", ">>", .words),
    Delimiters("[%", "%]", .expression), Delimiters("[[", "]]", .name),
    Delimiters("##", "##", .name),
  ]

  private struct Delimiters {
    let open: String
    let close: String
    let holds: MergeTagContent
    /// The first byte of `open`.
    let first: UInt8?

    init(_ open: String, _ close: String, _ holds: MergeTagContent) {
      self.open = open
      self.close = close
      self.holds = holds
      first = open.utf8.first
    }
  }

  private enum MergeTagContent {
    /// `first_name`, `user.name`, `IF:FNAME`.
    case name
    /// A name that a percent sign before and after it does not make a share or a part of a URL.
    case shoutedName
    /// `First Name`.
    case words
    /// Anything on one line.
    case expression
  }

  func reportMergeTags(in range: SourceRange) {
    guard !isMuted, !isVerbatim(range) else { return }
    let bytes = self.bytes(range)
    var index = range.start
    while index < range.end {
      guard Self.startsDelimiter(bytes[index]) else {
        index += 1
        continue
      }
      if isStrayDelimiter(bytes, at: index, in: range) {
        report(
          .strayDelimiter(at: SourceRange(file: range.file, start: index, end: index + 2))
        )
        index += 2
        continue
      }
      guard let length = mergeTag(bytes, at: index, in: range) else {
        index += 1
        continue
      }
      let tag = SourceRange(file: range.file, start: index, end: index + length)
      let field = fieldPath(for: text(tag).wordsOnly)
      report(.foreignMergeTag(text(tag), field: field, at: tag))
      index += length
    }
  }

  /// Whether a placeholder, or a `%}`, may start with this byte.
  private static func startsDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "$"), UInt8(ascii: "{"),
      UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "<"), UInt8(ascii: "["):
      true
    default: false
    }
  }

  /// A `%}` in the text; not that of `{ % if x %}`, whose `endif` is told already.
  private func isStrayDelimiter(_ bytes: [UInt8], at index: Int, in range: SourceRange) -> Bool {
    guard bytes[index] == UInt8(ascii: "%"), bytes[index..<range.end].starts(with: "%}".utf8),
      index > range.start,
      !(0x30...0x39).contains(bytes[index - 1])
    else { return false }
    let before = bytes[range.start..<index]
    guard let brace = before.lastIndex(of: UInt8(ascii: "{")) else { return true }
    return before[(brace + 1)...].first { $0 != 0x20 } != UInt8(ascii: "%")
  }

  /// The length of a placeholder that starts here.
  private func mergeTag(_ bytes: [UInt8], at index: Int, in range: SourceRange) -> Int? {
    for form in Self.delimiters
    where form.first == bytes[index] && bytes[index..<range.end].starts(with: form.open.utf8) {
      if let length = delimited(bytes, at: index, in: range, form) { return length }
    }
    switch bytes[index] {
    case UInt8(ascii: "{"): return braced(bytes, at: index, to: range.end, from: range.start)
    case UInt8(ascii: "["): return bracketed(bytes, at: index, to: range.end)
    default: return nil
    }
  }

  /// The length of a name, or what else there is, between delimiters.
  private func delimited(
    _ bytes: [UInt8],
    at start: Int,
    in range: SourceRange,
    _ form: Delimiters
  ) -> Int? {
    let first = start + form.open.utf8.count
    var index = first
    let close = Array(form.close.utf8)
    while index < range.end, index - first < 80, bytes[index] != 0x0A,
      !bytes[index..<range.end].starts(with: close)
    {
      index += 1
    }
    guard index > first, index < range.end, bytes[index..<range.end].starts(with: close) else {
      return nil
    }
    let content = bytes[first..<index]
    let isFit: Bool
    switch form.holds {
    case .expression: isFit = true
    case .name: isFit = content.isName
    case .words:
      isFit = content.split(separator: 0x20).allSatisfy(\.isName) && content.first != 0x20
    case .shoutedName:
      isFit =
        content.isName && isShouted(content) && !bytes.isWordPart(at: start - 1, from: range.start)
    }
    return isFit ? index + close.count - start : nil
  }

  /// `%FIRSTNAME%` and `%recipient.name%`, but neither `50%OFF%` nor the `%C3%A9` of a URL.
  private func isShouted(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.count >= 3 else { return false }
    let isHex = name.prefix(2).allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte)
    }
    let text = String(decoding: name, as: UTF8.self)
    if text == text.uppercased() {
      return !isHex || Self.allCapsFields.contains(text.lowercased())
        || Self.fieldWords.contains(text.lowercased())
    }
    return name.contains(UInt8(ascii: "_")) || name.contains(UInt8(ascii: "."))
  }

  /// `{FirstName}`, `{First Name}`: a name, no CSS, no `{{`.
  private func braced(_ bytes: [UInt8], at start: Int, to end: Int, from low: Int) -> Int? {
    if start > low,
      [UInt8(ascii: "{"), UInt8(ascii: "$"), UInt8(ascii: "#")].contains(bytes[start - 1])
    {
      return nil
    }
    var index = start + 1
    while index < end, index - start < 60, bytes[index].isNamePart || bytes[index] == 0x20 {
      index += 1
    }
    guard index - start > 2, bytes[start + 1].isLetter, index < end,
      bytes[index] == UInt8(ascii: "}")
    else { return nil }
    let name = bytes[(start + 1)..<index]
    if name.contains(0x20), !isFieldName(String(decoding: name, as: UTF8.self)) { return nil }
    return index + 1 - start
  }

  /// `[FIRST_NAME]`, `[First Name]`: only what reads like a field (LANGUAGE.md, D12).
  private func bracketed(_ bytes: [UInt8], at start: Int, to end: Int) -> Int? {
    var index = start + 1
    while index < end, index - start < 40, bytes[index].isNamePart || bytes[index] == 0x20 {
      index += 1
    }
    guard index < end, bytes[index] == UInt8(ascii: "]"), index > start + 2 else { return nil }
    let name = String(decoding: bytes[(start + 1)..<index], as: UTF8.self)
    return isFieldName(name) ? index + 1 - start : nil
  }

  private func isFieldName(_ name: String) -> Bool {
    let words = name.wordsOnly
    guard let last = words.last, name.utf8.first?.isLetter ?? false else { return false }
    let isUpper = name == name.uppercased()
    let isJoined = name.utf8.contains(UInt8(ascii: "_"))
    if isJoined, isUpper, words.count > 1 { return true }
    let isKnown = fieldPath(for: words) != nil
    if words.count > 1 {
      // `[Read more]` is text, `[First Name]` is not.
      let isTitle = name.split(separator: " ").allSatisfy { $0.first?.isUppercase ?? false }
      return isKnown || (isTitle || isJoined) && Self.fieldWords.contains(last)
    }
    return isUpper && words[0].utf8.count > 2 && Self.allCapsFields.contains(words[0])
  }

  private static let fieldWords: Set<String> = [
    "name", "email", "mail", "address", "city", "country", "zip", "phone", "number", "date",
    "birthday", "company", "code", "title", "salutation", "link", "url", "id", "amount", "price",
  ]
  private static let allCapsFields: Set<String> = [
    "fname", "lname", "firstname", "lastname", "fullname", "name", "email", "company", "city",
    "phone", "username", "unsubscribe",
  ]

  /// The profile's field of that name, however it is written.
  private func fieldPath(for words: [String]) -> String? {
    guard case .object(let id)? = input.profile else { return nil }
    let wanted = words.joined()
    let field = types[id].fields.first { $0.name.wordsOnly.joined() == wanted }
    return field.map { (input.roots == .profile ? "profile." : "") + $0.name }
  }

  /// Whether a run of text is the content of `{% raw %}`, where other systems' tags are meant.
  private func isVerbatim(_ range: SourceRange) -> Bool {
    let bytes = bytes(range)
    let first = max(0, range.start - Self.longestRawTag)
    var end = range.start
    while end > first, bytes[end - 1] == 0x20 || (0x09...0x0D).contains(bytes[end - 1]) { end -= 1 }
    guard end > first + 1, bytes[end - 1] == UInt8(ascii: "}"), bytes[end - 2] == UInt8(ascii: "%")
    else { return false }
    let tag = bytes[first..<(end - 2)]
    guard let open = tag.lastIndex(of: UInt8(ascii: "%")) else { return false }
    let ignored = [UInt8(ascii: "-"), 0x20, 0x09, 0x0A, 0x0D]
    return tag[(open + 1)...].filter { !ignored.contains($0) } == Array("raw".utf8)
  }

  /// How far back the tag is looked for; white space that `-%}` takes away included.
  private static let longestRawTag = 200
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  fileprivate var isNamePart: Bool {
    isLetter || (0x30...0x39).contains(self) || self == UInt8(ascii: "_")
      || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }
}

extension ArraySlice<UInt8> {
  /// Letters, digits and what joins them, with a letter first.
  fileprivate var isName: Bool {
    guard let first, first.isLetter else { return false }
    return allSatisfy { $0.isNamePart || $0 == UInt8(ascii: ":") }
  }
}

extension [UInt8] {
  fileprivate func isWordPart(at index: Int, from low: Int) -> Bool {
    index >= low && index < count && (self[index].isNamePart || self[index] == UInt8(ascii: "%"))
  }
}

extension String {
  /// The words of a name, in lower case: `FirstName`, `FIRST_NAME` and `first-name` are first, name.
  var wordsOnly: [String] {
    var words: [[UInt8]] = [[]]
    var wasLower = false
    for byte in utf8 {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      guard
        isUpper || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (0x30...0x39).contains(byte)
      else {
        words.append([])
        wasLower = false
        continue
      }
      if isUpper, wasLower { words.append([]) }
      words[words.count - 1].append(isUpper ? byte | 0x20 : byte)
      wasLower = !isUpper
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }
}
