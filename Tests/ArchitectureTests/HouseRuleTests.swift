import TestSupport
import Testing

/// Rules of the house that can be read off the text.
@Suite("House rules")
struct HouseRuleTests {
  /// The checker and the tree know components only through the catalogue that they are handed, so that a
  /// new one needs no change there.
  @Test func `no component is named outside of MJML`() {
    for file in SwiftFile.sources where ["Markup", "Typing"].contains(file.folder) {
      // Wording may name one as an example.
      guard !file.name.hasSuffix("Diagnostics.swift") else { continue }
      let names = Set(file.code.matches(of: /"(mj-[a-z-]+)"/).map { String($0.output.1) })
      #expect(names.subtracting(namesOfTheLanguage) == [], "\(file)")
    }
  }

  /// Unsafe code is greppable: where C is met, and nowhere that a reader would not expect it.
  @Test func `the word unsafe stands where it is expected`() {
    let files = SwiftFile.sources.filter { $0.code.contains(/\bunsafe\b/) }
    #expect(Set(files.map(\.path)).subtracting(filesWithUnsafeCode) == [])
  }

  @Test func `nobody claims a safety that the compiler does not see`() {
    let claims = ["nonisolated(unsafe)", "@unchecked Sendable"]
    #expect(files(with: claims).filter { $0 != libxml2Wall } == [])
  }

  @Test func `modules are not exported on`() {
    #expect(files(with: ["@_exported"]) == [])
  }

  /// What tests need is `package`.
  @Test func `tests see what other stages see`() {
    let files = SwiftFile.tests.filter { $0.lines.contains { $0.hasPrefix("@testable") } }
    #expect(files.map(\.path) == [])
  }

  /// A regular expression over input can take time that the input chooses.
  @Test func `no regular expression runs over input`() {
    let files = SwiftFile.sources.filter {
      $0.code.contains(/NSRegularExpression|\bRegex\b|[(=] *#?\/[^\/ *].*\/#?[)\s.]/)
    }
    #expect(files.map(\.path) == [])
  }

  private func files(with words: [String]) -> [String] {
    SwiftFile.sources.filter { file in words.contains { file.code.contains($0) } }.map(\.path)
  }
}

/// An attribute of every component, and the default for "which elements pass their content on verbatim",
/// which the caller may replace.
private let namesOfTheLanguage: Set<String> = ["mj-class", "mj-raw"]

private let libxml2Wall = "Sources/Markup/LibXMLParser.swift"

private let filesWithUnsafeCode: Set<String> = [
  libxml2Wall,
  // System calls: opening a file beneath a folder, and writing without losing an error.
  "Sources/Compiler/FileAccess.swift",
  // Looking for bytes, sixteen at a time.
  "Sources/Markup/ByteSearch.swift",
  // The text of components, copied at the speed of memory.
  "Sources/MJML/CopiedText.swift",
  // System calls: reading in pieces, from pipes too; and the bytes of SQLite's texts.
  "Sources/Profiles/InputFile.swift",
  "Sources/Profiles/SQLiteColumns.swift",
  // System calls: writing without losing an error, and signals, with marks that outlive a crash.
  "Sources/Message/BatchFile.swift",
  "Sources/Message/BatchSignals.swift",
  // Words of a profile's text, and its escaping, 64 bytes at a time.
  "Sources/Schema/ByteWord.swift",
  "Sources/Schema/HTMLEscaping.swift",
  // The bytes of messages: copying at the speed of memory.
  "Sources/Program/BlockCopying.swift",
  "Sources/Program/FixedStore.swift",
  "Sources/Program/Building/MoneyStyle.swift",
  "Sources/Program/OutputBuffer.swift",
  "Sources/Program/OutputBuffer+HTML.swift",
  "Sources/Program/OutputBuffer+Lines.swift",
  "Sources/Program/OutputBuffer+Numbers.swift",
  "Sources/Program/OutputMode.swift",
  "Sources/Program/QuotedMode.swift",
  "Sources/Program/QuotedRuns.swift",
  // The text part by runs of words, and looking for bytes sixteen at a time.
  "Sources/Program/PlainText/MarkedSource.swift",
  "Sources/Program/Escaping/ByteScan.swift",
  "Sources/Program/OutputBuffer+QuotedPrintable.swift",
  "Sources/Program/ProgramCode+Fields.swift",
  "Sources/Program/ProgramCode+Running.swift",
  "Sources/Program/RecordView.swift",
  "Sources/CLI/OutputFile.swift",
  // System calls: waiting for a signal.
  "Sources/CLI/StopSignal.swift",
  "Sources/CLI/Terminal.swift",
]
