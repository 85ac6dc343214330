import Foundation
import LetterpressGallery
import Testing

/// The page as Chromium shows it when opened from disk; skipped where there is no Chromium.
@Suite(.enabled(if: Chromium.path != nil, "no Chromium on this machine"), .serialized)
struct GalleryPageTests {
  @Test("every message has a card, and those in sight have frames", arguments: [375, 1280])
  func cards(width: Int) throws {
    let folder = try TemporaryFolder()
    let page = try Chromium.document(of: folder.write(.sample).page, width: width)

    #expect(page.contains("welcome for Tom"))
    #expect(page.contains("<iframe sandbox=\"allow-same-origin\""))
    #expect(page.contains("layouts/broken.mjml:3:7"))
    #expect(page.contains("Rejected does not conform to the schema"))
  }

  @Test("a link opens one message at all widths")
  func message() throws {
    let folder = try TemporaryFolder()
    let page = try Chromium.document(of: folder.write(.sample).page + "#message=welcome/ada")

    #expect(page.contains("<title>welcome for Ada · Shop</title>"))
    for width in GalleryContents.sample.widths {
      #expect(page.contains("title=\"welcome for Ada at \(width) pixels\""))
    }
  }

  @Test("filters in the link leave what passes them")
  func filters() throws {
    let folder = try TemporaryFolder()
    let page = try Chromium.document(of: folder.write(.sample).page + "#persona=ada&q=hello")

    #expect(page.contains("1 of 3 messages"))
  }

  @Test("a thousand messages have no more frames than can be seen")
  func thousand() throws {
    let folder = try TemporaryFolder()
    let contents = GalleryContents(
      title: "Shop",
      layouts: (0..<20).map { GalleryLayout(name: "layout-\($0)") },
      personas: (0..<50).map { GalleryPersona(id: "persona-\($0)", title: "Persona \($0)") }
    )
    let page = try Chromium.document(of: folder.write(contents).page)
    let frames = page.components(separatedBy: "<iframe").count - 1

    #expect(page.contains("1,000 messages"))
    #expect((1...20).contains(frames), "\(frames)")
  }

  @Test("neither a message nor the text of a project can run a script")
  func scripts() throws {
    let attack = "</script><img src=x onerror=\"parent.document.title='owned'\">"
    let folder = try TemporaryFolder()
    var contents = GalleryContents.sample
    contents.title = "Shop " + attack
    contents.personas[0].title = attack
    let summary = try folder.write(contents) { _, _ in
      .rendered(
        RenderedMessage(
          subject: attack,
          preheader: attack,
          html: Array("<script>parent.document.title='owned'</script>\(attack)".utf8)
        )
      )
    }

    let page = try Chromium.document(of: summary.page)
    #expect(page.contains("<iframe"))
    #expect(page.contains("<title>Shop &lt;/script&gt;"))
  }
}

/// A browser, where the machine has one.
private enum Chromium {
  static let path = ["chromium", "chromium-browser", "google-chrome"]
    .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The document after its scripts have run.
  static func document(of page: String, width: Int = 1280) throws -> String {
    let profile = FileManager.default.temporaryDirectory.path + "/chromium-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: profile) }
    let process = Process()
    process.executableURL = URL(filePath: try #require(path))
    process.arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(profile)",
      "--window-size=\(width),900", "--virtual-time-budget=2000", "--dump-dom", "file://" + page,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
