import Foundation

/// A folder that is filled out of sight and then takes the place of another in one step.
///
/// It is a hidden sibling of its destination, for a rename is only atomic within one file system.
/// Until `replaceDestination()` the destination is not touched.
struct StagingFolder: ~Copyable {
  /// The folder to be replaced.
  private let destination: URL

  /// Where the files go for now.
  private let folder: URL

  /// Whether the folder has moved to its destination.
  private var isInPlace = false

  /// Makes the folder, and the parents of the destination where they are missing.
  init(for path: String) throws(GalleryError) {
    let destination = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
    let parent = destination.deletingLastPathComponent()
    self.destination = destination
    folder = parent.appending(path: Self.prefix(of: destination) + UUID().uuidString)
    try writing(to: folder.path) { [folder] in
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    Self.removeLeftovers(of: destination, in: parent)
  }

  deinit {
    if !isInPlace { try? FileManager.default.removeItem(at: folder) }
  }

  /// Makes a folder at a relative path.
  func makeFolder(_ path: String) throws(GalleryError) {
    let url = folder.appending(path: path)
    try writing(to: url.path) {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
  }

  /// Writes a file at a relative path, the folder of which exists.
  func write(_ bytes: [UInt8], to path: String) throws(GalleryError) {
    let url = folder.appending(path: path)
    try writing(to: url.path) { try Data(bytes).write(to: url) }
  }

  /// Moves the folder to its destination and removes what was there.
  ///
  /// Should the second of the two renames fail, the old folder goes back to its place.
  mutating func replaceDestination() throws(GalleryError) {
    let files = FileManager.default
    let destination = destination
    let folder = folder
    let previous = destination.deletingLastPathComponent()
      .appending(path: Self.prefix(of: destination) + UUID().uuidString)
    try writing(to: destination.path) {
      guard files.fileExists(atPath: destination.path) else {
        return try files.moveItem(at: folder, to: destination)
      }
      try files.moveItem(at: destination, to: previous)
      do {
        try files.moveItem(at: folder, to: destination)
      } catch {
        try? files.moveItem(at: previous, to: destination)
        throw error
      }
    }
    isInPlace = true
    // The new one is in place: that the old one cannot be cleared away is no reason to fail.
    try? files.removeItem(at: previous)
  }

  private static func prefix(of destination: URL) -> String {
    ".\(destination.lastPathComponent)-"
  }

  /// Removes what runs left that were killed on the way, unless it may belong to one still under
  /// way.
  private static func removeLeftovers(of destination: URL, in parent: URL) {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: parent.path)) ?? []
    for name in names where name.hasPrefix(prefix(of: destination)) {
      guard UUID(uuidString: String(name.dropFirst(prefix(of: destination).count))) != nil else {
        continue
      }
      let leftover = parent.appending(path: name)
      let attributes = try? files.attributesOfItem(atPath: leftover.path)
      guard let modified = attributes?[.modificationDate] as? Date,
        modified.timeIntervalSinceNow < -longestRun
      else { continue }
      try? files.removeItem(at: leftover)
    }
  }

  /// An hour, in seconds: far longer than any gallery takes.
  private static let longestRun = 3600.0
}

/// Refuses a destination that holds what nobody asked us to delete.
///
/// A gallery is known by its page, on which the mark stands; an empty folder may be taken as well.
func checkDestination(_ path: String, mark: String = generatorMark) throws(GalleryError) {
  let files = FileManager.default
  guard files.fileExists(atPath: path) else { return }
  guard let names = try? files.contentsOfDirectory(atPath: path) else {
    throw .notAGallery(path: path)
  }
  if names.isEmpty { return }
  let page = URL(filePath: path, directoryHint: .isDirectory).appending(path: "index.html")
  guard let bytes = try? Data(contentsOf: page),
    bytes.firstRange(of: Data(mark.utf8)) != nil
  else { throw .notAGallery(path: path) }
}

/// The element of `Assets/index.html` by which a page is known as ours.
let generatorMark = #"<meta name="generator" content="Letterpress gallery">"#

/// Runs work on the file system and gives its errors the type and the path.
private func writing(to path: String, _ work: () throws -> Void) throws(GalleryError) {
  do {
    try work()
  } catch {
    throw .cannotWrite(path: path, reason: error.localizedDescription)
  }
}
