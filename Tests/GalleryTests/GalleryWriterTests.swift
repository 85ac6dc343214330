import Foundation
import LetterpressGallery
import Testing

/// Contents in, files out: the seam that the command uses.
struct GalleryWriterTests {
  @Test("a gallery is a page, its assets, and the files of each message")
  func files() throws {
    let folder = try TemporaryFolder()
    let summary = try folder.write(.sample)

    #expect(summary.page == folder.gallery + "/index.html")
    #expect(summary.messages == 2)
    #expect(summary.failures == 1)
    let names = try folder.names()
    #expect(
      names.filter { !$0.hasPrefix("assets") } == [
        "index.html", "messages", "messages/welcome", "messages/welcome/ada.html",
        "messages/welcome/ada.js", "messages/welcome/ada.txt",
        "messages/welcome/tom~20~26~20co.html",
        "messages/welcome/tom~20~26~20co.js", "messages/welcome/tom~20~26~20co.txt",
      ]
    )
  }

  @Test("the page links no file that is not there and nothing on a network")
  func links() throws {
    let folder = try TemporaryFolder()
    try folder.write(.sample)
    let page = try folder.text("index.html")
    let names = Set(try folder.names())

    for attribute in ["src=\"", "href=\""] {
      for piece in page.components(separatedBy: attribute).dropFirst() {
        let target = String(piece.prefix { $0 != "\"" })
        let isInside = target.hasPrefix("#") || target.hasPrefix("data:") || names.contains(target)
        #expect(isInside, "\(target)")
      }
    }
    for name in names.filter({ $0.hasPrefix("assets/") }) {
      // The name of SVG looks like an address and is none.
      let text = try folder.text(name)
        .replacingOccurrences(of: "http://www.w3.org/2000/svg", with: "")
      #expect(!text.contains("http://") && !text.contains("https://"), "\(name)")
      #expect(page.contains("\"\(name)\""), "\(name)")
    }
  }

  @Test("a message's file has the very bytes that were rendered")
  func bytes() throws {
    let folder = try TemporaryFolder()
    try folder.write(.sample) { _, _ in
      .rendered(RenderedMessage(subject: "S", preheader: "P", html: [0x3C, 0x70, 0x3E, 0xFF]))
    }

    #expect(try folder.data("messages/welcome/ada.html") == Data([0x3C, 0x70, 0x3E, 0xFF]))
    #expect(try !folder.names().contains("messages/welcome/ada.txt"))
  }

  @Test("the same contents give the same bytes")
  func reproducible() throws {
    let first = try TemporaryFolder()
    let second = try TemporaryFolder()
    try first.write(.sample)
    try second.write(.sample)

    #expect(try first.names() == second.names())
    for name in try first.names() {
      #expect(try first.data(name) == second.data(name), "\(name)")
    }
  }

  @Test("layouts are rendered in order, one persona after the other, and only what can be")
  func order() throws {
    let folder = try TemporaryFolder()
    var contents = GalleryContents.sample
    contents.layouts.insert(GalleryLayout(name: "goodbye"), at: 0)
    var calls: [String] = []
    try folder.write(contents) { layout, persona in
      calls.append("\(layout.name) \(persona.id)")
      return .failed(reason: "no")
    }

    #expect(calls == ["goodbye ada", "goodbye tom & co", "welcome ada", "welcome tom & co"])
  }

  @Test("a layout with warnings is shown all the same")
  func warnings() throws {
    let folder = try TemporaryFolder()
    var contents = GalleryContents.sample
    contents.layouts = [GalleryLayout(name: "welcome", findings: [.sample(.warning)])]

    #expect(try folder.write(contents).messages == 2)
    #expect(try folder.index().layouts.first?.findings.first?.severity == "warning")
  }

  @Test("a thousand messages")
  func thousand() throws {
    let folder = try TemporaryFolder()
    let contents = GalleryContents(
      title: "Shop",
      layouts: (0..<20).map { GalleryLayout(name: "layout-\($0)") },
      personas: (0..<50).map { GalleryPersona(id: "persona-\($0)", title: "Persona \($0)") }
    )
    let summary = try folder.write(contents)

    #expect(summary.messages == 1000)
    #expect(try folder.index().messages.count == 1000)
    #expect(try folder.names().count { $0.hasSuffix(".html") } == 1001)
  }
}

extension GalleryWriterTests {
  @Test("text of a project cannot become markup or end the page's script")
  func escaping() throws {
    let attack = "</script><script>alert('1')</script>\"<!--&"
    let folder = try TemporaryFolder()
    let finding = GalleryFinding(
      id: attack,
      message: attack,
      file: attack,
      line: 1,
      column: 1,
      pointer: attack,
      frame: attack
    )
    let contents = GalleryContents(
      title: attack,
      layouts: [
        GalleryLayout(name: attack, summary: attack),
        GalleryLayout(name: "broken", findings: [finding]),
      ],
      personas: [
        GalleryPersona(id: attack, title: attack, notes: attack, tags: [attack]),
        GalleryPersona(id: "rejected", title: attack, findings: [finding]),
      ],
      findings: [finding]
    )
    try folder.write(contents) { _, _ in
      .rendered(
        RenderedMessage(
          subject: attack,
          preheader: attack,
          from: attack,
          html: Array(attack.utf8),
          plainText: attack
        )
      )
    }

    let page = try folder.text("index.html")
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("alert('1')<"))
    let index = try folder.index()
    #expect(index.title == attack)
    #expect(index.messages.first?.subject == attack)
    #expect(index.personas.first?.tags == [attack])
  }

  @Test(
    "names that are no file names get files of their own, inside the gallery",
    arguments: ["../../etc/passwd", "a/b", "..", ".", "", "a%2Fb", "ليلى", "A b\n\0"]
  )
  func hostileNames(name: String) throws {
    let folder = try TemporaryFolder()
    let contents = GalleryContents(
      title: "Shop",
      layouts: [GalleryLayout(name: name), GalleryLayout(name: "a~2fb")],
      personas: [GalleryPersona(id: name, title: name)]
    )
    try folder.write(contents)

    let index = try folder.index()
    let keys = index.messages.map(\.key)
    #expect(Set(keys).count == 2)
    for key in keys {
      #expect(key.split(separator: "/", omittingEmptySubsequences: false).count == 2)
      #expect(try folder.names().contains("messages/\(key).html"))
    }
    #expect(try folder.siblings() == ["gallery"])
  }

  @Test("a name of four kilobytes is cut, and stays apart from one with the same beginning")
  func longNames() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "long ", count: 800)
    let contents = GalleryContents(
      title: "Shop",
      layouts: [GalleryLayout(name: "welcome")],
      personas: [
        GalleryPersona(id: long + "a", title: "A"), GalleryPersona(id: long + "b", title: "B"),
      ]
    )

    #expect(try folder.write(contents).messages == 2)
    #expect(try folder.names().count { $0.hasSuffix(".js") && $0.hasPrefix("messages") } == 2)
  }
}
