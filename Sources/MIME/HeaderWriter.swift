/// Writes the header of a message: field by field, folded.
///
/// It writes nothing but printable ASCII, the space, and the CRLF of its own line ends; whatever a
/// field is given, it stays one field. Lines have at most 76 characters where there is a space to
/// fold at. Storage is reused from message to message.
package struct HeaderWriter: Sendable {
  /// RFC 2047, section 2: for lines with an encoded word; RFC 5322 advises 78 for all.
  static let lineLimit = 76
  /// RFC 5322, section 2.1.1, has 998, of which a name may take some.
  private static let wordLimit = 900

  /// What was written.
  package private(set) var bytes: [UInt8] = []
  private var column = 0
  /// Something stands on this line beside the field's name or the space of folding.
  private var isLineUsed = false
  private var text: [UInt8] = []
  private var name: [UInt8] = []

  package init() {}

  /// Forgets what was written and keeps the storage.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends what a writer made before: whole fields, or the lines behind them.
  package mutating func append(made bytes: [UInt8]) { self.bytes.append(contentsOf: bytes) }

  // MARK: - Fields

  /// Appends a field of text.
  ///
  /// With `keepsWords` long words stay as they are, for programs read them; otherwise they are
  /// encoded, for lines of 76 characters.
  package mutating func append(
    _ field: HeaderName,
    text value: Span<UInt8>,
    keepsWords: Bool = false
  ) {
    if appendShort(field, value) { return }
    text.removeAll(keepingCapacity: true)
    HeaderText.append(value, to: &text)
    start(field)
    appendText(keepsWords: keepsWords)
    end()
  }

  /// Appends a field whose text stands as it is and has room on one line, as most have; false where it is
  /// none.
  private mutating func appendShort(_ field: HeaderName, _ value: Span<UInt8>) -> Bool {
    guard value.count > 0, field.text.utf8.count + 2 + value.count <= Self.lineLimit else {
      return false
    }
    var previous = UInt8(ascii: " ")
    for index in value.indices {
      let byte = value[index]
      guard (0x20...0x7E).contains(byte), byte != 0x20 || previous != 0x20,
        // `=?` would be taken for the beginning of an encoded word.
        byte != UInt8(ascii: "?") || previous != UInt8(ascii: "=")
      else { return false }
      previous = byte
    }
    guard previous != 0x20 else { return false }
    start(field)
    bytes.append(UInt8(ascii: " "))
    for index in value.indices { bytes.append(value[index]) }
    end()
    return true
  }

  /// Appends a field of one address; returns the place of its domain in `bytes`.
  @discardableResult
  package mutating func append(
    _ field: HeaderName,
    address value: Span<UInt8>
  ) throws(AddressFault) -> Range<Int> {
    text.removeAll(keepingCapacity: true)
    HeaderText.append(value, to: &text)
    let mailbox = try Mailbox(text.span)
    let domainWidth = mailbox.asciiDomain?.count ?? mailbox.domain.count
    start(field)
    name.removeAll(keepingCapacity: true)
    if !mailbox.name.isEmpty { mailbox.appendName(of: text, to: &name) }
    var width = mailbox.address.count - mailbox.domain.count + domainWidth
    if name.isEmpty {
      fold(before: width)
    } else {
      appendName()
      width += 2
      fold(before: width)
      bytes.append(UInt8(ascii: "<"))
    }
    bytes.append(contentsOf: text[mailbox.address.lowerBound..<mailbox.domain.lowerBound])
    if let domain = mailbox.asciiDomain {
      bytes.append(contentsOf: domain)
    } else {
      bytes.append(contentsOf: text[mailbox.domain])
    }
    let domain = bytes.count - domainWidth..<bytes.count
    if !name.isEmpty { bytes.append(UInt8(ascii: ">")) }
    column += width
    end()
    return domain
  }

  /// Begins a field of words that stay as they are; ends with `end`.
  package mutating func begin(_ field: HeaderName) { start(field) }

  /// Appends a word, on a new line where it does not fit on this one.
  ///
  /// It holds printable ASCII only; other bytes are left out. Behind one of a list there is room for a comma.
  package mutating func appendWord(_ word: Span<UInt8>, inList: Bool = false) {
    fold(before: inList ? word.count + 1 : word.count)
    for index in word.indices where (0x21...0x7E).contains(word[index]) {
      bytes.append(word[index])
      column += 1
    }
  }

  /// Appends a comma to the word before.
  package mutating func appendComma() {
    bytes.append(UInt8(ascii: ","))
    column += 1
  }

  /// Ends the field.
  package mutating func end() { endLine() }

  // MARK: - Lines

  private mutating func start(_ field: HeaderName) {
    bytes.append(contentsOf: field.text.utf8)
    bytes.append(UInt8(ascii: ":"))
    column = field.text.utf8.count + 1
    isLineUsed = false
  }

  private mutating func endLine() {
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  /// A space, on a new line where a word would not fit on this one.
  private mutating func fold(before width: Int) {
    if isLineUsed, column + 1 + width > Self.lineLimit {
      endLine()
      column = 0
    }
    bytes.append(UInt8(ascii: " "))
    column += 1
    isLineUsed = true
  }

  // MARK: - Text

  private mutating func appendText(keepsWords: Bool) {
    let limit = keepsWords ? Self.wordLimit : Self.lineLimit - 1
    var index = 0
    while index < text.count {
      let end = wordEnd(index)
      if isPlain(index..<end, limit: limit) {
        fold(before: end - index)
        bytes.append(contentsOf: text[index..<end])
        column += end - index
        index = end + 1
      } else {
        let end = encodedEnd(end, limit: limit)
        appendEncoded(text[index..<end], in: .text)
        index = end + 1
      }
    }
  }

  private func wordEnd(_ start: Int) -> Int {
    text[start...].firstIndex(of: UInt8(ascii: " ")) ?? text.count
  }

  private func isPlain(_ word: Range<Int>, limit: Int) -> Bool {
    guard word.count <= limit else { return false }
    var previous: UInt8 = 0
    for byte in text[word] {
      // `=?` would be taken for the beginning of an encoded word.
      if byte > 0x7E || byte == UInt8(ascii: "?") && previous == UInt8(ascii: "=") { return false }
      previous = byte
    }
    return true
  }

  /// Where encoded text ends that goes on to the next words as long as that is shorter than to
  /// begin again behind plain ones.
  private func encodedEnd(_ end: Int, limit: Int) -> Int {
    var end = end
    var index = end + 1
    while index < text.count, index - end <= EncodedWord.overhead {
      let word = index..<wordEnd(index)
      if !isPlain(word, limit: limit) { end = word.upperBound }
      index = word.upperBound + 1
    }
    return end
  }

  private mutating func appendEncoded(_ text: ArraySlice<UInt8>, in place: EncodedWord.Place) {
    let word = EncodedWord(text, in: place)
    var rest = text
    while !rest.isEmpty {
      fold(before: EncodedWord.overhead + EncodedWord.widestScalar)
      let start = bytes.count
      let end = word.append(rest, room: Self.lineLimit - column, to: &bytes)
      column += bytes.count - start
      rest = rest[end...]
    }
  }

  // MARK: - Names

  /// Appends the name before an address: as it is, in quotes, or encoded.
  private mutating func appendName() {
    var isASCII = name.count <= 60
    var isAtoms = true
    var previous: UInt8 = 0
    for byte in name {
      isASCII =
        isASCII && byte < 0x7F
        && !(byte == UInt8(ascii: "?") && previous == UInt8(ascii: "="))
      isAtoms = isAtoms && (byte.isAtomText || byte == UInt8(ascii: " "))
      previous = byte
    }
    guard isASCII else {
      let name = name
      appendEncoded(name[...], in: .phrase)
      return
    }
    fold(before: name.count + 2)
    let start = bytes.count
    if isAtoms {
      bytes.append(contentsOf: name)
    } else {
      bytes.append(UInt8(ascii: "\""))
      for byte in name {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          bytes.append(UInt8(ascii: "\\"))
        }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    column += bytes.count - start
  }
}
