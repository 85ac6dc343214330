/// Writes a gallery: a folder of static files that works when opened from disk.
///
///     gallery/index.html                  the page
///     gallery/assets/…                    its style and scripts
///     gallery/messages/welcome/ada.html   the message, byte for byte
///     gallery/messages/welcome/ada.txt    its plain text part
///     gallery/messages/welcome/ada.js     both, for the page: a page opened from disk may not read
///                                         its neighbours, but it may run them
///
/// The same contents give the same bytes. One message is in memory at a time; what stays of each
/// are the lines that the page lists.
package struct GalleryWriter: Sendable {
  /// The widest client, in CSS pixels, that a gallery shows: an 8K screen.
  package static let maximumWidth = 7680

  /// The folder that becomes the gallery.
  private let path: String

  /// - Parameter path: The folder that becomes the gallery. One that is there already is replaced,
  ///   once the new gallery is complete.
  package init(path: String) {
    self.path = path
  }

  /// Writes the gallery.
  ///
  /// - Parameters:
  ///   - contents: What is shown.
  ///   - render: Renders a layout for a persona. Called once for each layout that is not broken
  ///     with each persona that is not rejected, layout by layout, in the order of the contents.
  /// - Returns: What was written.
  /// - Throws: The reason why nothing changed.
  @discardableResult
  package func write(
    _ contents: GalleryContents,
    render: (_ layout: GalleryLayout, _ persona: GalleryPersona) -> GalleryMessage
  ) throws(GalleryError) -> GallerySummary {
    try check(contents)
    try checkDestination(path)
    var folder = try StagingFolder(for: path)
    var index = GalleryIndex(contents)
    try folder.makeFolder("assets")
    for asset in galleryAssets {
      try folder.write(asset.bytes, to: "assets/\(asset.name)")
    }
    try folder.makeFolder("messages")
    for (number, layout) in contents.layouts.enumerated() where !layout.isBroken {
      try folder.makeFolder("messages/\(index.layouts[number].key)")
      for (recipient, persona) in contents.personas.enumerated() {
        let key = "\(index.layouts[number].key)/\(index.personas[recipient].key)"
        var entry = GalleryIndex.Message(key: key, layout: number, persona: recipient)
        if !persona.isRejected {
          switch render(layout, persona) {
          case .rendered(let message):
            entry.describe(message)
            try write(message, key: key, into: folder)
          case .failed(let reason, let findings):
            entry.failure = reason
            entry.findings = findings
          }
        }
        index.messages.append(entry)
      }
    }
    try folder.write(indexPage(index), to: "index.html")
    try folder.replaceDestination()
    return GallerySummary(index, path: path)
  }

  private func write(
    _ message: RenderedMessage,
    key: String,
    into folder: borrowing StagingFolder
  ) throws(GalleryError) {
    let path = "messages/\(key)"
    try folder.write(message.html, to: path + ".html")
    if let text = message.plainText {
      try folder.write(Array(text.utf8), to: path + ".txt")
    }
    try folder.write(messageScript(message, key: key), to: path + ".js")
  }
}

/// What a run wrote.
package struct GallerySummary: Sendable, Equatable {
  /// The page to open.
  package let page: String

  /// How many messages can be looked at.
  package let messages: Int

  /// How many could not be rendered, those of personas that do not conform included.
  package let failures: Int

  fileprivate init(_ index: GalleryIndex, path: String) {
    page = path.hasSuffix("/") ? path + "index.html" : path + "/index.html"
    messages = index.messages.count { $0.subject != nil }
    failures = index.messages.count - messages
  }
}

/// Refuses contents of which two messages would share a file, and widths that no frame can have.
private func check(_ contents: GalleryContents) throws(GalleryError) {
  if let name = firstDuplicate(contents.layouts.map(\.name)) { throw .duplicateLayout(name) }
  if let id = firstDuplicate(contents.personas.map(\.id)) { throw .duplicatePersona(id) }
  let widths = contents.widths
  guard !widths.isEmpty, Set(widths).count == widths.count,
    widths.allSatisfy({ (1...GalleryWriter.maximumWidth).contains($0) })
  else { throw .invalidWidths(widths) }
}

private func firstDuplicate(_ names: [String]) -> String? {
  var seen: Set<String> = []
  return names.first { !seen.insert($0).inserted }
}
