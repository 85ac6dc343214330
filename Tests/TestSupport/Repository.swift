package import Foundation

/// Where things are on the machine that runs the tests.
package enum Repository {
  /// The folder with Package.swift.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Tests/Fixtures.
  package static let fixtures = root.appending(path: "Tests/Fixtures")

  /// A program of this package: it stands beside the bundle with the tests.
  package static func program(_ name: String) -> URL {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    return URL(filePath: bundle).deletingLastPathComponent().appending(path: name)
  }

  /// The text of a file, or nil where it cannot be read as UTF-8.
  package static func text(_ url: URL) -> String? {
    guard let data = try? Data(contentsOf: url) else { return nil }
    return String(validating: data, as: UTF8.self)
  }

  /// The bytes of a file.
  package static func bytes(_ url: URL) throws -> [UInt8] { Array(try Data(contentsOf: url)) }
}

/// What MJML, Liquid and the like do: data outside of the repository, not on every machine.
///
/// Found through `LETTERPRESS_CONFORMANCE`, else in `../shared/conformance` beside the repository (or one
/// folder further up). Suites that need it say so with `.enabled(if: Conformance.isPresent)`.
package enum Conformance {
  /// The folder, or nil where the machine has none.
  package static let folder: URL? = {
    let candidates =
      if let named = ProcessInfo.processInfo.environment["LETTERPRESS_CONFORMANCE"] {
        [URL(filePath: named)]
      } else {
        ["../shared/conformance", "../../shared/conformance"].map {
          Repository.root.appending(path: $0).standardizedFileURL
        }
      }
    return candidates.first {
      FileManager.default.fileExists(atPath: $0.appending(path: "README.md").path)
    }
  }()

  /// Whether the data is on this machine; a suite without it is skipped.
  package static var isPresent: Bool { folder != nil }

  /// The files of a folder in the data, with this extension, in the order of their names; empty where
  /// there is no data.
  package static func files(in path: String, withExtension ext: String) -> [Fixture] {
    guard let folder else { return [] }
    return Fixture.files(in: folder.appending(path: path), withExtension: ext)
  }

  /// The folders in a folder of the data, by name; empty where there is no data.
  package static func folders(in path: String) -> [Fixture] {
    guard let folder else { return [] }
    return Fixture.folders(in: folder.appending(path: path))
  }
}

/// One file or folder that a test runs on; prints as its name, so that a parameterised test shows it.
package struct Fixture: CustomStringConvertible, Sendable, Hashable {
  /// The file or folder.
  package let url: URL

  package init(_ url: URL) { self.url = url }

  /// The name without its extension.
  package var name: String { url.deletingPathExtension().lastPathComponent }
  package var description: String { name }

  /// The bytes of the file.
  package func bytes() throws -> [UInt8] { try Repository.bytes(url) }

  /// The text of a file inside the folder, or nil.
  package func text(of file: String) -> String? { Repository.text(url.appending(path: file)) }

  /// The file of the same name with another extension.
  package func sibling(withExtension ext: String) -> URL {
    url.deletingPathExtension().appendingPathExtension(ext)
  }

  /// The files with an extension that lie directly in a folder of Tests/Fixtures, by name.
  package static func files(in path: String, withExtension ext: String) -> [Fixture] {
    files(in: Repository.fixtures.appending(path: path), withExtension: ext)
  }

  /// The folders that lie directly in a folder of Tests/Fixtures, by name.
  package static func folders(in path: String) -> [Fixture] {
    folders(in: Repository.fixtures.appending(path: path))
  }

  static func folders(in folder: URL) -> [Fixture] {
    contents(of: folder).filter(\.hasDirectoryPath).map(Fixture.init)
  }

  package static func files(in folder: URL, withExtension ext: String) -> [Fixture] {
    contents(of: folder).filter { $0.pathExtension == ext }.map(Fixture.init)
  }

  private static func contents(of folder: URL) -> [URL] {
    let found = try? FileManager.default.contentsOfDirectory(
      at: folder,
      includingPropertiesForKeys: [.isDirectoryKey],
      options: [.skipsHiddenFiles]
    )
    return (found ?? []).sorted { $0.lastPathComponent < $1.lastPathComponent }
  }
}
