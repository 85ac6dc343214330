import Foundation
import LetterpressGallery
import Testing

/// What happens to the folder that is there already.
struct GalleryReplacementTests {
  @Test("a gallery takes the place of the one before, and nothing stays behind")
  func replaces() throws {
    let folder = try TemporaryFolder()
    try folder.write(.sample)
    var contents = GalleryContents.sample
    contents.layouts = [GalleryLayout(name: "goodbye")]
    try folder.write(contents)

    let names = try folder.names()
    #expect(names.contains("messages/goodbye/ada.html"))
    #expect(!names.contains("messages/welcome"))
    #expect(try folder.siblings() == ["gallery"])
  }

  @Test("the parents of the folder are made where they are missing")
  func parents() throws {
    let folder = try TemporaryFolder()
    let path = folder.gallery + "/deep/er"
    let summary = try GalleryWriter(path: path).write(.sample, render: TemporaryFolder.render)

    #expect(FileManager.default.fileExists(atPath: summary.page))
  }

  @Test("when writing fails half-way, the old gallery is untouched and nothing stays behind")
  func failure() throws {
    let folder = try TemporaryFolder()
    try folder.write(.sample)
    let before = try folder.data("index.html")

    #expect(throws: GalleryError.self) {
      try folder.write(.sample) { layout, persona in
        // The new gallery's folder is pulled away from under the writer.
        for name in (try? folder.siblings()) ?? [] where name != "gallery" {
          try? FileManager.default.removeItem(atPath: folder.path + "/" + name)
        }
        return TemporaryFolder.render(layout, persona)
      }
    }
    #expect(try folder.data("index.html") == before)
    #expect(try folder.names().contains("messages/welcome/ada.html"))
    #expect(try folder.siblings() == ["gallery"])
  }

  @Test("the remains of a killed run go after an hour, those of one under way stay")
  func leftovers() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    let old = ".gallery-" + UUID().uuidString
    let new = ".gallery-" + UUID().uuidString
    for name in [old, new, ".gallery-mine"] {
      try files.createDirectory(
        atPath: folder.path + "/" + name,
        withIntermediateDirectories: false
      )
    }
    for name in [old, ".gallery-mine"] {
      try files.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)],
        ofItemAtPath: folder.path + "/" + name
      )
    }
    try folder.write(.sample)

    #expect(try folder.siblings() == [new, ".gallery-mine", "gallery"].sorted())
  }

  @Test("a folder that holds something else is not replaced")
  func foreignFolder() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.gallery,
      withIntermediateDirectories: false
    )
    try folder.write(.sample)
    try FileManager.default.removeItem(atPath: folder.gallery)
    try FileManager.default.createDirectory(
      atPath: folder.gallery,
      withIntermediateDirectories: false
    )
    try Data("thesis".utf8).write(to: URL(filePath: folder.gallery + "/index.html"))

    #expect(throws: GalleryError.notAGallery(path: folder.gallery)) {
      try folder.write(.sample)
    }
    #expect(try folder.text("index.html") == "thesis")
    #expect(try folder.siblings() == ["gallery"])
  }

  @Test("a file in the way is not replaced")
  func file() throws {
    let folder = try TemporaryFolder()
    try Data("thesis".utf8).write(to: URL(filePath: folder.gallery))

    #expect(throws: GalleryError.notAGallery(path: folder.gallery)) {
      try folder.write(.sample)
    }
    #expect(throws: GalleryError.self) {
      try GalleryWriter(path: folder.gallery + "/in").write(
        .sample,
        render: TemporaryFolder.render
      )
    }
  }

  @Test("contents that contradict themselves are refused")
  func contradictions() throws {
    let folder = try TemporaryFolder()
    var contents = GalleryContents.sample
    contents.layouts.append(GalleryLayout(name: "welcome"))
    #expect(throws: GalleryError.duplicateLayout("welcome")) { try folder.write(contents) }

    contents = .sample
    contents.personas.append(GalleryPersona(id: "ada", title: "Another"))
    #expect(throws: GalleryError.duplicatePersona("ada")) { try folder.write(contents) }

    for widths in [[], [0], [-1], [375, 375], [100_000]] {
      contents = .sample
      contents.widths = widths
      #expect(throws: GalleryError.invalidWidths(widths)) { try folder.write(contents) }
    }
    #expect(try folder.siblings() == [])
  }
}
