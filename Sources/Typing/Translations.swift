package import LetterpressDiagnostics
package import LetterpressLiquid

/// A project's translations: what `fixtures/locales/*.yaml` says.
package struct Translations: Sendable {
  /// The texts of one language.
  package struct Language: Sendable {
    /// As the file is named: `pt-BR`.
    package var tag: String
    /// The start of its file.
    package var place: SourceRange
    /// By dotted key.
    package var entries: [String: Entry]
    /// Keys whose text is wrong, which has been reported; and those below them.
    package var brokenKeys: Set<String> = []
    /// The file could not be read, which has been reported.
    package var isBroken = false

    package init(tag: String, place: SourceRange, entries: [String: Entry]) {
      self.tag = tag
      self.place = place
      self.entries = entries
    }
  }

  /// A key's text, or its texts by number.
  package struct Entry: Sendable {
    /// The key's place in the file.
    package var range: SourceRange
    package var texts: [Text]
    /// Whether it has forms that a `count` chooses from.
    package var isPlural: Bool

    package init(range: SourceRange, texts: [Text], isPlural: Bool) {
      self.range = range
      self.texts = texts
      self.isPlural = isPlural
    }
  }

  /// One text.
  package struct Text: Sendable {
    package enum Piece: Sendable, Hashable {
      case text(String)
      case placeholder(String)
    }

    /// Of a text by itself: `other`.
    package var form: PluralCategory
    package var pieces: [Piece]
    package var range: SourceRange

    package init(_ form: PluralCategory, _ text: String, at range: SourceRange) {
      self.form = form
      self.range = range
      pieces = Self.pieces(of: text)
    }
  }

  /// In the order of their tags.
  package var languages: [Language]
  /// The project's own language, which those without a translation get: its tag in the manifest.
  package var defaultTag: String

  package init(languages: [Language] = [], defaultTag: String = "en") {
    self.languages = languages
    self.defaultTag = defaultTag
  }

  /// A key's texts and the language that they are in.
  typealias Translation = (language: Language, entry: Entry)

  /// A language's file has it, or one that the language falls back to; the project's own does not count.
  func language(of tag: String, having key: String) -> Translation? {
    for step in LocaleTag.chain(from: tag) {
      for language in languages where LocaleTag.normal(language.tag) == step {
        if let entry = language.entry(key) { return (language, entry) }
      }
    }
    return nil
  }

  /// Whether there is a file for a language, or for one that it falls back to.
  func hasLanguage(of tag: String) -> Bool {
    let chain = LocaleTag.chain(from: tag)
    return languages.contains { chain.contains(LocaleTag.normal($0.tag)) }
  }
}

extension Translations.Language {
  /// Whether a finding has told why the key has no text.
  func isKnownToLack(_ key: String) -> Bool {
    isBroken || brokenKeys.contains { key == $0 || key.hasPrefix($0 + ".") }
  }

  /// A key's texts; a plural's form is also a text by itself, as `items.one`.
  func entry(_ key: String) -> Translations.Entry? {
    if let entry = entries[key] { return entry }
    guard let dot = key.lastIndex(of: "."), let plural = entries[String(key[..<dot])],
      plural.isPlural,
      let text = plural.texts.first(where: { $0.form.rawValue == key[key.index(after: dot)...] })
    else { return nil }
    return Translations.Entry(range: plural.range, texts: [text], isPlural: false)
  }
}

extension Translations.Entry {
  /// The names of all its placeholders, in order, each once.
  var placeholders: [String] {
    var names: [String] = []
    for case .placeholder(let name) in texts.flatMap(\.pieces) where !names.contains(name) {
      names.append(name)
    }
    return names
  }
}

extension Translations.Text {
  /// Placeholders as Shopify writes them (`{{ name }}`), Rails (`%{name}`) and ICU (`{name}`); any other brace
  /// is text.
  static func pieces(of text: String) -> [Piece] {
    let bytes = Array(text.utf8)
    var pieces: [Piece] = []
    var start = 0
    var index = 0
    func flush() {
      guard start < index else { return }
      pieces.append(.text(String(decoding: bytes[start..<index], as: UTF8.self)))
    }
    while index < bytes.count {
      guard let (name, end) = placeholder(in: bytes, at: index) else {
        index += 1
        continue
      }
      flush()
      pieces.append(.placeholder(name))
      start = end
      index = end
    }
    flush()
    return pieces
  }

  private static func placeholder(in bytes: [UInt8], at start: Int) -> (String, end: Int)? {
    let isDouble = bytes[start...].starts(with: Array("{{".utf8))
    let opening = isDouble || bytes[start...].starts(with: Array("%{".utf8)) ? 2 : 1
    guard bytes[start] == UInt8(ascii: "{") || (bytes[start] == UInt8(ascii: "%") && opening == 2)
    else { return nil }
    var rest = bytes[(start + opening)...]
    if isDouble { rest = rest.drop { $0 == 0x20 } }
    let name = rest.prefix { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
    }
    guard let first = name.first, !(0x30...0x39).contains(first) else { return nil }
    rest = rest.dropFirst(name.count)
    if isDouble { rest = rest.drop { $0 == 0x20 } }
    let closing = Array((isDouble ? "}}" : "}").utf8)
    guard rest.starts(with: closing) else { return nil }
    return (String(decoding: name, as: UTF8.self), rest.startIndex + closing.count)
  }
}

/// The keys that templates read, so that the others can be told.
package struct TranslationUses: Sendable {
  package var keys: Set<String> = []
  /// A key could not be told: any may be read.
  package var isOpen = false

  package init() {}

  package mutating func formUnion(_ other: TranslationUses) {
    keys.formUnion(other.keys)
    isOpen = isOpen || other.isOpen
  }
}

extension Translations {
  /// Findings for the keys that nothing reads, at their places.
  ///
  /// Files with errors (`misread`) may read more than was understood: there it is enough that a key stands in
  /// quotes.
  package func unused(
    besides uses: TranslationUses,
    in misread: Set<SourceFile.ID>,
    of sources: SourceSet
  ) -> [Diagnostic] {
    guard !uses.isOpen, !languages.isEmpty else { return [] }
    var uses = uses
    for file in misread { uses.keys.formUnion(sources[file].quotedTexts) }
    var places: [String: [SourceRange]] = [:]
    let ordered =
      languages.filter { $0.tag == defaultTag } + languages.filter { $0.tag != defaultTag }
    for language in ordered {
      for (key, entry) in language.entries where !isUsed(key, entry, uses) {
        places[key, default: []].append(entry.range)
      }
    }
    return places.sorted { $0.key < $1.key }.compactMap { key, places in
      places.first.map { .unusedTranslation(key, at: $0, also: Array(places.dropFirst())) }
    }
  }

  private func isUsed(_ key: String, _ entry: Entry, _ uses: TranslationUses) -> Bool {
    uses.keys.contains(key)
      || (entry.isPlural
        && entry.texts.contains { uses.keys.contains("\(key).\($0.form.rawValue)") })
  }
}

extension SourceFile {
  /// What stands between two quotes of a kind on one line.
  fileprivate var quotedTexts: Set<String> {
    var texts: Set<String> = []
    for quote in [UInt8(ascii: "'"), UInt8(ascii: "\"")] {
      for line in bytes.split(separator: 0x0A) {
        for part in line.split(separator: quote) where part.count <= 256 {
          texts.insert(String(decoding: part, as: UTF8.self))
        }
      }
    }
    return texts
  }
}
