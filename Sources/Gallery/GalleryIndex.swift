import Foundation

/// What the page knows about its contents before it loads a message; `contents.js` reads it.
struct GalleryIndex: Encodable {
  struct Layout: Encodable {
    let key: String
    let name: String
    let summary: String?
    let isBroken: Bool
    let findings: [GalleryFinding]
  }

  struct Persona: Encodable {
    let key: String
    let id: String
    let title: String
    let notes: String?
    let tags: [String]
    let isRejected: Bool
    let findings: [GalleryFinding]
  }

  /// One layout for one persona; rendered if it has a subject.
  struct Message: Encodable {
    /// The message's files are `messages/<key>.html` and so on.
    let key: String
    /// A position in `layouts`.
    let layout: Int
    /// A position in `personas`.
    let persona: Int
    var subject: String?
    var preheader: String?
    var from: String?
    /// The length of the HTML part.
    var bytes: Int?
    var hasPlainText: Bool?
    var failure: String?
    var findings: [GalleryFinding]?

    init(key: String, layout: Int, persona: Int) {
      self.key = key
      self.layout = layout
      self.persona = persona
    }

    mutating func describe(_ message: RenderedMessage) {
      subject = message.subject
      preheader = message.preheader
      from = message.from
      bytes = message.html.count
      hasPlainText = message.plainText != nil
    }
  }

  let title: String
  let widths: [Int]
  let blocksPage: String?
  let findings: [GalleryFinding]
  let layouts: [Layout]
  let personas: [Persona]
  var messages: [Message] = []

  init(_ contents: GalleryContents) {
    title = contents.title
    widths = contents.widths
    blocksPage = contents.blocksPage
    findings = contents.findings
    layouts = contents.layouts.map {
      Layout(
        key: fileName(for: $0.name),
        name: $0.name,
        summary: $0.summary,
        isBroken: $0.isBroken,
        findings: $0.findings
      )
    }
    personas = contents.personas.map {
      Persona(
        key: fileName(for: $0.id),
        id: $0.id,
        title: $0.title,
        notes: $0.notes,
        tags: $0.tags,
        isRejected: $0.isRejected,
        findings: $0.findings
      )
    }
  }
}

/// The script that hands a message to the page.
func messageScript(_ message: RenderedMessage, key: String) throws(GalleryError) -> [UInt8] {
  struct Parts: Encodable {
    let html: String
    let text: String?
  }
  // The HTML is valid UTF-8 unless a bug let a byte through; a replacement character shows it.
  let parts = Parts(html: String(decoding: message.html, as: UTF8.self), text: message.plainText)
  return try Array("letterpressMessage(".utf8) + json(key) + Array(", ".utf8) + json(parts)
    + Array(");\n".utf8)
}

/// JSON that may stand in a `script` element of HTML: the bytes `<`, `>` and `&`, which occur in
/// strings only, are escaped, so that no text can end the element or open a comment.
func json(_ value: some Encodable) throws(GalleryError) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  let encoded: Data
  do {
    encoded = try encoder.encode(value)
  } catch {
    throw .cannotWrite(path: "index.html", reason: error.localizedDescription)
  }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(encoded.count + encoded.count / 8)
  for byte in encoded {
    switch byte {
    case UInt8(ascii: "<"): bytes.append(contentsOf: "\\u003c".utf8)
    case UInt8(ascii: ">"): bytes.append(contentsOf: "\\u003e".utf8)
    case UInt8(ascii: "&"): bytes.append(contentsOf: "\\u0026".utf8)
    default: bytes.append(byte)
    }
  }
  return bytes
}
