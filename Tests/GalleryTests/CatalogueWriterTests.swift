import Foundation
import LetterpressGallery
import Testing

/// Blocks in, pages out.
struct CatalogueWriterTests {
  private static let hostile = "</iframe><script>alert('\"&')</script>"

  private static let contents = CatalogueContents(
    title: "Shop & <Co>",
    blocks: [
      CatalogueBlock(
        name: "price-tag",
        summary: hostile,
        parameters: [
          .init(name: "price", type: "Money", isRequired: true, summary: hostile),
          .init(name: "tone", type: "light | dark", defaultText: "light"),
        ],
        slots: [.init(name: "footer", summary: "Below")],
        examples: [
          .init(
            usage: "<price-tag price=\"1\" />",
            persona: "ada",
            outcome: .rendered(Array("<!doctype html><p title=\"a\">1 &amp; 2</p>".utf8))
          ),
          .init(usage: "<price-tag />", outcome: .failed("no price")),
        ],
        source: hostile,
        layouts: [.init(name: "welcome"), .init(name: "cart", isDirect: false)],
        blocks: [.init(name: "product-card")]
      ),
      CatalogueBlock(name: "product-card"),
    ],
    galleryPage: "../gallery/index.html"
  )

  @Test func `a catalogue is an index, a page for each block and a file for each example`() throws {
    let folder = try TemporaryFolder()
    let page = try CatalogueWriter(path: folder.gallery).write(Self.contents)
    #expect(page == folder.gallery + "/index.html")
    #expect(
      try folder.names() == [
        "assets", "assets/catalogue.css", "assets/catalogue.js", "assets/gallery.css", "examples",
        "examples/price-tag-1.html", "index.html", "pages", "pages/price-tag.html",
        "pages/product-card.html",
      ]
    )
    #expect(
      try folder.text("examples/price-tag-1.html") == "<!doctype html><p title=\"a\">1 &amp; 2</p>"
    )
  }

  @Test func `an example stands in frames of the exact widths, in which nothing runs`() throws {
    let folder = try TemporaryFolder()
    try CatalogueWriter(path: folder.gallery).write(Self.contents)
    let page = try folder.text("pages/price-tag.html")
    for width in [375, 600] {
      #expect(
        page.contains("<iframe sandbox=\"allow-same-origin\" scrolling=\"no\" width=\"\(width)\"")
      )
    }
    #expect(
      page.contains(
        "srcdoc=\"&lt;!doctype html&gt;&lt;p title=&quot;a&quot;&gt;1 &amp;amp; 2&lt;/p&gt;\""
      )
    )
    #expect(page.contains("Nothing to see: no price"))
  }

  @Test func `texts are texts on every page`() throws {
    let folder = try TemporaryFolder()
    try CatalogueWriter(path: folder.gallery).write(Self.contents)
    for name in ["index.html", "pages/price-tag.html"] {
      let page = try folder.text(name)
      #expect(!page.contains(Self.hostile), "\(name)")
      #expect(page.components(separatedBy: "<script").count == 2, "\(name)")
      #expect(page.contains("Shop &amp; &lt;Co&gt;"), "\(name)")
    }
  }

  @Test func `every link of a page leads to a file of the catalogue or to the gallery`() throws {
    let folder = try TemporaryFolder()
    try CatalogueWriter(path: folder.gallery).write(Self.contents)
    let root = URL(filePath: folder.gallery, directoryHint: .isDirectory)
    for name in try folder.names() where name.hasSuffix(".html") && !name.hasPrefix("examples") {
      let page = root.appending(path: name)
      for attribute in [" src=\"", " href=\""] {
        for piece in try folder.text(name).components(separatedBy: attribute).dropFirst() {
          let target = String(piece.prefix { $0 != "\"" })
          if target.hasPrefix("#") || target.hasPrefix("data:") { continue }
          if target.hasSuffix("gallery/index.html") { continue }
          let path = URL(string: target, relativeTo: page)?.path ?? ""
          #expect(FileManager.default.fileExists(atPath: path), "\(name): \(target)")
        }
      }
    }
  }

  @Test func `what is no catalogue stays as it is`() throws {
    let folder = try TemporaryFolder()
    try folder.write(.sample)
    #expect(throws: GalleryError.notAGallery(path: folder.gallery)) {
      try CatalogueWriter(path: folder.gallery).write(Self.contents)
    }
    #expect(try folder.text("index.html").contains("Letterpress gallery"))
  }

  @Test func `the same contents replace a catalogue by the same bytes`() throws {
    let folder = try TemporaryFolder()
    let writer = CatalogueWriter(path: folder.gallery)
    try writer.write(Self.contents)
    let first = try folder.names().map { try folder.data($0) }
    try writer.write(Self.contents)
    #expect(try folder.names().map { try folder.data($0) } == first)
    #expect(try folder.siblings() == ["gallery"])
  }

  @Test func `two blocks of one name are refused`() throws {
    let folder = try TemporaryFolder()
    let block = CatalogueBlock(name: "a")
    #expect(throws: GalleryError.duplicateBlock("a")) {
      try CatalogueWriter(path: folder.gallery)
        .write(CatalogueContents(title: "x", blocks: [block, block]))
    }
  }
}
