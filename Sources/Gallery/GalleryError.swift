/// Why no gallery was written.
///
/// The gallery that was there before is still there.
package enum GalleryError: Error, Equatable, Sendable {
  /// Two layouts have this name.
  case duplicateLayout(String)

  /// Two blocks have this name.
  case duplicateBlock(String)

  /// Two personas have this ID.
  case duplicatePersona(String)

  /// A client width is not one from 1 to `GalleryWriter.maximumWidth`, or there is none at all.
  case invalidWidths([Int])

  /// The folder exists and holds something else than what is written, which would be lost.
  case notAGallery(path: String)

  /// The file system refused.
  case cannotWrite(path: String, reason: String)
}

extension GalleryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .duplicateBlock(let name): "two blocks are called '\(name)'"
    case .duplicateLayout(let name): "two layouts are called '\(name)'"
    case .duplicatePersona(let id): "two personas are called '\(id)'"
    case .invalidWidths([]): "a gallery needs at least one client width"
    case .invalidWidths(let widths):
      "client widths are from 1 to \(GalleryWriter.maximumWidth) pixels, each once: "
        + widths.map(String.init).joined(separator: ", ")
    case .notAGallery(let path):
      "'\(path)' holds something else, which would be lost; move it away or choose another folder"
    case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
    }
  }
}
