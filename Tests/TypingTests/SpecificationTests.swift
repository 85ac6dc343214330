import Foundation
import TestSupport
import Testing

/// The language's types and checks, chapter by chapter, as `Tests/Fixtures/typing` tells them.
struct SpecificationTests {
  static let chapters: [LiterateSuite.Case] = {
    let folder = Repository.fixtures.appending(path: "typing")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().flatMap { name in
      (try? LiterateSuite(folder.appending(path: name)))?.cases ?? []
    }
  }()

  @Test(arguments: chapters)
  func `The specification holds`(_ chapter: LiterateSuite.Case) {
    let (failures, _) = chapter.run()
    #expect(failures == [])
  }

  @Test
  func `The specification has three hundred assertions`() {
    let count = Self.chapters.reduce(0) { $0 + $1.run().assertions }
    #expect(count >= 300)
  }
}
