import Foundation
import LetterpressGallery
import Testing

/// A folder for one test's gallery, removed with the last reference.
final class TemporaryFolder {
  let path: String
  /// Where the gallery goes.
  var gallery: String { path + "/gallery" }

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/letterpress-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  @discardableResult
  func write(
    _ contents: GalleryContents,
    render: (GalleryLayout, GalleryPersona) -> GalleryMessage = TemporaryFolder.render
  ) throws -> GallerySummary {
    try GalleryWriter(path: gallery).write(contents, render: render)
  }

  static func render(_ layout: GalleryLayout, _ persona: GalleryPersona) -> GalleryMessage {
    .rendered(
      RenderedMessage(
        subject: "\(layout.name) for \(persona.title)",
        preheader: "Hello",
        html: Array("<!doctype html><p>Hello</p>".utf8),
        plainText: "Hello\n"
      )
    )
  }

  /// Everything in the gallery, sorted.
  func names() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: gallery).sorted()
  }

  /// Everything beside the gallery, sorted.
  func siblings() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  func data(_ name: String) throws -> Data? {
    let url = URL(filePath: gallery).appending(path: name)
    return try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
      ? nil : Data(contentsOf: url)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try #require(try data(name)), as: UTF8.self)
  }

  /// What the page's scripts will read.
  func index() throws -> Index {
    let page = try text("index.html")
    let start = try #require(page.range(of: #"<script type="application/json" id="contents">"#))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    return try JSONDecoder().decode(
      Index.self,
      from: Data(page[start.upperBound..<end.lowerBound].utf8)
    )
  }
}

/// The contents of a page, as far as tests look at them.
struct Index: Decodable {
  struct Layout: Decodable {
    let name: String
    let findings: [Finding]
  }

  struct Persona: Decodable {
    let id: String
    let tags: [String]
  }

  struct Message: Decodable {
    let key: String
    let subject: String?
  }

  struct Finding: Decodable {
    let severity: String
  }

  let title: String
  let layouts: [Layout]
  let personas: [Persona]
  let messages: [Message]
}

extension GalleryContents {
  /// One layout that works and one that does not, two personas that conform and one that does not.
  static var sample: GalleryContents {
    GalleryContents(
      title: "Shop",
      layouts: [
        GalleryLayout(name: "welcome", summary: "The first mail"),
        GalleryLayout(name: "broken", findings: [.sample(.error)]),
      ],
      personas: [
        GalleryPersona(id: "ada", title: "Ada", tags: ["standard"]),
        GalleryPersona(id: "rejected", title: "Rejected", findings: [.sample(.error)]),
        GalleryPersona(id: "tom & co", title: "Tom"),
      ]
    )
  }
}

extension GalleryFinding {
  static func sample(_ severity: Severity) -> GalleryFinding {
    GalleryFinding(
      severity: severity,
      id: "unknown-field",
      message: "no such field",
      file: "layouts/broken.mjml",
      line: 3,
      column: 7,
      frame: "3 | {{ nothing }}"
    )
  }
}
